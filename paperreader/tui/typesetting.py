"""How the page is set: how wide, and with how much air."""

from __future__ import annotations

from paperreader.config import LINE_SPACINGS, MEASURES
from paperreader.tui.reader_screen import ReaderScreen

STEP = 5
"""Cells by which a line becomes wider or narrower."""

_SPACINGS = {1: "Lines close together", 1.5: "Sentences apart", 2: "Lines apart"}


class Typesetting(ReaderScreen):
    """The part of the main screen that sets the page, and remembers how."""

    def action_measure(self, by: int) -> None:
        """Make lines wider, or narrower where `by` is negative."""
        pane, (least, most) = self.abstract, MEASURES
        if by > 0 and pane.measure >= pane.room:
            self.status.say(f"Lines are as wide as there is room: {pane.room} cells, of {pane.measure}")
            return
        now = min(pane.measure, max(pane.room, least))  # what is wider than the pane is not to be seen
        measure = min(max(now - now % STEP + by * STEP, least), most)
        pane.set_measure(measure)
        self.status.say(f"Lines of at most {measure} cells")
        self.app.remember("measure", measure)

    def action_line_spacing(self) -> None:
        """The next way to put lines apart."""
        pane = self.abstract
        spacing = LINE_SPACINGS[(LINE_SPACINGS.index(pane.line_spacing) + 1) % len(LINE_SPACINGS)]
        pane.set_line_spacing(spacing)
        self.repaint()
        self.status.say(_SPACINGS[spacing])
        self.app.remember("line_spacing", spacing)
