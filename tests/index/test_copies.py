"""A copied index has other times and the same content: it is used; one with other content is not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from paperreader.cli import main
from paperreader.doctor import examine
from paperreader.index import Index, IndexUnusable
from tests.commands import Capture


@pytest.fixture
def copied(seeded: Path, tmp_path: Path) -> Path:
    """A copy of the library as cp -r makes it, later."""
    copy = tmp_path / "copy"
    shutil.copytree(seeded, copy, copy_function=shutil.copyfile)
    for file in (copy / "index").iterdir():
        os.utime(file, (1, 1))
    return copy


def test_a_copied_library_is_used_as_it_is(copied: Path, capsys: Capture) -> None:
    assert main(["search", "hebbian", "--library", str(copied)]) == 0
    out, said = capsys.readouterr()
    assert out and said == ""
    assert [each for each in examine(copied) if each.severity == "problem"] == []


def test_a_copy_is_looked_through_once(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Index.open(copied / "index").close()
    monkeypatch.setattr(Index, "verify", lambda _: pytest.fail("it was looked through again"))
    assert len(Index.open(copied / "index")) == 181


def test_a_copy_that_went_wrong_is_not_used(copied: Path) -> None:
    for file in (copied / "index").glob("*.documents"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
        os.utime(file, (1, 1))
    with pytest.raises(IndexUnusable, match=r"^damaged: .*documents was changed$"):
        Index.open(copied / "index")
