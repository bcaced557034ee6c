"""BM25F: how well papers answer a query.

The frequencies of a word in the fields are weighted and set off against the fields' lengths before they
are saturated, as in S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009). A word being typed stands for all words that begin so, a complete one for all of its
stem; their frequencies are added up, and they, or a phrase, count as one word. The number of papers is
that of the whole library, and so are the averages, over the papers that have the field.

Single precision is enough to tell which papers can be among the best; what is shown is in the order of
scores in double precision, worked out in the order of the query's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from typing import Any, TypeAlias

import numpy as np

from paperreader.index.arrays import Array
from paperreader.index.base import FIELDS
from paperreader.index.inversion import NARROW, Layout
from paperreader.index.part import Part

Frequencies: TypeAlias = "tuple[Layout, Array]"
"""The frequencies of a word in some documents, in their layout."""

WEIGHTS = {"title": 2.0, "abstract": 1.0, "note": 1.0}
K1 = 1.2
B = 0.75
_MARGIN = 2e-5
_MARGIN_PER_WORD = 2**-23
"""How far two scores in single precision may be off together, in proportion: each sum rounds once more."""
_SMALLEST = np.finfo(np.float32).smallest_subnormal
_MOST_ROWS = 128


def rarity(total: int, having: int) -> float:
    """The inverse document frequency of what so many of all papers have; above 0."""
    return log(1 + (total - having + 0.5) / (having + 0.5))


class Ranking:
    """Ranks the papers of some segments."""

    def __init__(self, parts: Sequence[Part]) -> None:
        totals, having = [0] * len(FIELDS), [0] * len(FIELDS)
        for part in parts:
            for lane, (length, count) in enumerate(zip(*part.lengths(), strict=True)):
                totals[lane] += int(length)
                having[lane] += int(count)
        self.averages = [total / count if count else 1.0 for total, count in zip(totals, having, strict=True)]
        self._factors: dict[int, list[Array]] = {}

    def factors(self, part: Part) -> list[Array]:
        """What one word counts in each document, field by field, in single precision."""
        factors = self._factors.get(id(part))
        if factors is None:
            factors = self._factors[id(part)] = []
            for lane in range(part.segment.fields):
                slope = np.float32(B / self.averages[lane])
                norm = part.segment.lengths[:, lane].astype(np.float32)
                norm *= slope
                norm += np.float32(1 - B)
                factors.append(np.float32(WEIGHTS[FIELDS[lane]]) / norm)
        return factors

    def norms(self, lengths: Array) -> Array:
        """How long fields are beside those of all papers; both of shape (documents, fields)."""
        averages = np.array(self.averages[: lengths.shape[1]])
        norms: Array = (1 - B) + B * lengths.astype(np.float64) / averages
        return norms

    def scores(self, lengths: Array, found: Sequence[Frequencies], rarities: Sequence[float]) -> Array:
        """The scores of documents, in double precision; `lengths` are those of their fields."""
        norms = self.norms(lengths).T
        scores = np.zeros(len(lengths))
        for (layout, frequencies), rare in zip(found, rarities, strict=True):
            weight = np.zeros(len(lengths))
            for lane, norm in enumerate(norms):
                times = layout.lane(frequencies, lane).astype(np.float64)
                weight += WEIGHTS[FIELDS[lane]] * times / norm
            scores += rare * weight / (K1 + weight)
        return scores

    def estimates(
        self,
        part: Part,
        documents: Array,
        found: Sequence[Frequencies],
        rarities: Sequence[float],
        lanes: Sequence[Iterable[int]],
    ) -> Array:
        """The same in single precision, or, for a single word, something of the same order.

        `lanes` are the fields that each word is looked for in.
        """
        factors = self.factors(part)
        near = {lane: factors[lane].take(documents) for lane in {lane for some in lanes for lane in some}}
        total: Array | None = None
        for (layout, frequencies), rare, some in zip(found, rarities, lanes, strict=True):
            weight = sum_up(layout, frequencies, {lane: near[lane] for lane in some})
            if len(found) > 1:
                saturate(weight, rare)
            if total is None:
                total = weight
            else:
                total += weight
        return np.zeros(len(documents), np.float32) if total is None else total


def saturate(weight: Array, rare: float) -> None:
    """Make weights, in single precision, what a word that is so rare adds to the scores."""
    weight /= weight + np.float32(K1)
    weight *= np.float32(rare)


def sum_up(layout: Layout, frequencies: Array, factors: dict[int, Array]) -> Array:
    """The frequencies of all fields, weighted, in single precision."""
    weight: Array | None = None
    for lane, factor in factors.items():
        # in a narrow layout there are no bits but those of the two lanes
        times = frequencies >> 8 if layout is NARROW and lane else layout.lane(frequencies, lane)
        part = times.astype(np.float32)
        part *= factor
        weight = part if weight is None else np.add(weight, part, out=weight)
    return np.zeros(len(frequencies), np.float32) if weight is None else weight


def best(estimates: Sequence[Array], count: int, words: int = 1) -> list[Array]:
    """For each of these arrays the indexes of all that can be among the best so many of all together.

    What has the estimate 0 did not match, and is not among them. `words` is of how many each estimate is
    the sum. The lower bound is the count-th largest of the maxima of columns, once the estimates are
    arranged in rows: that many of them are at least as large.
    """
    rows = max(1, min(_MOST_ROWS, sum(map(len, estimates)) // (4 * count)))
    columns = [len(each) // rows for each in estimates]
    maxima = [
        each[: rows * width].reshape(rows, width).max(0)
        for each, width in zip(estimates, columns, strict=True)
    ]
    least = _least(maxima, count, words)
    chosen = [(each >= least).nonzero()[0] for each in estimates]
    if sum(map(len, chosen)) > 4 * count:
        left = [each.take(kept) for each, kept in zip(estimates, chosen, strict=True)]
        least = _least(left, count, words)
        chosen = [kept.take((each >= least).nonzero()[0]) for each, kept in zip(left, chosen, strict=True)]
    return chosen


def _least(estimates: Sequence[Array], count: int, words: int) -> Any:
    """What the estimate of the best so many is at least, given some of all estimates."""
    some = np.concatenate(estimates)
    bound = np.partition(some, len(some) - count)[len(some) - count] if len(some) >= count else 0
    return max(bound * np.float32(1 - _MARGIN - words * _MARGIN_PER_WORD), _SMALLEST)
