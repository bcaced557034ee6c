"""Everything that is searched: the papers of the catalogue, those in no dump, and the notes on both."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from paperreader.index.base import Sort
from paperreader.index.catalogue import Catalogue
from paperreader.index.leaves import Leaves
from paperreader.index.ranking import Ranking
from paperreader.index.segments import Segment, in_memory
from paperreader.paper import Paper


class Corpus:
    """What is searched, as it is at one moment."""

    def __init__(
        self,
        catalogue: Catalogue,
        segments: Sequence[Segment],
        notes: Mapping[str, str],
        orphans: Sequence[Paper],
    ) -> None:
        """`notes` by the ids of their papers; `orphans` are papers in no dump."""
        self.catalogue = catalogue
        self.notes = notes
        self.orphans = orphans
        known = len(catalogue)
        self.total = known + len(orphans)
        """The ordinals are those of the catalogue, then those of the orphans."""
        extra: dict[int, dict[str, str]] = {}
        for n, orphan in enumerate(orphans, known):
            extra[n] = {"title": orphan.title, "note": notes.get(orphan.id, "")}
        for paper_id, note in notes.items():
            if (found := catalogue.find(paper_id)) is not None:
                extra[found] = {"note": note}
        segments = [*segments, *in_memory(extra)]
        self.leaves = Leaves(segments)
        self.ranking = Ranking(segments, self.total)

    def order(self, sort: Sort) -> Sequence[int]:
        """All ordinals in an order that needs no query; the orphans come last."""
        order = self.catalogue.order(sort)
        if not self.orphans:
            return order
        return array("I", [*order, *range(len(self.catalogue), self.total)])

    def beginning_with(self, prefix: str) -> set[int]:
        """The papers whose ids begin so."""
        orphans = enumerate(self.orphans, len(self.catalogue))
        return {*self.catalogue.beginning_with(prefix), *(n for n, p in orphans if p.id.startswith(prefix))}

    def seen(self, low: int, high: int | None) -> set[int]:
        """The papers sighted in so many dumps, both bounds included."""
        times = self.catalogue.numbers("seen")
        found = {n for n, count in enumerate(times) if low <= count and (high is None or count <= high)}
        return found.union(range(len(times), self.total)) if low == 0 else found
