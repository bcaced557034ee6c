"""Which segments are to become one, so that there are never many and none is written again too often.

A log-structured merge: segments grow by a factor from each merge to the next, up to a limit. So in a
library of any size there are, of each layout, a few that are small, one that grows, and such as have at
least half of the papers that a segment is given at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LARGEST = 1 << 17
"""As many papers are put into one segment at most: that takes ten seconds, and half a gigabyte."""
BRIEF = 1 << 15
"""As many are in two or three seconds."""
_SMALL = 1 << 14
_MOST_SMALL = 4
"""Each segment costs every keystroke some 50 microseconds."""
_MOST_DELETED = 0.2
"""The part of a segment's documents that may be deleted before they are dropped."""


class Size(NamedTuple):
    """What a segment holds."""

    live: int
    deleted: int
    layout: int
    """Segments of different layouts cannot be merged."""


def choose(sizes: Sequence[Size], most: int = LARGEST) -> list[int]:
    """The indexes of segments to merge into one, ascending; none when all is well.

    They have no more than `most` papers together.

    Small segments are merged when there are too many, the smallest first, and others as long as they
    are not much larger than what has come together; so a paper is moved about as often as the
    logarithm of their number. Larger ones are merged as soon as there are two that may be.
    """
    for layout in {size.layout for size in sizes}:
        growing = [n for n, size in enumerate(sizes) if size.layout == layout and 2 * size.live <= LARGEST]
        growing.sort(key=lambda n: sizes[n].live)
        small = sum(sizes[n].live < _SMALL for n in growing)
        several = small > _MOST_SMALL
        together = _alike(growing, sizes, most) if several else _fitting(growing[small:], sizes, most)
        if len(together) > 1:
            return sorted(together)
    for n, size in enumerate(sizes):
        if size.deleted > _MOST_DELETED * (size.live + size.deleted) and size.live <= most:
            return [n]
    return []


def _alike(growing: Iterable[int], sizes: Sequence[Size], most: int) -> list[int]:
    """The first two, and those after them that are not much larger than all before, if they may be in one."""
    together: list[int] = []
    total = 0
    for n in growing:
        live = sizes[n].live
        if total + live > most or (len(together) > 1 and live > 2 * total):
            break
        together.append(n)
        total += live
    return together


def _fitting(growing: Iterable[int], sizes: Sequence[Size], most: int) -> list[int]:
    """The first ones, as many as may be in one segment."""
    together: list[int] = []
    total = 0
    for n in growing:
        total += sizes[n].live
        if total > most:
            break
        together.append(n)
    return together
