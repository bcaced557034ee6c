"""BM25F: how well papers answer a query.

The counts of a word in the fields are weighted and set off against the fields' lengths before they
are saturated, as in S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009). What a word being typed begins, or a phrase, counts as one word.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from math import log

from paperreader.index.base import FIELDS, Cancelled
from paperreader.index.leaves import Leaf
from paperreader.index.segments import Segment

_WEIGHT = {"title": 2.0, "abstract": 1.0, "note": 1.0}
_K1 = 1.2
_B = 0.75
_CHUNK = 4096
"""How many papers are scored between two looks at whether anybody still waits; some milliseconds."""


class Ranking:
    """The scores of papers with the ordinals from 0 up to a total."""

    def __init__(self, segments: Sequence[Segment], total: int) -> None:
        self._total = total
        self._factors = {field: _factors(field, segments, total) for field in FIELDS}
        """For each field, what one word counts in each paper."""

    def scores(
        self, leaves: Iterable[Leaf], papers: Sequence[int], cancelled: Callable[[], bool]
    ) -> dict[int, float]:
        """The score of each of these papers, 0 for one that has none of the words. Raises Cancelled."""
        scores = dict.fromkeys(papers, 0.0)
        for leaf in leaves:
            having = len(leaf.papers)
            rarity = log(1 + (self._total - having + 0.5) / (having + 0.5))
            fields = [(times, self._factors[field]) for field, times in leaf.times.items() if times]
            for start in range(0, len(papers), _CHUNK):
                if cancelled():
                    raise Cancelled
                for n in papers[start : start + _CHUNK]:
                    weight = 0.0
                    for times, factors in fields:
                        if n in times:
                            weight += times[n] * factors[n]
                    scores[n] += rarity * weight / (_K1 + weight)
        return scores


def _factors(field: str, segments: Sequence[Segment], total: int) -> array[float]:
    lengths = array("I", bytes(4 * total))
    for segment in segments:
        for n, length in segment.lengths(field):
            lengths[n] = length
    having = total - lengths.count(0)
    average = sum(lengths) / having if having else 1.0
    weight, base, slope = _WEIGHT[field], 1 - _B, _B / average
    return array("d", [weight / (base + slope * length) for length in lengths])
