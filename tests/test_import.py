"""Importing from the command line: what comes in, what is said, with which status it ends."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.cli import main
from tests.commands import Capture, counts, found
from tests.dumps.samples import FORMS, PAPERS

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = SEEDS / "000_bb5cc08f9438daba.txt"


def test_the_seeds_come_in_once(empty: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["import", str(SEEDS)]) == 0
    assert capsys.readouterr() == ("5 new dumps: 181 papers new, 68 seen again\n", "")
    assert counts(capsys) == (5, 181, 249)

    assert main(["import", str(SEEDS)]) == 0
    assert capsys.readouterr().out == "0 new dumps (5 already here): 0 papers new, 0 seen again\n"

    with_other_line_ends = tmp_path / "another name.txt"
    with_other_line_ends.write_bytes(
        b"\xef\xbb\xbf" + SEED.read_bytes().replace(b"\n", b"\r\n") + b"\r\n \r\n"
    )
    assert main(["import", str(with_other_line_ends)]) == 0
    assert capsys.readouterr().out.startswith("0 new dumps (1 already here)")
    assert counts(capsys) == (5, 181, 249)


def test_a_second_import_adds_to_the_first(empty: Path, capsys: Capture) -> None:
    assert main(["import", str(SEED)]) == 0
    assert counts(capsys)[:2] == (1, 41)
    assert main(["import", *map(str, sorted(SEEDS.iterdir())[1:])]) == 0
    assert counts(capsys) == (5, 181, 249)


def test_how_long_it_took_is_said_when_asked_for(empty: Path, capsys: Capture) -> None:
    assert main(["import", str(SEED), "--verbose"]) == 0
    assert re.fullmatch(r"paperreader: read in \d+\.\d s, indexed in \d+\.\d s\n", capsys.readouterr().err)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_comes_in_and_is_searched(empty: Path, tmp_path: Path, capsys: Capture, form: str) -> None:
    (tmp_path / "file.gz").write_bytes(gzip.compress(FORMS[form].encode()))
    assert main(["import", str(tmp_path / "file.gz")]) == 0
    assert capsys.readouterr() == ("1 new dump: 4 papers new, 0 seen again\n", "")
    assert {paper["title"] for paper in found(capsys, "uses of a study")} == {title for title, _ in PAPERS}
    (stored,) = (empty / "dumps").iterdir()
    assert stored.read_bytes() == (tmp_path / "file.gz").read_bytes()
    shutil.rmtree(empty / "index")
    assert counts(capsys)[:2] == (1, 4)


def test_a_zip_archive_of_several_dumps(empty: Path, tmp_path: Path, capsys: Capture) -> None:
    whole = tmp_path / "dumps.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.write(SEED, "pages/2026-09-09.txt")
        archive.writestr("refs.bib", FORMS["BibTeX"])
        archive.writestr("readme", "Some text about it.")
    assert main(["import", str(whole)]) == 1
    said = capsys.readouterr()
    assert said.out == "2 new dumps: 45 papers new, 0 seen again\n"
    assert said.err.startswith(f"paperreader: {whole}/readme: not a list of papers in a known form")


def test_a_line_that_is_no_paper_is_named_and_the_rest_comes_in(
    empty: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "x.jsonl").write_text(FORMS["JSON lines"] + '{"abstract": "of nothing", "title": ""}\noops\n')
    assert main(["import", str(tmp_path / "x.jsonl")]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("1 new dump: 4 papers new")
    assert said.err.splitlines() == [
        f"paperreader: {tmp_path / 'x.jsonl'}: line 5: no title",
        f"paperreader: {tmp_path / 'x.jsonl'}: line 6: not JSON: expecting value",
    ]


def test_standard_input_is_a_dump(empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SEED.read_bytes())))
    assert main(["import", "-", "--year", "2021"]) == 0
    assert counts(capsys)[:2] == (1, 41)
    assert {day for paper in found(capsys, "date:2021") for day in paper["dates"]} == {"2021-09-09"}  # type: ignore[attr-defined]


BAD: dict[str, Callable[[Path], object]] = {
    "binary.txt": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "empty.txt": lambda path: path.write_bytes(b""),
    "error.html": lambda path: path.write_text(
        "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"
    ),
    "ebcdic.txt": lambda path: path.write_bytes(SEED.read_text("utf-8").encode("cp500", "replace")),
    "folder": lambda path: path.mkdir(),
    "data.json": lambda path: path.write_text('{"name": "x", "version": 1}'),
    "cut.json": lambda path: path.write_text('[{"title": "a", "abstr'),
    "cut.gz": lambda path: path.write_bytes(gzip.compress(SEED.read_bytes())[:40]),
    "empty.zip": lambda path: zipfile.ZipFile(path, "w").close(),
    "refs.bib": lambda path: path.write_text("@misc{a, year=2026}"),
    "missing.txt": lambda path: None,
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_dump_is_named_and_the_rest_comes_in(
    empty: Path, tmp_path: Path, capsys: Capture, name: str
) -> None:
    bad = tmp_path / name
    BAD[name](bad)
    assert main(["import", str(bad), str(SEED)]) == 1
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert line.startswith(f"paperreader: {bad}: ")
    assert said.out.startswith("1 new dump: 41 papers new")
    assert counts(capsys)[:2] == (1, 41)


def test_of_a_truncated_dump_what_is_whole_comes_in(empty: Path, tmp_path: Path, capsys: Capture) -> None:
    text = SEED.read_text(encoding="utf-8").rstrip()
    cut = tmp_path / "cut.txt"
    cut.write_text(text[: text.rindex("\n\n")], encoding="utf-8")
    assert main(["import", str(cut)]) == 0
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert line.startswith(f"paperreader: {cut}: ")
    assert said.out.startswith("1 new dump: 40 papers new")


def test_a_library_that_cannot_be_written_is_named(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    assert main(["--library", str(file), "import", str(SEED)]) == 1
    assert main(["import", str(SEED), "--library", str(file / "below")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(str(file) in line for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_long_import_shows_its_progress_and_can_be_interrupted(
    empty: Path, tmp_path: Path, capsys: Capture
) -> None:
    from tests.terminal import Terminal, paperreader

    pages = {f"{number:04}": SEED.read_bytes()[:9000] + b" %d" % number for number in range(2000)}
    (tmp_path / "pages").mkdir()
    for name, page in pages.items():
        (tmp_path / "pages" / f"{name}.txt").write_bytes(page)
    with Terminal(paperreader("import", str(tmp_path / "pages"))) as terminal:
        terminal.wait_for("dumps read  (Ctrl-C interrupts)")
        terminal.send("\x03")
        assert terminal.wait_for_end() == 130
        assert terminal.left_clean
        assert terminal.text.strip() == "paperreader: interrupted: what was finished stays"
    # an interrupt in the very moment in which a hidden file is made leaves that to the next program
    stored = [path for path in (empty / "dumps").iterdir() if not path.name.startswith(".")]
    assert 0 < len(stored) < len(pages)
    assert all(path.read_bytes() == pages[path.name.partition("~")[0]] for path in stored)
    assert counts(capsys)[0] == len(stored)
