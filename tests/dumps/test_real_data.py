"""Real pages, real answers of the API and real records of arXiv, where a folder of them is at hand."""

from __future__ import annotations

import ast
import gzip
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paperreader.dumps.forms import open_dump

from .rendering import TODAY, read

DATA = Path(os.environ.get("PAPERREADER_DATA", "/nonexistent"))
PAGES = sorted(DATA.glob("page-text/*.txt"))
ANSWERS = sorted(DATA.glob("hf-api/*.json"))
RECORDS = DATA / "arxiv-50k.jsonl.gz"


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


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = json.loads(path.read_text("utf-8"))
    rows = rows["data"] if isinstance(rows, dict) else rows
    return [ast.literal_eval(row) if isinstance(row, str) else row for row in rows]


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_every_row_of_the_api_is_read_whole(path: Path) -> None:
    dump, rows = read(path.read_bytes(), path.name), _rows(path)
    assert dump.problems == ()
    for entry, row in zip(dump.entries, rows, strict=True):
        paper, details = row["paper"], entry.details
        assert entry.title == " ".join(paper["title"].split())
        assert entry.abstract == " ".join(paper["summary"].split())
        assert entry.day == date.fromisoformat(path.stem)
        assert (entry.upvotes, entry.comments) == (paper["upvotes"], row["numComments"])
        names = dict.fromkeys(" ".join(author["name"].split()) for author in paper["authors"])
        assert details.authors == tuple(filter(None, names))
        assert details.arxiv_id == paper["id"]
        links = {paper.get("githubRepo"), paper.get("projectPage")} - {None}
        assert set(details.links) == {link.strip() for link in links if "arxiv.org/abs" not in link}
        assert details.ai_summary == " ".join(paper.get("ai_summary", "").split())
        assert details.keywords == tuple(filter(None, dict.fromkeys(paper.get("ai_keywords", []))))
        given = (paper["publishedAt"], row["publishedAt"], paper.get("submittedOnDailyAt"))
        days = [date.fromisoformat(day[:10]) if day else None for day in given]
        assert [details.published, details.submitted, details.listed] == days


@pytest.mark.skipif(not RECORDS.exists(), reason="no records of arXiv there")
def test_every_record_of_arxiv_is_read() -> None:
    with RECORDS.open("rb") as file, gzip.open(RECORDS) as lines:
        for entry, line in zip(open_dump(file, RECORDS.name, TODAY), lines, strict=True):
            record = json.loads(line)
            assert entry.details.arxiv_id == record["id"]
            assert entry.details.categories == tuple(" ".join(each.split()) for each in record["categories"])
            assert len(entry.details.authors) == len(
                {" ".join(name.split()) for name in record["authors"]} - {""}
            )
            assert entry.day == entry.details.listed == date.fromisoformat(record["days"][0])
            assert entry.abstract == " ".join(record["abstract"].split())
