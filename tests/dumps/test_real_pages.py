"""Real pages and real answers of the API for the same days, where a folder of them is at hand."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from .rendering import read

DATA = Path(os.environ.get("PAPERREADER_DATA", "/nonexistent"))
PAGES = sorted(DATA.glob("page-text/*.txt"))



def _answer(page: Path) -> Path:
    return DATA / "hf-api" / f"{page.stem}.json"


pytestmark = pytest.mark.skipif(not PAGES, reason="PAPERREADER_DATA names no folder with pages")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_titles_and_abstracts_never_slip(path: Path) -> None:
    dump = read(path.read_bytes(), path.name)
    assert (dump.day, dump.inferred, dump.problems) == (date.fromisoformat(path.stem), False, ())
    parts = path.read_text("utf-8").split("\n\n")
    body = [" ".join(part.split()) for part in parts[parts.index(f"{dump.day:%b} {dump.day.day}") + 1 :]]
    assert [part for entry in dump.entries for part in (entry.title, entry.abstract)] == body
    for entry in dump.entries:
        assert len(entry.title) < 200 < 500 < len(entry.abstract)


@pytest.mark.parametrize("path", [p for p in PAGES if _answer(p).exists()], ids=lambda path: path.stem)
def test_the_api_names_the_same_papers(path: Path) -> None:
    listed = {
        " ".join(row["paper"]["title"].split()): " ".join(row["paper"]["summary"].split())
        for row in json.loads(_answer(path).read_text("utf-8"))
    }
    entries = {entry.title: entry.abstract for entry in read(path.read_bytes(), path.name).entries}
    assert entries.keys() == listed.keys()
    assert all(listed[title][:300] == abstract[:300] for title, abstract in entries.items())
