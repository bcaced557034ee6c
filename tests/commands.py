"""Asking the command line in tests."""

from __future__ import annotations

import json

import pytest

from paperreader.cli import main

Capture = pytest.CaptureFixture[str]


def facts(capture: Capture) -> dict[str, object]:
    """What `paperreader info --json` says."""
    capture.readouterr()
    assert main(["info", "--json"]) == 0
    said = json.loads(capture.readouterr().out)
    assert isinstance(said, dict)
    return said


def counts(capture: Capture) -> tuple[object, ...]:
    """Dumps, papers and sightings in the library."""
    said = facts(capture)
    return said["dumps"], said["papers"], said["sightings"]


def found(capture: Capture, *arguments: str) -> list[dict[str, object]]:
    """What `paperreader search --json` finds."""
    capture.readouterr()
    assert main(["search", "--json", *arguments]) == 0
    return [json.loads(line) for line in capture.readouterr().out.splitlines()]
