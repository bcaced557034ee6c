"""Everything that is searched, as it is at one moment: the segments, the notes, and papers in no dump.

A paper with a note, or one that only the annotations still know, is a document of a segment in
memory; the document that it has on the disk does not count. So a note is a field like any other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from paperreader.index.arrays import Array
from paperreader.index.base import Sort
from paperreader.index.catalogue import Catalogue
from paperreader.index.facets import Facets
from paperreader.index.filters import Dates, Facet, Filter, Id, Seen, State, Tag, Upvotes
from paperreader.index.inversion import WIDE
from paperreader.index.lexicon import Words
from paperreader.index.members import Members
from paperreader.index.part import Part
from paperreader.index.pool import Pool
from paperreader.index.ranking import Ranking
from paperreader.index.segment import Segment
from paperreader.paper import Paper


class Corpus:
    """What is searched."""

    def __init__(
        self,
        catalogue: Catalogue,
        segments: Sequence[Segment],
        notes: Mapping[str, str],
        orphans: Sequence[Paper | None],
    ) -> None:
        """`notes` by the ids of their papers; `orphans` are papers in no dump, None for one that is gone."""
        self.catalogue = catalogue
        self.segments = segments
        self.notes = notes
        self.orphans = orphans
        self.end = catalogue.end + len(orphans)
        """One more than the highest ordinal."""
        self._living = [(n, orphan) for n, orphan in enumerate(orphans, catalogue.end) if orphan]
        """The orphans by their ordinals."""
        self.total = len(catalogue) + len(self._living)
        noted = self._noted()
        self.parts = [part for part in (*self._on_disk(noted), *self._in_memory(noted)) if len(part.segment)]
        self.ranking = Ranking(self.parts)
        self._places: dict[Sort, Array] = {}
        self._states: dict[str, tuple[Collection[int], Array]] = {}

    def _noted(self) -> dict[int, str]:
        noted: dict[int, list[str]] = {}
        for paper_id, note in self.notes.items():
            n = self.catalogue.find(paper_id)
            if n is not None:
                noted.setdefault(n, []).append(note)
        # a paper can be annotated under several of its keys
        return {n: "\n\n".join(notes) for n, notes in sorted(noted.items())}

    def _on_disk(self, noted: Collection[int]) -> list[Part]:
        parts = []
        again = sorted(noted)
        for known, segment in zip(self.catalogue.parts, self.segments, strict=True):
            first, last = known.first, known.first + len(segment)
            here = (n - first for n in again[bisect_left(again, first) : bisect_left(again, last)])
            deleted = np.array(sorted({*known.deleted, *here}), np.int64)
            parts.append(Part(segment, np.arange(first, last), deleted))
        return parts

    def _in_memory(self, noted: Mapping[int, str]) -> list[Part]:
        pool, ordinals = Pool(WIDE), []
        for n, note in noted.items():
            paper = self.catalogue.paper(n)
            pool.add((paper.title, paper.abstract, note))
            ordinals.append(n)
        for n, orphan in self._living:
            pool.add((orphan.title, orphan.abstract, self.notes.get(orphan.id, "")))
            ordinals.append(n)
        if not ordinals:
            return []
        return [Part(Segment.of(pool.invert()), np.array(ordinals), np.zeros(0, np.int64))]

    @property
    def lexicons(self) -> list[Words]:
        """The words of all segments."""
        return [part.segment.lexicon.words for part in self.parts]

    # -- orders and filters, over all ordinals

    def order(self, sort: Sort) -> Array:
        """All ordinals in an order that needs no query; the orphans come last."""
        order = np.asarray(self.catalogue.order(sort))
        orphans = np.array([n for n, _ in self._living], np.uint32)
        return np.append(order, orphans) if len(orphans) else order

    def places(self, sort: Sort) -> Array:
        """Where each ordinal stands in that order."""
        places = self._places.get(sort)
        if places is None:
            order = self.order(sort)
            places = self._places[sort] = np.zeros(self.end, np.uint32)
            places[order] = np.arange(len(order), dtype=np.uint32)
        return places

    def having(self, node: Filter, states: Mapping[str, Collection[int]]) -> Array:
        """Which ordinals a filter lets through."""
        match node:
            case State() | Tag():
                return self._standing(node, states)
            case Seen():
                return self._between(np.asarray(self.catalogue.numbers("seen")), node)
            case Upvotes():
                columns = [np.asarray(each.sections.view("upvotes")) for _, each in self.catalogue.segments]
                return self._between(np.concatenate([np.zeros(0, np.uint32), *columns]), node)
            case Facet():
                *complete, last = node.words
                masks = [self._facet(node.field, word, prefix=False) for word in complete]
                masks.append(self._facet(node.field, last, prefix=node.prefix))
                return np.asarray(np.logical_and.reduce(masks))
            case Dates():
                return self._only(np.asarray(self.catalogue.seen_between(node.first, node.last)))
            case Id():
                found = [n for n, orphan in self._living if orphan.id.startswith(node.prefix)]
                mask = self._only(np.asarray(self.catalogue.beginning_with(node.prefix), np.int64))
                mask[found] = True
                return mask | self._facet("id", node.prefix, prefix=True)

    def _standing(self, node: State | Tag, states: Mapping[str, Collection[int]]) -> Array:
        names = [node.state]
        if isinstance(node, Tag) and node.prefix:
            names = [each for each in states if each.startswith(node.state)]
        masks = [self.in_state(name, states.get(name, ())) for name in names]
        return np.asarray(np.logical_or.reduce(masks)) if masks else np.zeros(self.end, bool)

    def _between(self, counts: Array, node: Seen | Upvotes) -> Array:
        every = np.zeros(self.end, np.uint32)
        every[: self.catalogue.end] = counts
        return np.asarray((every >= node.low) & (every <= (2**32 - 1 if node.high is None else node.high)))

    def _facet(self, kind: str, word: str, *, prefix: bool) -> Array:
        mask = np.zeros(self.end, bool)
        for first, documents in self.catalogue.segments:
            mask[np.asarray(Facets(documents.sections).having(kind, word, prefix)) + first] = True
        return mask

    def in_state(self, name: str, members: Collection[int]) -> Array:
        """Which ordinals are among these; found at once when they are the same as last time."""
        known = self._states.get(name)
        if known is None or known[0] is not members:
            known = self._states[name] = members, self._mask(members)
        return known[1]

    def _mask(self, members: Collection[int]) -> Array:
        if isinstance(members, Members):
            return np.frombuffer(members.data[: self.end].ljust(self.end, b"\0"), bool)
        ordinals = np.fromiter(members, np.int64, len(members))
        return self._only(ordinals[ordinals < self.end])

    def _only(self, ordinals: Array) -> Array:
        mask = np.zeros(self.end, bool)
        mask[ordinals] = True
        return mask
