"""Of a file that is cut short what is whole is read, and the line where it ends is named."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.cli import main
from paperreader.dumps import NotADump
from tests.commands import Capture

from .rendering import page, papers, read

PAGE = page(papers(400)).encode()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_what_can_be_unpacked_before_the_cut_is_read(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(PAGE)
    try:
        dump = read(packed[: len(packed) * 9 // 10], "2026-09-09.txt")
    except NotADump as error:
        assert pack is not gzip.compress and "cut short: nothing of it can be unpacked" in str(error)
    else:
        assert 0 < len(dump.entries) < 400
        assert dump.problems[-1] == "the compressed data is cut short"


def test_a_compressed_file_of_which_nothing_is_left_is_not_called_empty() -> None:
    with pytest.raises(NotADump, match="cut short: nothing of it can be unpacked"):
        read(gzip.compress(PAGE)[:12], "2026-09-09.txt")


ROWS = [{"title": f"Paper {n} of Many", "abstract": "It says this and that. " * 5} for n in range(3)]
LIST = json.dumps(ROWS)


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
@pytest.mark.parametrize("at", [LIST.index("}") + 1, 250, 320, LIST.rindex('"abstract"') + 4])
def test_a_list_in_one_line_ends_in_that_line(at: int, end: str) -> None:
    (problem,) = read((LIST[:at] + end).encode(), "rows.json").problems
    assert problem.startswith("line 1: cut short")


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_list_in_several_lines_ends_in_its_last(end: str) -> None:
    text = json.dumps(ROWS, indent=1)
    cut = text[: text.rindex("It says")]
    (problem,) = read((cut + end).encode(), "rows.json").problems
    assert problem == f"line {cut.count(chr(10)) + 1}: cut short"


def test_an_import_that_brings_nothing_makes_no_library(empty: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "bad").write_bytes(b"\0\1\2")
    assert main(["import", str(tmp_path / "bad"), str(tmp_path / "missing")]) == 1
    assert not empty.exists()
    empty.mkdir()
    assert main(["import", str(tmp_path / "bad")]) == 1
    assert list(empty.iterdir()) == []
