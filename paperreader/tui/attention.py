"""How long the reader has had a paper before the eyes."""

from __future__ import annotations

import time
from collections.abc import Callable

from paperreader.library import Annotation
from paperreader.paper import Paper


def now() -> float:
    """Seconds on a clock that never goes back; the one place where the screen asks for it."""
    return time.monotonic()


class Attention:
    """Counts the seconds for which one paper is open and nothing else holds the reader's attention."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or now
        self.paper: Paper | None = None
        """The one that is open."""
        self.before = Annotation()
        """What the reader had done to it when it was opened."""
        self.by_hand = False
        """Whether the reader has said since whether it is read."""
        self._elsewhere: set[str] = set()
        self._since: float | None = None
        """When the counting began or went on; None while the attention is elsewhere."""
        self._counted = 0.0
        self.turn(None, Annotation())

    @property
    def seconds(self) -> float:
        """For how long the paper has been read so far."""
        return self._counted + (0.0 if self._since is None else self._clock() - self._since)

    def turn(self, paper: Paper | None, annotation: Annotation) -> None:
        """Another paper is open from now on, or none."""
        self.paper, self.before, self.by_hand = paper, annotation, False
        self._counted = 0.0
        self._since = None if self._elsewhere else self._clock()

    def hold(self, reason: str, holds: bool) -> None:
        """Say whether, for this reason, the reader now looks elsewhere; there can be several at a time."""
        if holds:
            self._counted, self._since = self.seconds, None
            self._elsewhere.add(reason)
        else:
            self._elsewhere.discard(reason)
            if not self._elsewhere and self._since is None:
                self._since = self._clock()
