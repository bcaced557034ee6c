"""Backups of a library's annotations: the newest states, and the last one of each of fourteen days."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from paperreader import atomic
from paperreader.annotations.form import DamagedError, Document, parse

DAYS: Final = 14
_DAILY: Final = "annotations.[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A good state of the annotations."""

    document: Document
    path: Path
    time: int
    """When the state was written, in nanoseconds since the epoch."""


class Backups:
    """A folder with `annotations.latest.json`, which is the last state that this program wrote,
    `annotations.found.json`, the last one that something else wrote, and `annotations.<day>.json`.

    They are copies and not links: a program that damages annotations.json in place must not reach them.
    Each has the time of modification that annotations.json had.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._latest = folder / "annotations.latest.json"
        self._found = folder / "annotations.found.json"

    def keep(self, data: bytes, time: int, mode: int) -> None:
        """Keeps the state that this program wrote at `time`, with the permissions `mode`.

        Never raises, for the annotations themselves are saved by now.
        """
        with suppress(OSError, ValueError, OverflowError):
            self._turn_the_page()
        self._put(self._latest, data, time, mode)

    def keep_found(self, data: bytes, time: int, mode: int) -> None:
        """Keeps a state that was found in the file, unless this program wrote it; never raises.

        The own latest state is not touched: what an editor, git or a sync tool wrote may be worse.
        """
        if _time(self._latest) != time != _time(self._found):
            self._put(self._found, data, time, mode)

    def newest(self) -> Backup | None:
        """The newest good backup, if there is one; never raises."""
        for path in [*sorted([self._found, self._latest], key=_time, reverse=True), *self._daily()]:
            with suppress(OSError, DamagedError):
                return Backup(parse(path.read_bytes()), path, path.stat().st_mtime_ns)
        return None

    def _put(self, path: Path, data: bytes, time: int, mode: int) -> None:
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            atomic.replace(path, data, mode=mode, durable=False)
            os.utime(path, ns=(time, time))

    def _turn_the_page(self) -> None:
        """On the first change of a day, what was the latest state becomes that of its own day."""
        day = date.fromtimestamp(self._latest.stat().st_mtime)
        if day != date.today():
            self._latest.replace(self._folder / f"annotations.{day}.json")
            for old in self._daily()[DAYS:]:
                old.unlink()

    def _daily(self) -> list[Path]:
        """The newest day first; none when the folder cannot be read."""
        with suppress(OSError):
            return sorted(self._folder.glob(_DAILY), reverse=True)
        return []


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
