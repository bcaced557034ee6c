"""From a file that appears to a dump in the library."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from paperreader import places
from paperreader.dumps.folder import DumpFolder
from paperreader.dumps.names import safe_name
from paperreader.importing import Keep
from paperreader.progress import Report, quiet
from paperreader.watching.files import Look, files
from paperreader.watching.refused import Refused
from paperreader.watching.writers import being_written

STILL = 1.5
"""Seconds for which a file must not have changed before it is read."""
PATIENCE = 10.0
"""Seconds after which a file that does not seem whole is taken for what it is."""
_MOST = 20_000
"""Files that are looked at: who watches a whole disk gets no more."""
_REST, _LONGEST_REST = 50, 5.0
"""How many times as long as a look took is waited before the next one, which must cost next to nothing;
but a look that took long because the machine was busy must not make us blind. In seconds."""
_TICK = 10_000_000
"""Nanoseconds: modification times are copied as floating-point numbers, and so not to the last of them."""


class _Waiting(NamedTuple):
    look: Look
    since: float
    """When it was first seen like this."""
    tried: bool = False
    """Whether it was read, and did not seem whole."""


class Watch:
    """The folders that are watched for a library, and what is known of the files in them."""

    def __init__(
        self, folders: Sequence[Path], library: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Folders need not exist. The library's own is not looked into, wherever it is."""
        self._folders, self._library, self._clock = folders, library, clock
        self._waiting: dict[str, _Waiting] = {}
        self._taken: dict[str, Look] = {}
        self._refused = Refused(places.state_folder())
        self._held: dict[tuple[int, int], list[str]] | None = None
        self._next = float("-inf")
        self._stamp, self._since, self._known = -1, 0.0, False

    def take_in(self, folder: DumpFolder, keep: Keep, report: Report = quiet) -> int:
        """Let the dumps be kept that have become whole since the last call.

        Returns how many are new or mended. `folder` has those that were kept earlier. What is no dump is
        reported once. Raises OSError when one cannot be kept.
        """
        new = 0
        refused = []
        for waiting, for_good in self._ready(folder):
            path, said = waiting.look.path, report if for_good else quiet
            done = keep(path, said, whole=not for_good)
            new += done.dumps + done.mended
            if not done.refused:
                self._taken[path] = waiting.look
            elif for_good:
                refused.append(waiting.look)
            else:
                self._waiting[path] = waiting._replace(tried=True)
        if refused:
            self._refused.add(refused)
        return new

    def _ready(self, folder: DumpFolder) -> Iterator[tuple[_Waiting, bool]]:
        """The files to read now, and whether they will not get any better."""
        if self._held is None:
            self._held = _files_of(folder)
        now = self._clock()
        if now < self._next:
            return
        before, self._waiting = self._waiting, {}
        for look in files(self._folders, self._library, _MOST):
            if self._taken.get(look.path) == look or look in self._refused or self._is_held(look):
                continue
            waiting = before.get(look.path)
            if waiting is None or waiting.look != look:
                waiting = _Waiting(look, now)
            self._waiting[look.path] = waiting
        end = self._clock()
        self._next = end + min(_LONGEST_REST, _REST * (end - now))
        for path, waiting in list(self._waiting.items()):
            still = now - waiting.since
            if still < STILL or (waiting.tried and still < PATIENCE):
                continue
            if being_written(path):
                self._waiting[path] = waiting._replace(since=now)
            else:
                yield waiting, still >= PATIENCE

    def _is_held(self, look: Look) -> bool:
        """Whether the library has it from an earlier run: a dump keeps its size and its time."""
        names = (self._held or {}).get((look.size, look.modified // _TICK), ())
        stem = Path(safe_name(look.path)).stem
        return any(stem in name for name in names)

    # -- other programs

    def still(self, folder: Path) -> float | None:
        """Seconds since something was put into a folder, or taken away; None when there is nothing to do.

        That is so when nothing has happened since the last call that gave a number, unless
        `look_again` was called; and while something is happening.
        """
        try:
            stamp = folder.stat().st_mtime_ns
        except OSError:
            return None
        now = self._clock()
        if stamp != self._stamp:
            self._stamp, self._since, self._known = stamp, now, False
        # only what has been still for a moment can be listed for good
        if self._known or now - self._since < STILL:
            return None
        self._known = True
        return now - self._since

    def look_again(self) -> None:
        """Let `still` give a number once more."""
        self._known = False


def _files_of(folder: DumpFolder) -> dict[tuple[int, int], list[str]]:
    """The names of the dumps, by size in bytes and by modification time."""
    held: dict[tuple[int, int], list[str]] = {}
    for look in files([folder.path], folder.path / "nothing", 1_000_000):
        held.setdefault((look.size, look.modified // _TICK), []).append(Path(look.path).name)
    return held
