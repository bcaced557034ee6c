"""What the parts of the main screen share: the library, the paper under the cursor, the two threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen
from textual.widget import Widget

from paperreader.latex import unlatex
from paperreader.library import IndexUnusable, Library
from paperreader.paper import Paper
from paperreader.text import one_line
from paperreader.tui import reasons
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.bars import StatusLine
from paperreader.tui.commands import Pane
from paperreader.tui.labels import label, part
from paperreader.tui.messages import Changed, Failed
from paperreader.tui.page import LONGEST as LONGEST_ABSTRACT
from paperreader.tui.page import Page
from paperreader.tui.paper_list import PaperList
from paperreader.tui.rows import LONGEST, Row
from paperreader.tui.steady import unjoined
from paperreader.tui.threads import InTurn

if TYPE_CHECKING:
    from paperreader.tui.app import ReaderApp

LONGEST_WAIT = 15.0
"""Seconds that leaving waits for changes to be written."""
SHORT_WAIT = 1.0
"""Seconds that a key waits for what keys before it have changed, where what it does depends on that."""

POLL = 1.5
"""Seconds between two looks at whether another program has changed the annotations."""


_readable = lru_cache(maxsize=256)(unlatex)
"""A row is painted again whenever something about it changes; its text stays the same."""


class ReaderScreen(Screen[None]):
    """The state of the main screen, and what is derived from it."""

    app: ReaderApp

    def __init__(
        self, library: Library, keys: Mapping[str, str], said: str = "", classes: str | None = None
    ) -> None:
        super().__init__(classes=classes)
        self.library = library
        self.keys = keys
        """Command id -> its keys as they are mapped now."""
        self.answer = library.search()
        """What is listed."""
        self.pages = library.pages()
        """Where the papers of the answer are, also when others have come in meanwhile."""
        self.said = said
        """What the status line says first."""
        self._gone = -1
        """The revision of the library whose index was found to be unusable last."""
        self.near = ""
        """The id of the paper whose neighbours are listed; "" where it is a view."""
        self._shown = ""
        """The id of the paper on the page."""
        self.raw = False
        """Whether texts are shown as they came."""
        self.changes = InTurn(self._look_for_changes, POLL, self.failed, "annotations")

    # -- the widgets

    @property
    def papers(self) -> PaperList:
        """The list pane."""
        return self.query_one(PaperList)

    @property
    def abstract(self) -> AbstractPane:
        """The abstract pane."""
        return self.query_one(AbstractPane)

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self.query_one(StatusLine)

    @property
    def home(self) -> Widget:
        """What has the focus when nothing else has."""
        return self.papers

    def tell(self, text: str) -> None:
        """Say what just happened, where it can be seen."""
        line = self.app.screen.query(StatusLine) or self.query(StatusLine)
        line.first(StatusLine).say(text)

    # -- the paper under the cursor

    @property
    def ordinal(self) -> int | None:
        """The ordinal of the paper under the cursor."""
        return self.papers.ordinal

    @property
    def paper(self) -> Paper | None:
        """The paper under the cursor."""
        ordinal = self.ordinal
        return None if ordinal is None else self._paper_at(ordinal)

    def _paper_at(self, ordinal: int) -> Paper:
        try:
            with self.library.noting_damage():
                return self.pages.paper(ordinal)
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))
            return Paper("", "…", "")

    def index_is_gone(self, reason: str) -> None:
        """Have the index made again, once for each that proves to be unusable."""
        if self._gone == self.library.revision:
            return
        self._gone = self.library.revision

        def job() -> str:
            self.library.rebuild()
            return f"The index was {reason}: it is made again from the dumps"

        self.do_at_length(job)

    @on(PaperList.Lost)
    def _lost(self, message: PaperList.Lost) -> None:
        self.index_is_gone(message.reason)

    def shown(self, text: str) -> str:
        """The text as it is to be read."""
        return unjoined(text if self.raw else _readable(text))

    def row(self, ordinal: int) -> Row:
        """What the list shows of a paper."""
        paper = self._paper_at(ordinal)
        noted = self.library.annotation(paper)
        title = self.shown(paper.title[:LONGEST]) or "(no title)"
        return Row(
            title=title,
            day=paper.last_day,
            sightings=paper.seen,
            figures=tuple(reasons.figures(self.answer, paper, self._newest)),
            spans=tuple(reasons.spans(self.answer, paper)(title, "title")),
            starred=noted.starred,
            new=self.library.is_new(paper),
            noted=bool(noted.note),
            read=noted.read,
            unsaved=self._is_unsaved(paper),
            skipped=noted.skipped,
            later=noted.later,
            tags=noted.tags,
        )

    def _page(self) -> Page | None:
        paper = self.paper
        if paper is None:
            return None
        noted = self.library.annotation(paper)
        facts = [
            ("★ starred", "star", noted.starred),
            ("● new", "new", self.library.is_new(paper)),
            ("◔ later", "later", noted.later),
            ("– skipped", "meta", noted.skipped),
            ("read", "meta", noted.read),
            ("not saved yet", "unsaved", self._is_unsaved(paper)),
            *((label(tag), part(tag), True) for tag in noted.tags),
        ]
        return Page(
            paper,
            self.shown(paper.title[:LONGEST]) or "(no title)",
            self.shown(paper.abstract[:LONGEST_ABSTRACT]),
            unjoined(noted.note),
            reasons.spans(self.answer, paper),
            [(text, where) for text, where, holds in facts if holds],
            reasons.why(self.answer, paper, near=bool(self.near)),
        )

    def _is_unsaved(self, paper: Paper) -> bool:
        return not self.library.annotations.unsaved.isdisjoint(paper.keys)

    @property
    def _newest(self) -> date:
        """The latest day of the library."""
        days = self.pages.indexed.days() if self.pages.indexed else ()
        return days[-1] if days else date.min

    def turn_page(self) -> None:
        """Show the paper under the cursor: from its top, unless it is shown already."""
        page = self._page()
        shown = page.paper.id if page else ""
        if shown == self._shown:
            self.abstract.repaint_page(page)
        else:
            self._shown = shown
            self.clear_selection()
            self.abstract.show(page)

    def repaint(self) -> None:
        """Show the same again: what is known of the papers has changed."""
        self.papers.repaint_rows()
        self.abstract.repaint_page(self._page())

    @property
    def pane(self) -> Pane:
        """What has the focus."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """Let the footer show the keys that count now."""
        raise NotImplementedError

    # -- what can be done wherever one reads

    def action_raw(self) -> None:
        """Texts as they came, and back."""
        self.raw = not self.raw
        self.repaint()
        self.status.say("Showing the text as it came" if self.raw else "Showing LaTeX as Unicode")

    async def action_help(self) -> None:
        """Every key."""
        from paperreader.tui.help import HelpScreen

        footnote = one_line(f"The library is in {self.library.folder}")
        await self.app.push_screen(HelpScreen(self.keys, self.pane, footnote))

    def action_palette(self) -> None:
        """Every command by name."""
        from paperreader.tui.palette import Palette

        if not isinstance(self.app.screen, Palette):
            self.app.push_screen(Palette(id="--command-palette"))

    # -- changes

    def failed(self, error: Exception) -> None:
        """Let the screen know that work beside it has failed, and go on: what is on the disk is whole."""
        self.post_message(Failed(error))

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        error = message.error
        self.status.say(f"This failed: {type(error).__name__}: {error}. Please report it.", seconds=20)

    def change(self, job: Callable[[], str]) -> None:
        """Do the job in its turn beside the screen; then say what it returns, and show what changed."""

        def run() -> None:
            self.post_message(Changed(job()))

        self.changes.do(run)

    def do_at_length(self, job: Callable[[], str]) -> None:
        """The same for a job that may take minutes, for which no change is to wait."""
        raise NotImplementedError

    def _look_for_changes(self) -> None:
        before = self.library.annotations.problem
        if self.library.annotations.refresh() or self.library.annotations.problem != before:
            self.post_message(Changed())
