"""The index as the rest of the program sees it."""

from __future__ import annotations

import io
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from paperreader.index import manifest
from paperreader.index.base import IndexUnusable, Sort
from paperreader.index.catalogue import FILE_NAME, Catalogue
from paperreader.paper import Paper

if TYPE_CHECKING:
    from paperreader.index.corpus import Corpus
    from paperreader.index.marks import Marks
    from paperreader.index.query import Query
    from paperreader.index.segments import Segment

_ATTEMPTS = 20
"""How often an index is tried that another process replaces while it is being opened."""


class Hits(NamedTuple):
    """The answer to a query."""

    ordinals: Sequence[int]
    """All papers that match, best first."""
    marks: Marks
    """Finds what the query's words match in any text."""


class Index:
    """An index on disk, opened for reading. Any thread may use it."""

    def __init__(
        self, catalogue: Catalogue, dumps: frozenset[str], sightings: int, words: Path | None
    ) -> None:
        self.dumps = dumps
        """The file names of the dumps it was built from."""
        self.sightings = sightings
        """How often papers were sighted in these, in all."""
        self._catalogue = catalogue
        self._words = words
        """The folder of the Whoosh index; None when there are no papers."""
        self._lock = Lock()
        """Held while a search runs; the first one opens what the others use."""
        self._segments: Sequence[Segment] | None = None
        self._corpus: Corpus | None = None
        self._version: int | None = None

    @classmethod
    def open(cls, folder: Path) -> Index:
        """The index in a folder, in a time that does not depend on how many papers it has.

        Raises IndexUnusable when there is none or it cannot be trusted.
        """
        for _ in range(_ATTEMPTS):
            before = _state(folder)
            try:
                known = manifest.read(folder)
                generation = folder / known.generation
                catalogue = Catalogue.open(generation / FILE_NAME)
                return cls(catalogue, frozenset(known.dumps), known.sightings, generation)
            except IndexUnusable as error:
                unusable = error
            except (OSError, ValueError):
                unusable = IndexUnusable(f"damaged: {FILE_NAME} cannot be read")
            if _state(folder) == before:
                break
        raise unusable

    @classmethod
    def empty(cls) -> Index:
        """An index without papers."""
        from paperreader.index.catalogue_writer import CatalogueWriter

        file = io.BytesIO()
        CatalogueWriter(file).finish(array("I"))
        return cls(Catalogue(file.getvalue()), frozenset(), 0, None)

    def __len__(self) -> int:
        """The number of papers; their ordinals are the numbers below it."""
        return len(self._catalogue)

    def paper(self, n: int) -> Paper:
        """The paper with ordinal n. Raises IndexError when there is none."""
        return self._catalogue.paper(n)

    def find(self, paper_id: str) -> int | None:
        """The ordinal of the paper with this id, or None."""
        return self._catalogue.find(paper_id)

    def order(self, sort: Sort) -> Sequence[int]:
        """All ordinals in one order.

        "date": latest day first, then by rank in that day's dump; "title": by its words; "trending":
        by the number of dumps, then by date. Equals are in the order of their ids. "relevance" is "date".
        """
        return self._catalogue.order(sort)

    def days(self) -> Sequence[date]:
        """The distinct known days of sightings, oldest first."""
        return self._catalogue.days

    def first_sighted_outside(self, dumps: Collection[str]) -> Sequence[int]:
        """The ordinals of the papers that none of these dumps, named by their ids, has."""
        return self._catalogue.first_sighted_outside(dumps)

    def warm_up(self) -> None:
        """Import and open what the first search needs, by a search for nothing."""
        from paperreader.index.query import parse

        query = parse("warm ", date.min)
        self.search(query, sort="date", states={}, notes={}, notes_version=-1, cancelled=lambda: False)

    def search(
        self,
        query: Query,
        *,
        sort: Sort,
        states: Mapping[str, Collection[int]],
        notes: Mapping[str, str],
        notes_version: int,
        cancelled: Callable[[], bool],
        orphans: Sequence[Paper] = (),
    ) -> Hits:
        """The papers that match a query.

        `states` has the ordinals of the papers that are "starred", "noted", "read" and "new", `notes` the
        notes by paper id. `orphans` are papers that are in no dump any more but are searched as well;
        their ordinals follow the others. Notes and orphans are looked at again when their version is
        another than last time. Raises Cancelled soon after `cancelled()` is true, and IndexUnusable when
        another process has put another index in the place of this one before the first search.
        """
        from paperreader.index.marks import Marks
        from paperreader.index.searching import search

        with self._lock:
            corpus = self._current_corpus(notes, orphans, notes_version)
            ordinals = search(corpus, query, sort, states, cancelled)
        return Hits(ordinals, Marks(query))

    def _current_corpus(self, notes: Mapping[str, str], orphans: Sequence[Paper], version: int) -> Corpus:
        from paperreader.index.corpus import Corpus

        corpus = self._corpus
        if corpus is None or (
            self._version != version and (corpus.notes != notes or corpus.orphans != orphans)
        ):
            corpus = self._corpus = Corpus(
                self._catalogue, self._opened_segments(), dict(notes), list(orphans)
            )
        self._version = version
        return corpus

    def _opened_segments(self) -> Sequence[Segment]:
        from paperreader.index.segments import open_index, segments_of

        if self._segments is None:
            documents = array("I", self._catalogue.numbers("documents"))
            try:
                self._segments = segments_of(open_index(self._words), documents) if self._words else []
            except OSError as error:
                raise IndexUnusable("replaced by another process") from error
        return self._segments

    def close(self) -> None:
        """Let go of the files; papers and orders that are still in use stay readable."""
        with self._lock:
            for segment in self._segments or ():
                segment.terms.close()
            self._segments = self._corpus = None


def _state(folder: Path) -> tuple[int, int] | None:
    """What tells the manifest of one moment from that of another."""
    try:
        status = (folder / manifest.NAME).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
