"""The queries that were typed before, for each library, so that they can be had again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from paperreader import atomic
from paperreader.text import one_line

MOST = 300
"""Queries that are remembered of each library."""
_LONGEST = 1000
"""Characters of a query; what is longer was pasted by mistake."""
_LARGEST = 4 << 20
"""Bytes of the file; a larger one was not written here."""


class History:
    """What was typed in the filter and acted upon, the latest last, each query once.

    Belongs to one person on one machine, so it is no part of the library.
    """

    def __init__(self, state_folder: Path, library: Path) -> None:
        self._library = str(library.absolute())
        self._file = state_folder / "history.json"

    def read(self) -> list[str]:
        """The queries of this library; whatever else stands in the file is left out."""
        return _queries(self._whole().get(self._library))

    def add(self, queries: Iterable[str]) -> None:
        """Remember queries as the latest ones. A state folder that cannot be written is not worth a word."""
        with suppress(OSError, NotImplementedError):
            from filelock import FileLock, Timeout

            self._file.parent.mkdir(parents=True, exist_ok=True)
            with suppress(Timeout), FileLock(self._file.with_suffix(".lock")).acquire(timeout=1.0):
                # another reader may have added to it
                whole = self._whole()
                whole[self._library] = latest([*_queries(whole.get(self._library)), *queries])
                atomic.replace(self._file, json.dumps(whole, indent=1).encode(), mode=0o600, durable=False)

    def _whole(self) -> dict[str, object]:
        try:
            if self._file.stat().st_size > _LARGEST:
                return {}
            whole = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return whole if isinstance(whole, dict) else {}


def latest(queries: Sequence[str]) -> list[str]:
    """Each query once, at its latest place, and no more than are remembered."""
    return list(dict.fromkeys(reversed(queries)))[:MOST][::-1]


def _queries(value: object) -> list[str]:
    given = value if isinstance(value, list) else []
    safe = (one_line(each[:_LONGEST]) for each in given[-2 * MOST :] if isinstance(each, str))
    return latest(list(filter(None, safe)))
