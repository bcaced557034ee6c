"""The papers by number, and their orders, over the segments that hold them."""

from __future__ import annotations

import io
from array import array
from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index import IndexUnusable, cataloguing
from paperreader.index.catalogue import Catalogue, Part
from paperreader.index.documents import Documents, DocumentWriter
from paperreader.index.sections import Sections, SectionWriter
from paperreader.index.words import words
from paperreader.paper import Details, Paper, Sighting

from .making import make, paper, seeds
from .oracle import by_date, by_title, trending


def id_of(number: int) -> str:
    """Some id."""
    return f"{number * 0x0123_4567_89AB_CDEF % 2**64:016x}"


TEXT = st.text(alphabet=st.characters(), max_size=30) | st.sampled_from(
    ["", "Same title", "same  TITLE", "x" * 40]
)
OTHER_DAY = date(2025, 12, 9)
"""Some of the others are 30 days later, some 31."""
SIGHTINGS = st.builds(
    Sighting,
    day=st.dates(date(2026, 1, 1), date(2026, 1, 9)) | st.sampled_from((date.min, OTHER_DAY)),
    dump=st.sampled_from(["a", "b", "c", "d"]),
    rank=st.integers(1, 9),
    name=st.sampled_from(["n", "\ud800"]),
    inferred=st.booleans(),
    upvotes=st.integers(0, 2),
    comments=st.just(0),
)
PAPERS = st.lists(
    st.builds(
        Paper,
        id=st.integers(0, 40).map(id_of),
        title=TEXT,
        abstract=TEXT,
        sightings=st.lists(SIGHTINGS, max_size=4, unique_by=lambda seen: seen.dump).map(
            lambda s: tuple(sorted(s))
        ),
        details=st.just(Details()),
        aliases=st.just(()),
    ),
    max_size=12,
    unique_by=lambda found: found.id,
)


class Made:
    """Papers in segments, with some deleted, and their catalogue."""

    def __init__(self, segments: Sequence[Sequence[Paper]], deleted: Sequence[Sequence[int]]) -> None:
        self.documents = [_documents(each) for each in segments]
        self.ordinals = [each for segment in segments for each in segment]
        gone = {id(segment[n]) for segment, dead in zip(segments, deleted, strict=True) for n in dead}
        self.live = {n: each for n, each in enumerate(self.ordinals) if id(each) not in gone}
        file = io.BytesIO()
        self.sightings = cataloguing.write(file, parts_of(self.documents, deleted), self.documents)
        self.catalogue = Catalogue(Sections(file.getvalue()), self.documents)


def parts_of(documents: Sequence[Documents], deleted: Sequence[Sequence[int]]) -> list[Part]:
    """The segments, as a catalogue has them."""
    firsts = accumulate(map(len, documents), initial=0)
    return [
        Part(f"segment {n}", first, 8, tuple(dead))
        for n, (first, dead) in enumerate(zip(firsts, deleted, strict=False))
    ]


def _documents(papers: Sequence[Paper]) -> Documents:
    file = io.BytesIO()
    writer = DocumentWriter(file)
    for each in papers:
        writer.add(each)
    assert len(writer) == len(papers)
    writer.finish()
    return Documents(Sections(file.getvalue()))


@st.composite
def catalogues(draw: st.DrawFn) -> Made:
    papers = draw(PAPERS)
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(papers) - 1)), max_size=3)))
    edges = [0, *(cut for cut in cuts if cut < len(papers)), len(papers)]
    segments = [papers[start:end] for start, end in pairwise(edges) if end > start]
    # the same id twice: what was deleted is often there again
    deleted = [sorted(draw(st.sets(st.integers(0, len(each) - 1)))) for each in segments]
    again = [segment[n] for segment, dead in zip(segments, deleted, strict=True) for n in dead]
    if again and draw(st.booleans()):
        segments.append([each._replace(abstract="changed") for each in again])
        deleted.append([])
    return Made(segments, deleted)


