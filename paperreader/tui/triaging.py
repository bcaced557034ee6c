"""The way from the list to the triage of what it shows, and back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from textual import on

from paperreader.library import IndexUnusable, View
from paperreader.paper import Paper
from paperreader.tui.finding import Finding
from paperreader.tui.messages import Changed
from paperreader.tui.reader_screen import SHORT_WAIT

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from paperreader.tui.main_screen import MainScreen
    from paperreader.tui.triage.round import Round
    from paperreader.tui.triage.screen import TriageScreen


class Triaging(Finding):
    """The part of the main screen that opens a triage."""

    triage: TriageScreen | None = None
    """The triage over this screen, if any."""

    async def action_triage(self) -> None:
        """Go through what is listed, one paper at a time."""
        round_ = await self.new_round()
        if round_ is not None:
            await self.open_triage(round_)

    def open_triage(self, round_: Round, said: str = "") -> AwaitMount:
        """Go through these papers, and say something first."""
        from paperreader.tui.triage.screen import TriageScreen

        self.triage = TriageScreen.with_keys(self.keys)(cast("MainScreen", self), round_, said)
        return self.app.push_screen(self.triage)

    async def new_round(self, *, from_cursor: bool = True) -> Round | None:
        """What is listed, without what is judged unless that was asked for; None if it cannot be read."""
        same = self.pages.revision == self.library.revision
        here = self.ordinal if from_cursor and same else None
        wanted = () if here is None else (here, *self.following())
        try:
            return await asyncio.to_thread(self._gather, wanted)
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))
            return None

    def _gather(self, wanted: tuple[int, ...]) -> Round:
        """A round that begins with the first of these papers that is in it, or with the first of all."""
        from paperreader.tui.triage.round import Round

        library = self.library
        self.changes.flush(SHORT_WAIT)
        while True:
            pages = library.pages()
            answer = library.search(
                self.text, view=self.view, sort=self.sort, near=self.near, hide=library.annotations.snapshot
            )
            if pages.revision == library.revision:
                break
            wanted = ()
        places = (answer.position(ordinal) for ordinal in wanted)
        return Round(answer, pages, next((at for at in places if at is not None), 0))

    def whole_round(self) -> Round:
        """All papers but those that are judged, without a search: for the first frame."""
        from paperreader.tui.triage.round import Round

        return Round(self.library.search(hide=self.library.annotations.snapshot), self.library.pages())

    async def come_back(self, paper: Paper | None, view: View | None) -> None:
        """The triage is left: list the papers, in this view, with the cursor where the triage was."""
        self.triage = None
        self._chosen = True
        if view is not None and (view != self.view or self.near):
            await self.action_view(view)
        else:
            self.find(anew=True, at=(paper.id, self.papers.cursor) if paper else None)
            await self.wait_for_answer()

    def describe(self) -> str:
        """What is listed, in a line."""
        answer = self.answer
        facts = [
            "all papers" if self.view == "all" else self.view,
            answer.understood,
            f"by {answer.sort}" if self.sort else "",
        ]
        return " · ".join(filter(None, facts))

    @on(Changed)
    def _tell_triage(self, message: Changed) -> None:
        if self.triage is not None and self.triage.is_running:
            self.triage.hear(message)
