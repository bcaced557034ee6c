"""The one door to the core: a library's papers, its search, its annotations, its imports."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING

from paperreader import places
from paperreader.annotating import Annotated, Mark, marked, tagged, with_mark
from paperreader.annotations import Annotation, Annotations, Change, Field, Snapshot, Step
from paperreader.answers import OF_JUDGED, Answer, View, among, in_order, leave_out, members
from paperreader.arrivals import Arrivals
from paperreader.dumps.folder import DumpFolder
from paperreader.index import Alike, Cancelled, Index, IndexUnusable, Members, Sort, never
from paperreader.likings import STARS_NEEDED, for_you, similar, words_of
from paperreader.news import News, Visited
from paperreader.orphans import Orphans, Pages
from paperreader.paper import Paper
from paperreader.progress import Progress, Report, quiet
from paperreader.searched import Searched
from paperreader.states import States
from paperreader.visits import Visits

if TYPE_CHECKING:
    from paperreader.importing import Imported

__all__ = [
    "STARS_NEEDED",
    "Annotation",
    "Answer",
    "Cancelled",
    "Change",
    "Field",
    "IndexUnusable",
    "Library",
    "Mark",
    "News",
    "Pages",
    "Snapshot",
    "Sort",
    "Step",
    "View",
    "marked",
    "tagged",
    "with_mark",
]


class Library(Visited, Arrivals, Annotated):
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
        self._damaged = False
        """Whether the index was found to be other than it was written."""
        self._lock = Lock()
        self.changing = RLock()
        self._orphans = Orphans(None)
        self._states = -1, States(self.annotations.snapshot, lambda _: None, self.since(None))
        self._liked: tuple[tuple[str, int, int], Alike | None] = ("", -1, -1), None

    # -- the index follows the dumps

    def open(self) -> str:
        """Open the index; returns what keeps it from being used as it is, or nothing when all is well."""
        names = self.dumps.names()
        if not names:
            return ""
        try:
            index = Index.open(self._index_folder)
            if index.dumps != names:
                self._former = index
                return "the dumps have changed"
            with self.noting_damage():
                self._use(index)
        except IndexUnusable as error:
            return f"the index is {error}"
        return ""

    def rebuild(
        self, report: Report = quiet, progress: Progress = quiet, done: Imported | None = None
    ) -> None:
        """Make the index follow the dumps; see `importing.bring_up_to_date`.

        Dumps that cannot be read are reported and left out.
        """
        with self.changing:
            if self.dumps.names():
                self._rebuild(report, progress, done)

    def _rebuild(self, report: Report, progress: Progress, done: Imported | None) -> None:
        from paperreader.importing import bring_up_to_date

        try:
            bring_up_to_date(self.dumps, self._index_folder, report, progress, done, anew=self._damaged)
        except OSError as error:
            # reading must go on where nothing can be written: a full disk, a read-only medium
            reason = error.strerror or error
            report(f"{self._index_folder} cannot be written ({reason}): the index is a temporary one")
            import atexit
            import shutil
            import tempfile

            self._index_folder = Path(tempfile.mkdtemp(prefix="paperreader-")) / "index"
            atexit.register(shutil.rmtree, self._index_folder.parent, ignore_errors=True)
            bring_up_to_date(self.dumps, self._index_folder, report, progress, done)
        self._damaged = False
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

        with self.changing:
            done = take_in(self.dumps, paths, year, report=report, progress=progress)
            if done.dumps or done.mended:
                self.rebuild(report, progress, done)
        return done

    def _use(self, index: Index) -> None:
        # damage to what the next frame needs shows here, where there is a remedy
        index.order("date")
        orphans = Orphans(index)
        orphans.follow(self.annotations)
        # the old one is not closed: a search beside us may still read it
        with self._lock:
            if self.index is not None and not self.index.dumps <= index.dumps:
                self._former = self.index
            self.index, self._orphans = index, orphans
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
        return self.pages().orphans

    def pages(self) -> Pages:
        """The papers as they are now, for whoever must not be surprised by what comes in."""
        with self._lock:
            self._orphans.follow(self.annotations)
            return Pages(self.revision, self.index, self._orphans)

    def paper(self, ordinal: int) -> Paper:
        """The paper with this ordinal.

        Raises IndexError when there is none, and IndexUnusable when what the index has of it is damaged.
        """
        with self.noting_damage():
            return self.pages().paper(ordinal)

    def find(self, paper_id: str) -> int | None:
        """The ordinal of the paper with this id, or None."""
        return self.pages().find(paper_id)

    def days(self) -> Sequence[date]:
        """The known days of the dumps, oldest first."""
        return self.index.days() if self.index else ()

    def papers_by_day(self) -> Mapping[date, int]:
        """How many papers were seen on each of these days."""
        return self.index.papers_by_day() if self.index else {}

    @property
    def visit(self) -> str:
        """What this visit did, in a line: "14 read, 3 starred"; "" when it did nothing."""
        return self.annotations.tally.summary(self.annotations.unsaved)

    # -- search

    @property
    def states(self) -> States:
        """The papers in each state, and under each tag, as they are now."""
        revision, states = self._states
        snapshot, pages = self.annotations.snapshot, self.pages()
        if revision != pages.revision:
            states = States(snapshot, pages.find, self.since(pages.indexed))
        elif states.snapshot is not snapshot:
            states = states.following(snapshot)
        self._states = pages.revision, states
        return states

    @property
    def tags(self) -> Sequence[str]:
        """All tags, as they are written, those of the most papers first."""
        return self.states.spellings()

    def news(self) -> News:
        """What has changed since the last visit."""
        states = self.states
        with self.noting_damage():
            return News(len(states["new"]), len(states["again"]), len(self.gone()))

    def search(
        self,
        text: str = "",
        *,
        view: View = "all",
        sort: Sort | None = None,
        near: str = "",
        hide: Snapshot | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """Every paper of the view that the query text asks for. Never raises for what was typed.

        With `near`, the id of a paper, these are not those of the view but the papers nearest to that one.
        Without a sort, papers come in the order of their relevance where the query has words that
        rank, and of their date where it has none. With `hide`, what was judged in that state of the
        annotations is left out, except where the view or the query asks for such papers. Raises Cancelled
        soon after `cancelled()` is true.
        """
        total = len(self)
        shows_all = hide is None or (view in OF_JUDGED and not near)
        hidden = Members() if hide is None or shows_all else self.states.judged_since(hide)
        alike = self._alike(near, cancelled) if near or view == "for you" else None
        within = members("for you" if near else view, self.states, alike)
        if not text.strip():
            # the way to the first frame: no part of the query language is imported for it
            sort = in_order(sort, view, scored=alike is not None)
            listed = alike.ordinals if alike and sort == "relevance" else self._listing(sort)
            left, gone = leave_out(hidden, within, among(within, listed))
            return Answer(left, total, sort, scored=alike is not None, alike=alike, hidden=gone)
        from paperreader.index.query import parse

        query = parse(text, date.today())
        scored = query.scored or alike is not None
        sort = in_order(sort, view, scored)
        with self.noting_damage():
            hits = self._searched().search(
                query,
                sort,
                self.states,
                within,
                ranked=alike is not None,
                hidden=hidden,
                cancelled=cancelled,
            )
        found = hits.marks, hits.meant, query.remarks, alike, hits.hidden
        return Answer(hits.ordinals, total, sort, query.understood, scored, *found)

    def _searched(self) -> Searched:
        version = self.annotations.version  # first: an older one than that of the notes does no harm
        return Searched.of(self.index, self.annotations, self.orphans, version)

    def _alike(self, near: str, cancelled: Callable[[], bool]) -> Alike | None:
        """The papers near the one with this id, or else those for the reader; None when there can be none."""
        asked = near, self.annotations.version, self.revision
        before, found = self._liked
        if before != asked:
            searched, found = self._searched(), None
            with self.noting_damage():
                if not near:
                    found = for_you(searched, self.states, cancelled)
                elif (ordinal := self.find(near)) is not None:
                    found = similar(searched, ordinal, cancelled)
            self._liked = asked, found
        return found

    def words_of_stars(self, most: int, cancelled: Callable[[], bool] = never) -> Mapping[str, float]:
        """The words that set what is starred apart, with weights, the heaviest first. Raises Cancelled."""
        with self.noting_damage():
            return words_of(self._searched(), self.states["starred"], most, cancelled)

    def warm_up(self) -> None:
        """Load what the first search needs, so that it need not wait for it."""
        if self.index is not None:
            with suppress(IndexUnusable):  # the search itself meets it again, and opens the new one
                self.index.warm_up()

    @contextmanager
    def noting_damage(self) -> Iterator[None]:
        """An index that proves to be unusable in here is made anew by the next `rebuild`."""
        try:
            yield
        except IndexUnusable:
            self._damaged = True
            raise

    def verify(self) -> None:
        """Read the whole index; raises IndexUnusable when it is damaged, so that `rebuild` is needed."""
        if self.index is not None:
            with self.noting_damage():
                self.index.verify()

    def tidy(self, cancelled: Callable[[], bool] = never, *, briefly: bool = False) -> bool:
        """Merge segments of the index where there are many; returns whether ordinals are others now.

        Nothing waits for it: it takes up to half a minute in a process of its own, at a low priority, and
        is given up when papers come in meanwhile. `briefly` leaves what takes more than a few seconds for
        another time. Raises OSError, and IndexUnusable when the index is no more.
        """
        if self.index is None or not self.index.untidy:
            return False
        from paperreader.index import tidy_beside

        if not tidy_beside(self._index_folder, cancelled, briefly=briefly):
            return False
        with self.changing:
            self._use(Index.open(self._index_folder))
        return True

    def _listing(self, sort: Sort) -> Sequence[int]:
        order = self.index.order(sort) if self.index else ()
        alive = self.orphans.alive
        return array("I", [*order, *sorted(alive)]) if alive else order
