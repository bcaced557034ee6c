"""All papers of an index by number, the orders they are listed in, and when they were seen.

One file for each state of the index, read through the memory map with the standard library alone:
opening it costs the same for a hundred papers as for a million. A paper's number, its ordinal, is
that of its document in Whoosh: the segments' numbers follow one another. Those of documents that
were deleted belong to nobody.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from paperreader.index.base import Sort
from paperreader.index.documents import Documents
from paperreader.index.merging_policy import Size
from paperreader.index.sections import Sections
from paperreader.paper import Paper

_LENGTH = 16
_DIGITS = frozenset("0123456789abcdef")
"""An id is so many of these, and nothing else that `int` would read."""


class Part(NamedTuple):
    """A segment in its index."""

    segment: str
    """Its name, with which the names of its files begin."""
    first: int
    """The ordinal of its first document."""
    bits: int
    """Of its layout."""
    deleted: tuple[int, ...]
    """Which of its documents are no more, counted from its first."""


class Catalogue:
    """A catalogue as `cataloguing` has written it; everything is read when it is asked for."""

    def __init__(self, sections: Sections, documents: Sequence[Documents]) -> None:
        """`documents` are those of the segments, in order. Raises ValueError for what is not a catalogue."""
        self._sections = sections
        self._documents = documents
        self.parts = parts(sections)
        self._firsts = [part.first for part in self.parts]
        self._count = len(sections.view("ids"))
        self.end: int = self._firsts[-1] + len(documents[-1]) if documents else 0
        """One more than the highest ordinal."""

    @property
    def segments(self) -> Iterator[tuple[int, Documents]]:
        """The first ordinal and the papers of each segment."""
        return zip(self._firsts, self._documents, strict=True)

    @property
    def sizes(self) -> list[Size]:
        """What each segment holds."""
        return [
            Size(len(documents) - len(part.deleted), len(part.deleted), part.bits)
            for part, documents in zip(self.parts, self._documents, strict=True)
        ]

    def numbers(self, name: str) -> memoryview[int]:
        """A section of numbers. Raises IndexUnusable when it is damaged."""
        return self._sections.sound(name)

    def __len__(self) -> int:
        return self._count

    def paper(self, n: int) -> Paper:
        """The paper with ordinal n.

        Raises IndexError when there is none, and IndexUnusable when its record is damaged.
        """
        if not 0 <= n < self.end:
            raise IndexError(n)
        segment = bisect_right(self._firsts, n) - 1
        return self._documents[segment].paper(n - self._firsts[segment])

    def order(self, sort: Sort) -> memoryview[int]:
        """All ordinals in this order; relevance, which is to nothing, is by date."""
        return self.numbers("date" if sort == "relevance" else sort)

    def find(self, paper_id: str) -> int | None:
        """The ordinal of the paper with this id, or known by it, or None."""
        if len(paper_id) != _LENGTH or not _DIGITS.issuperset(paper_id):
            return None
        number = int(paper_id, 16)
        for name, owners in (("ids", "by_id"), ("aliases", "by_alias")):
            ids = self.numbers(name)
            at = bisect_left(ids, number)
            if at < len(ids) and ids[at] == number:
                return self.numbers(owners)[at]
        return None

    def beginning_with(self, prefix: str) -> Sequence[int]:
        """The ordinals of the papers whose ids begin so."""
        if len(prefix) > _LENGTH or not _DIGITS.issuperset(prefix):
            return ()
        low, high = (int(prefix.ljust(_LENGTH, digit), 16) for digit in "0f")
        ids = self.numbers("ids")
        return self.numbers("by_id")[bisect_left(ids, low) : bisect_right(ids, high)]

    @cached_property
    def days(self) -> Sequence[date]:
        """The distinct known days of sightings, ascending."""
        return tuple(map(date.fromordinal, self.numbers("days")))

    def papers_by_day(self) -> dict[date, int]:
        """How many papers were sighted on each of these days."""
        starts = self.numbers("day_starts")
        return {day: starts[n + 1] - starts[n] for n, day in enumerate(self.days)}

    def seen_between(self, first: date, last: date) -> memoryview[int]:
        """The ordinals of the papers with a sighting on one of these days, one for each of these days."""
        days, starts = self.numbers("days"), self.numbers("day_starts")
        begin = starts[bisect_left(days, first.toordinal())]
        end = starts[bisect_right(days, last.toordinal())]
        return self.numbers("day_papers")[begin:end]

    def first_sighted_outside(self, dumps: Collection[str]) -> list[int]:
        """The ordinals of the papers that none of these dumps, named by their ids, has."""
        starts, papers = self.numbers("dump_starts"), self.numbers("dump_papers")
        inside = bytearray(self.end)
        known = [dump_id for dump_id, _ in self._sections.json("dumps")]
        for number, dump_id in enumerate(known):
            if dump_id in dumps:
                for n in papers[starts[number] : starts[number + 1]]:
                    inside[n] = True
        return [n for n in sorted(self.numbers("by_id")) if not inside[n]]


def parts(sections: Sections) -> tuple[Part, ...]:
    """The segments that a catalogue speaks of."""
    known = sections.json("segments")
    return tuple(Part(name, first, bits, tuple(deleted)) for name, first, bits, deleted in known)
