"""What a process that searches asks of those who keep its memory: the C library and the garbage collector."""

from __future__ import annotations

import gc
from functools import cache

import numpy as np

_KEPT = 1 << 23
"""Bytes; more than the arrays of most searches have."""


@cache
def settle() -> None:
    """Have what is at hand kept; to be called when the first index is open, once in a process.

    glibc gives large blocks back to the system at once, and gets new ones page by page, which can take
    longer than what is done with them, until it has seen one of this size come and go. Elsewhere that
    does nothing.

    What was imported until now stays, and is a hundred thousand objects. Looking for garbage among them
    would hold up one of the next keys for longer than a frame.
    """
    np.empty(_KEPT, np.uint8)
    gc.freeze()
