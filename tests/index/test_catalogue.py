"""The papers by number, and their orders."""

from __future__ import annotations

import io
from array import array
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index import IndexUnusable
from paperreader.index.catalogue import Catalogue
from paperreader.index.catalogue_writer import CatalogueWriter
from paperreader.paper import Paper, Sighting

from .making import make, paper, seeds

TEXT = st.text(alphabet=st.characters(), max_size=30)
SIGHTINGS = st.builds(
    Sighting,
    day=st.dates(date(2026, 1, 1), date(2026, 1, 9)) | st.just(date.min),
    dump=st.sampled_from(["a", "b", "c", "d"]),
    rank=st.integers(1, 9),
    name=st.sampled_from(["n", "\ud800"]),
    inferred=st.booleans(),
)
PAPERS = st.lists(
    st.builds(
        Paper,
        id=st.integers(0, 40).map(lambda n: f"{n * 7919 % 65536:04x}"),
        title=TEXT,
        abstract=TEXT,
        sightings=st.lists(SIGHTINGS, max_size=4, unique_by=lambda seen: seen.dump).map(
            lambda s: tuple(sorted(s))
        ),
    ),
    max_size=12,
    unique_by=lambda found: found.id,
)


def catalogue(papers: list[Paper]) -> Catalogue:
    file = io.BytesIO()
    writer = CatalogueWriter(file)
    for each in papers:
        writer.add(each)
    writer.finish(array("I"))
    return Catalogue(file.getvalue())


@given(PAPERS)
def test_everything_is_there_again(papers: list[Paper]) -> None:
    found = catalogue(papers)
    assert [found.paper(n) for n in range(len(found))] == papers
    for n, each in enumerate(papers):
        assert found.find(each.id) == n
        prefix = each.id[:2]
        assert set(found.beginning_with(prefix)) == {
            m for m, p in enumerate(papers) if p.id.startswith(prefix)
        }
    assert found.find("") is found.find("zzzz") is found.find("\ud800") is None


@given(PAPERS)
def test_orders(papers: list[Paper]) -> None:
    found = catalogue(papers)

    def by_date(n: int) -> tuple[int, int, str]:
        last = papers[n].last_day
        rank = min((s.rank for s in papers[n].sightings if s.day == last), default=0)
        return -last.toordinal(), rank, papers[n].id

    everyone = range(len(papers))
    assert list(found.order("date")) == list(found.order("relevance")) == sorted(everyone, key=by_date)
    trending = sorted(everyone, key=lambda n: (-len(papers[n].sightings), by_date(n)))
    assert list(found.order("trending")) == trending
    assert sorted(found.order("title")) == list(everyone)


@given(
    PAPERS, st.dates(date(2026, 1, 1), date(2026, 1, 9)), st.integers(0, 9), st.sets(st.sampled_from("abcd"))
)
def test_days_and_dumps(papers: list[Paper], first: date, length: int, dumps: set[str]) -> None:
    found = catalogue(papers)
    last = date.fromordinal(first.toordinal() + length)
    assert list(found.days) == sorted({day for each in papers for day in each.days})
    assert found.seen_between(first, last) == {
        n for n, each in enumerate(papers) if any(first <= day <= last for day in each.days)
    }
    assert list(found.first_sighted_outside(dumps)) == [
        n for n, each in enumerate(papers) if not dumps & {seen.dump for seen in each.sightings}
    ]


def test_titles_are_in_order_of_their_words(tmp_path: Path) -> None:
    index = make(tmp_path, [paper("zebra"), paper("«Élan»"), paper("a b"), paper("Ab"), paper("10 apples")])
    assert [index.paper(n).title for n in index.order("title")] == [
        "10 apples",
        "a b",
        "Ab",
        "«Élan»",
        "zebra",
    ]


@pytest.mark.parametrize("n", [-1, 181, 10**9])
def test_there_is_no_other_paper(tmp_path: Path, n: int) -> None:
    index = make(tmp_path, seeds())
    assert len(index) == 181
    assert index.sightings == 249
    with pytest.raises(IndexError):
        index.paper(n)


@pytest.mark.parametrize(
    "data", [b"", b"short", b"\xff" * 100, bytes(100), b"{}" + bytes(8), b"[]" + bytes(8)]
)
def test_something_else_is_not_taken_for_a_catalogue(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Catalogue(data)


def test_a_damaged_record_is_named() -> None:
    file = io.BytesIO()
    writer = CatalogueWriter(file)
    writer.add(paper("some title"))
    writer.finish(array("I"))
    found = Catalogue(b"x" + file.getvalue()[1:])
    with pytest.raises(IndexUnusable, match="damaged"):
        found.paper(0)
