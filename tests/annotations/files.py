"""A library's files, as others see and touch them: without the code under test."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from paperreader.annotations import Annotations

LATEST = "backups/annotations.latest.json"
FOUND = "backups/annotations.found.json"


def star(path: Path, *ids: str) -> Annotations:
    annotations = Annotations(path)
    for paper_id in ids:
        assert annotations.change(paper_id, f"Title of {paper_id}", "starred", True)
    return annotations


def edit_in_place(path: Path, **entries: dict[str, Any]) -> None:
    """As an editor does, with a time of its own: a test is too fast for the clock of a file system."""
    document = json.loads(path.read_text("utf-8"))
    document["papers"] |= entries
    path.write_text(json.dumps(document), "utf-8")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))


def starred(path: Path) -> set[str]:
    return {i for i, entry in json.loads(path.read_text("utf-8"))["papers"].items() if entry.get("starred")}


def asides(library: Path) -> list[bytes]:
    return [
        path.read_bytes() for path in sorted(library.glob("annotations.damaged-????-??-??T??-??-??*.json"))
    ]


def temporary_files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.tmp"))