@given(catalogues())
def test_everything_is_there_again(made: Made) -> None:
    found = made.catalogue
    assert found.end == len(made.ordinals)
    assert len(found) == len(made.live)
    assert [found.paper(n) for n in range(found.end)] == made.ordinals
    assert made.sightings == sum(len(each.sightings) for each in made.live.values())
    for n, each in made.live.items():
        assert found.find(each.id) == n
        for length in (1, 2, 15, 16):
            prefix = each.id[:length]
            beginning = {m for m, other in made.live.items() if other.id.startswith(prefix)}
            assert set(found.beginning_with(prefix)) == beginning
    for nobody in ("", "zzzz", "\ud800", "f" * 16, "f" * 17, "-1"):
        assert found.find(nobody) is None


@given(catalogues())
def test_a_paper_is_known_by_its_other_ids(made: Made) -> None:
    """Unless that is the id of another paper."""
    ids = {each.id for each in made.live.values()}
    for number in range(51):
        alias = id_of(number)
        if alias not in ids:
            owners = [n for n, each in made.live.items() if alias in each.keys]
            assert made.catalogue.find(alias) in (owners or [None])


@given(catalogues())
def test_orders(made: Made) -> None:
    found = made.catalogue
    for sort, key in (
        ("date", by_date),
        ("relevance", by_date),
        ("trending", trending(made.live.values())),
        ("title", by_title),
    ):
        expected = sorted(made.live, key=lambda n: key(made.live[n]))
        assert list(found.order(sort)) == expected, sort


@given(
    catalogues(),
    st.dates(date(2026, 1, 1), date(2026, 1, 9)),
    st.integers(0, 9),
    st.sets(st.sampled_from("abcd")),
)
def test_days_and_dumps(made: Made, first: date, length: int, dumps: set[str]) -> None:
    found, live = made.catalogue, made.live
    last = date.fromordinal(first.toordinal() + length)
    assert list(found.days) == sorted({day for each in live.values() for day in each.days})
    assert set(found.seen_between(first, last)) == {
        n for n, each in live.items() if any(first <= day <= last for day in each.days)
    }
    assert found.first_sighted_outside(dumps) == [
        n for n, each in live.items() if not dumps & {seen.dump for seen in each.sightings}
    ]


@given(catalogues(), st.sets(st.integers(0, 20)))
def test_what_is_known_of_the_order_of_titles_changes_nothing(made: Made, forgotten: set[int]) -> None:
    ordered = list(made.catalogue.order("title"))
    known = np.array([n for n in ordered if n not in forgotten], np.int64)
    file = io.BytesIO()
    cataloguing.write(file, made.catalogue.parts, made.documents, known)
    again = Catalogue(Sections(file.getvalue()), made.documents)
    assert list(again.order("title")) == ordered


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
    assert len(index) == index.end == 181
    assert index.sightings == 249
    with pytest.raises(IndexError):
        index.paper(n)


@pytest.mark.parametrize(
    "typed", ["0x12", "1_2", "+12", " 12", "12 ", "١٢", "-0", "ABC", "12", "0" * 17, "٠" * 16]
)
def test_only_an_id_is_taken_for_one(typed: str) -> None:
    ids = ("0000000000000012", "0000000000000abc", "0" * 16)
    found = Made([[paper("a")._replace(id=each) for each in ids]], [[]]).catalogue
    assert found.find(typed) is None
    assert list(found.beginning_with(typed)) == []


