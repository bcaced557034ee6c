"""The main screen: filter on top, list left, abstract right, status and keys below."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from paperreader import places, welcome
from paperreader.library import Library
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.annotating import Annotating
from paperreader.tui.attention import Attention
from paperreader.tui.bars import FilterBar, KeyLine, StatusLine, ViewLine
from paperreader.tui.bulk import Bulk
from paperreader.tui.commands import Pane, bindings
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.finding_here import FindingHere
from paperreader.tui.incoming import Incoming
from paperreader.tui.paper_list import PaperList
from paperreader.tui.reader_screen import LONGEST_WAIT
from paperreader.tui.saving import Saving
from paperreader.tui.sharing import Sharing
from paperreader.tui.tagging import Tagging
from paperreader.tui.triaging import Triaging
from paperreader.tui.typesetting import Typesetting
from paperreader.tui.whats_new import WhatsNew

if TYPE_CHECKING:
    from paperreader.tui.hint_line import HintLine


_GARBAGE = (5_000, 20, 100)
"""When garbage is collected, see `gc.set_threshold`: all of it rarely, as that takes as long as a frame."""
_LINES_FOR_TWO = 9
"""Lines of a screen that has room for list and abstract."""


def _welcomed() -> None:
    welcome.done(places.state_folder())


def _collect_garbage() -> None:
    """From the first frame on, as usual; what was made before it is not looked at again."""
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    gc.enable()


class MainScreen(
    Saving, WhatsNew, Bulk, Triaging, Annotating, Tagging, Sharing, FindingHere, Typesetting, Incoming
):
    """The panes, and the keys that belong to all of them."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "PaperList"
    hint: HintLine | None = None
    """The keys to begin with, at the first visit."""

    @classmethod
    def with_keys(cls, keys: Mapping[str, str]) -> type[MainScreen]:
        """This screen, bound to these keys: command id -> keys, separated by commas."""
        return type("MainScreen", (cls,), {"BINDINGS": bindings(keys)})

    def __init__(self, library: Library, keys: Mapping[str, str], said: str, size: Size) -> None:
        """`said` is what the status line says first, `size` that of the terminal."""
        # Textual would give itself these names after a first frame in another layout
        sides = ((self.HORIZONTAL_BREAKPOINTS, size.width), (self.VERTICAL_BREAKPOINTS, size.height))
        classes = [[name for least, name in names if length >= least][-1] for names, length in sides]
        super().__init__(library, keys, said, " ".join(classes))
        self.attention = Attention()

    def compose(self) -> ComposeResult:
        """The panes from top to bottom."""
        yield FilterBar(self.keys)
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield ViewLine()
                yield PaperList(self.row, id="list")
            with Vertical(id="reading"):
                settings = self.app.settings
                yield AbstractPane(settings.measure, settings.line_spacing, id="abstract")
        if welcome.is_due(places.state_folder()):
            from paperreader.tui.hint_line import HintLine

            self.hint = HintLine(self.keys, lambda: self.changes.do(_welcomed))
            yield self.hint
        yield StatusLine()
        yield KeyLine(self.keys)

    def on_mount(self) -> None:
        """List the papers in the first frame."""
        self.start_reading()
        self.start_finding()
        # and not by a message, which takes a moment: a key may follow that means what is typed now
        box = self.query_one(FilterInput)
        self.watch(box, "value", self.typed, init=False)
        self.text = box.value
        self.call_after_refresh(_collect_garbage)
        self.changes.start()
        self.start_recalling()
        self.status.say(self.library.annotations.notice or self.said, seconds=20)
        self.start_incoming(self.app.settings)
        if self.app.begins_with_triage:
            self.open_triage(self.whole_round(), self.status.said)

    def on_unmount(self) -> None:
        """End the threads."""
        self.finder.end()
        self.end_incoming()
        self.changes.end()

    # -- the panes

    @property
    def pane(self) -> Pane:
        """The pane that has the focus."""
        if isinstance(self.focused, FilterInput):
            return "filter"
        if self.focused is not None and self.focused.id in ("note-text", "search"):
            return "note" if self.focused.id == "note-text" else "find"
        if not len(self.library):
            return "empty"
        return "abstract" if isinstance(self.focused, AbstractPane) else "list"

    @property
    def moved_pane(self) -> PaperList | AbstractPane:
        """What the keys for moving move: from the filter, the list."""
        return self.abstract if self.pane in ("abstract", "find") else self.papers

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        self.show_keys()
        self.set_class(self.pane in ("abstract", "note"), "-in-abstract")
        self.attention.hold("the filter", self.pane == "filter")
        if self.pane != "filter":
            self.remember()
        self.call_after_refresh(self.repaint)

    def on_resize(self, event: events.Resize) -> None:
        """On a screen of a few lines there is room for one pane, the focused one."""
        self.set_class(event.size.height < _LINES_FOR_TWO, "-tiny")

    def show_keys(self) -> None:
        """Let the footer show the keys that count now."""
        self.query_one(KeyLine).pane = self.pane
        if self.hint:
            self.hint.set_class(not len(self.library), "-idle")

    def action_pane(self, step: int) -> None:
        """To the next pane."""
        panes = [self.query_one(FilterInput), self.papers, self.abstract, *self.query("NoteEditor TextArea")]
        panes = [pane for pane in panes if pane.is_on_screen or pane.focusable]
        here = panes.index(self.focused) if self.focused in panes else 0
        self.set_focus(panes[(here + step) % len(panes)])

    def action_focus_filter(self) -> None:
        """To the end of the filter."""
        self.remove_class("-zen")
        box = self.query_one(FilterInput)
        self.set_focus(box)
        box.action_end()

    async def action_accept(self) -> None:
        """From the filter to the list; first to what was meant, if the filter is misspelt."""
        await self.wait_for_answer()
        if self.answered and self.answer.meant:
            box = self.query_one(FilterInput)
            box.value = self.answer.meant
            box.action_end()
            return
        self.remember()
        self._chosen = True
        self.set_focus(self.papers)

    async def action_back(self) -> None:
        """Close the note, forget the selection, end finding, leave zen, clear the filter: what is next."""
        if self.pane == "note":
            self.close_note()
        elif self.selections:
            self.clear_selection()
        elif self.is_finding:
            self.end_finding()
        elif self.has_class("-zen"):
            self.action_zen()
        elif self.text:
            await self.action_clear()
        elif not await self.step_back():
            await self.wait_for_answer()
            self.set_focus(self.papers)

    async def action_move(self, by: int) -> None:
        """Down or up in the pane."""
        await self._pane_is_laid_out()
        self.moved_pane.move(by)

    async def action_page(self, by: int) -> None:
        """A page down or up in the pane."""
        await self._pane_is_laid_out()
        self.moved_pane.page(by)

    def action_first(self) -> None:
        """To the first row or line."""
        self.moved_pane.go(0)

    async def action_last(self) -> None:
        """To the last row or line."""
        if self.moved_pane is self.papers:
            await self.put_in_order()
        await self._pane_is_laid_out()
        self.moved_pane.go(-1)

    async def _pane_is_laid_out(self) -> None:
        # rows are where they are whatever is laid out, and many of them are passed in one burst
        if self.moved_pane is self.abstract:
            await self.wait_for_layout()

    def step_on(self) -> None:
        """To the next paper of the list, which is shown at once."""
        if self.papers.cursor + 1 < len(self.papers.ordinals):
            self.papers.move(1)
            self.turn_page()
        elif self.papers.ordinals:
            self.status.say("This is the last paper of the list")

    def action_zen(self) -> None:
        """The abstract alone, and back."""
        zen = not self.has_class("-zen")
        self.set_class(zen, "-zen")
        self.to_be_laid_out()
        self.set_focus(self.abstract if zen else self.papers)

    @on(PaperList.Picked)
    def _picked(self) -> None:
        self.action_star()

    # -- the program

    def action_notes(self) -> None:
        """All notes, to be found in and to be gone to."""
        from paperreader.tui.notes import NotesScreen

        def copy(text: str) -> None:
            self._copy(lambda: text, "Note")

        screen = NotesScreen.with_keys(self.keys)
        self.app.push_screen(screen(self.library, self.keys, copy), self._go_to)

    def action_statistics(self) -> None:
        """The library in numbers."""
        from paperreader.tui.statistics import StatisticsScreen

        screen = StatisticsScreen.with_keys(self.keys)
        self.app.push_screen(screen(self.library, self.keys))

    def _go_to(self, paper_id: str | None) -> None:
        if paper_id:
            self.show_paper(paper_id)

    def pressed(self, key: str, character: str | None) -> None:
        """Let the first visit's hint know of a key that is about to do something."""
        if self.hint and self.pane not in ("filter", "note") and self.hint.notice(key, character):
            self.action_welcomed()

    def action_welcomed(self) -> None:
        """Take the first visit's hint away."""
        if self.hint:
            self.hint.remove()
            self.hint = None

    async def action_quit(self) -> None:
        """Leave, but not with changes that are not on disk unless the reader says so."""
        if self.ask_about_note():
            return
        self.attend_to(None)
        if not await asyncio.to_thread(self.changes.flush, LONGEST_WAIT):
            self.status.say("Something is still being written; try again in a moment")
            return
        unsaved = len(self.library.annotations.unsaved)
        if unsaved:
            self._ask_before_losing(unsaved)
        else:
            await asyncio.to_thread(self.library.end_visit)
            self.app.exit()

    def leave_at_once(self, signal_number: int) -> None:
        """Leave because the terminal or the machine goes away: what is being written is saved."""
        self.save_open_note()
        self.attend_to(None)
        if self.changes.flush(LONGEST_WAIT):
            self.library.end_visit()
        self.app.exit(return_code=128 + signal_number)

    def _ask_before_losing(self, unsaved: int) -> None:
        from paperreader.tui.dialogs import Choice, ChoiceScreen

        papers = "1 paper" if unsaved == 1 else f"{unsaved} papers"
        question = f"What you did to {papers} is not saved.\n{self.library.annotations.problem}"
        choices = [Choice("t", "Try again", "try"), Choice("l", "Leave and lose it", "lose")]

        def decided(choice: str | None) -> None:
            if choice == "try":
                self.changes.do(self._look_for_changes)
            elif choice == "lose":
                self.app.exit()

        self.app.push_screen(ChoiceScreen(question, choices, "Esc  stay"), decided)
