"""Which documents of one segment match a query, and how often they have its words.

What a query asks for in every match drives this: the rarest word's list, from which the other words
take away what they do not have. Where everything that is asked for is so common that it is kept in
columns, these are added up as they lie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from paperreader.index.arrays import Array, places_of
from paperreader.index.base import FIELDS, Cancelled
from paperreader.index.filters import Filter
from paperreader.index.inversion import NARROW
from paperreader.index.matching import Matches
from paperreader.index.part import Part
from paperreader.index.plan import Plan
from paperreader.index.query import And, Node, Not, Or, Text
from paperreader.index.ranking import Frequencies, Ranking, saturate, sum_up

_MOST_LISTED = 2
"""Where at most this part of the documents match, sums of columns are worked out for these alone."""


@dataclass(slots=True)
class Candidates:
    """Documents of a segment that match, or may match."""

    part: Part
    count: int
    """How many match."""
    documents: Array | None
    """Those that match, ascending; None for all, of which those match that have an estimate."""
    found: list[Frequencies]
    """What they have of each text of the query."""
    estimates: Array | None = None
    """Their scores, nearly; 0 for what does not match."""

    def listed(self) -> Array:
        """Those that match, ascending."""
        if self.documents is not None:
            return self.documents
        return np.zeros(0, np.int64) if self.estimates is None else places_of(self.estimates)

    def taken(self, kept: Array) -> Candidates:
        """Those at some places only."""
        documents = kept if self.documents is None else self.documents.take(kept)
        found = [(layout, frequencies.take(kept)) for layout, frequencies in self.found]
        return Candidates(self.part, len(kept), documents, found)


class Sieve:
    """A query in one segment."""

    def __init__(
        self,
        part: Part,
        plan: Plan,
        allowed: Callable[[Filter], Array],
        within: Array | None,
        cancelled: Callable[[], bool],
    ) -> None:
        """`allowed` tells which ordinals a filter lets through; of those, only `within` can match."""
        self.part = part
        self._plan = plan
        self._allowed = allowed
        self._within = within
        self._cancelled = cancelled
        self._matches: list[Matches] = []

    def look_up(self) -> list[int]:
        """How many documents that count have each of the texts; to be asked first."""
        found = [self._find(text) for text in self._plan.texts]
        self._matches = [matches for matches, _ in found]
        return [count for _, count in found]

    def _find(self, text: Text) -> tuple[Matches, int]:
        if self._cancelled():
            raise Cancelled
        return self.part.find(text)

    def candidates(self) -> Candidates:
        """What matches, in a list."""
        documents, known = self._sifted()
        found = [
            (matches.layout, self._at(matches, documents) if there is None else there)
            for matches, there in zip(self._matches, known, strict=True)
        ]
        return Candidates(self.part, len(documents), documents, found)

    def documents(self) -> Array:
        """Which documents match, ascending."""
        return self._sifted()[0]

    def _sifted(self) -> tuple[Array, list[Array | None]]:
        """The documents that match, ascending, and the frequencies there of what is required."""
        if self._cancelled():
            raise Cancelled
        plan, mask = self._plan, self._mask()
        known: list[Array | None] = [None] * len(plan.texts)
        if not plan.required:
            documents = np.arange(len(self.part.segment)) if mask is None else places_of(mask)
        else:
            first, *others = sorted(plan.required, key=lambda n: self._matches[n].count)
            documents, known[first] = self._matches[first].listed()
            if mask is not None:
                documents = _keep(known, documents, mask.take(documents))
            for n in others:
                if not len(documents):
                    break
                there = known[n] = self._at(self._matches[n], documents)
                documents = _keep(known, documents, there)
        for text in plan.forbidden:
            matches = self._find(text)[0]
            if len(documents) and matches.count:
                documents = _keep(known, documents, self._at(matches, documents) == 0)
        return documents, known

    def _at(self, matches: Matches, documents: Array) -> Array:
        return matches.at(documents, self.part.segment.scratch)

    # -- columns

    @property
    def is_dense(self) -> bool:
        """Whether `columns` can be asked."""
        return (
            self.part.segment.layout is NARROW
            and len(self._plan.required) == len(self._plan.texts)
            and all(matches.documents is None for matches in self._matches)
        )

    def columns(self, ranking: Ranking, rarities: Sequence[float]) -> Candidates:
        """What matches, and estimates, without a list of it; or a list of it, where that is short."""
        if self._cancelled():
            raise Cancelled
        factors, alone = ranking.factors(self.part), len(self._matches) == 1
        matching = self._unwanted()
        if not alone or matching is not None:
            for matches in self._matches:
                there = matches.frequencies != 0
                matching = there if matching is None else np.logical_and(matching, there, out=matching)
        found = [(matches.layout, matches.frequencies) for matches in self._matches]
        count = self._matches[0].count if matching is None else int(np.count_nonzero(matching))
        if matching is not None and count * _MOST_LISTED < len(matching):
            documents = places_of(matching)
            listed = [(layout, frequencies.take(documents)) for layout, frequencies in found]
            return Candidates(self.part, count, documents, listed)
        total = np.zeros(0, np.float32)
        for text, matches, rare in zip(self._plan.texts, self._matches, rarities, strict=True):
            of_text = {lane: factors[lane] for lane in lanes(self.part, text)}
            weight = sum_up(matches.layout, matches.frequencies, of_text)
            if not alone:
                saturate(weight, rare)
            total = np.add(total, weight, out=total) if len(total) else weight
        if matching is not None:
            total *= matching
        return Candidates(self.part, count, None, found, total)

    def _unwanted(self) -> Array | None:
        """A new mask of the documents that filters and negations leave; None when these leave all."""
        mask = self._mask()
        if not self._plan.forbidden:
            return None if mask is None else mask.copy()
        left = np.ones(len(self.part.segment), bool) if mask is None else mask.copy()
        for text in self._plan.forbidden:
            matches = self._find(text)[0]
            if matches.documents is None:
                left &= matches.frequencies == 0
            else:
                left[matches.documents] = False
        return left

    # -- everything but words

    def _mask(self) -> Array | None:
        """Which documents count and satisfy everything but words; None when all do."""
        mask = self.part.live
        if self._within is not None:
            here = self.part.within(self._within)
            mask = here if mask is None else mask & here
        for node in self._plan.others:
            here = self._satisfying(node)
            mask = here if mask is None else mask & here
        return mask

    def _satisfying(self, node: Node) -> Array:
        match node:
            case Text():
                matches = self._find(node)[0]
                if matches.documents is None:
                    return np.not_equal(matches.frequencies, 0)
                mask = np.zeros(len(self.part.segment), bool)
                mask[matches.documents] = True
                return mask
            case Not():
                return ~self._satisfying(node.child)
            case And() | Or():
                masks = [self._satisfying(child) for child in node.children]
                combine = np.logical_and if isinstance(node, And) else np.logical_or
                result: Array = combine.reduce(masks) if masks else np.ones(len(self.part.segment), bool)
                return result
            case _:
                return self.part.within(self._allowed(node))


def _keep(known: list[Array | None], documents: Array, wanted: Array) -> Array:
    """Let go of all documents but those that are wanted, and of their frequencies."""
    kept = places_of(wanted)
    if len(kept) == len(documents):
        return documents
    known[:] = [None if frequencies is None else frequencies.take(kept) for frequencies in known]
    return documents.take(kept)


def lanes(part: Part, text: Text) -> Sequence[int]:
    """The fields that a text is looked for in."""
    every = range(part.segment.fields)
    return [lane for lane in every if FIELDS[lane] == text.field] if text.field else every
