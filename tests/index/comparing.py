"""Compares an index with the oracle: everything that a search says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from paperreader.index import Hits, Index, Sort, reader
from paperreader.index.query import Query, parse
from paperreader.index.searching import Search
from paperreader.paper import Paper

from .making import TODAY
from .oracle import Oracle

SORTS: tuple[Sort, ...] = ("relevance", "date", "title", "trending")


class Compared:
    """An index and an oracle of the same papers. Notes and states are by the ids of papers."""

    def __init__(
        self,
        index: Index,
        papers: Iterable[Paper],
        notes: Mapping[str, str] | None = None,
        states: Mapping[str, Collection[str]] | None = None,
        orphans: Sequence[Paper | None] = (),
    ) -> None:
        self.index = index
        self.notes = notes or {}
        self.orphans = orphans
        there = [orphan for orphan in orphans if orphan is not None]
        self.oracle = Oracle(list(papers), self.notes, states, there)
        self._ids = {n: orphan.id for n, orphan in enumerate(orphans, index.end) if orphan is not None}
        self._numbers = {paper_id: n for n, paper_id in self._ids.items()}
        self._states = {
            name: frozenset(n for n in map(self._ordinal, ids) if n is not None)
            for name, ids in (states or {}).items()
        }

    def _ordinal(self, paper_id: str) -> Any:
        return self._numbers.get(paper_id, self.index.find(paper_id))

    def _id(self, ordinal: int) -> str:
        if ordinal not in self._ids:
            self._ids[ordinal] = self.index.paper(ordinal).id
        return self._ids[ordinal]

    def check(self, typed: str, sorts: Iterable[Sort] = SORTS, within: Collection[str] | None = None) -> None:
        """What is found for this is right: how many papers, the first, all in order, and their scores."""
        query = parse(typed, TODAY)
        for sort in sorts:
            ordinals = self._search(query, sort, within).ordinals
            expected = self.oracle.found(query, sort)
            if within is not None:
                expected = [each for each in expected if each in within]
            assert len(ordinals) == len(expected), (typed, sort)
            first = [self._id(n) for n in ordinals[: reader._BEST]]
            assert first == expected[: reader._BEST], (typed, sort)
            places = (0, len(expected) // 2, len(expected) - 1) if expected else ()
            assert [ordinals.place(self._ordinal(expected[at])) for at in places] == list(places), (
                typed,
                sort,
            )
            assert ordinals.place(self.index.end + len(self.orphans)) is None
            if len(expected) > reader._BEST or sort == "relevance":
                everyone = [self._id(n) for n in ordinals.complete().tolist()]
                assert everyone == expected, (typed, sort)
        if query.texts:
            assert self.scores(typed) == self.oracle.scores(query), typed

    def _search(self, query: Query, sort: Sort, within: Collection[str] | None) -> Hits:
        return self.index.search(
            query,
            sort=sort,
            states=self._states,
            notes=self.notes,
            notes_version=0,
            cancelled=lambda: False,
            orphans=self.orphans,
            within=None if within is None else [n for n in map(self._ordinal, within) if n is not None],
        )

    def scores(self, typed: str) -> dict[str, float]:
        """The scores that the engine has given to the papers that match, to the last bit."""
        index: Any = self.index
        search = Search(index._corpus, parse(typed, TODAY), self._states, None, lambda: False)
        _, ordinals, scores = search.ranked(None)
        return dict(zip(map(self._id, ordinals.tolist()), scores.tolist(), strict=True))
