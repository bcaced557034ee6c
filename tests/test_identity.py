"""One paper, once: whatever brought it, in whatever order."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader import importing
from paperreader.dumps.folder import DumpFolder
from paperreader.identity import arxiv_number
from paperreader.importing import Imported, bring_up_to_date, take_in
from paperreader.paper import Paper, arxiv_key, paper_id
from tests import shelf
from tests.shelf import Shelf

Row = dict[str, Any]


@pytest.fixture(autouse=True)
def on_the_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports go to an index that is nothing but its papers."""
    monkeypatch.setattr(importing, "index", shelf)
    monkeypatch.setattr(importing, "Index", Shelf)


def row(title: str, arxiv: str = "", abstract: str = "Text.", **more: object) -> Row:
    """A row of the API, or of a table where there is no identifier."""
    if not arxiv:
        return {"title": title, "abstract": abstract, **more}
    return {"paper": {"id": arxiv, "title": title, "summary": abstract, **more}}


class Library:
    """A folder of dumps and its shelf."""

    def __init__(self, folder: Path) -> None:
        self.dumps = DumpFolder(folder / "dumps")
        self.shelf = folder / "index"
        self._folder = folder

    def take_in(self, *dumps: list[Row]) -> Imported:
        """Import these dumps, in this order, at once."""
        paths = []
        for rows in dumps:
            text = "".join(f"{json.dumps(each)}\n" for each in rows)
            paths.append(self._folder / f"{Random(text).getrandbits(40):x}.jsonl")
            paths[-1].write_text(text)
        done = take_in(self.dumps, map(str, paths))
        if done.dumps:
            bring_up_to_date(self.dumps, self.shelf, done=done)
        assert done.refused == []
        return done

    def papers(self) -> list[Paper]:
        """All papers, by id."""
        return Shelf.open(self.shelf).papers()

    def find(self, key: str) -> Paper:
        """The paper with this key."""
        known = Shelf.open(self.shelf)
        ordinal = known.find(key)
        assert ordinal is not None
        return known.paper(ordinal)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def libraries(tmp_path: Path) -> Iterator[Library]:
    def new() -> Iterator[Library]:
        while True:
            yield Library(Path(tempfile.mkdtemp(dir=tmp_path)))

    return new()


A, B = "Attention Is All You Need", "Networks of Attention"
OLD, NEW = "1706.03762", "2601.00001"


def test_versions_are_one_paper(library: Library) -> None:
    library.take_in([row(A, OLD)], [row(A, f"{OLD}v2")], [row(A, f"https://arxiv.org/abs/{OLD}v3")])
    (paper,) = library.papers()
    assert (len(paper.sightings), paper.details.arxiv_id, paper.id) == (3, OLD, paper_id(A))


@pytest.mark.parametrize(
    "title",
    ["Attention is\n  all you need", "ATTENTION IS ALL YOU NEED", "Attention Is {\\bf All} You  Need."],
)
def test_spellings_are_one_title(library: Library, title: str) -> None:
    library.take_in([row(A)], [row(title, OLD)])
    assert [paper.id for paper in library.papers()] == [paper_id(A)]


def test_one_title_with_two_identifiers_is_two_papers(library: Library) -> None:
    library.take_in([row(A, OLD), row(A, NEW)])
    old, new = library.find(paper_id(A)), library.find(arxiv_key(NEW))
    assert (old.details.arxiv_id, new.details.arxiv_id, new.id) == (OLD, NEW, arxiv_key(NEW))
    assert len(library.papers()) == 2


def test_what_was_known_by_its_title_gets_its_identifier_and_keeps_its_id(library: Library) -> None:
    library.take_in([row(A)])
    (before,) = library.papers()
    library.take_in([row(A, OLD)])
    (after,) = library.papers()
    assert (after.id, after.details.arxiv_id, len(after.sightings)) == (before.id, OLD, 2)
    assert library.find(arxiv_key(OLD)) == after


def test_another_title_for_one_identifier_is_the_same_paper(library: Library) -> None:
    library.take_in([row(A)], [row(B)])
    assert len(library.papers()) == 2
    library.take_in([row(A, OLD)])
    library.take_in([row(B, f"{OLD}v2")])
    (paper,) = library.papers()
    assert len(paper.sightings) == 4
    assert set(paper.keys) == {paper_id(A), paper_id(B), arxiv_key(OLD)}
    assert library.find(paper_id(A)) == library.find(paper_id(B)) == paper


def test_a_title_belongs_to_the_older_of_two_papers(libraries: Iterator[Library]) -> None:
    for dumps in permutations(([row(A)], [row(A, OLD)], [row(A, NEW)])):
        library = next(libraries)
        for dump in dumps:
            library.take_in(dump)
        old = library.find(paper_id(A))
        assert (old.details.arxiv_id, len(old.sightings)) == (OLD, 2)
        assert len(library.find(arxiv_key(NEW)).sightings) == 1


