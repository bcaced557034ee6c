"""Finding something on the page, and going from one place to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from paperreader.tui.commands import key_name
from paperreader.tui.reader_screen import ReaderScreen

if TYPE_CHECKING:
    from paperreader.tui.find_line import FindLine


class FindingHere(ReaderScreen):
    """The part of the main screen that looks for something on the page."""

    _find_line: FindLine | None = None
    """The line in which stands what is looked for, if anything is."""
    _came_from: Widget | None = None
    """What had the focus before."""

    @property
    def is_finding(self) -> bool:
        """Whether something is looked for on the page."""
        return self._find_line is not None

    async def action_find(self) -> None:
        """Look for something on the page, in a line below it."""
        if self._find_line is None:
            from paperreader.tui.find_line import FindLine

            self._came_from = self.focused
            self._find_line = FindLine(self.keys)
            await self.query_one("#reading").mount(self._find_line)
            self.to_be_laid_out()
            # and not by a message, which takes a moment: a key may follow that steps from place to place
            self.watch(self._find_line.box, "value", self._find_typed, init=False)
        self.set_focus(self._find_line.box)
        self._find_line.box.action_end()

    def _find_typed(self, text: str) -> None:
        self.page_is_turned()
        self.abstract.look_for(text)
        self._say_found()

    def action_keep_finding(self) -> None:
        """Back to where one was, with what was found still marked."""
        back = self._came_from
        self.set_focus(back if back is not None and back.is_on_screen else self.abstract)

    def end_finding(self) -> None:
        """Look for nothing any more."""
        line, self._find_line = self._find_line, None
        self.abstract.look_for("")
        if line is not None:
            if line.has_focus_within:
                self.action_keep_finding()
            line.remove()
            self.to_be_laid_out()

    def action_match(self, by: int) -> None:
        """To the next place that was looked for, or that the filter has found; by -1 to the one before."""
        self.page_is_turned()
        number, count = self.abstract.step(by)
        if self.is_finding:
            self._say_found()
        elif count:
            self.status.say(f"{number} of {count:,} on this page")
        else:
            self.status.say(f"Nothing is marked on this page: {key_name(self.keys, 'find')} finds something")

    def _say_found(self) -> None:
        if self._find_line is not None:
            self._find_line.say(*self.abstract.position)

    def turn_page(self) -> None:
        """Show the paper under the cursor, and how often it has what is looked for."""
        super().turn_page()
        self._say_found()

    def repaint(self) -> None:
        """Show the same again; what is looked for may be there no more, or more often."""
        super().repaint()
        self._say_found()
