"""The search engines that are measured, each in its own module and behind the same few calls.

Only what is used is imported: an engine's module, and the library it needs, when it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from benchmarks.corpus import Record

OURS = "paperreader"
RIVALS = ("fts5", "tantivy", "whoosh")
SHOWN = 50
"""How many papers are read for the screen."""

Answer = tuple[int, list[tuple[str, str]]]
"""How many papers match, and the title and abstract of the best `SHOWN`."""


class Reader(Protocol):
    """An index that has been opened."""

    def answer(self, text: str) -> Answer:
        """The answer to a query as it stands in the filter."""

    def prepare(self) -> None:
        """Have ready what the program knows before anything is typed: which papers are starred, or read."""

    def forget(self) -> None:
        """Drop what is remembered of the queries so far."""

    def close(self) -> None:
        """Let go of the files."""


class Engine(Protocol):
    """A module of this package."""

    def build(self, folder: Path, records: Iterable[Record]) -> None:
        """Make an index in a folder, and bring it to the disk."""

    def settle(self, folder: Path) -> None:
        """Do what makes searching faster still and can wait; it is not timed. Not every engine has it."""

    def open(self, folder: Path) -> Reader:
        """Open the index in a folder."""


def load(name: str) -> Engine:
    """The engine of that name. Raises ModuleNotFoundError when its library is not installed."""
    return cast(Engine, import_module(f"benchmarks.engines.{name}"))


def starred(number: int) -> bool:
    """Whether the paper with this number is starred: one in a hundred."""
    return number % 100 == 7


def is_read(number: int) -> bool:
    """Whether the paper with this number has been read: half of them, in no order."""
    return bool((number * 2654435761 >> 16) & 1)
