"""Answers queries: the papers that match, best first.

Each segment says which of its documents match. Which are the best is told by estimates, of all
segments together, and only these are scored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from paperreader.index.arrays import Array
from paperreader.index.base import Cancelled, Sort
from paperreader.index.corpus import Corpus
from paperreader.index.filters import Filter
from paperreader.index.plan import plan
from paperreader.index.query import Query
from paperreader.index.ranking import best, rarity
from paperreader.index.sifting import Candidates, Sieve, lanes

_FEW = 600
"""So many are scored at once, without looking first which can be among the best."""
_CHUNK = 1 << 14


@dataclass
class Found:
    """What matches."""

    count: int
    """How many papers, in all."""
    ordinals: Array
    """The best of them, in order: as many as were asked for."""


class Search:
    """One search, in one corpus."""

    def __init__(
        self,
        corpus: Corpus,
        query: Query,
        states: Mapping[str, Collection[int]],
        within: Collection[int] | None,
        cancelled: Callable[[], bool],
        *,
        ranked: bool = False,
    ) -> None:
        """Only papers with the ordinals `within`, if that is given, can match.

        With `ranked` these are all papers that can, in the order of their relevance: it is not the
        query's words that tell.
        """
        self._corpus = corpus
        self._states = states
        self._cancelled = cancelled
        self._plan = plan(query)
        self._filters: dict[Filter, Array] = {}
        mask = None if within is None else corpus.in_state("", within)
        self._given = np.fromiter(within or (), np.uint32) if ranked else None
        self._sieves = [Sieve(part, self._plan, self._allowed, mask, cancelled) for part in corpus.parts]

    def _go_on(self) -> None:
        if self._cancelled():
            raise Cancelled

    def _allowed(self, node: Filter) -> Array:
        if node not in self._filters:
            self._filters[node] = self._corpus.having(node, self._states)
        return self._filters[node]

    def found(self, sort: Sort, most: int | None) -> Found:
        """The best papers, at most so many, and how many there are; equals by date, then by id.

        Raises Cancelled.
        """
        if self._is_scored(sort):
            count, ordinals, scores = self.ranked(most)
            self._go_on()
            order = np.lexsort((self._corpus.places("date")[ordinals], -scores))
            return Found(count, ordinals[order[:most]])
        return self._listed(self._order(sort), most)

    def _is_scored(self, sort: Sort) -> bool:
        return sort == "relevance" and self._given is None and bool(self._plan.texts)

    def _order(self, sort: Sort) -> Array:
        if sort == "relevance" and self._given is not None:
            return self._given
        return self._corpus.order("date" if sort == "relevance" else sort)

    def _places(self, sort: Sort) -> Array:
        if sort == "relevance" and self._given is not None:
            places = np.zeros(self._corpus.end, np.uint32)
            places[self._given] = np.arange(len(self._given))
            return places
        return self._corpus.places("date" if sort == "relevance" else sort)

    def _listed(self, order: Array, most: int | None) -> Found:
        mask = np.zeros(self._corpus.end, bool)
        mask[self._matching()] = True
        count = int(np.count_nonzero(mask))
        wanted = count if most is None else min(most, count)
        chosen: list[Array] = [order[:0]]
        start = 0
        while sum(map(len, chosen)) < wanted:
            some = order[start : start + _CHUNK]
            chosen.append(some[mask[some]])
            start += _CHUNK
        return Found(count, np.concatenate(chosen)[:wanted])

    def _matching(self) -> Array:
        """The ordinals of all that match."""
        ordinals = [np.zeros(0, np.int64)]
        for sieve in self._sieves:
            sieve.look_up()
            ordinals.append(sieve.part.ordinals[sieve.documents()])
        return np.concatenate(ordinals)

    def place(self, sort: Sort, ordinal: int) -> int | None:
        """Where one paper stands among all that match; None when it does not match."""
        if self._is_scored(sort):
            _, ordinals, scores = self.ranked(None)
        else:
            ordinals = self._matching()
            scores = np.zeros(len(ordinals))
        at = np.flatnonzero(ordinals == ordinal)
        if not len(at):
            return None
        places = self._places(sort)
        score, place = scores[at[0]], places[ordinal]
        better = scores > score
        better |= (scores == score) & (places[ordinals] < place)
        return int(np.count_nonzero(better))

    def ranked(self, most: int | None) -> tuple[int, Array, Array]:
        """How many match, and of all that can be among the best so many the ordinals and scores."""
        corpus, plan = self._corpus, self._plan
        counts = [sieve.look_up() for sieve in self._sieves]
        having = [sum(column) for column in zip(*counts, strict=True)] or [0] * len(plan.texts)
        if not all(having[n] for n in plan.required):
            return 0, np.zeros(0, np.int64), np.zeros(0)
        rarities = [rarity(corpus.total, count) for count in having]
        some = [
            sieve.columns(corpus.ranking, rarities)
            if most is not None and sieve.is_dense
            else sieve.candidates()
            for sieve in self._sieves
        ]
        count = sum(each.count for each in some)
        chosen = self._chosen([each for each in some if each.count], rarities, most)
        ordinals, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
        self._go_on()
        for alike in _alike(chosen):
            ordinals += [each.part.ordinals.take(each.listed()) for each in alike]
            scores.append(self._scores(alike, rarities))
        return count, *_best_scores(np.concatenate(ordinals), np.concatenate(scores), most)

    def _chosen(
        self, some: Sequence[Candidates], rarities: Sequence[float], most: int | None
    ) -> Sequence[Candidates]:
        """Those that can be among the best, listed."""
        if most is None or sum(each.count for each in some) <= max(_FEW, most):
            return [each if each.documents is not None else each.taken(each.listed()) for each in some]
        ranking, texts = self._corpus.ranking, self._plan.texts
        estimates = [
            ranking.estimates(
                each.part, each.listed(), each.found, rarities, [lanes(each.part, text) for text in texts]
            )
            if each.estimates is None
            else each.estimates
            for each in some
        ]
        chosen = best(estimates, most, len(texts))
        return [each.taken(kept) for each, kept in zip(some, chosen, strict=True) if len(kept)]

    def _scores(self, some: Sequence[Candidates], rarities: Sequence[float]) -> Array:
        """The scores of documents of segments that are alike."""
        lengths = np.concatenate([each.part.segment.lengths.take(each.listed(), 0) for each in some])
        of_texts = zip(*(each.found for each in some), strict=True)
        found = [(of[0][0], np.concatenate([frequencies for _, frequencies in of])) for of in of_texts]
        return self._corpus.ranking.scores(lengths, found, rarities)


def _alike(some: Iterable[Candidates]) -> Iterable[list[Candidates]]:
    """Those of segments with one layout and the same fields together."""
    groups: dict[tuple[int, int], list[Candidates]] = {}
    for each in some:
        segment = each.part.segment
        groups.setdefault((segment.layout.bits, segment.fields), []).append(each)
    return groups.values()


def _best_scores(ordinals: Array, scores: Array, most: int | None) -> tuple[Array, Array]:
    """The best so many, and what is as good as the last of them."""
    if most is None or len(scores) <= most:
        return ordinals, scores
    least = np.partition(scores, len(scores) - most)[len(scores) - most]
    kept = (scores >= least).nonzero()[0]
    return ordinals.take(kept), scores.take(kept)
