"""Dumps come into a library, and the index follows them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from paperreader import index
from paperreader.counts import counted
from paperreader.dumps import Entry, NotADump, Reading
from paperreader.dumps.folder import DumpFolder
from paperreader.dumps.gather import Source, gather
from paperreader.dumps.names import tells_another
from paperreader.identity import OlderOwner, arxiv_number
from paperreader.index import Index, IndexUnusable
from paperreader.paper import Paper, merge
from paperreader.progress import Progress, Report, quiet
from paperreader.spool import Found, Spool

_LARGEST_UPDATE = 20_000
"""How many sightings are added to an index; with more of them it is built anew, in little memory."""
_STEP = 500
"""How many papers are read between two reports of progress."""

_DAMAGED = "was changed or cut short since it was imported: import a good copy"

T = TypeVar("T")


class Keep(Protocol):
    """Stores the dump in a file, for whoever finds files but knows no library."""

    def __call__(self, path: str, report: Report, *, whole: bool = False) -> Imported:
        """As `take_in` does, with one path. Raises OSError."""


@dataclass(slots=True)
class Imported:
    """What an import did."""

    spool: Spool
    """What the new dumps list, until it is indexed."""
    dumps: int = 0
    """Dumps that were not in the library before."""
    known: int = 0
    """Dumps that were, perhaps under another name."""
    mended: int = 0
    """Dumps that were, but damaged: they are whole again."""
    new: int = 0
    """Papers that were in no dump before."""
    again: int = 0
    """Sightings, in the new dumps, of papers that had been sighted before."""
    refused: list[str] = field(default_factory=list)
    """A line for each path that is no dump or could not be read."""
    seconds_reading: float = 0.0
    """How long it took to read and store the dumps, and to find out which papers are the same."""
    seconds_indexing: float = 0.0
    """How long it then took to index their papers."""

    @property
    def summary(self) -> str:
        """The one line that says it all."""
        known = f"{self.known} already here" if self.known else ""
        mended = f"{self.mended} mended" if self.mended else ""
        others = ", ".join(filter(None, (known, mended)))
        dumps = counted(self.dumps, "new dump") + (f" ({others})" if others else "")
        return f"{dumps}: {counted(self.new, 'paper')} new, {self.again:,} seen again"

    @property
    def timing(self) -> str:
        """One line about how long it took."""
        return f"read in {self.seconds_reading:.1f} s, indexed in {self.seconds_indexing:.1f} s"


def take_in(
    folder: DumpFolder,
    paths: Iterable[str],
    year: int | None = None,
    *,
    whole: bool = False,
    report: Report = quiet,
    progress: Progress = quiet,
) -> Imported:
    """Store every dump among the paths that is not in the folder yet; with `whole`, only flawless ones.

    What cannot be read is reported, one line each, and the rest goes on. Each dump is stored whole
    or not at all, so that an interruption leaves those that were finished. Papers are counted, and
    what was read is used, by `bring_up_to_date`.
    """
    started = time.perf_counter()
    done = Imported(Spool(folder.path.parent))
    made = [place for place in (folder.path, folder.path.parent) if not place.exists()]
    sources = (part for source in gather(paths) for part in source.parts())
    for count, source in enumerate(sources, 1):
        progress("dumps read", count)
        try:
            problems = _take(folder, source, year, done, whole=whole, progress=progress)
        except NotADump as error:
            done.refused.append(f"{source.label}: {error}")
            problems = (str(error),)
        for problem in problems:
            report(f"{source.label}: {problem}")
    if not (done.dumps or done.mended):
        done.spool.close()
        with suppress(OSError):  # a typing error is to leave no library behind
            for place in made:
                place.rmdir()
    done.seconds_reading = time.perf_counter() - started
    return done


def _take(
    folder: DumpFolder, source: Source, year: int | None, done: Imported, *, whole: bool, progress: Progress
) -> tuple[str, ...]:
    """Store a dump and spool its papers; gives what there is to be said of it. Raises NotADump."""
    with source.open() as file, folder.incoming(file, source.mtime) as new:
        reading = new.read(source.name, year)
        done.spool.take(_counted(reading, len(done.spool), progress))
        if whole and reading.dump.problems:
            raise NotADump(reading.dump.problems[0])
        # what keeps a dump from being stored is no fault of the file: it ends the import
        if bad := new.damaged_copy(reading.dump):
            # the name stays, so nothing else would tell that the index is not that of the dumps
            index.forget(folder.path.parent / "index")
            done.mended += 1
            return (*reading.dump.problems, new.replace(bad, reading.dump, year))
        stored = new.keep(reading.dump, year)
    if stored is None:
        done.known += 1
    else:
        done.dumps += 1
        done.spool.keep(reading.dump, stored)
    return reading.dump.problems


def _counted(reading: Reading, before: int, progress: Progress) -> Iterator[Entry]:
    for count, entry in enumerate(reading, before + 1):
        if count % _STEP == 0:
            progress("papers read", count)
        yield entry


def bring_up_to_date(
    folder: DumpFolder,
    index_folder: Path,
    report: Report = quiet,
    progress: Progress = quiet,
    done: Imported | None = None,
    *,
    anew: bool = False,
) -> None:
    """Make the index say what the dumps say: add what is new to it, or build it again, `anew` in any case.

    What `done`, an import, has just read is not read again, and its papers are counted in it. Raises
    OSError.
    """
    done = done or Imported(Spool(folder.path.parent))
    done.new = done.again = 0
    work = _Work(folder, folder.names(), done, report, progress)
    changed = None
    if not anew:
        with suppress(IndexUnusable):
            changed = work.changes(Index.open(index_folder))
    started, reading = time.perf_counter(), done.seconds_reading
    updated = False
    if changed is not None:
        with suppress(IndexUnusable):
            index.update(index_folder, changed, work.names, work.indexed)
            updated = True
    if not updated:
        index.build(index_folder, work.everything(), work.names, work.indexed)
    done.seconds_indexing = time.perf_counter() - started - (done.seconds_reading - reading)
    done.spool.close()


class _Work:
    """What an index lacks."""

    def __init__(
        self, folder: DumpFolder, names: frozenset[str], done: Imported, report: Report, progress: Progress
    ) -> None:
        self.names = names
        self._folder = folder
        self._done = done
        self._spool = done.spool
        self._news = {dump.id for dump in done.spool.dumps.values()}
        """The dumps whose papers are to be counted."""
        self._report = report
        self._progress = progress

    def indexed(self, count: int) -> None:
        """Tell how far the index is."""
        self._progress("papers indexed", count)

    def changes(self, current: Index) -> list[Paper] | None:
        """The papers that an index lacks or has otherwise; None when it is better built anew."""
        if not current.dumps <= self.names:
            return None
        self._read(self.names - current.dumps)
        if len(self._spool) > min(_LARGEST_UPDATE, len(current)):
            return None
        known = _Known(current)
        try:
            papers = []
            for found in self._timed(self._spool.papers(known.owner)):
                before = known.papers(found.paper.keys)
                paper = merge((*before, found.paper)) if before else found.paper
                if any(each.id != paper.id for each in before):
                    raise OlderOwner
                self._count(found, bool(before))
                papers.append(paper)
            return papers
        except OlderOwner:
            return None

    def everything(self) -> Iterator[Paper]:
        """All papers of all dumps."""
        self._done.new = self._done.again = 0
        self._read(self.names)
        for found in self._timed(self._spool.papers()):
            self._count(found, bool(found.dumps - self._news))
            yield found.paper

    def _count(self, found: Found, known: bool) -> None:
        times = len(found.dumps & self._news)
        self._done.new += times > 0 and not known
        self._done.again += times - (times > 0 and not known)

    def _read(self, names: Iterable[str]) -> None:
        """Spool the dumps with these file names."""
        started = time.perf_counter()
        for name in sorted(names - self._spool.dumps.keys()):
            try:
                with self._folder.reading(name) as reading:
                    self._spool.take(_counted(reading, len(self._spool), self._progress))
                self._spool.keep(reading.dump, name)
                if tells_another(name, reading.dump.id):
                    self._report(f"{self._folder.path / name}: {_DAMAGED}; what is left of it is shown")
            except (NotADump, OSError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                self._report(f"{self._folder.path / name}: {reason}; left out")
        self._done.seconds_reading += time.perf_counter() - started

    def _timed(self, found: Iterator[T]) -> Iterator[T]:
        """The same; the time it takes is reading."""
        while True:
            started = time.perf_counter()
            each = next(found, None)
            self._done.seconds_reading += time.perf_counter() - started
            if each is None:
                return
            yield each


class _Known:
    """What an index has, by the keys of its papers."""

    def __init__(self, current: Index) -> None:
        self._index = current

    def owner(self, title_id: str) -> int:
        """The number of the arXiv paper to which a title belongs, or 0."""
        return next((arxiv_number(p.details.arxiv_id) for p in self.papers((title_id,))), 0)

    def papers(self, keys: Iterable[str]) -> list[Paper]:
        """The papers that have one of these keys, each once."""
        found = {self._index.find(key) for key in keys} - {None}
        return [self._index.paper(n) for n in found if n is not None]
