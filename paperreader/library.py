"""The one door to the core: a library's papers, its search, its annotations, its imports."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperreader import places
from paperreader.annotations import Annotation, Annotations
from paperreader.dumps.folder import DumpFolder
from paperreader.index import Cancelled, Index, IndexUnusable, Sort
from paperreader.orphans import Orphans
from paperreader.paper import Paper
from paperreader.progress import Progress, Report, quiet
from paperreader.states import States
from paperreader.visits import Visits

if TYPE_CHECKING:
    from paperreader.importing import Imported
    from paperreader.index import Hits, Marks
    from paperreader.index.query import Query

__all__ = ["Answer", "Cancelled", "IndexUnusable", "Library", "Sort", "View"]

View = Literal["all", "new", "starred", "noted", "trending"]


def never() -> bool:
    """Whether a search that nobody can cancel has been cancelled."""
    return False


class Answer(NamedTuple):
    """What one query found."""

    ordinals: Sequence[int]
    """Every paper that matches, best first; see `Library.paper`."""
    total: int
    """How many papers the library has."""
    sort: Sort
    """The order they are in."""
    understood: str = ""
    """How the query was read, in the language's own form; "" where nothing was asked for."""
    scored: bool = False
    """Whether the query has words by which papers can be ranked."""
    marks: Marks | None = None
    """Where the words of the query stand in a text; None when there are none."""

    def position(self, ordinal: int) -> int | None:
        """Where in `ordinals` a paper stands, or None."""
        ordinals = self.ordinals
        try:
            # array.index runs in C: a million entries take a few milliseconds
            return (ordinals if isinstance(ordinals, array) else array("I", ordinals)).index(ordinal)
        except ValueError:
            return None


def _order(chosen: Sort | None, view: View, scored: bool) -> Sort:
    if chosen is not None and (chosen != "relevance" or scored):
        return chosen
    return "trending" if view == "trending" else "relevance" if scored else "date"


