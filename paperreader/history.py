"""The queries that were typed before, for each library, so that they can be had again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from paperreader.remembered import Remembered, name_of
from paperreader.text import one_line

MOST = 300
"""Queries that are remembered of each library."""
_LONGEST = 1000
"""Characters of a query; what is longer was pasted by mistake."""


class QueryHistory:
    """What was typed in the filter and acted upon, the latest last, each query once.

    Belongs to one person on one machine, so it is no part of the library.
    """

    def __init__(self, state_folder: Path, library: Path) -> None:
        self._library = name_of(library)
        self._file = Remembered(state_folder / "history.json", mode=0o600)

    def read(self) -> list[str]:
        """The queries of this library; whatever else stands in the file is left out."""
        return _queries(self._file.read().get(self._library))

    def add(self, queries: Iterable[str]) -> None:
        """Remember queries as the latest ones. A state folder that cannot be written is not worth a word."""

        def append(whole: dict[str, object]) -> None:
            whole[self._library] = latest([*_queries(whole.get(self._library)), *queries])

        self._file.change(append)


def latest(queries: Sequence[str]) -> list[str]:
    """Each query once, at its latest place, and no more than are remembered."""
    return list(dict.fromkeys(reversed(queries)))[:MOST][::-1]


def _queries(value: object) -> list[str]:
    given = value if isinstance(value, list) else []
    safe = (one_line(each[:_LONGEST]) for each in given[-2 * MOST :] if isinstance(each, str))
    return latest(list(filter(None, safe)))
