"""A library in numbers: weeks as people count them here, each paper once, words that set stars apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from paperreader.library import Cancelled, Library
from paperreader.statistics import WEEKS, collect
from tests.test_notes import write

Open = Callable[[], Library]
TODAY = date(2026, 11, 21)
"""A Saturday."""


def marked(library: Library, *marks: tuple[int, str, str]) -> Library:
    """The library with these marks: ordinal, field, when."""
    papers: dict[str, dict[str, object]] = {}
    for ordinal, field, at in marks:
        paper = library.paper(ordinal)
        entry = papers.setdefault(paper.id, {"title": paper.title})
        entry |= {field: True, f"{field}_at": at}
    write(library.folder, papers)
    library.annotations.refresh()
    return library


def test_weeks_end_with_the_current_one_and_begin_on_mondays(open_library: Open) -> None:
    found = collect(open_library(), TODAY)
    assert len(found.weeks) == WEEKS == len(found.read) == len(found.starred)
    assert found.weeks[-1] == date(2026, 11, 16) and all(week.weekday() == 0 for week in found.weeks)
    assert {later - week for week, later in zip(found.weeks, found.weeks[1:], strict=False)} == {
        timedelta(weeks=1)
    }


def test_what_is_marked_is_counted_in_its_week(open_library: Open) -> None:
    library = marked(
        open_library(),
        (0, "read", "2026-11-16T12:00:00Z"),
        (1, "read", "2026-11-21T12:00:00Z"),
        (1, "starred", "2026-11-15T12:00:00Z"),
        (2, "read", f"{date(2026, 11, 16) - timedelta(weeks=25)}T12:00:00Z"),
        (3, "read", f"{date(2026, 11, 16) - timedelta(weeks=25, days=1)}T12:00:00Z"),
        (4, "read", "2026-12-24T12:00:00Z"),
        (5, "read", "some day"),
    )
    found = collect(library, TODAY)
    assert found.read == (1, *[0] * 24, 2) and found.starred == (*[0] * 24, 1, 0)
    assert found.totals["read"] == 6 and found.totals["starred"] == 1


def test_days_and_totals(open_library: Open) -> None:
    found = collect(open_library(), TODAY)
    assert found.days == (
        *(date(2026, 3, 11), date(2026, 3, 12)),
        *(date(2026, 8, 18), date(2026, 8, 20), date(2026, 9, 9)),
    )
    library = open_library()
    assert found.papers == tuple(len(library.search(f"date:{day}").ordinals) for day in found.days)
    assert found.totals["papers"] == 181 and found.totals["sightings"] == 249 and found.totals["days"] == 5


def test_the_words_are_those_of_what_was_starred(open_library: Open) -> None:
    library = open_library()
    stars = [(n, "starred", "2026-11-16T12:00:00Z") for n in library.search("hebbian").ordinals]
    assert len(stars) == 4
    words = collect(marked(library, *stars), TODAY).words
    assert next(iter(words)).startswith("hebb")
    assert list(words.values()) == sorted(words.values(), reverse=True) and min(words.values()) > 0
    assert not {"the", "and", "of", "we", "that", "learning"} & words.keys()


def test_an_empty_library_has_numbers_too(tmp_path: Path) -> None:
    found = collect(Library(tmp_path), TODAY)
    assert not any(found.read) and not found.days and not found.words and not any(found.totals.values())


def test_counting_can_be_given_up(open_library: Open) -> None:
    library = marked(open_library(), *((n, "starred", "2026-11-16T12:00:00Z") for n in range(9)))
    with pytest.raises(Cancelled):
        collect(library, TODAY, lambda: True)