class Library:
    """A folder of dumps and annotations, and an index that can always be made again from them.

    Papers are named by *ordinals*: numbers from 0 that hold until `revision` grows. After the
    papers of the index come those that only the annotations still know.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dumps = DumpFolder(folder / "dumps")
        self.annotations = Annotations(folder / "annotations.json")
        self.index: Index | None = None
        self.revision = 0
        """Grows when the papers change: ordinals from before it mean nothing any more."""
        self._visits = Visits(places.state_folder(), folder)
        self._index_folder = folder / "index"
        self._lock = Lock()
        self._orphans = Orphans(None)
        self._states: tuple[int, int, States] = (-1, -1, States({}))

    # -- the index follows the dumps

    def open(self) -> str:
        """Open the index; returns what keeps it from being used as it is, or nothing when all is well."""
        names = self.dumps.names()
        if not names:
            return ""
        try:
            index = Index.open(self._index_folder)
        except IndexUnusable as error:
            return f"the index is {error}"
        if index.dumps != names:
            index.close()
            return "the dumps have changed"
        self._use(index)
        return ""

    def rebuild(self, report: Report = quiet, progress: Progress = quiet) -> None:
        """Make the index follow the dumps. Dumps that cannot be read are reported and left out."""
        if not self.dumps.names():
            return
        from paperreader.importing import bring_up_to_date

        try:
            bring_up_to_date(self.dumps, self._index_folder, report, progress)
        except OSError as error:
            # reading must go on where nothing can be written: a full disk, a read-only medium
            report(f"{self._index_folder} cannot be written ({error.strerror}): the index is a temporary one")
            import atexit
            import shutil
            import tempfile

            self._index_folder = Path(tempfile.mkdtemp(prefix="paperreader-")) / "index"
            atexit.register(shutil.rmtree, self._index_folder.parent, ignore_errors=True)
            bring_up_to_date(self.dumps, self._index_folder, report, progress)
        self._use(Index.open(self._index_folder))

    def take_in(
        self,
        paths: Iterable[str],
        year: int | None = None,
        report: Report = quiet,
        progress: Progress = quiet,
    ) -> Imported:
        """Import the dumps at these paths; see `importing.take_in`. Raises OSError."""
        from paperreader.importing import take_in

        done = take_in(self.dumps, self._sighted, paths, year, report=report, progress=progress)
        if done.dumps:
            self.rebuild(report, progress)
        return done

    def _sighted(self, paper_id: str) -> bool:
        return self.index is not None and self.index.find(paper_id) is not None

    def _use(self, index: Index) -> None:
        # the old one is not closed: a search beside us may still read it
        self.index = index
        self.revision += 1

    # -- papers

    def __len__(self) -> int:
        return len(self.index or ()) + len(self.orphans.alive)

    @property
    def sightings(self) -> int:
        """How often a paper was sighted in a dump, in all."""
        return self.index.sightings if self.index else 0

    @property
    def orphans(self) -> Orphans:
        """Papers that were annotated in this run but are in no dump."""
        with self._lock:
            if self._orphans.index is not self.index:
                self._orphans = Orphans(self.index)
            self._orphans.follow(self.annotations)
            return self._orphans

    def paper(self, ordinal: int) -> Paper:
        """The paper with this ordinal. Raises IndexError when there is none."""
        indexed = len(self.index or ())
        if self.index is not None and 0 <= ordinal < indexed:
            return self.index.paper(ordinal)
        return self.orphans.papers[ordinal - indexed]

    def find(self, paper_id: str) -> int | None:
        """The ordinal of the paper with this id, or None."""
        ordinal = self.index.find(paper_id) if self.index else None
        return self.orphans.ordinals.get(paper_id) if ordinal is None else ordinal

    def annotation(self, paper: Paper) -> Annotation:
        """What the reader did to the paper."""
        return self.annotations.get(paper.id)

    def days(self) -> Sequence[date]:
        """The known days of the dumps, oldest first."""
        return self.index.days() if self.index else ()

    # -- what is new

    @cached_property
    def _known_dumps(self) -> frozenset[str]:
        return self._visits.known()

    def is_new(self, paper: Paper) -> bool:
        """Whether the paper was first sighted since the last visit."""
        return bool(paper.sightings) and not any(s.dump in self._known_dumps for s in paper.sightings)

    def end_visit(self) -> None:
        """What could be seen at this visit is not new at the next one."""
        if self.index is not None:
            shown = self.index.dumps
            with suppress(OSError):
                self._visits.end(dump for dump, name in self.dumps.ids().items() if name in shown)

    # -- search

    @property
    def states(self) -> Mapping[str, Collection[int]]:
        """The ordinals of the papers in each state: starred, noted, read, new."""
        version, revision, states = self._states
        if (version, revision) != (self.annotations.version, self.revision):
            version, revision = self.annotations.version, self.revision
            new = states.made.get("new") if revision == self._states[1] else None
            states = States(
                {
                    "starred": lambda: self._annotated("starred"),
                    "noted": lambda: self._annotated("note"),
                    "read": lambda: self._annotated("read"),
                    "new": self._new,
                }
            )
            if new is not None:
                states.made["new"] = new
            self._states = (version, revision, states)
        return states

    def _annotated(self, field_name: Literal["starred", "note", "read"]) -> frozenset[int]:
        found = (self.find(paper_id) for paper_id in self.annotations.ids(field_name))
        return frozenset(ordinal for ordinal in found if ordinal is not None)

    def _new(self) -> Collection[int]:
        return self.index.first_sighted_outside(self._known_dumps) if self.index else ()

    def search(
        self,
        text: str = "",
        *,
        view: View = "all",
        sort: Sort | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """Every paper of the view that the query text asks for. Never raises for what was typed.

        Without a sort, papers come in the order of their relevance where the query has words that
        rank, and of their date where it has none. Raises Cancelled soon after `cancelled()` is true.
        """
        total = len(self)
        if not text.strip():
            # the way to the first frame: no part of the query language is imported for it
            sort = _order(sort, view, scored=False)
            return Answer(self._within(view, self._listing(sort)), total, sort)
        from paperreader.index.query import parse

        query = parse(text, date.today())
        sort = _order(sort, view, query.scored)
        try:
            hits = self._hits(query, sort, cancelled)
        except IndexUnusable:
            # another process has put a new one in its place
            if self.open():
                raise
            hits = self._hits(query, sort, cancelled)
        ordinals = self._within(view, hits.ordinals)
        return Answer(ordinals, total, sort, query.understood, query.scored, hits.marks)

    def _hits(self, query: Query, sort: Sort, cancelled: Callable[[], bool]) -> Hits:
        return (self.index or Index.empty()).search(
            query,
            sort=sort,
            states=self.states,
            notes={i: self.annotations.get(i).note for i in self.annotations.ids("note")},
            notes_version=self.annotations.version,
            orphans=self.orphans.papers,
            cancelled=cancelled,
        )

    def warm_up(self) -> None:
        """Load what the first search needs, so that it need not wait for it."""
        if self.index is not None:
            with suppress(IndexUnusable):  # the search itself meets it again, and opens the new one
                self.index.warm_up()

    def _listing(self, sort: Sort) -> Sequence[int]:
        order = self.index.order(sort) if self.index else ()
        alive = self.orphans.alive
        return array("I", [*order, *sorted(alive)]) if alive else order

    def _within(self, view: View, ordinals: Sequence[int]) -> Sequence[int]:
        if view in ("all", "trending"):
            orphans = self.orphans
            if len(orphans.alive) == len(orphans.papers):
                return ordinals
            indexed = len(self.index or ())
            return array("I", [n for n in ordinals if n < indexed or n in orphans.alive])
        members = self.states[view]
        return array("I", [n for n in ordinals if n in members])
