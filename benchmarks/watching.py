"""A terminal that tells when something on its screen changed, to the arrival of the bytes that did it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from tests.terminal import QUIET, Terminal

_SIGN, _COUNT = 3, 80
"""The columns of the first line where the text of the filter begins, and where it ends."""


class Watched(Terminal):
    """A terminal of 120x40 that shows the reader."""

    @property
    def listed(self) -> list[str]:
        """What the list pane shows, and above it how many papers match."""
        head, _, *rows = self._screen.display[:-2]
        return [head[_COUNT:], *(row.partition("▏")[0] for row in rows)]

    @property
    def typed(self) -> str:
        """The filter."""
        return self._screen.display[0][_SIGN:_COUNT]

    @property
    def status(self) -> str:
        """The line that says where one is and how the query was read."""
        return self._screen.display[-2]

    @property
    def page(self) -> list[str]:
        """What the abstract pane shows."""
        return [row.partition("▏")[2] for row in self._screen.display[1:-2]]

    def key(
        self,
        keys: str,
        done: Callable[[], bool] | None = None,
        timeout: float = 60.0,
        part: Callable[[], object] | None = None,
    ) -> float:
        """Type, and see the list, or another `part`, change; returns the seconds to the last change of it.

        That is the last one before nothing has been written for `QUIET` seconds and `done` holds;
        without it, the part must have changed. Raises AssertionError when this takes too long.
        """
        self.output = b""  # which only grows otherwise, and slows the reading down
        part = part or (lambda: self.listed)
        before = shown = part()
        start = last = time.perf_counter()
        self.send(keys)
        while time.perf_counter() < start + timeout:
            if self._read(QUIET):
                continue
            while self._waiting:
                at = self._show_next()
                if (now := part()) != shown:
                    shown, last = now, at
            if done() if done else shown != before:
                return last - start
        raise AssertionError(f"no answer to {keys!r} within {timeout:g} s\n{self.text}")

    def echoes(self, text: str, a_second: float) -> list[float]:
        """Type into the empty filter, so many keys a second: the seconds until each letter stands there."""
        self.output = b""
        begin = time.perf_counter()
        sent = []
        for number, letter in enumerate(text):
            self._read_until(begin + number / a_second)
            sent.append(time.perf_counter())
            self.send(letter)
        self._read_until(sent[-1] + 1)
        letters = [end for end, letter in enumerate(text, 1) if not letter.isspace()]
        seen: list[float] = []
        for at in self._changes():
            while len(seen) < len(letters) and self.typed.startswith(text[: letters[len(seen)]]):
                seen.append(at - sent[letters[len(seen)] - 1])
        if len(seen) < len(letters):
            raise AssertionError(f"{text!r} does not stand in the filter\n{self.text}")
        return seen

    def _read_until(self, moment: float) -> None:
        while (left := moment - time.perf_counter()) > 0:
            self._read(left)

    def _changes(self) -> Iterator[float]:
        while self._waiting:
            yield self._show_next()
