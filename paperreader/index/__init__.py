"""All papers of the library, to be fetched by number, listed in order and searched.

Importing this, opening an index, and reading papers and orders from it take the standard
library only, so that the first screen never waits for Whoosh.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from paperreader.index.base import Cancelled, IndexUnusable, Sort
from paperreader.paper import Paper

if TYPE_CHECKING:
    from paperreader.index.query import Query

__all__ = ["Cancelled", "Hits", "Index", "IndexUnusable", "Marks", "Sort", "build", "update"]


class Marks:
    """What a query's words match, in any text that is shown."""

    def spans(self, text: str, field: str) -> list[tuple[int, int]]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a query."""

    ordinals: Sequence[int]
    """All papers that match, best first."""
    marks: Marks


class Index:
    """An index on disk, opened for reading."""

    dumps: frozenset[str]
    sightings: int

    @classmethod
    def open(cls, folder: Path) -> Self:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def paper(self, n: int) -> Paper:
        raise NotImplementedError

    def find(self, paper_id: str) -> int | None:
        raise NotImplementedError

    def order(self, sort: Sort) -> Sequence[int]:
        raise NotImplementedError

    def days(self) -> Sequence[date]:
        raise NotImplementedError

    def search(
        self,
        query: Query,
        *,
        sort: Sort,
        states: Mapping[str, Collection[int]],
        notes: Mapping[str, str],
        notes_version: int,
        cancelled: Callable[[], bool],
    ) -> Hits:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def build(
    folder: Path, papers: Iterable[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    raise NotImplementedError


def update(
    folder: Path, papers: Sequence[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    raise NotImplementedError
