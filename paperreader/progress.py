"""How long work speaks to whoever waits for it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

Report = Callable[[str], None]
"""Called with one line for people."""

Progress = Callable[[str, int], None]
"""Called with what is being done and how many of it are done."""


def quiet(_what: str, _done: int = 0) -> None:
    """Report nothing."""


class ProgressLine:
    """A line on the terminal that says how far a long work has come."""

    EVERY = 0.1
    """Seconds between two changes of the line; short works show none at all."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 2 * self.EVERY
        self._shown = not sys.stderr.isatty()
        self._silent = self._shown

    def __call__(self, what: str, done: int) -> None:
        """Say how many of something are done."""
        now = time.monotonic()
        if not self._silent and now >= self._next:
            self._next, self._shown = now + self.EVERY, True
            import shutil

            line = f"{done:,} {what}  (Ctrl-C interrupts)"
            # of a line that wraps only the last part could be taken away again
            sys.stderr.write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and not self._silent:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
