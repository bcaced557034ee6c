"""Which segments are to become one, so that there are never many and none is written again too often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_SMALL = 1 << 14
"""Larger segments are left as they are."""
_MOST_SMALL = 6
"""Each costs every keystroke some 50 microseconds."""
_MOST_DELETED = 0.2
"""The part of a segment's documents that may be deleted before they are dropped."""


class Size(NamedTuple):
    """What a segment holds."""

    live: int
    deleted: int
    layout: int
    """Segments of different layouts cannot be merged."""


def choose(sizes: Sequence[Size]) -> list[int]:
    """The indexes of segments to merge into one, ascending; none when all is well.

    Small segments are merged when there are too many, the smallest first, and others as long as they
    are not much larger than what has come together; so a paper is moved about as often as the
    logarithm of their number.
    """
    for layout in {size.layout for size in sizes}:
        small = [n for n, size in enumerate(sizes) if size.layout == layout and size.live < _SMALL]
        if len(small) > _MOST_SMALL:
            small.sort(key=lambda n: sizes[n].live)
            together: list[int] = []
            total = 0
            for n in small:
                if len(together) > 1 and sizes[n].live > 2 * total:
                    break
                together.append(n)
                total += sizes[n].live
            return sorted(together)
    for n, size in enumerate(sizes):
        if size.deleted > _MOST_DELETED * (size.live + size.deleted):
            return [n]
    return []
