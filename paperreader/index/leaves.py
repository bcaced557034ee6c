"""Which papers have a word or a phrase, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from paperreader.index.base import FIELDS
from paperreader.index.query import Text
from paperreader.index.segments import Segment

_REMEMBERED = 500_000
"""How many counts are kept from one search to the next, at about a hundred bytes each."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a word or a phrase of a query finds."""

    times: Mapping[str, Counter[int]]
    """For each field, how often which papers have it."""
    papers: frozenset[int]
    """All of them together."""


class Leaves:
    """Finds words and phrases in the segments, and remembers what was found last.

    While a query is being typed all of its words but one stay as they are.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._known: dict[Text, Leaf] = {}
        self._counts = 0

    def find(self, text: Text, cancelled: Callable[[], bool]) -> Leaf:
        """What a word or a phrase finds. Raises Cancelled."""
        leaf = self._known.pop(text, None)
        if leaf is None:
            times: dict[str, Counter[int]] = {}
            for form in text.forms():
                for field, counts in self._count(form, cancelled).items():
                    times[field] = times[field] + counts if field in times else counts
            leaf = Leaf(times, frozenset().union(*times.values()))
            self._counts += _size(leaf)
        self._known[text] = leaf
        while self._counts > _REMEMBERED and len(self._known) > 1:
            self._counts -= _size(self._known.pop(next(iter(self._known))))
        return leaf

    def _count(self, text: Text, cancelled: Callable[[], bool]) -> Mapping[str, Counter[int]]:
        times = {}
        for field in (text.field,) if text.field else FIELDS:
            times[field] = Counter[int]()
            for segment in self._segments:
                segment.count(text, field, times[field], cancelled)
        return times


def _size(leaf: Leaf) -> int:
    return sum(map(len, leaf.times.values()))
