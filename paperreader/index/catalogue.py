"""The papers by number, the orders they are listed in, and where and when they were seen.

One file, read through the memory map: opening it costs the same for a hundred papers as for a
million. A paper's number, its ordinal, is its place in the file.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from paperreader.index.base import IndexUnusable, Sort
from paperreader.index.sections import read_sections
from paperreader.paper import Paper, Sighting

FILE_NAME = "catalogue"


class Catalogue:
    """A catalogue as `catalogue_writer` has written it; everything is read when it is asked for."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """Raises ValueError for what is not a catalogue."""
        self._data = memoryview(data)
        self._sections = read_sections(lambda start, length: bytes(self._data[start:][:length]), len(data))
        self._offsets = self.numbers("offsets", "Q")
        self._papers = self._section("papers")
        self._id_width = len(self._section("ids")) // len(self) if len(self) else 0

    @classmethod
    def open(cls, path: Path) -> Catalogue:
        """Raises OSError, and ValueError for what is not a catalogue."""
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def _section(self, name: str) -> memoryview:
        try:
            start, length = self._sections[name]
        except KeyError as error:
            raise ValueError(f"no section {name}") from error
        return self._data[start : start + length]

    def numbers(self, name: str, typecode: str = "I") -> memoryview[int]:
        """A section of numbers."""
        return self._section(name).cast(typecode)  # type: ignore[call-overload,no-any-return]

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def paper(self, n: int) -> Paper:
        """The paper with ordinal n.

        Raises IndexError when there is none, and IndexUnusable when its record is damaged.
        """
        if not 0 <= n < len(self):
            raise IndexError(n)
        record = bytes(self._papers[self._offsets[n] : self._offsets[n + 1]])
        try:
            paper_id, title, abstract, seen = json.loads(record)
            return Paper(paper_id, title, abstract, tuple(self._sighting(*each) for each in seen))
        except (ValueError, TypeError, IndexError) as error:
            raise IndexUnusable("damaged: a paper cannot be read") from error

    def _sighting(self, day: int, dump: int, rank: int, inferred: int) -> Sighting:
        dump_id, name = self._dumps[dump]
        return Sighting(date.fromordinal(day), dump_id, rank, name, bool(inferred))

    @cached_property
    def _dumps(self) -> list[tuple[str, str]]:
        """The id and the name of every dump that has papers."""
        dumps: list[tuple[str, str]] = json.loads(bytes(self._section("dumps")))
        return dumps

    def order(self, sort: Sort) -> memoryview[int]:
        """All ordinals in this order; relevance, which is to nothing, is by date."""
        return self.numbers("date" if sort == "relevance" else sort)

    def find(self, paper_id: str) -> int | None:
        """The ordinal of the paper with this id, or None."""
        at = self._first_id_from(paper_id)
        if at < len(self) and self._id(at) == paper_id.encode():
            return self.numbers("by_id")[at]
        return None

    def beginning_with(self, prefix: str) -> Sequence[int]:
        """The ordinals of the papers whose ids begin so."""
        return self.numbers("by_id")[self._first_id_from(prefix) : self._first_id_from(prefix + "\U0010ffff")]

    def _id(self, at: int) -> bytes:
        """The id that is at this place when all are sorted."""
        start = self._sections["ids"][0] + at * self._id_width
        return bytes(self._data[start : start + self._id_width]).rstrip(b"\0")

    def _first_id_from(self, paper_id: str) -> int:
        return bisect_left(range(len(self)), paper_id.encode("utf-8", "surrogatepass"), key=self._id)

    @cached_property
    def days(self) -> Sequence[date]:
        """The distinct known days of sightings, ascending."""
        return tuple(map(date.fromordinal, self.numbers("days")))

    def seen_between(self, first: date, last: date) -> set[int]:
        """The ordinals of the papers with a sighting on one of these days."""
        days, starts = self.numbers("days"), self.numbers("day_starts")
        begin = starts[bisect_left(days, first.toordinal())]
        end = starts[bisect_right(days, last.toordinal())]
        return set(self.numbers("day_papers")[begin:end])

    def first_sighted_outside(self, dumps: Collection[str]) -> list[int]:
        """The ordinals of the papers that none of these dumps, named by their ids, has."""
        starts, papers = self.numbers("dump_starts"), self.numbers("dump_papers")
        inside = bytearray(len(self))
        for number, (dump_id, _) in enumerate(self._dumps):
            if dump_id in dumps:
                for n in papers[starts[number] : starts[number + 1]]:
                    inside[n] = True
        return [n for n, known in enumerate(inside) if not known]
