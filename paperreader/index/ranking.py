"""BM25F: how well papers answer a query.

The counts of a word in the fields are weighted and set off against the fields' lengths before they
are saturated, as in S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009). What a word being typed begins, or a phrase, counts as one word.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from math import log
from operator import itemgetter

from paperreader.index.base import FIELDS, Cancelled
from paperreader.index.leaves import Leaf
from paperreader.index.segments import Segment

_WEIGHT = {"title": 2.0, "abstract": 1.0, "note": 1.0}
_K1 = 1.2
_B = 0.75
_CHUNK = 4096
"""How many papers are scored between two looks at whether anybody still waits; some milliseconds."""


class Ranking:
    """Ranks papers with the ordinals from 0 up to a total."""

    def __init__(self, segments: Sequence[Segment], total: int) -> None:
        self._total = total
        self._factors = {field: _factors(field, segments, total) for field in FIELDS}
        """For each field, what one word counts in each paper."""

    def best_first(
        self, papers: Sequence[int], leaves: Sequence[Leaf], cancelled: Callable[[], bool]
    ) -> list[int]:
        """The papers by their scores; equals stay in the order they come in. Raises Cancelled."""
        scores: list[float] = []
        for start in range(0, len(papers), _CHUNK):
            if cancelled():
                raise Cancelled
            scores += self._scores(papers[start : start + _CHUNK], leaves)
        ranked = sorted(zip(scores, papers, strict=True), key=itemgetter(0), reverse=True)
        return [n for _, n in ranked]

    def _scores(self, papers: Sequence[int], leaves: Sequence[Leaf]) -> list[float]:
        scores = [0.0] * len(papers)
        for leaf in leaves:
            weights = [0.0] * len(papers)
            for field, times in leaf.times.items():
                if times:
                    count, factors = times.get, self._factors[field]
                    weights = [
                        weight + count(n, 0) * factors[n] for weight, n in zip(weights, papers, strict=True)
                    ]
            having = len(leaf.papers)
            rarity = log(1 + (self._total - having + 0.5) / (having + 0.5))
            scores = [
                score + rarity * weight / (_K1 + weight)
                for score, weight in zip(scores, weights, strict=True)
            ]
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
