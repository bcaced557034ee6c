"""Tables in the state folder: what is remembered from one run to the next, and is no work of the reader's."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from paperreader import atomic

_LARGEST = 4 << 20
"""Bytes; a larger file was not written here."""
_LOCK_SECONDS = 1.0


class Remembered:
    """A table in a file that several programs change. Losing it is not worth a word, so nothing raises."""

    def __init__(self, file: Path, mode: int | None = None) -> None:
        """`mode` are the permissions of the file, if not those it has."""
        self._file, self._mode = file, mode

    def read(self) -> dict[str, object]:
        """The table; an empty one where the file holds none."""
        try:
            if self._file.stat().st_size > _LARGEST:
                return {}
            table = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return table if isinstance(table, dict) else {}

    def change(self, change: Callable[[dict[str, object]], object]) -> None:
        """Let this change the table as it is in the file now, which other programs leave alone meanwhile."""
        with suppress(OSError, NotImplementedError):
            from filelock import FileLock

            self._file.parent.mkdir(parents=True, exist_ok=True)
            # what waits in vain for the lock raises an OSError as well
            with FileLock(self._file.with_suffix(".lock")).acquire(timeout=_LOCK_SECONDS):
                table = self.read()
                change(table)
                data = json.dumps(table, indent=1, sort_keys=True).encode()
                atomic.replace(self._file, data, mode=self._mode, durable=False)


def name_of(folder: Path) -> str:
    """A name for a folder that is the same by whatever way one comes to it."""
    return os.path.realpath(folder)
