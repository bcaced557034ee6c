"""`paperreader doctor`: what it prints, and with which status it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperreader import doctor
from paperreader.annotations import Annotations
from paperreader.cli import main
from paperreader.cli.doctor import _HEADINGS
from paperreader.doctor import Finding
from tests.commands import Capture
from tests.terminal import Terminal, paperreader

from .making import DAMAGED, PAGE, add, content
from .test_checks import TEMPORARY, spoil

KEYS = ["kind", "severity", "where", "what", "advice", "fixable", "done"]


def said(capture: Capture, *arguments: str) -> tuple[int, str]:
    """The exit status and what was printed; nothing is said beside it."""
    capture.readouterr()
    status = main(["doctor", *arguments])
    out, err = capture.readouterr()
    assert err == ""
    return status, out


def as_json(capture: Capture, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    status, out = said(capture, "--json", *arguments)
    return status, [json.loads(line) for line in out.splitlines()]


def star_the_gone(library: Path, number: int) -> None:
    annotations = Annotations(library / "annotations.json")
    for n in range(number):
        annotations.change(f"{n:016x}", f"Gone {n}", "starred", True)


def test_a_healthy_library(healthy: Path, capsys: Capture) -> None:
    assert said(capsys) == (0, f"{healthy}: nothing to do\n")
    assert said(capsys, "--fix") == (0, f"{healthy}: nothing to do\n")
    assert said(capsys, "--json") == (0, "")


def test_a_remark_is_no_failure(healthy: Path, capsys: Capture) -> None:
    star_the_gone(healthy, 1)
    status, out = said(capsys)
    assert status == 0
    assert out.splitlines()[:2] == [
        "remark: annotations without a paper (1)",
        "  Gone 0 is starred, but in no dump",
    ]
    assert out.splitlines()[-1] == f"{healthy}: 1 remark"


def test_a_problem_is_a_failure_until_it_is_mended(healthy: Path, capsys: Capture) -> None:
    (healthy / "index/manifest.json").unlink()
    status, out = said(capsys)
    assert status == 1
    assert "problem: the index (1)\n  index is incomplete: manifest.json is missing\n  → " in out
    assert out.endswith(f"{healthy}: 1 problem; --fix mends 1 of them\n")
    status, out = said(capsys, "--fix")
    assert status == 0
    assert out.splitlines()[:2] == ["mended: the index (1)", "  index: made again from 2 dumps"]
    assert out.splitlines()[-1] == f"{healthy}: 1 mended"
    assert said(capsys, "--fix")[1] == f"{healthy}: nothing to do\n"


def test_what_cannot_be_mended_stays_a_failure(healthy: Path, capsys: Capture) -> None:
    spoil(healthy)
    assert said(capsys, "--fix")[0] == 1
    status, out = said(capsys, "--fix")
    assert status == 1
    assert "dumps/hello.txt cannot be read: " in out


def test_of_many_findings_the_first_are_shown(healthy: Path, capsys: Capture) -> None:
    star_the_gone(healthy, 8)
    _, out = said(capsys)
    assert "(8)\n" in out
    assert out.count("is starred") == 5
    assert "\n  and 3 more\n" in out
    assert len(as_json(capsys)[1]) == 8


def test_problems_come_before_remarks(healthy: Path, capsys: Capture) -> None:
    spoil(healthy)
    marks = [
        line.partition(":")[0] for line in said(capsys)[1].splitlines() if line[:1] not in ("", " ", "/")
    ]
    assert marks == sorted(marks)
    assert set(marks) == {"problem", "remark"}


def test_json_has_one_shape(healthy: Path, capsys: Capture) -> None:
    spoil(healthy)
    before = content(healthy)
    status, found = as_json(capsys)
    assert (status, content(healthy)) == (1, before)
    assert [list(finding) for finding in found] == [KEYS] * 5
    assert [list(map(type, finding.values())) for finding in found] == [[str] * 5 + [bool, str]] * 5
    assert {finding["severity"] for finding in found} == {"problem", "remark"}
    assert {finding["kind"] for finding in found} <= _HEADINGS.keys()
    assert not any(finding["done"] for finding in found)
    status, found = as_json(capsys, "--fix")
    assert status == 1
    assert [finding["kind"] for finding in found if finding["done"]] == ["annotations", "index"]


def test_what_is_found_may_say_anything(healthy: Path, capsys: Capture) -> None:
    nasty = "Gone\x1b[2J \u202egnp\x9b31m\nand\ttabbed"
    document = json.loads((healthy / "annotations.json").read_text("utf-8"))
    document["papers"]["0" * 16] = {"title": nasty, "starred": True}
    (healthy / "annotations.json").write_text(json.dumps(document))
    (healthy / "dumps/\x1b]0;bad\x07.txt").write_bytes(b"hello")
    for arguments in ([], ["--json"]):
        _, out = said(capsys, *arguments)
        assert out.replace("\n", "").isprintable()
        assert "\u202e" not in out
    assert "Gone gnp and tabbed is starred" in said(capsys, "--fix")[1]


@pytest.mark.parametrize("arguments", [[], ["--fix"], ["--json"]])
def test_without_a_library_there_is_nothing_to_examine(
    tmp_path: Path, capsys: Capture, arguments: list[str]
) -> None:
    assert main(["doctor", "--library", str(tmp_path / "nowhere"), *arguments]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert f"there is no library in {tmp_path / 'nowhere'}" in err
    assert not (tmp_path / "nowhere").exists()


def test_what_was_found_before_an_interruption_is_shown(
    healthy: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def interrupted(*_: object, **__: object) -> Iterator[Finding]:
        yield Finding("dump", "problem", "dumps/a.txt", "cannot be read: it is empty", "do something")
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "examine", interrupted)
    assert main(["doctor"]) == 130
    out, err = capsys.readouterr()
    assert "dumps/a.txt cannot be read: it is empty" in out
    assert "nothing to do" not in out
    assert err == "paperreader: interrupted: what was finished stays\n"


def test_the_whole_program(healthy: Path) -> None:
    add(healthy, "2026-09-11.txt", [("Our Method and Others", r"We call it \OurMethod."), PAGE[2]])
    (healthy / TEMPORARY).write_bytes(DAMAGED)
    command = [sys.executable, "-m", "paperreader", "doctor", "--library", str(healthy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=os.environ)
    assert (done.returncode, done.stderr) == (0, "")
    assert r"Our Method and Others has \OurMethod" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_on_a_terminal_nothing_of_the_progress_is_left(healthy: Path) -> None:
    (healthy / "index/manifest.json").unlink()
    with Terminal(paperreader("doctor", "--fix")) as terminal:
        terminal.wait_for(lambda: "1 mended" in terminal.text)
        assert "Ctrl-C" not in terminal.text
