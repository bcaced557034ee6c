"""Reading on: from page to page and from paper to paper, and what was read by doing so."""

from __future__ import annotations

from textual import events, on

from paperreader.library import Annotation
from paperreader.paper import Paper
from paperreader.tui.attention import Attention
from paperreader.tui.messages import Changed
from paperreader.tui.reader_screen import ReaderScreen


class Reading(ReaderScreen):
    """The part of a screen that knows what was read."""

    attention: Attention

    def start_reading(self) -> None:
        """Count from now on for how long papers are read, but not while the terminal is left alone."""
        self.watch(self.app, "app_focus", self._terminal_focused, init=False)
        self.app.app_suspend_signal.subscribe(self, self._suspended, immediate=True)
        self.app.app_resume_signal.subscribe(self, self._resumed, immediate=True)

    # -- a page at a time

    async def action_page_abstract(self) -> None:
        """Page down the abstract, and at its end go to the next paper."""
        await self.wait_for_layout()
        pane = self.abstract
        if pane.scroll_offset.y < pane.max_scroll_y:
            pane.page(1)
        else:
            self.step_on()

    def step_on(self) -> None:
        """To the next paper."""
        raise NotImplementedError

    def turn_page(self) -> None:
        """Show the paper under the cursor, and take the one before for read if it was open long enough."""
        super().turn_page()
        if next(s for s in reversed(self.app.screen_stack) if isinstance(s, Reading)) is self:
            self.attend_to(self.paper)

    # -- what was read

    def attend_to(self, paper: Paper | None) -> None:
        """This paper is open from now on, or none; the one before is read if it was open for long enough."""
        attention, after = self.attention, self.app.settings.read_after
        before = attention.paper
        if paper is not None and before is not None and paper.id == before.id:
            return
        if before is not None and not attention.by_hand and 0 < after <= attention.seconds:
            self._take_for_read(before, attention.before)
        attention.turn(paper, Annotation() if paper is None else self.library.annotation(paper))

    def _take_for_read(self, paper: Paper, before: Annotation) -> None:
        def job() -> None:
            now = self.library.annotation(paper)
            as_it_was = (now.read, now.skipped, now.later) == (before.read, before.skipped, before.later)
            if as_it_was and not (now.read or now.skipped):
                # whoever has said meanwhile what is to become of it knows better than a clock
                self.library.mark(paper, "read", True, by_clock=True)
                self.post_message(Changed())

        self.changes.do(job)

    def _terminal_focused(self, focused: bool) -> None:
        self.attention.hold("another window", not focused)

    def _suspended(self, _app: object) -> None:
        self.attention.hold("suspended", True)

    def _resumed(self, _app: object) -> None:
        self.attention.hold("suspended", False)

    @on(events.ScreenSuspend)
    @on(events.ScreenResume)
    def _covered_or_not(self) -> None:
        self.attention.hold("a question", not isinstance(self.app.screen, Reading))
