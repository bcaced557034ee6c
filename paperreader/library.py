"""The one door to the core: a library's papers, its search, its annotations, its imports."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING

from paperreader import places
from paperreader.annotating import Mark, annotated_as, deciding, joined, marking, said_of_many, setting
from paperreader.annotations import Annotation, Annotations, Setting, Step
from paperreader.answers import OF_JUDGED, WHOLE, Answer, View, in_order
from paperreader.arrivals import Arrivals
from paperreader.dumps.folder import DumpFolder
from paperreader.index import Cancelled, Index, IndexUnusable, Sort, never, without
from paperreader.orphans import Orphans, Pages
from paperreader.paper import Paper
from paperreader.progress import Progress, Report, quiet
from paperreader.states import Judged, States, judged
from paperreader.visits import Visits

if TYPE_CHECKING:
    from paperreader.importing import Imported

__all__ = [
    "Annotation",
    "Answer",
    "Cancelled",
    "IndexUnusable",
    "Judged",
    "Library",
    "Pages",
    "Sort",
    "Step",
    "View",
]


class Library(Arrivals):
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
        self._states = States(self.annotations, -1, self.find, frozenset)

    # -- the index follows the dumps

    def open(self) -> str:
        """Open the index; returns what keeps it from being used as it is, or nothing when all is well."""
        names = self.dumps.names()
        if not names:
            return ""
        try:
            index = Index.open(self._index_folder)
            if index.dumps != names:
                index.close()
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
            if done.dumps:
                self.rebuild(report, progress, done)
        return done

    def _use(self, index: Index) -> None:
        # damage to what the next frame needs shows here, where there is a remedy
        index.order("date")
        orphans = Orphans(index)
        orphans.follow(self.annotations)
        # the old one is not closed: a search beside us may still read it
        with self._lock:
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
        ordinal = self.index.find(paper_id) if self.index else None
        return self.orphans.ordinals.get(paper_id) if ordinal is None else ordinal

    def annotation(self, paper: Paper) -> Annotation:
        """What the reader did to the paper, under whichever of its keys."""
        entries = self.annotations.entries()
        found = [entries[key] for key in paper.keys if key in entries]
        if len(found) < 2:
            return found[0] if found else Annotation()
        return joined(paper.title, found)

    def mark(self, paper: Paper, field: Mark, value: bool) -> None:
        """Set a mark of the paper, or clear it, under whichever of its keys it stands."""
        self.annotations.change_all(marking(self.annotations, paper, field, value))

    def decide(self, paper: Paper, field: Mark) -> None:
        """Set a mark of the paper in the place of those that contradict it."""
        self.annotations.change_all(deciding(self.annotations, paper, field))

    def mark_all(self, papers: Iterable[Paper], field: Mark, value: bool) -> int:
        """Set or clear a mark of many papers in one step. The number of those that did not have it so."""
        changed = 0
        settings: list[Setting] = []
        for paper in papers:
            if getattr(self.annotation(paper), field) != value:
                settings += marking(self.annotations, paper, field, value)
                changed += 1
        self.annotations.change_all(settings, said_of_many(changed, field, value))
        return changed

    def note(self, paper: Paper, text: str) -> None:
        """Set the note of the paper; what stands under its other keys is part of it, and goes."""
        self.annotations.change_all(setting(self.annotations, paper, "note", text))

    def tag(self, paper: Paper, tags: Iterable[str]) -> None:
        """Give the paper these tags, and no others."""
        self.annotations.change_all(setting(self.annotations, paper, "tags", tuple(tags)))

    def annotated_as(self, paper: Paper) -> str:
        """The key under which the paper's annotation stands, or would be put when there is none."""
        return annotated_as(self.annotations, paper)

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

    @property
    def visit(self) -> str:
        """What this visit did, in a line: "14 read, 3 starred"; "" when it did nothing."""
        return self.annotations.tally.summary(self.annotations.unsaved)

    # -- search

    @property
    def states(self) -> States:
        """The papers in each state, and under each tag, as they are now."""
        known = self._states
        if (known.version, known.revision) != (self.annotations.version, self.revision):
            known = self._states = States(self.annotations, self.revision, self.find, self._new, known)
        return known

    def judged(self) -> Judged:
        """What is judged at this moment: read, skipped, kept for later or starred."""
        return judged(self.annotations)

    def _new(self) -> Collection[int]:
        return frozenset(self.index.first_sighted_outside(self._known_dumps)) if self.index else ()

    def search(
        self,
        text: str = "",
        *,
        view: View = "all",
        sort: Sort | None = None,
        hide: Judged | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """Every paper of the view that the query text asks for. Never raises for what was typed.

        Without a sort, papers come in the order of their relevance where the query has words that
        rank, and of their date where it has none. What was judged at the moment `hide` is left out,
        except where the view or the query asks for such papers. Raises Cancelled soon after
        `cancelled()` is true.
        """
        total = len(self)
        hidden = () if hide is None or view in OF_JUDGED else self.states.judged_since_then(hide)
        if not text.strip():
            # the way to the first frame: no part of the query language is imported for it
            sort = in_order(sort, view, scored=False)
            listing, members = self._listing(sort), None if view in WHOLE else self.states[view]
            if members is not None:
                listing = array("I", [n for n in listing if n in members])
            if not hidden:
                return Answer(listing, total, sort)
            gone = len(hidden) if members is None else len(frozenset(members).intersection(hidden))
            return Answer(without(listing, hidden, gone), total, sort, hidden=gone)
        from paperreader.index.query import parse

        query = parse(text, date.today())
        sort = in_order(sort, view, query.scored)
        version = self.annotations.version  # first: an older one than that of the notes does no harm
        orphans = self.orphans
        first = self.index.end if self.index else 0
        with self.noting_damage():
            hits = (self.index or Index.empty()).search(
                query,
                sort=sort,
                states=self.states,
                notes={i: self.annotations.get(i).note for i in self.annotations.ids("note")},
                notes_version=version,
                orphans=[p if n in orphans.alive else None for n, p in enumerate(orphans.papers, first)],
                within=None if view in WHOLE else self.states[view],
                hidden=hidden,
                nearest=True,
                cancelled=cancelled,
            )
        asked = query.understood, query.scored
        return Answer(hits.ordinals, total, sort, *asked, hits.marks, hits.meant, query.remarks, hits.hidden)

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

    def tidy(self) -> bool:
        """Merge segments of the index where there are many; returns whether ordinals are others now.

        Takes seconds at most, and can wait. Raises OSError, and IndexUnusable when the index is no more.
        """
        if self.index is None or not self.index.untidy:
            return False
        from paperreader.index import tidy

        with self.changing:
            if not tidy(self._index_folder):
                return False
            self._use(Index.open(self._index_folder))
        return True

    def _listing(self, sort: Sort) -> Sequence[int]:
        order = self.index.order(sort) if self.index else ()
        alive = self.orphans.alive
        return array("I", [*order, *sorted(alive)]) if alive else order
