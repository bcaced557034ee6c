"""Keys that come in one burst, some of which ask how the screen is laid out."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.screen import Screen

_PATIENCE = 0.2
"""Seconds that a key waits for what those before it changed to be laid out."""


class LayingOut(Screen[None]):
    """A screen that knows whether it looks as it is to look after the last key."""

    _layouts_made = 0
    _layouts_due = 0

    def to_be_laid_out(self) -> None:
        """Sizes on the screen are others from now on, as soon as it has been laid out."""
        self._layouts_due += 1
        self.call_after_refresh(self._laid_out, self._layouts_due)

    def _laid_out(self, change: int) -> None:
        self._layouts_made = change

    async def wait_for_layout(self) -> None:
        """Wait, but not for long, until it is laid out: then it is known how much room there is."""
        if self._layouts_made != self._layouts_due:
            self.refresh(layout=True)  # what changed may not have asked for it yet
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wait_for_refresh(), _PATIENCE)
