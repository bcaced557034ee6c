"""All that is searched at one moment: the papers of an index, and what the annotations know besides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperreader.annotations import Annotations
from paperreader.index import Alike, Hits, Index, Sort
from paperreader.orphans import Orphans
from paperreader.paper import Paper

if TYPE_CHECKING:
    from paperreader.index.query import Query


@dataclass(frozen=True)
class Searched:
    """An index, and with it notes and papers that are in no dump any more."""

    index: Index
    notes: Mapping[str, str]
    """By the ids of their papers."""
    orphans: Sequence[Paper | None]
    version: int
    """Of the annotations: while it is the same, so are the notes and the orphans."""

    @classmethod
    def of(cls, index: Index | None, annotations: Annotations, orphans: Orphans, version: int) -> Searched:
        """What is to be searched; `version` is one that the annotations had before."""
        index = index or Index.empty()
        alive = [p if n in orphans.alive else None for n, p in enumerate(orphans.papers, index.end)]
        return cls(index, annotations.snapshot.notes, alive, version)

    @property
    def orphaned(self) -> Collection[int]:
        """The ordinals of the papers that are in no dump, also of those that are gone."""
        return range(self.index.end, self.index.end + len(self.orphans))

    def search(
        self,
        query: Query,
        sort: Sort,
        states: Mapping[str, Collection[int]],
        within: Collection[int] | None,
        *,
        ranked: bool,
        hidden: Collection[int],
        cancelled: Callable[[], bool],
    ) -> Hits:
        """See `Index.search`."""
        return self.index.search(
            query,
            sort=sort,
            states=states,
            within=within,
            ranked=ranked,
            hidden=hidden,
            nearest=True,
            cancelled=cancelled,
            **self._besides,
        )

    def alike(
        self,
        liked: Mapping[int, float],
        disliked: Collection[int] = (),
        *,
        excluded: Collection[int],
        words: int,
        most: int | None = None,
        cancelled: Callable[[], bool],
    ) -> Alike:
        """See `Index.alike`."""
        return self.index.alike(
            liked, disliked, excluded=excluded, words=words, most=most, cancelled=cancelled, **self._besides
        )

    @property
    def _besides(self) -> Mapping[str, Any]:
        return {"notes": self.notes, "notes_version": self.version, "orphans": self.orphans}
