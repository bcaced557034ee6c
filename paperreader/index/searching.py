"""Answers queries: the papers that match, best first.

What a query asks for in every match drives the search: the rarest word's list, from which the other
words take away what they do not have. Only what is left is ranked. Where everything that is asked for
is so common that it is kept in columns, these are added up as they lie.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from paperreader.index.arrays import Array
from paperreader.index.base import FIELDS, Cancelled, Sort
from paperreader.index.corpus import Corpus
from paperreader.index.inversion import NARROW
from paperreader.index.matching import Matches
from paperreader.index.part import Part
from paperreader.index.query import And, Node, Not, Or, Query, Text
from paperreader.index.ranking import best, rarity, saturate, sum_up

_FEW = 1500
"""So many are scored at once, without looking first which can be among the best."""
_CHUNK = 1 << 14


@dataclass
class Found:
    """What matches."""

    count: int
    """How many papers, in all."""
    ordinals: Array
    """The best of them, in order: as many as were asked for."""


@dataclass
class _Plan:
    """What a query asks for."""

    texts: list[Text]
    """What matches are ranked by, each once."""
    required: list[Text] = field(default_factory=list)
    """Of these, what every match has."""
    forbidden: list[Text] = field(default_factory=list)
    others: list[Node] = field(default_factory=list)
    """What every match must satisfy besides."""


def _plan(query: Query) -> _Plan:
    plan = _Plan(list(query.texts))
    root = query.node
    for node in dict.fromkeys(root.children if isinstance(root, And) else (root,)):
        match node:
            case Text():
                plan.required.append(node)
            case Not(child=Text() as text):
                plan.forbidden.append(text)
            case And(children=()):
                pass
            case _:
                plan.others.append(node)
    return plan


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
        """Only papers with the ordinals `within`, if that is given, can match; `ranked`: the best first."""
        self._corpus = corpus
        self._states = states
        self._cancelled = cancelled
        self._plan = _plan(query)
        self._within = None if within is None else corpus.in_state("", within)
        self._given = np.fromiter(within or (), np.uint32) if ranked else None
        """All papers in the order of their relevance, where it is not the query's words that tell."""
        self._filters: dict[Node, Array] = {}
        self._rarities: list[float] = []

    def found(self, sort: Sort, most: int | None) -> Found:
        """The best papers, at most so many, and how many there are; equals by date, then by id.

        Raises Cancelled.
        """
        if sort == "relevance" and self._plan.texts and self._given is None:
            return self._ranked(most)
        return self._listed(self._order(sort), most)

    def _order(self, sort: Sort) -> Array:
        if sort == "relevance" and self._given is not None:
            return self._given
        return self._corpus.order(sort)

    def _listed(self, order: Array, most: int | None) -> Found:
        mask = np.zeros(self._corpus.end, bool)
        for part in self._corpus.parts:
            documents, _ = self._candidates(part)
            mask[part.ordinals[documents]] = True
        count = int(np.count_nonzero(mask))
        wanted = count if most is None else min(most, count)
        chosen: list[Array] = [order[:0]]
        start = 0
        while sum(map(len, chosen)) < wanted:
            some = order[start : start + _CHUNK]
            chosen.append(some[mask[some]])
            start += _CHUNK
        return Found(count, np.concatenate(chosen)[:wanted])

    def _ranked(self, most: int | None) -> Found:
        corpus, texts = self._corpus, self._plan.texts
        having = self._weigh()
        required = set(self._plan.required)
        none = any(text in required and not there for text, there in zip(texts, having, strict=True))
        count, ordinals, scores = self._together(
            [] if none else corpus.parts, lambda part: self._best(part, most)
        )
        order = np.lexsort((corpus.places("date")[ordinals], -scores))
        return Found(count, ordinals[order[: len(order) if most is None else most]])

    def _together(
        self, parts: Sequence[Part], best_of: Callable[[Part], tuple[int, Array, Array]]
    ) -> tuple[int, Array, Array]:
        """How many match in some segments, and the ordinals and scores of what `best_of` gives of each."""
        count, ordinals, scores = 0, [np.zeros(0, np.int64)], [np.zeros(0)]
        for part in parts:
            here, documents, theirs = best_of(part)
            count += here
            ordinals.append(part.ordinals[documents])
            scores.append(theirs)
        return count, np.concatenate(ordinals), np.concatenate(scores)

    def place(self, sort: Sort, ordinal: int) -> int | None:
        """Where one paper stands among all that match; None when it does not match."""
        corpus = self._corpus
        ranked = sort == "relevance" and bool(self._plan.texts) and self._given is None
        if ranked:
            self._weigh()
        places = corpus.places("date" if sort == "relevance" else sort)
        if sort == "relevance" and self._given is not None:
            places = np.zeros(corpus.end, np.uint32)
            places[self._given] = np.arange(len(self._given))
        best_of = (lambda part: self._best(part, None)) if ranked else self._unranked
        _, ordinals, scores = self._together(corpus.parts, best_of)
        at = np.flatnonzero(ordinals == ordinal)
        if not len(at):
            return None
        score, place = scores[at[0]], places[ordinal]
        better = scores > score
        better |= (scores == score) & (places[ordinals] < place)
        return int(np.count_nonzero(better))

    def _unranked(self, part: Part) -> tuple[int, Array, Array]:
        documents, _ = self._candidates(part)
        return len(documents), documents, np.zeros(len(documents))

    def _weigh(self) -> list[int]:
        """How many papers have each of the texts; from now on it is known how rare they are."""
        corpus, texts = self._corpus, self._plan.texts
        having = [sum(self._find(part, text)[1] for part in corpus.parts) for text in texts]
        self._rarities = [rarity(corpus.total, count) for count in having]
        return having

    def _find(self, part: Part, text: Text) -> tuple[Matches, int]:
        if self._cancelled():
            raise Cancelled
        return part.find(text)

    # -- one segment

    def _best(self, part: Part, most: int | None) -> tuple[int, Array, Array]:
        """How many documents match, those that can be among the best, and their scores."""
        texts = self._plan.texts
        if most is not None and self._is_dense(part):
            return self._best_of_columns(part, most)
        documents, known = self._candidates(part)
        count = len(documents)
        if not count:
            return 0, documents, np.zeros(0)
        found = []
        for text in texts:
            matches = self._find(part, text)[0]
            there = known.get(text)
            found.append((matches.layout, self._at(part, matches, documents) if there is None else there))
        ranking = self._corpus.ranking
        if most is not None and count > max(_FEW, most):
            lanes = [_lanes(part, text) for text in texts]
            chosen = best(ranking.estimates(part, documents, found, self._rarities, lanes), most, len(texts))
            documents = documents.take(chosen)
            found = [(layout, frequencies.take(chosen)) for layout, frequencies in found]
        return count, documents, ranking.scores(part, documents, found, self._rarities)

    def _candidates(self, part: Part) -> tuple[Array, dict[Text, Array]]:
        """The documents that match, ascending, and the frequencies there of what is required."""
        if self._cancelled():
            raise Cancelled
        plan = self._plan
        mask = self._mask(part)
        known: dict[Text, Array] = {}
        if not plan.required:
            documents = np.arange(len(part.segment)) if mask is None else np.flatnonzero(mask)
        else:
            required = sorted(plan.required, key=lambda text: self._find(part, text)[0].count)
            documents, known[required[0]] = self._find(part, required[0])[0].listed()
            if mask is not None:
                documents = _keep(known, documents, np.flatnonzero(mask.take(documents)))
            for text in required[1:]:
                if not len(documents):
                    break
                known[text] = self._at(part, self._find(part, text)[0], documents)
                documents = _keep(known, documents, np.flatnonzero(known[text]))
        for text in plan.forbidden:
            matches = self._find(part, text)[0]
            if len(documents) and matches.count:
                there = self._at(part, matches, documents)
                documents = _keep(known, documents, np.flatnonzero(there == 0))
        return documents, known

    def _at(self, part: Part, matches: Matches, documents: Array) -> Array:
        return matches.at(documents, part.matcher.scratch)

    def _mask(self, part: Part) -> Array | None:
        """Which documents count and satisfy everything but words; None when all do."""
        mask = part.live
        if self._within is not None:
            here = part.within(self._within)
            mask = here if mask is None else mask & here
        for node in self._plan.others:
            here = self._satisfying(part, node)
            mask = here if mask is None else mask & here
        return mask

    def _satisfying(self, part: Part, node: Node) -> Array:
        match node:
            case Text():
                matches = self._find(part, node)[0]
                if matches.documents is None:
                    return np.not_equal(matches.frequencies, 0)
                mask = np.zeros(len(part.segment), bool)
                mask[matches.documents] = True
                return mask
            case Not():
                return ~self._satisfying(part, node.child)
            case And() | Or():
                masks = [self._satisfying(part, child) for child in node.children]
                combine = np.logical_and if isinstance(node, And) else np.logical_or
                result: Array = combine.reduce(masks) if masks else np.ones(len(part.segment), bool)
                return result
            case _:
                if node not in self._filters:
                    self._filters[node] = self._corpus.having(node, self._states)
                return part.within(self._filters[node])

    # -- columns

    def _is_dense(self, part: Part) -> bool:
        plan = self._plan
        return (
            part.segment.layout is NARROW
            and len(plan.required) == len(plan.texts)
            and all(self._find(part, text)[0].documents is None for text in plan.required)
        )

    def _best_of_columns(self, part: Part, most: int) -> tuple[int, Array, Array]:
        """The same as `_best`, without a list of the documents that match."""
        plan, ranking = self._plan, self._corpus.ranking
        factors = ranking.factors(part)
        total: Array | None = None
        matching: Array | None = None
        found = []
        for text, rare in zip(plan.texts, self._rarities, strict=True):
            matches = self._find(part, text)[0]
            found.append(matches)
            weight = sum_up(
                matches.layout, matches.frequencies, {lane: factors[lane] for lane in _lanes(part, text)}
            )
            there = weight > 0
            matching = there if matching is None else np.logical_and(matching, there, out=matching)
            if len(plan.texts) > 1:
                saturate(weight, rare)
            total = weight if total is None else np.add(total, weight, out=total)
        if total is None or matching is None:
            raise ValueError("nothing is required")
        mask = self._mask(part)
        if mask is not None:
            matching &= mask
        for text in plan.forbidden:
            matches = self._find(part, text)[0]
            if matches.documents is None:
                matching &= matches.frequencies == 0
            else:
                matching[matches.documents] = False
        count = int(np.count_nonzero(matching))
        if not count:
            return 0, np.zeros(0, np.int64), np.zeros(0)
        total[~matching] = -1
        documents = best(total, min(most, count), len(plan.texts))
        frequencies = [(each.layout, each.frequencies.take(documents)) for each in found]
        return count, documents, ranking.scores(part, documents, frequencies, self._rarities)


def _keep(known: dict[Text, Array], documents: Array, kept: Array) -> Array:
    """Let go of all documents but these, and of their frequencies."""
    if len(kept) < len(documents):
        for text, frequencies in known.items():
            known[text] = frequencies.take(kept)
        return documents.take(kept)
    return documents


def _lanes(part: Part, text: Text) -> Sequence[int]:
    """The fields that a text is looked for in."""
    lanes = range(part.segment.fields)
    return [lane for lane in lanes if FIELDS[lane] == text.field] if text.field else lanes