@pytest.mark.parametrize(
    "data", [b"", b"short", b"\xff" * 100, bytes(100), b"{}" + bytes(8), b"[]" + bytes(8)]
)
def test_something_else_is_not_taken_for_sections(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Sections(data)


def test_a_file_of_other_sections_is_not_taken_for_a_catalogue() -> None:
    file = io.BytesIO()
    out = SectionWriter(file)
    out.add_json("something", [])
    out.finish()
    with pytest.raises(ValueError, match="no section"):
        Catalogue(Sections(file.getvalue()), [])
    with pytest.raises(ValueError, match="no section"):
        Documents(Sections(file.getvalue()))


@given(st.lists(st.tuples(st.binary(max_size=20), st.sampled_from([1, 2, 4, 8])), max_size=6))
def test_sections_are_read_as_they_were_written(written: list[tuple[bytes, int]]) -> None:
    file = io.BytesIO()
    out = SectionWriter(file)
    for n, (data, width) in enumerate(written):
        out.write(data)
        out.write(data * (width - 1))
        out.end(str(n), width)
    out.add_json("json", {"text": "\ud800"})
    out.finish()
    found = Sections(file.getvalue())
    for n, (data, width) in enumerate(written):
        assert found.view(str(n)).tobytes() == data * width
        assert found.view(str(n)).itemsize == width
    assert found.json("json") == {"text": "\ud800"}


def test_a_damaged_record_is_named() -> None:
    documents = _documents([paper("some title")])
    data = bytearray(documents.sections._data)
    data[0] ^= 1
    with pytest.raises(IndexUnusable, match="damaged"):
        Documents(Sections(bytes(data))).paper(0)


@pytest.mark.parametrize("ends", [(0, 0, 1), (0, 2, 2), (1, 1, 2), (0, 1, 1), (0, 2, 1)])
def test_a_record_that_is_cut_wrongly_is_not_taken_for_its_neighbour(ends: tuple[int, ...]) -> None:
    papers = [paper("one"), paper("two")]
    documents = _documents(papers)
    right = list(documents._ends)
    documents._ends = memoryview(array("Q", [right[n] for n in ends]))
    for n, each in enumerate(papers):
        try:
            assert documents.paper(n) == each
        except IndexUnusable as error:
            assert str(error) == "damaged: a paper cannot be read"


@given(st.lists(st.text(max_size=6_000), min_size=1, max_size=4))
def test_papers_of_any_size_are_there_again(abstracts: list[str]) -> None:
    papers = [paper(f"title {n}", text) for n, text in enumerate(abstracts)]
    found = _documents(papers)
    assert [found.paper(n) for n in range(len(found))] == papers
    assert all(words(each.title) for each in papers)


def test_a_list_that_has_grown_counts_once(tmp_path: Path) -> None:
    """It is imported again, under its name, and is another dump; another list of the day is another one."""
    days = [date(2026, 8, day) for day in (1, 1, 1, 2)]
    names = ["list.json", "list.json", "page.txt", "list.json"]
    sightings = [
        Sighting(day, f"{n:016x}", 1, name) for n, (day, name) in enumerate(zip(days, names, strict=True))
    ]
    one = paper("again and again")._replace(sightings=tuple(sightings))
    index = make(tmp_path, [one, paper("once", "", "2026-08-02")])
    assert one.seen == one.seen_lately(date(2026, 8, 30)) == 3 and one.seen_lately(date(2026, 8, 31)) == 1
    assert one.seen_lately(date(2026, 8, 1)) == 2
    assert list(index._catalogue.numbers("seen")) == [each.seen for each in map(index.paper, range(2))]


def test_trends_are_those_of_the_last_thirty_days(tmp_path: Path) -> None:
    often = paper("often, long ago", "", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04")
    liked = paper("once, much liked", "", "2026-08-02")
    liked = liked._replace(sightings=(liked.sightings[0]._replace(upvotes=120),))
    papers = [often, liked, paper("once", "", "2026-08-03"), paper("twice", "", "2026-07-06", "2026-08-01")]
    papers += [paper("twice, but once too early", "", "2026-07-04", "2026-08-01")]
    index = make(tmp_path, papers)
    assert [index.paper(n).title for n in index.order("trending")] == [
        *("twice", "once, much liked", "twice, but once too early", "once", "often, long ago"),
    ]
