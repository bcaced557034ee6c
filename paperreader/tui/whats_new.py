"""What is new since the last visit: said at the start, and told with a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperreader.library import Answer, Pages
from paperreader.tui.commands import key_name
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.similar import Similar

if TYPE_CHECKING:
    from paperreader.tui.dialogs import Choice

_SECONDS = 10.0
"""For which it is said at the start."""


class WhatsNew(Similar):
    """The part of the main screen that tells what has changed."""

    _told = False

    def _show(self, answer: Answer, cursor: int, pages: Pages, *, steady: bool = False) -> None:
        super()._show(answer, cursor, pages, steady=steady)
        if self._done and not self._told:
            self._told = True
            if self.library.visited and any(self.news) and not self.status.said:
                key = key_name(self.keys, "news")
                changes = ", ".join(self._changes())
                self.status.say(f"Since your last visit: {changes}. {key} lists them", _SECONDS)

    def _changes(self) -> Sequence[str]:
        return [
            f"{count:,} {what}"
            for count, what in zip(self.news, ("new", "seen again", "gone"), strict=True)
            if count
        ]

    def action_news(self) -> None:
        """Say what has changed, and list what is picked."""
        if not self.library.visited:
            self.status.say(f"This is your first visit: all papers are new, {self.news.new:,} of them")
            return
        if not any(self.news):
            self.status.say("Nothing has changed since your last visit")
            return
        from paperreader.tui.dialogs import ChoiceScreen

        async def picked(what: str | None) -> None:
            if what == "gone":
                self._show_gone()
            elif what:
                await self.action_view("all")
                self.query_one(FilterInput).value = what

        self.app.push_screen(ChoiceScreen("Since your last visit", self._choices(), "Esc  back"), picked)

    def _choices(self) -> list[Choice]:
        from paperreader.tui.dialogs import Choice

        new, again, gone = self.news
        choices = [
            (new, Choice("n", f"{new:,} new", "is:new")),
            (again, Choice("a", f"{again:,} seen again", "is:again")),
            (gone, Choice("g", f"{gone:,} gone, in no dump any more", "gone")),
        ]
        return [choice for count, choice in choices if count]

    def _show_gone(self) -> None:
        from paperreader.tui.gone_screen import GoneScreen

        self.app.push_screen(GoneScreen([gone.title for gone in self.library.gone()]))
