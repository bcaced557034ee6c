"""Papers survive the form in which an index keeps them, and nothing else passes for it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.paper import Details, Paper, Sighting
from paperreader.records import packed, unpacked

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
COUNT = st.integers(0, 2**53)
DAY = st.none() | st.dates()
DETAILS = st.builds(
    Details,
    authors=TEXTS,
    arxiv_id=TEXT,
    categories=TEXTS,
    links=TEXTS,
    doi=TEXT,
    venue=TEXT,
    published=DAY,
    submitted=DAY,
    listed=DAY,
    updated=DAY,
    ai_summary=TEXT,
    keywords=TEXTS,
)
SIGHTINGS = st.builds(
    Sighting,
    day=st.dates(),
    dump=TEXT,
    rank=COUNT,
    name=TEXT,
    inferred=st.booleans(),
    upvotes=COUNT,
    comments=COUNT,
)
PAPERS = st.builds(
    Paper,
    id=TEXT,
    title=TEXT,
    abstract=TEXT,
    sightings=st.lists(SIGHTINGS, max_size=3).map(tuple),
    details=DETAILS,
    aliases=TEXTS,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(TEXT, inner, max_size=2),
)


def head(value: object) -> bytes:
    """What a paper would be packed as that has this for a head."""
    return (json.dumps(value) + "A titleText").encode("utf-8", "surrogatepass")


@given(PAPERS)
def test_a_paper_comes_back_as_it_was(paper: Paper) -> None:
    back = unpacked(packed(paper))
    assert back == paper
    assert [type(s.inferred) for s in back.sightings] == [bool] * len(paper.sightings)


@given(JSON)
def test_what_is_no_record_is_a_value_error(value: object) -> None:
    try:
        paper = unpacked(head(value))
    except ValueError:
        return
    assert unpacked(packed(paper)) == paper


@given(st.integers(0, 4), st.sampled_from([None, 1.5, {"a": 1}, True, -1]))
def test_a_record_with_one_value_of_another_kind_is_no_record(place: int, value: object) -> None:
    record: list[object] = ["id", 7, [], [], []]
    assert unpacked(head(record)) == Paper("id", "A title", "Text")
    record[place] = value
    with pytest.raises(ValueError):
        unpacked(head(record))


def test_what_is_not_known_takes_no_room() -> None:
    assert packed(Paper("id", "A title", "")) == b'["id",7]A title'
    seen = Sighting(date(2026, 9, 9), "d", 3, "n")
    day = seen.day.toordinal()
    assert packed(Paper("id", "A title", "Text", (seen,))) == head(["id", 7, [[day, "d", 3, "n"]]]).replace(
        b", ", b","
    )
    known = Details(authors=("A. B.",), doi="10.1/x")
    assert b'["id",7,[],[["A. B."],0,0,0,"10.1/x"]]' in packed(Paper("id", "A title", "Text", (), known))


@pytest.mark.parametrize(
    "sighting",
    [[0, "d", 1, "n"], [4_000_000, "d", 1, "n"], [1, "d", True, "n"], [1, "d", 1, "n", 2], [1] * 9, []],
)
def test_days_and_numbers_are_looked_at(sighting: list[object]) -> None:
    with pytest.raises(ValueError):
        unpacked(head(["id", 7, [sighting]]))
