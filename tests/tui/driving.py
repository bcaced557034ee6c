"""Driving the real app in tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from textual import _wait, events, screen
from textual.pilot import Pilot
from textual.widgets import Static

from paperreader.library import Library
from paperreader.paper import Paper
from paperreader.tui.app import ReaderApp
from paperreader.tui.bars import StatusLine
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.triage.screen import TriageScreen
from paperreader.tui.unbroken import breakable

# For how many seconds Textual watches the process, after each key and each pause, before it calls it idle.
# Its own 20 ms are most of what a test lasts; for what has to be waited for there are `settle` and `until`.
_wait.SLEEP_GRANULARITY = 1 / 200
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 20

# Nobody looks between two pauses, each of which paints what has changed.
screen.UPDATE_PERIOD = 1 / 20  # type: ignore[misc]


@dataclass
class Reader:
    """The app as a test sees it."""

    pilot: Pilot[None]

    @property
    def app(self) -> ReaderApp:
        return cast(ReaderApp, self.pilot.app)

    @property
    def main(self) -> MainScreen:
        return cast(MainScreen, self.app.screen_stack[0])

    @property
    def triage(self) -> TriageScreen:
        """The triage that is open."""
        assert isinstance(self.app.screen, TriageScreen), self.app.screen
        return self.app.screen

    @property
    def library(self) -> Library:
        return self.app.library

    @property
    def paper(self) -> Paper:
        paper = self.main.paper
        assert paper is not None
        return paper

    @property
    def titles(self) -> list[str]:
        return [self.main.pages.paper(n).title for n in self.main.papers.ordinals]

    @property
    def said(self) -> str:
        return self.main.query_one(StatusLine).said

    @property
    def asked(self) -> str:
        """The title of the dialog."""
        return str(self.app.screen.query_one(".dialog-title", Static).visual)

    @property
    def filter(self) -> str:
        return self.main.query_one(FilterInput).value

    @property
    def page(self) -> str:
        """The text of the abstract pane."""
        texts = (str(self.main.query_one(name).visual) for name in ("#page", "#note"))
        return breakable("\n".join(texts))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text letter by letter."""
        if not text:
            return
        names = {" ": "space", ":": "colon", '"': "quotation_mark", "-": "minus", ">": "greater_than_sign"}
        await self.press(*(names.get(c, c) for c in text))

    async def paste(self, text: str) -> None:
        """Have a text come at once, as what is pasted does: for tests in which no letter matters."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def find(self, query: str, *, typed: bool = False) -> None:
        """Put the query into the filter, at once or letter by letter, and wait for its answer or for all."""
        await self.press("slash")
        words = "" if typed else query.rstrip()  # no space at the end can be pasted
        if words:
            await self.paste(words)
        for letter in query[len(words) :]:
            await self.type(letter)
            await self.until(lambda: self.main.answered)
        await self.until(lambda: self.main.text == query)
        await self.settle()

    async def until(
        self, holds: Callable[[], bool], seconds: float = 10, otherwise: Callable[[], str] = str
    ) -> None:
        """Wait until something holds, which is to say `otherwise` if it never does."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {otherwise()}; the status is {self.said!r}")
            await asyncio.sleep(0.01)
            await self.pilot.pause()

    async def settle(self) -> None:
        """Wait until both threads have done what they were asked, and it is on the screen."""
        await asyncio.to_thread(self.main.changes.flush, 10)
        await self.pilot.pause()
        await self.until(lambda: self.main.answered)
        await self.pilot.pause()


@asynccontextmanager
async def reading(
    library: Library, size: tuple[int, int] = (100, 24), said: str = ""
) -> AsyncIterator[Reader]:
    """The app on a screen of `size` columns and rows, its first answer there."""
    app = ReaderApp(library, said=said)
    async with app.run_test(size=size) as pilot:
        reader = Reader(pilot)
        await pilot.pause()
        await reader.settle()
        yield reader
