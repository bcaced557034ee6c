"""The papers near one, in place of a view: from each of them to those near it, and all the way back."""

from __future__ import annotations

from typing import NamedTuple

from paperreader.library import Answer, Pages, Sort, View
from paperreader.text import one_line
from paperreader.tui.bars import ViewLine
from paperreader.tui.commands import key_name
from paperreader.tui.empty import nothing_matches
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.finding import Finding
from paperreader.tui.rows import cut


class _Place(NamedTuple):
    """What was listed, and where the cursor stood."""

    text: str
    view: View
    sort: Sort | None
    near: str
    title: str
    at: tuple[str, int]
    """The id of the paper under the cursor, and its row."""


class Similar(Finding):
    """The part of the main screen that walks from paper to paper."""

    _title = ""
    """Of the paper whose neighbours are listed."""
    _trail: tuple[_Place, ...] = ()
    """The way to here, as long as it is not a view that is listed."""

    async def action_similar(self) -> None:
        """List the papers nearest to the one under the cursor."""
        paper = self.paper
        if paper is None:
            return
        at = (paper.id, self.papers.cursor)
        here = _Place(self.text, self.view, self.sort, self.near, self._title, at)
        self._trail = (*self._trail, here) if self.near else (here,)
        self._go(_Place("", self.view, None, paper.id, self.shown(paper.title), ("", 0)))
        await self.wait_for_answer()

    async def step_back(self) -> bool:
        """Back to where the last step led from; whether there was one."""
        if not self.near:
            return False
        *earlier, last = self._trail
        self._trail = tuple(earlier)
        self._go(last)
        await self.wait_for_answer()
        return True

    def show_paper(self, paper_id: str) -> None:
        """Point at a paper in the list of all papers."""
        self._trail = ()
        self._go(_Place("", "all", self.sort, "", "", (paper_id, 0)))
        self.set_focus(self.papers)

    async def action_leave_similar(self) -> None:
        """One step back."""
        await self.step_back()

    async def action_view(self, view: View) -> None:
        """Show a view."""
        if self.near:
            await self.wait_for_changes()
            self.near, self.view = "", view
            self.find()
            await self.wait_for_answer()
        else:
            await super().action_view(view)

    def _go(self, place: _Place) -> None:
        box = self.query_one(FilterInput)
        # first, so that the filter finds nothing by itself
        self.text, self.view, self.sort, self.near, self._title = place[:5]
        box.value = self.text
        self._chosen = False
        self.find(at=place.at)

    # -- what is said of it

    def _show(self, answer: Answer, cursor: int, pages: Pages, *, steady: bool = False) -> None:
        super()._show(answer, cursor, pages, steady=steady)
        self.query_one(ViewLine).near = one_line(self._title) if self.near else ""

    def _listing(self) -> str:
        return f"near “{cut(one_line(self._title), 40)}”" if self.near else super()._listing()

    def _empty_text(self) -> str:
        if not self.near:
            return super()._empty_text()
        if self.text.strip():
            return nothing_matches(self.keys, " among the papers near by")
        back = key_name(self.keys, "back")
        return f"No paper is near: none shares a word that is rare enough.\n\n{back} goes back."
