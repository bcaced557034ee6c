"""The index as the rest of the program sees it."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from paperreader.index import manifest
from paperreader.index.base import DOCUMENTS, POSTINGS, Cancelled, IndexUnusable, Sort, never
from paperreader.index.catalogue import Catalogue, parts
from paperreader.index.documents import Documents
from paperreader.index.hits import Alike, Hits, Ordinals
from paperreader.index.sections import Sections
from paperreader.paper import Paper

if TYPE_CHECKING:
    from array import array

    from paperreader.index.corpus import Corpus
    from paperreader.index.manifest import Manifest
    from paperreader.index.query import Query
    from paperreader.index.segment import Segment

_ATTEMPTS = 20
"""How often an index is tried that another process replaces while it is being opened."""
_BEST = 200
"""How many papers are ranked at once; the others when somebody goes there."""


class Index:
    """An index on disk, opened for reading. Any thread may use it."""

    def __init__(
        self,
        known: Manifest,
        catalogue: Catalogue,
        postings: Sequence[Sections],
        files: Mapping[str, Sections],
    ) -> None:
        self.dumps = frozenset(known.dumps)
        """The file names of the dumps it was built from."""
        self.sightings = known.sightings
        """How often papers were sighted in these, in all."""
        self._manifest = known
        self._catalogue = catalogue
        self._postings = postings
        self._files = files
        """All of them by name, as they were when this was opened."""
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
                return cls._open(folder)
            except IndexUnusable as error:
                unusable = error
            except (OSError, ValueError, TypeError, IndexError, KeyError):
                unusable = IndexUnusable("damaged: its files cannot be read")
            if _state(folder) == before:
                break
        raise unusable

    @classmethod
    def _open(cls, folder: Path, *, copied: bool = False) -> Index:
        try:
            known = manifest.read(folder, copied=copied)
        except manifest.Copied:
            return cls._open(folder, copied=True)
        files = {name: Sections.map(folder / name) for name in known.files if name != known.toc}
        sections = files[known.catalogue]
        names = [part.segment for part in parts(sections)]
        documents = [Documents(files[f"{name}{DOCUMENTS}"]) for name in names]
        postings = [files[f"{name}{POSTINGS}"] for name in names]
        index = cls(known, Catalogue(sections, documents), postings, files)
        if copied:
            index.verify()
            manifest.date(folder, known)
        return index

    @classmethod
    def empty(cls) -> Index:
        """An index without papers."""
        import io

        from paperreader.index import cataloguing

        file = io.BytesIO()
        cataloguing.write(file, [], [])
        return cls(manifest.NOTHING, Catalogue(Sections(file.getvalue()), []), [], {})

    def __len__(self) -> int:
        """The number of papers."""
        return len(self._catalogue)

    @property
    def end(self) -> int:
        """One more than the highest ordinal; not every number below it is one of a paper."""
        return self._catalogue.end

    @property
    def untidy(self) -> bool:
        """Whether `tidy` would find something to do."""
        from paperreader.index.merging_policy import choose

        return bool(choose(self._catalogue.sizes))

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

    def papers_by_day(self) -> Mapping[date, int]:
        """How many papers were sighted on each of these days."""
        return self._catalogue.papers_by_day()

    def first_sighted_outside(self, dumps: Collection[str]) -> Sequence[int]:
        """The ordinals of the papers that none of these dumps, named by their ids, has."""
        return self._catalogue.first_sighted_outside(dumps)

    def sighted_again(self, dumps: Collection[str]) -> Sequence[int]:
        """The ordinals of the papers that one of these dumps has, and a list that came later, too."""
        from paperreader.index.since import sighted_again

        return sighted_again(self._catalogue, dumps).tolist()  # type: ignore[no-any-return]

    @property
    def ids(self) -> memoryview[int]:
        """The ids of all papers, as numbers, ascending."""
        return self._catalogue.numbers("ids")

    def missing(self, ids: array[int]) -> Sequence[str]:
        """Those of these papers that it does not have, under any id."""
        from paperreader.index.since import missing

        return missing(self._catalogue, ids)

    def facets(self, kind: str, beginning: str, most: int = 20) -> Sequence[str]:
        """Words of authors or venues, or categories, that begin so: the most frequent first.

        Papers that were replaced count until segments are merged.
        """
        from paperreader.index.facets import Facets

        counts: Counter[str] = Counter()
        with self._undamaged():
            for _, documents in self._catalogue.segments:
                counts.update(Facets(documents.sections).beginning(kind, beginning, most))
        return sorted(counts, key=lambda word: (-counts[word], word))[:most]

    def warm_up(self) -> None:
        """Import, open and read ahead what the first search needs, by a search for nothing."""
        from paperreader.index.query import parse

        for sections in self._postings:
            sections.read_ahead()
        query = parse("warm ", date.min)
        self.search(query, sort="date", states={}, notes={}, notes_version=-1, cancelled=never)

    def forget(self) -> None:
        """Let go of what earlier searches have found, so that the next one begins from nothing."""
        with self._lock:
            for part in self._corpus.parts if self._corpus else ():
                part.forget()

    def search(
        self,
        query: Query,
        *,
        sort: Sort,
        states: Mapping[str, Collection[int]],
        notes: Mapping[str, str],
        notes_version: int,
        cancelled: Callable[[], bool],
        orphans: Sequence[Paper | None] = (),
        within: Collection[int] | None = None,
        ranked: bool = False,
        hidden: Collection[int] = (),
        nearest: bool = False,
    ) -> Hits:
        """The papers that match a query.

        `states` has the ordinals of the papers in each of `filters.STATES`, and of those with a tag as
        `Tag.state` names it; `notes` has the notes by paper id. `orphans` are papers that are in no dump
        any more but are searched as well; their ordinals begin at `end`, and None stands for one that is
        gone. Notes and orphans are looked at again when their version is another than last time. `within`
        are the ordinals that can match, if that is not all; where it is `ranked`, in the order of
        relevance. A collection must not change: another one is to be given. The `hidden` ones are left
        out, unless the query asks for what was judged. Where nothing matches and `nearest` is true, the
        nearest spelling of the query is searched for.

        Raises Cancelled soon after `cancelled()` is true, and IndexUnusable when what is on the disk
        proves to be damaged.
        """
        from paperreader.index import hiding
        from paperreader.index.marks import Marks
        from paperreader.index.searching import Search

        hides = bool(hidden) and not hiding.asks_for_judged(query)
        states = ChainMap({hiding.HIDDEN: hidden}, cast("MutableMapping[str, Collection[int]]", states))

        with self._lock, self._undamaged():
            corpus = self._current_corpus(notes, orphans, notes_version)

            def begin(query: Query, cancelled: Callable[[], bool] = cancelled) -> Search:
                asked = hiding.shown(query) if hides else query
                return Search(corpus, asked, states, within, cancelled, ranked=ranked)

            found, meant, gone = begin(query).found(sort, _BEST), "", 0
            if hides:
                among = Search(corpus, hiding.concealed(query), states, within, cancelled)
                gone = among.found("date", 0).count
            if nearest and not found.count and not gone and query.scored:
                from paperreader.index.suggesting import suggest

                suggestion = suggest(
                    query, corpus.lexicons, lambda query: begin(query).found("date", 0).count
                )
                if suggestion:
                    query, meant = suggestion.query, suggestion.text
                    found = begin(query).found(sort, _BEST)

        def everyone(cancelled: Callable[[], bool]) -> Any:
            with self._lock, self._undamaged():
                return begin(query, cancelled).found(sort, None).ordinals

        def place(ordinal: int) -> int | None:
            with self._lock, self._undamaged():
                return begin(query, never).place(sort, ordinal)

        ordinals = Ordinals(found.count, found.ordinals.tolist(), everyone, place)
        return Hits(ordinals, Marks(query.texts), meant, gone)

    def alike(
        self,
        liked: Mapping[int, float],
        disliked: Collection[int] = (),
        *,
        excluded: Collection[int],
        words: int,
        most: int | None = None,
        notes: Mapping[str, str],
        notes_version: int,
        cancelled: Callable[[], bool],
        orphans: Sequence[Paper | None] = (),
    ) -> Alike:
        """The papers that are like those liked and unlike those disliked, by their best so many words.

        Papers are given by their ordinals, those liked with what they count. What is `excluded` is not
        found. With `most`, it is the nearest so many. Everything else is as with `search`.
        """
        from array import array

        from paperreader.index.likeness import Likeness

        with self._lock, self._undamaged():
            corpus = self._current_corpus(notes, orphans, notes_version)
            likeness = Likeness(corpus, liked, disliked, cancelled)
            profile = likeness.profile(words)
            ordinals = likeness.ranked(profile, excluded, most)
            return Alike(array("I", ordinals.tobytes()), profile)

    @contextmanager
    def _undamaged(self) -> Iterator[None]:
        """Blames what goes wrong on the files, if they are not what was written."""
        try:
            yield
        except (Cancelled, IndexUnusable):
            raise
        except Exception:
            self.verify()
            raise

    def verify(self) -> None:
        """Read every byte, which takes a second for each gigabyte; raises IndexUnusable if one is another."""
        for name, sections in self._files.items():
            if sections.check() != self._manifest.checks[name]:
                raise IndexUnusable(f"damaged: {name} was changed")

    def _current_corpus(
        self, notes: Mapping[str, str], orphans: Sequence[Paper | None], version: int
    ) -> Corpus:
        from paperreader.index.arrays import keep_memory
        from paperreader.index.corpus import Corpus
        from paperreader.index.segment import Segment

        corpus = self._corpus
        if self._segments is None:
            keep_memory()
            self._segments = [Segment(sections) for sections in self._postings]
        if corpus is None or (
            self._version != version and (corpus.notes != notes or corpus.orphans != list(orphans))
        ):
            corpus = self._corpus = Corpus(self._catalogue, self._segments, dict(notes), list(orphans))
        self._version = version
        return corpus

    def close(self) -> None:
        """Let go of what was opened; papers and orders that are still in use stay readable."""
        with self._lock:
            self._segments = self._corpus = None


def _state(folder: Path) -> tuple[int, int] | None:
    """What tells the manifest of one moment from that of another."""
    try:
        status = (folder / manifest.NAME).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
