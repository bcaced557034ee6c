"""Reading a page: how wide and how airy it is set, and finding something on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from paperreader.config import LINE_SPACINGS, MEASURES
from paperreader.tui.reader_screen import ReaderScreen

if TYPE_CHECKING:
    from paperreader.tui.search_line import SearchLine

STEP = 5
"""Cells by which a line becomes wider or narrower."""

_SPACINGS = {1: "Lines close together", 1.5: "Sentences apart", 2: "Lines apart"}


class Reading(ReaderScreen):
    """The part of the main screen that belongs to the page."""

    _came_from: Widget | None = None
    """What had the focus before something was looked for."""

    # -- finding

    @property
    def _find_line(self) -> SearchLine | None:
        """The line in which something to look for stands, if any."""
        found = self.query("#reading > SearchLine")
        return cast("SearchLine", found.first()) if found else None

    @property
    def is_finding(self) -> bool:
        """Whether something is looked for on the page."""
        return self._find_line is not None

    async def action_find(self) -> None:
        """Look for something on the page, in a line below it."""
        line = self._find_line
        if line is None:
            from paperreader.tui.search_line import SearchLine

            self._came_from = self.focused
            line = SearchLine("find on this page; then . and , go from one to the next", "f")
            await self.query_one("#reading").mount(line)
        box = line.query_one(Input)
        self.set_focus(box)
        box.action_end()

    @on(Input.Changed, "#search")
    def _find_typed(self, message: Input.Changed) -> None:
        if self._find_line and message.input in self._find_line.query(Input):
            self.abstract.look_for(message.value)
            self._say_found()

    @on(Input.Submitted, "#search")
    def keep_finding(self) -> None:
        """Back to where one was, with what was found still marked."""
        back = self._came_from
        self.set_focus(back if back is not None and back.is_on_screen else self.abstract)

    def end_finding(self) -> None:
        """Look for nothing any more."""
        had_focus = self._find_line is not None and self._find_line.has_focus_within
        self.query("#reading > SearchLine").remove()
        self.abstract.look_for("")
        if had_focus:
            self.keep_finding()

    def action_match(self, by: int) -> None:
        """To the next place that was looked for, or that the filter has found; by -1 to the one before."""
        number, count = self.abstract.step(by)
        if self.is_finding:
            self._say_found()
        elif count:
            self.status.say(f"{number} of {count:,} on this page")
        else:
            self.status.say("Nothing is marked on this page: f finds something")

    def _say_found(self) -> None:
        line = self._find_line
        if line is None:
            return
        number, count = self.abstract.position
        if not line.text.strip():
            line.count("")
        elif number:
            line.count(f"{number} of {count:,}")
        else:
            line.count(f"{count:,} here" if count else "nothing")

    def turn_page(self) -> None:
        """Show the paper under the cursor, and how often it has what is looked for."""
        super().turn_page()
        self._say_found()

    # -- setting

    def action_measure(self, by: int) -> None:
        """Make lines wider, or narrower where `by` is negative."""
        pane, (least, most) = self.abstract, MEASURES
        now = min(pane.measure, max(pane.room, least))  # what is wider than the pane, is not to be seen
        if by > 0 and pane.measure >= pane.room:
            self.status.say(f"Lines are as wide as there is room: {pane.room} cells, of {pane.measure}")
            return
        measure = min(max(now - now % STEP + by * STEP, least), most)
        pane.set_measure(measure)
        self.status.say(f"Lines of at most {measure} cells")
        self.app.remember("measure", measure)

    def action_line_spacing(self) -> None:
        """The next way to put lines apart."""
        pane = self.abstract
        spacing = LINE_SPACINGS[(LINE_SPACINGS.index(pane.line_spacing) + 1) % len(LINE_SPACINGS)]
        pane.set_line_spacing(spacing)
        self._say_found()
        self.status.say(_SPACINGS[spacing])
        self.app.remember("line_spacing", spacing)
