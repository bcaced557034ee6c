"""The command line: what it says, where it says it, and with which status it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paperreader import __version__
from paperreader.cli import main
from paperreader.library import Library
from tests.commands import Capture, counts, facts, found

SEEDS = Path(__file__).parent.parent / "seeds"
TITLE = "Adding Gradient Noise Improves Learning for Very Deep Networks"


@pytest.fixture
def filled(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with the sample dumps in it."""
    monkeypatch.setenv("PAPERREADER_LIBRARY", str(seeded))
    return seeded


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "--year", "soon", "x"],
        ["search"],
        ["search", "--library", "x"],
        ["search", "--limit", "-1", "x"],
        ["search", "--sort", "up", "x"],
    ],
)
def test_a_wrong_command_line_says_how_it_is_used(empty: Path, capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: paperreader" in capsys.readouterr().err
    assert not empty.exists()


def test_a_misspelt_command_is_told_from_a_path(empty: Path, capsys: Capture) -> None:
    assert main(["serch", "attention"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.endswith(
        "neither a file nor a command; did you mean: paperreader search\n"
    )
    assert not empty.exists()


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["help"], ["help", "import"], ["import", "--help"], ["search", "-h"], ["info", "--help"]],
)
def test_every_command_has_a_help(capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    named = next((f" {each}" for each in arguments if each in ("import", "search", "info")), "")
    assert capsys.readouterr().out.startswith(f"usage: paperreader{named} [")


def test_the_version_is_said(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"paperreader {__version__}\n"


# -- the library


def test_info_says_what_and_where(filled: Path, capsys: Capture) -> None:
    said = facts(capsys)
    assert {name: said[name] for name in ("dumps", "papers", "sightings", "starred", "noted")} == {
        "dumps": 5,
        "papers": 181,
        "sightings": 249,
        "starred": 0,
        "noted": 0,
    }
    assert said["library"] == str(filled)
    assert main(["info"]) == 0
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert lines == [[name, str(value)] for name, value in said.items()]


def test_an_empty_library_is_counted_and_not_made(empty: Path, capsys: Capture) -> None:
    assert counts(capsys) == (0, 0, 0)
    assert found(capsys, "anything") == []
    assert not empty.exists()


@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_library_that_was_named_and_is_not_there_is_no_empty_one(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    wrong = tmp_path / "typing-error"
    if by == "variable":
        monkeypatch.setenv("PAPERREADER_LIBRARY", str(wrong))
    option = ["--library", str(wrong)] if by == "option" else []
    for command in (["info"], ["search", "anything"], ["search", "--json", "--sort", "date"], ["doctor"]):
        assert main([*command, *option]) == 1
        out, said = capsys.readouterr()
        assert out == "" and said.startswith(f"paperreader: there is no library in {wrong}")
        assert said.count("\n") == 1 and ("PAPERREADER_LIBRARY" in said) == (by == "variable")
    assert not wrong.exists()
    (tmp_path / "made").mkdir()
    assert main(["info", "--library", str(tmp_path / "made")]) == 0
    assert main(["--library", str(wrong), "import", str(SEEDS / "000_bb5cc08f9438daba.txt")]) == 0
    assert wrong.is_dir()


@pytest.mark.parametrize("damage", ["gone", "cut short", "foreign"])
def test_an_index_is_made_again_from_the_dumps(filled: Path, capsys: Capture, damage: str) -> None:
    index = filled / "index"
    if damage == "gone":
        shutil.rmtree(index)
    elif damage == "cut short":
        largest = max((f for f in index.rglob("*") if f.is_file()), key=lambda f: f.stat().st_size)
        os.truncate(largest, largest.stat().st_size // 2)
    else:
        shutil.rmtree(index)
        index.mkdir()
        (index / "_MAIN_1.toc").write_bytes(b"cos\nsystem\n(S'touch /tmp/owned'\ntR.")
    assert main(["search", "gradient noise", "--limit", "1"]) == 0
    said = capsys.readouterr()
    assert TITLE in said.out
    (line,) = said.err.splitlines()
    assert line.startswith("paperreader: the index is ")
    assert line.endswith("made again from the dumps")
    assert counts(capsys) == (5, 181, 249)
    assert capsys.readouterr().err == "", "once is enough"


# -- among other programs


def run(*arguments: str, **options: object) -> subprocess.Popen[str]:
    """The program as a process of its own."""
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "paperreader", *arguments],
        **{
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            **options,
        },
    )


def test_without_a_terminal_it_says_what_to_do(filled: Path) -> None:
    program = run()
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out) == (1, "")
    assert err == "paperreader: the reader needs a terminal; without one, use: paperreader search QUERY\n"


@pytest.mark.parametrize("arguments", [["info"], ["--help"], ["search", "--json", ""]], ids=" ".join)
def test_whoever_has_read_enough_may_go(filled: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    program = run(*arguments, stdout=writing, env=buffered)
    os.close(writing)
    _, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")


def test_a_narrow_encoding_loses_letters_and_no_papers(filled: Path) -> None:
    narrow = {**os.environ, "PYTHONIOENCODING": "ascii"}
    out, err = run("search", "", env=narrow).communicate(timeout=60)
    assert (len(out.splitlines()), err) == (181, "")
    out, err = run("search", "--json", "", env=narrow).communicate(timeout=60)
    library = Library(filled)
    library.open()
    assert err == ""
    assert {json.loads(line)["abstract"] for line in out.splitlines()} == {
        library.paper(ordinal).abstract for ordinal in library.search().ordinals
    }


def test_a_damaged_paper_is_noticed_and_the_index_made_again(filled: Path, capsys: Capture) -> None:
    assert main(["search", "attention"]) == 0
    before = capsys.readouterr().out
    (documents,) = (filled / "index").glob("*.documents")
    status, data = documents.stat(), bytearray(documents.read_bytes())
    data[: len(data) // 2] = bytes(len(data) // 2)
    documents.write_bytes(data)
    os.utime(documents, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert main(["search", "attention"]) == 0
    out, said = capsys.readouterr()
    assert out == before
    assert "damaged" in said and "made again" in said