def test_nothing_that_was_known_is_lost(library: Library) -> None:
    full = row(
        A, OLD, "A long abstract.", authors=[{"name": "Ada"}], githubRepo="https://a.example", upvotes=7
    )
    library.take_in([full])
    library.take_in([row(A, OLD, "Short.")], [row(A, abstract="")])
    (paper,) = library.papers()
    assert (paper.abstract, paper.details.authors, paper.upvotes) == ("A long abstract.", ("Ada",), 7)
    library.take_in([row(A, OLD, "A longer abstract, at last.", projectPage="https://b.example")])
    (paper,) = library.papers()
    assert paper.abstract == "A longer abstract, at last."
    assert paper.details.links == ("https://a.example", "https://b.example")


def test_a_newer_version_of_a_record_replaces_an_older_one(libraries: Iterator[Library]) -> None:
    def record(day: str, abstract: str) -> Row:
        return {"id": OLD, "title": A, "abstract": abstract, "categories": "cs.CL", "update_date": day}

    old, new = [record("2017-06-12", "The first abstract.")], [record("2023-08-02", "A better one.")]
    for dumps in permutations((old, new, [row(A, abstract="What a page has, which is long enough.")])):
        library = next(libraries)
        for dump in dumps:
            library.take_in(dump)
        (paper,) = library.papers()
        assert paper.abstract == "A better one."


def test_papers_are_counted_by_what_they_are(library: Library) -> None:
    done = library.take_in([row(A), row(B), row(A.upper())], [row(A, OLD)])
    assert (done.dumps, done.new, done.again) == (2, 2, 1)
    done = library.take_in([row("Something new")], [row(B, NEW)], [row(B)])
    assert (done.new, done.again) == (1, 2)
    done = library.take_in([row(B)])
    assert (done.dumps, done.known, done.new, done.again) == (0, 1, 0, 0)


TITLES = st.sampled_from(["A b", "a\n B", "A \\emph{b}", "C", "c.", "D", "Ë"])
IDS = st.sampled_from(["", "", "1706.00001", "1706.00001v2", "2601.00002", "hep-th/9901001", "cs/0102003"])
ROWS = st.builds(
    row,
    title=TITLES,
    arxiv=IDS,
    abstract=st.text("xy", max_size=3),
    upvotes=st.integers(0, 3),
    githubRepo=st.sampled_from(["https://a.example", "https://b.example", ""]),
    update_date=st.sampled_from(["2026-01-01", "2026-02-02"]),
)
RECORDS = st.builds(
    lambda arxiv, title, abstract, day: {
        **{"id": arxiv or "1706.00001", "title": title, "abstract": abstract, "categories": "cs.CL"},
        "update_date": day,
    },
    IDS,
    TITLES,
    st.text("xy", max_size=3),
    st.sampled_from(["2026-01-01", "2026-02-02", ""]),
)


@settings(max_examples=100)
@given(
    st.lists(st.lists(ROWS | RECORDS, min_size=1, max_size=4), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_no_order_and_no_batches_make_a_difference(dumps: list[list[Row]], random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at_once, in_steps = (Library(Path(tempfile.mkdtemp(dir=folder))) for _ in range(2))
        at_once.take_in(*dumps)
        random.shuffle(dumps)
        while dumps:
            batch = [dumps.pop() for _ in range(min(len(dumps), random.randint(1, 3)))]
            in_steps.take_in(*batch)
        assert in_steps.papers() == at_once.papers()
        keys = [key for paper in at_once.papers() for key in paper.keys]
        assert len(keys) == len(set(keys))


def test_large_libraries_are_added_to_and_not_built_again(library: Library) -> None:
    many = [row(f"Paper {n}", f"2401.{n:05}") for n in range(1, 40)]
    library.take_in(many)
    before = shelf.updates
    library.take_in([row("Paper 1"), row("Paper 50"), row("Paper 2", "2401.00002")])
    assert shelf.updates == before + 1
    assert [len(library.find(paper_id(f"Paper {n}")).sightings) for n in (1, 2, 3, 50)] == [2, 2, 1, 1]


@given(
    st.lists(
        st.tuples(st.integers(1991, 2090), st.integers(1, 12), st.integers(1, 999)), min_size=2, max_size=2
    )
)
def test_older_identifiers_have_lower_numbers(days: list[tuple[int, int, int]]) -> None:
    def identifier(year: int, month: int, serial: int) -> str:
        if (year, month) < (2007, 4):
            return f"hep-th/{year % 100:02}{month:02}{serial:03}"
        return (
            f"{year % 100:02}{month:02}.{serial:04}"
            if year < 2015
            else f"{year % 100:02}{month:02}.{serial:05}"
        )

    one, other = (arxiv_number(identifier(*day)) for day in days)
    assert (one < other) == (days[0] < days[1])
    assert 0 < min(one, other) < max(one, other, 1) < 2**63 or one == other


def test_archives_are_told_apart() -> None:
    numbers = {
        arxiv_number(each) for each in ("hep-th/9901001", "hep-ph/9901001", "0704.0001", "0704.00001", "")
    }
    assert len(numbers) == 5
