"""Ways to send a small index through every path that large ones take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

ROOT = "paperreader.index"

LISTS = {"prepared._SMALLEST": 1, "prepared._LARGEST": 1, "prepared._DENSE": 1}
COLUMNS = {"prepared._SMALLEST": 1, "prepared._LARGEST": 1, "prepared._DENSE": 1000}
ESTIMATES = {"searching._FEW": 0, "reader._BEST": 7}
SUMMED = {"adding._SPARSE": 1 << 20}
ALONE = {"neighbours._MOST": 0}
UNFOLLOWED = {"followers._RARER": 1, **ALONE}

PATHS: Mapping[str, Mapping[str, int]] = {
    "as it is": {},
    "lists are prepared": {**LISTS, "searching._CHUNK": 3, "neighbours._STEP": 5},
    "lists are prepared, the best chosen": {**LISTS, **ESTIMATES, **ALONE, "prepared._STEP": 5},
    "columns are prepared": {**COLUMNS, "part._REMEMBERED": 1, **SUMMED},
    "columns are prepared, the best chosen": {
        **COLUMNS,
        "searching._FEW": 0,
        "reader._BEST": 1,
        "sifting._MOST_LISTED": 1 << 20,
    },
    "some are prepared": {"prepared._SMALLEST": 30, "prepared._LARGEST": 60, **ESTIMATES},
    "few pairs are prepared": {**LISTS, **UNFOLLOWED, "prepared._MOST_COMMON": 3, "phrases._CHUNK": 7},
    "few words have neighbours": {"neighbours._MOST": 2, "reader._BEST": 5},
    "most words are rare": {"forward.RARE": 5, "forward._COMPARED": 2, "phrases._CHUNK": 2, **UNFOLLOWED},
    "all words are rare": {"forward.RARE": 0, **ESTIMATES, **SUMMED},
    "what follows is known of all words": {"followers._RARER": 1 << 20, "phrases._CHUNK": 3, **ALONE},
    "and of some, which are rare": {"followers._RARER": 4, "forward.RARE": 5, **ALONE},
    "sums in columns": {
        "adding._SPARSE": 1 << 20,
        "adding._DENSE": 1 << 20,
        "matching._SPARSE": 1 << 20,
        **ESTIMATES,
    },
    "sums in lists": {"adding._FEW": 0, "adding._SPARSE": 0, "matching._SPARSE": 0, "reader._BEST": 2},
}
"""Constants of the engine, by the name of what they make it do."""


@contextmanager
def forced(path: str, **more: int) -> Iterator[None]:
    """The engine takes one of `PATHS`; `more` are constants with "__" for the dot in their names."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**PATHS[path], **{k.replace("__", "."): v for k, v in more.items()}}.items():
            patch.setattr(f"{ROOT}.{name}", value)
        yield


@contextmanager
def small_segments() -> Iterator[None]:
    """Few papers make a segment, and a word twice in a field makes a wide one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{ROOT}.batches._BATCH", 10)
        patch.setattr(f"{ROOT}.batches._FEW", 10)
        patch.setattr(f"{ROOT}.batches._LARGEST", 30)
        patch.setattr(f"{ROOT}.batches._processes", lambda: 1)
        yield
