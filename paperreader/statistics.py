"""What was read and starred, what came in, and the words of what was starred: a library in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from paperreader.annotations import Field
from paperreader.library import Library

WEEKS: Final = 26
_WORDS: Final = 12
_COUNTED: Final = ("read", "starred", "noted", "tagged", "later", "skipped")


class Statistics(NamedTuple):
    """A library in numbers."""

    weeks: tuple[date, ...]
    """The Mondays of the last weeks, the current one last."""
    read: tuple[int, ...]
    """How many of the papers that are read were read in each of these weeks, as people count them here."""
    starred: tuple[int, ...]
    """The same of those that are starred."""
    days: tuple[date, ...]
    """The days that are known of dumps, ascending."""
    papers: tuple[int, ...]
    """How many papers were seen on each of these days."""
    words: Mapping[str, float]
    """What sets the starred papers apart from the others, with weights, the heaviest first."""
    totals: Mapping[str, int]
    """Papers, sightings and days, and the papers in each state."""


def collect(library: Library, today: date, cancelled: Callable[[], bool] = lambda: False) -> Statistics:
    """Count. Takes a moment in a large library. Raises Cancelled, and IndexUnusable."""
    monday = today - timedelta(days=today.weekday())
    weeks = tuple(monday - timedelta(weeks=WEEKS - 1 - n) for n in range(WEEKS))
    by_day = library.papers_by_day()
    states = library.states
    totals = {
        "papers": len(library),
        "sightings": library.sightings,
        "days": len(by_day),
        **{state: len(states[state]) for state in _COUNTED},
    }
    return Statistics(
        weeks,
        _by_week(library, "read", weeks),
        _by_week(library, "starred", weeks),
        tuple(by_day),
        tuple(by_day.values()),
        library.words_of_stars(_WORDS, cancelled),
        totals,
    )


def _by_week(library: Library, field: Field, weeks: Sequence[date]) -> tuple[int, ...]:
    """How many papers were given the mark in each week; one under several keys counts once."""
    at: dict[int | str, datetime] = {}
    for paper_id, when in library.annotations.times(field).items():
        ordinal = library.find(paper_id)
        paper = paper_id if ordinal is None else ordinal
        at[paper] = max(when, at.get(paper, when))
    counts = [0] * len(weeks)
    for when in at.values():
        week = (when.astimezone().date() - weeks[0]).days // 7
        if 0 <= week < len(weeks):
            counts[week] += 1
    return tuple(counts)
