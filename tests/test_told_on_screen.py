"""What could not be read is said on the screen, which hides what was said before it opened."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.terminal import Terminal, paperreader

FIRST = "Domain-Adversarial Training"


def test_a_path_that_cannot_be_read(seeded: Path) -> None:
    with Terminal(paperreader("--library", str(seeded), "/nonexist", "/nowhere")) as terminal:
        terminal.wait_for(FIRST)
        terminal.wait_for("/nonexist: No such file or directory")
        assert "(1 more: they are on the terminal when you leave)" in terminal.text
        terminal.send("q")
        assert terminal.wait_for_end() == 1
        assert b"/nowhere: No such file or directory" in terminal.output


@pytest.mark.parametrize("arguments", [[], ["--triage"]])
def test_a_dump_of_the_library_that_cannot_be_read(seeded: Path, arguments: list[str]) -> None:
    (seeded / "dumps" / "zz.txt").write_text("garbage")
    with Terminal(paperreader("--library", str(seeded), *arguments)) as terminal:
        terminal.wait_for(FIRST)
        terminal.wait_for(lambda: "zz.txt: not a list of papers" in " ".join(terminal.text.split()))


@pytest.mark.parametrize("arguments", [["--library", "typing-error"], ["--plain"], []])
def test_a_library_that_was_named_and_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    if "--library" not in arguments:
        monkeypatch.setenv("PAPERREADER_LIBRARY", "typing-error")
    with Terminal(paperreader(*arguments)) as terminal:
        terminal.wait_for(lambda: "There is no library in " in " ".join(terminal.text.split()))
        terminal.wait_for("No papers yet" if "--plain" not in arguments else "?")
        terminal.send("q\r" if "--plain" in arguments else "q")
        assert terminal.wait_for_end() == 0
    assert not (tmp_path / "typing-error").exists()


def test_the_usual_library_need_not_be_there(home: Path) -> None:
    with Terminal(paperreader()) as terminal:
        terminal.wait_for("No papers yet")
        assert "There is no library" not in terminal.text
        terminal.send("q")
        assert terminal.wait_for_end() == 0
