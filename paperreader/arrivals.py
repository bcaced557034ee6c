"""How papers come into a library by themselves: fetched, from watched folders, from other programs."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from paperreader.dumps.folder import DumpFolder
from paperreader.progress import Progress, Report, quiet

if TYPE_CHECKING:
    from paperreader.fetch import Asked, Fetched
    from paperreader.importing import Imported
    from paperreader.index import Index
    from paperreader.watching import Watch


class Arrivals(ABC):
    """The part of a library that lets them in."""

    folder: Path
    dumps: DumpFolder
    index: Index | None
    changing: RLock
    """Held by whoever changes dumps and index: papers come in from several threads."""
    _watch: Watch | None = None

    @abstractmethod
    def open(self) -> str:
        """See `Library.open`."""

    @abstractmethod
    def rebuild(self, report: Report = quiet, progress: Progress = quiet) -> None:
        """See `Library.rebuild`."""

    @property
    @abstractmethod
    def sightings(self) -> int:
        """How often a paper was sighted in a dump, in all."""

    def keep(self, path: str, report: Report, *, whole: bool = False) -> Imported:
        """Store the dump in a file; the index does not follow. See `importing.take_in`. Raises OSError."""
        from paperreader.importing import take_in

        with self.changing:
            done = take_in(self.dumps, [path], whole=whole, report=report)
            done.spool.close()  # the index is made to follow later, from the dumps
            return done

    def fetch(
        self, asked: Asked | None = None, report: Report = quiet, progress: Progress = quiet
    ) -> Fetched:
        """Bring in lists of the Daily Papers; see `fetching.fetch_into`. Raises OSError."""
        from paperreader.fetching import fetch_into

        papers, sightings = len(self.index or ()), self.sightings
        names = self.dumps.names()
        done = fetch_into(self.folder, names, self.keep, asked, report=report, progress=progress)
        if done.days:
            with self.changing:
                if not self._up_to_date():
                    self.rebuild(report, progress)
            done.new = len(self.index or ()) - papers
            done.again = self.sightings - sightings - done.new
        return done

    def watch(self, folders: Sequence[Path], clock: Callable[[], float] = time.monotonic) -> None:
        """Let `look_around` look into these folders, too. They need not exist."""
        from paperreader.watching import Watch

        self._watch = Watch(folders, self.folder, clock)

    def look_around(self, report: Report = quiet) -> bool:
        """Take in what has appeared in watched folders, and what other programs put into the library.

        Returns whether the papers have changed. To be called every few seconds. Raises OSError.
        """
        from paperreader.watching import PATIENCE, Watch

        with self.changing:
            watch = self._watch = self._watch or Watch((), self.folder)
            if watch.take_in(self.dumps, self.keep, report):
                self.rebuild(report)
                return True
            seconds = watch.still(self.dumps.path)
            if seconds is None or self._up_to_date():
                return False
            if self.open():
                # whoever has put them there will most often index them, too
                if seconds < PATIENCE:
                    watch.look_again()
                    return False
                self.rebuild(report)
        return True

    def _up_to_date(self) -> bool:
        """Whether the index has all the dumps; a folder of dumps that is gone changes nothing."""
        names = self.dumps.names()
        return not names or (self.index is not None and self.index.dumps == names)
