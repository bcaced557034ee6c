"""The triage: one paper at a time over the whole screen, and each decision goes on to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from paperreader.library import View, with_mark
from paperreader.text import one_line
from paperreader.tui import deeds
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.annotating import Annotating
from paperreader.tui.bars import KeyLine, StatusLine
from paperreader.tui.commands import Pane, bindings, key_name
from paperreader.tui.finding_here import FindingHere
from paperreader.tui.messages import Changed
from paperreader.tui.sharing import Sharing
from paperreader.tui.triage.line import TriageLine
from paperreader.tui.triage.round import Decision, Round, said
from paperreader.tui.triage.summary import Summary
from paperreader.tui.typesetting import Typesetting

if TYPE_CHECKING:
    from paperreader.tui.main_screen import MainScreen


class TriageScreen(Annotating, Sharing, FindingHere, Typesetting):
    """The papers of a list, one after the other."""

    CSS_PATH = Path(__file__).with_name("triage.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "AbstractPane"

    @classmethod
    def with_keys(cls, keys: Mapping[str, str]) -> type[Self]:
        """This screen, bound to the keys of what can be done here."""
        return type(
            "TriageScreen", (cls,), {"BINDINGS": [*bindings(keys, "triage"), *bindings(keys, None, cls)]}
        )

    def __init__(self, host: MainScreen, round_: Round, said: str = "") -> None:
        """A round through the papers of the list of `host`; the status line says first what is `said`."""
        super().__init__(host.library, host.keys, said, classes=" ".join(sorted(host.classes & _SIZES)))
        self.host = host
        self.attention, self.changes, self.raw = host.attention, host.changes, host.raw
        self.begin(round_)

    def begin(self, round_: Round) -> None:
        """Go through these."""
        self.round, self.answer, self.pages = round_, round_.answer, round_.pages

    def compose(self) -> ComposeResult:
        """The page, between what is decided and the keys."""
        yield TriageLine()
        with Vertical(id="reading"):
            page = self.host.abstract
            yield AbstractPane(page.measure, page.line_spacing, id="abstract")
            yield Summary()
        yield StatusLine()
        yield KeyLine(self.keys)

    def on_mount(self) -> None:
        """Show the first paper."""
        self.start_reading()
        self.go(self.round.position)
        self.status.say(self.said, seconds=20)

    # -- where one is

    @property
    def home(self) -> Widget:
        """The page, or the summary."""
        return self.query_one(Summary) if self.round.is_over else self.abstract

    @property
    def ordinal(self) -> int | None:
        """The ordinal of the paper that is shown."""
        return self.round.ordinal

    @property
    def pane(self) -> Pane:
        """What the keys are for."""
        focused = "" if self.focused is None else self.focused.id
        if focused in ("note-text", "search"):
            return "note" if focused == "note-text" else "find"
        return "triaged" if self.round.is_over else "triage"

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def show_keys(self) -> None:
        """Let the footer show the keys that count now."""
        line = self.query_one(KeyLine)
        line.pane, line.labels = self.pane, _LABELS.get(self.pane, {})

    def go(self, position: int) -> None:
        """Show another paper; behind the last one, what was decided."""
        if self.ask_about_note():
            return
        self.close_note()
        self.round.go(position)
        paper = self.paper
        if paper is not None:
            self.round.meet(paper)
        self.set_class(self.round.is_over, "-over")
        self.set_focus(self.home)
        self.turn_page()
        self.repaint()

    def repaint(self) -> None:
        """Show the same again: what is known of the papers has changed."""
        decided = self.round.decided(self.library)
        line = self.query_one(TriageLine)
        line.position, line.total, line.decided = self.round.position, len(self.round), decided
        if self.round.is_over:
            self.query_one(Summary).show(len(self.round), decided, self.shown, self._next_steps())
        else:
            self.abstract.repaint_page(self._page())
            self._say_found()
        self.status.problem = one_line(self.library.annotations.problem)
        self.status.where = self.host.describe()
        self.show_keys()

    def hear(self, message: Changed) -> None:
        """Say what happened beside the screen, and show it."""
        if message.said:
            self.status.say(message.said, message.seconds)
        self.repaint()

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        if message.said:
            self.status.say(message.said, message.seconds)
        # the list below has to know as well, and has this repainted
        self.host.post_message(Changed())

    def do_at_length(self, job: Callable[[], str]) -> None:
        """Do a job that may take minutes where the list does."""
        self.host.do_at_length(job)

    # -- what can be decided

    def action_star(self) -> None:
        """Star the paper and go on."""
        self._decide("starred")

    def action_later(self) -> None:
        """Keep the paper for later and go on."""
        self._decide("later")

    def action_skip(self) -> None:
        """Skip the paper and go on."""
        self._decide("skipped")

    def action_read(self) -> None:
        """Mark the paper as read and go on."""
        self._decide("read")

    def _decide(self, decision: Decision) -> None:
        paper = self.paper
        if paper is None or not paper.id:
            return
        # keys come faster than changes are written
        before = self.round.stands(paper, self.library)
        value = not getattr(before, decision)
        asked = self.round.ask(paper, with_mark(before, decision, value))

        def job() -> str:
            try:
                self.library.mark(paper, decision, value)
            finally:
                asked.done = True
            return f"{deeds.marked(decision, value, before)}: {deeds.short(paper.title)}"

        self.attention.by_hand = True
        self.change(job)
        if value:
            # to take a decision back is none: one stays to make another
            self.go(self.round.position + 1)

    async def action_undo(self) -> None:
        """Undo the last change, and go back to its paper."""
        await super().action_undo()
        await self._go_to_changed()

    async def action_redo(self) -> None:
        """Make the change again that was undone last, and go to its paper."""
        await super().action_redo()
        await self._go_to_changed()

    async def _go_to_changed(self) -> None:
        await self.wait_for_changes()  # the next key is meant for the paper that this goes to
        step = self.last_step
        position = self.round.find(change.paper_id for change in step.changes) if step else None
        if position is not None:
            self.go(position)

    # -- where one can go

    def step_on(self) -> None:
        """To the next paper, or to what was decided."""
        if not self.round.is_over:
            self.go(self.round.position + 1)

    def action_move(self, by: int) -> None:
        """To the next paper, or back."""
        if self.round.is_over and by > 0:
            self.query_one(Summary).scroll_relative(y=by, animate=False)
        else:
            self.go(self.round.position + by)

    async def action_page(self, by: int) -> None:
        """A page down or up in what is shown."""
        await self.wait_for_layout()
        if self.round.is_over:
            summary = self.query_one(Summary)
            summary.scroll_relative(y=by * max(1, summary.size.height - 1), animate=False)
        else:
            self.abstract.page(by)

    def action_first(self) -> None:
        """To the first paper."""
        self.go(0)

    def action_last(self) -> None:
        """To the last paper."""
        self.go(len(self.round) - 1)

    async def action_next_paper(self) -> None:
        """To the next paper; from the end to the list."""
        if self.round.is_over:
            await self.leave()
        else:
            self.step_on()

    async def action_back(self) -> None:
        """Close the note, or go to the list."""
        if self.pane == "note":
            self.close_note()
        elif self.selections:
            self.clear_selection()
        elif self.is_finding:
            self.end_finding()
        else:
            await self.leave()

    async def action_triage(self) -> None:
        """Back to the list; from the end through what is left."""
        if not self.round.is_over:
            await self.leave()
            return
        round_ = await self.host.new_round(from_cursor=False)
        if round_ is not None:
            self.begin(round_)
            self.go(0)

    async def action_view(self, view: View) -> None:
        """From the end to a view of the list."""
        if self.round.is_over:
            await self.leave(view)

    async def leave(self, view: View | None = None) -> None:
        """To the list, and say there what was decided."""
        if self.ask_about_note():
            return
        await self.wait_for_changes()
        decided = self.round.decided(self.library)
        self.host.abstract.set_measure(self.abstract.measure)
        self.host.abstract.set_line_spacing(self.abstract.line_spacing)
        self.dismiss()
        await self.host.come_back(self.round.last_met(), view)
        if any(decided.values()):
            self.host.status.say(said(len(self.round), decided), 20)

    def _next_steps(self) -> Iterator[tuple[str, str]]:
        decided = self.round.decided(self.library)
        yield key_name(self.keys, "next-paper"), "back to the list"
        if decided["later"]:
            yield key_name(self.keys, "view-later"), "what is kept for later"
        if sum(map(len, decided.values())) < len(self.round):
            yield key_name(self.keys, "triage"), "through what is left"
        if any(decided.values()):
            yield key_name(self.keys, "undo"), "undo the last decision"

    # -- the program

    async def action_quit(self) -> None:
        """Leave the program."""
        if not self.ask_about_note():
            await self.host.action_quit()


_LABELS: Final[Mapping[Pane, Mapping[str, str]]] = {
    "triage": {"triage": "to the list"},
    "triaged": {"next-paper": "to the list", "triage": "what is left", "view-later": "kept for later"},
}
"""Commands that have a narrower meaning here than elsewhere."""
_SIZES = frozenset({"-narrow", "-wide", "-short", "-tall"})
