"""Backups of a library's annotations: the latest state, and the last one of each of fourteen days."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from paperreader import atomic
from paperreader.annotations_file import DamagedError, Document, parse

DAYS: Final = 14
_DAILY: Final = "annotations.[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A good state of the annotations."""

    document: Document
    path: Path
    time: int
    """When it was written, in nanoseconds since the epoch."""


class Backups:
    """A folder with `annotations.latest.json` and `annotations.<day>.json`.

    They are copies and not links: a program that damages annotations.json in place must not reach them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._latest = folder / "annotations.latest.json"

    def keep(self, data: bytes, mode: int) -> None:
        """Makes `data` the latest state; never raises, for the annotations themselves are saved by now.

        `mode`: the permissions of annotations.json, which may be private. Hold the lock of that file.
        """
        with suppress(OSError, ValueError, OverflowError):
            self._turn_the_page()
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            atomic.replace(self._latest, data, mode=mode, durable=False)

    def newest(self) -> Backup | None:
        """The newest good backup, if there is one; never raises."""
        for path in [self._latest, *self._daily()]:
            with suppress(OSError, DamagedError):
                return Backup(parse(path.read_bytes()), path, path.stat().st_mtime_ns)
        return None

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
