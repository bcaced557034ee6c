"""Papers that were annotated but are in no dump any more: their stars and notes are kept all the same."""

from __future__ import annotations

from typing import NamedTuple

from paperreader.annotations import Annotations
from paperreader.index import Index
from paperreader.paper import Paper


class Orphans:
    """The annotated papers that an index does not have; of each, only the title is known.

    Their ordinals follow those of the index. One whose annotation goes keeps its place, so that the
    ordinals of the others hold, but is alive no more.
    """

    def __init__(self, index: Index | None) -> None:
        self.index = index
        self.papers: list[Paper] = []
        """In the order of their ordinals."""
        self.ordinals: dict[str, int] = {}
        """Paper id -> ordinal."""
        self.alive: frozenset[int] = frozenset()
        """The ordinals of those that are still annotated."""
        self._indexed: set[str] = set()
        self._version = -1

    def follow(self, annotations: Annotations) -> None:
        """Take in what has been annotated since."""
        now = annotations.snapshot
        if self._version == now.version:
            return
        changed = now.changed_since(self._version) if self._version >= 0 else None
        self._version, entries = now.version, now.entries
        found = entries.keys() if changed is None else entries.keys() & changed
        for paper_id in sorted(found - self.ordinals.keys() - self._indexed):
            if self.index is not None and self.index.find(paper_id) is not None:
                self._indexed.add(paper_id)
            else:
                self.ordinals[paper_id] = (self.index.end if self.index else 0) + len(self.papers)
                self.papers.append(Paper(paper_id, entries[paper_id].title, ""))
        if changed is None or not self.ordinals.keys().isdisjoint(changed):
            self.alive = frozenset(n for paper_id, n in self.ordinals.items() if paper_id in entries)


class Pages(NamedTuple):
    """The papers of a library as they were at one moment, whatever has come in since."""

    revision: int
    """That of the library at that moment."""
    indexed: Index | None
    orphans: Orphans

    def find(self, paper_id: str) -> int | None:
        """The ordinal of the paper with this id, or None."""
        ordinal = self.indexed.find(paper_id) if self.indexed else None
        return self.orphans.ordinals.get(paper_id) if ordinal is None else ordinal

    def paper(self, ordinal: int) -> Paper:
        """The paper that had this ordinal. Raises IndexError when there was none, and IndexUnusable."""
        end = self.indexed.end if self.indexed else 0
        if self.indexed is not None and 0 <= ordinal < end:
            return self.indexed.paper(ordinal)
        return self.orphans.papers[ordinal - end]
