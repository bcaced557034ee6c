"""How long work speaks to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[str], None]
"""Called with one line for people."""

Progress = Callable[[str, int], None]
"""Called with what is being done and how many of it are done."""


def quiet(_what: str, _done: int = 0) -> None:
    """Report nothing."""
