"""Spaces at which no line ends: a day is not cut in two.

Textual wraps text at every white space, at no-break spaces too. What is no white space to it, and no
character to anybody, keeps words together; where lines are sent to the terminal (`steady`) and where text
is copied, it becomes a space.
"""

from __future__ import annotations

from typing import Final

NO_BREAK: Final = "\ufdd0"
"""One that Unicode reserves for what a program means by it."""


def unbroken(text: str) -> str:
    """The text as one that stays on one line wherever it fits on one."""
    return text.replace(" ", NO_BREAK)


def breakable(text: str) -> str:
    """The text with nothing but common spaces."""
    return text.replace(NO_BREAK, " ")
