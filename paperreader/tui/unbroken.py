"""Spaces at which no line ends: a day is not cut in two.

Textual takes a no-break space for any other when it wraps text, and has no other way to keep words together.
"""

from __future__ import annotations

from typing import Final

from rich import _wrap
from textual import content

_NO_BREAK: Final = "\u00a0"


def unbroken(text: str) -> str:
    """The text as one that stays on one line wherever it fits on one."""
    return text.replace(" ", _NO_BREAK)


def breakable(text: str) -> str:
    """The text with nothing but common spaces."""
    return text.replace(_NO_BREAK, " ")


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:
    """The places in a text at which its lines of `width` cells begin, but for the first."""
    return _wrap.divide_line(text.replace(_NO_BREAK, "_"), width, fold)


content.divide_line = divide_line  # type: ignore[attr-defined]
