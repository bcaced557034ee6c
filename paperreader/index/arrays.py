"""Lists one after another in one array: where each begins, and how long it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

_STEP = 1 << 18


def starts_of(lengths: Array | Iterable[int]) -> Array:
    """Where lists of these lengths begin, and where the last one ends; 64 bits, signed."""
    given = np.asarray(lengths if isinstance(lengths, np.ndarray) else list(lengths), np.int64)
    starts: Array = np.zeros(len(given) + 1, np.int64)
    np.cumsum(given, out=starts[1:])
    return starts


def lengths_of(starts: Array | memoryview) -> Array:
    """How long lists are that begin here; the last one ends at the last number."""
    signed: Array = np.asarray(starts).astype(np.int64)
    return signed[1:] - signed[:-1]


def looked_up(table: Array, numbers: Array) -> Array:
    """What a table has for each number, and its last entry for what is beyond it."""
    found = np.empty(len(numbers), table.dtype)
    # in steps, as numpy makes an index of 64 bits of each number first
    for start in range(0, len(numbers), _STEP):
        table.take(numbers[start : start + _STEP], out=found[start : start + _STEP], mode="clip")
    return found


def owners(ends: Array, places: Array) -> Array:
    """In which of some lists, one after another and none of them empty, places are; lists by their ends."""
    begins = np.zeros(ends[-1], np.int8)
    begins[ends[:-1]] = 1
    found: Array = np.cumsum(begins, dtype=np.intp).take(places)
    return found


def changes(*columns: Array) -> Array:
    """Where something other begins: the indexes at which any column differs from the one before, and 0."""
    new: Array = np.ones(len(columns[0]), bool)
    new[1:] = False
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new.nonzero()[0]


def places_of(wanted: Array) -> Array:
    """The indexes of what is not 0."""
    # numpy finds them several times faster among truth values than among numbers
    return (wanted if wanted.dtype == bool else wanted != 0).nonzero()[0]
