"""The list of all notes: the newest first, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content, Span
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widgets import Input

from paperreader import notes
from paperreader.counts import counted
from paperreader.latex import unlatex
from paperreader.library import Cancelled, IndexUnusable, Library
from paperreader.notes import FoundNotes, Note
from paperreader.text import one_line
from paperreader.tui import rows
from paperreader.tui.bars import StatusLine
from paperreader.tui.commands import key_name
from paperreader.tui.messages import Failed
from paperreader.tui.search_line import SearchLine
from paperreader.tui.side_screen import KeyHints, SideScreen
from paperreader.tui.steady import unjoined
from paperreader.tui.threads import NewestWins
from paperreader.tui.virtual_list import VirtualList, first_line

_LOOKED_AT = 20_000
"""Characters of a note in which matches are looked for when it is painted."""
_BEFORE = 24
"""Characters before a match that are shown, too."""


class LookedThrough(Message):
    """The notes were looked through."""

    def __init__(self, text: str, found: FoundNotes) -> None:
        super().__init__()
        self.text, self.found = text, found


class NoteRows(VirtualList):
    """A note a row: the paper's title and when, then the first lines of it, or those about a match."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--cursor",
        "row--bar",
        "row--match",
        "row--meta",
        "row--meta-here",
        "row--title",
    }

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.found = FoundNotes([], 0, None, "")

    def show(self, found: FoundNotes, empty_text: str) -> None:
        """List other notes, with the cursor on the first."""
        self.found, self.empty_text = found, empty_text
        self.show_rows(len(found.notes), 0)

    @property
    def note(self) -> Note | None:
        """The note under the cursor."""
        return self.found.notes[self.cursor] if self.found.notes else None

    def on_resize(self) -> None:
        """Leave out what there is no room for."""
        self.row_height = 4 if self.size.height >= 12 else 2
        self.show_rows(len(self.found.notes), self.cursor)

    def paint_row(self, index: int, width: int, options: RenderOptions, *, here: bool) -> Sequence[Strip]:
        """The lines of a note, the last of them empty where there is room for it."""
        note, base = self.found.notes[index], self.style("cursor" if here else "base")
        inner = max(1, width - rows.GUTTER - 1)
        about = self.style("meta-here" if here else "meta")
        lines = [
            self._heading(note, inner, about),
            *self._excerpt(note.text, inner, max(1, self.row_height - 2)),
        ]
        bar = Content.styled("▌" if here else " ", self.style("bar")) + " " * (rows.GUTTER - 1)
        strips = [first_line(bar + line, width, base, options) for line in lines]
        blank = Strip.blank(width, self.style("base").rich_style)
        return [*strips, *[blank] * (self.row_height - len(strips))]

    def _heading(self, note: Note, width: int, about: Style) -> Content:
        when = _when(note.at)
        title = rows.cut(
            unjoined(unlatex(note.title[: rows.LONGEST])) or "(no title)", max(1, width - len(when) - 2)
        )
        heading = Content.styled(title, self.style("title"))
        gap = max(2, width - heading.cell_length - len(when))
        return heading + Content.styled(" " * gap + when, about)

    def _excerpt(self, text: str, width: int, lines: int) -> list[Content]:
        flat = unjoined(text[:_LOOKED_AT]).translate({9: 32, 10: 32})
        marks = self.found.marks
        spans = marks.spans(flat, "note") if marks else []
        start = 0
        if spans and spans[0][1] > width * lines * 3 // 4:
            start = flat.rfind(" ", 0, max(0, spans[0][0] - _BEFORE)) + 1
        shown = flat[start : start + width * lines * 2]
        match = self.style("match")
        marked = Content(shown, [Span(a - start, b - start, match) for a, b in spans if a >= start])
        wrapped = (Content("… ") + marked if start else marked).wrap(width)
        if len(wrapped) > lines:
            last = wrapped[lines - 1].rstrip()
            wrapped[lines - 1] = last.truncate(width - 1) + "…"
        return wrapped[:lines]


def _when(at: datetime | None) -> str:
    if at is None:
        return ""
    here = at.astimezone()
    return f"{here:%H:%M}" if here.date() == rows.today() else rows.short_day(here.date())


class NotesScreen(SideScreen):
    """All notes over the whole screen. Gives the id of the paper to go to, or None."""

    DEFAULT_CSS = """
    NotesScreen {
      background: $surface;
      SearchLine { background: $panel; padding: 0 1; }
      SearchLine > #sign { color: $text-muted; }
      SearchLine:focus-within > #sign { color: $primary; text-style: bold; }
      NoteRows { margin-top: 1; & > .row--title { text-style: bold; } }
      &.-short NoteRows { margin-top: 0; }
    }
    """
    AUTO_FOCUS = "NoteRows"
    KEYS: ClassVar[Mapping[str, str]] = {
        **SideScreen.KEYS,
        "accept": "go_to",
        "filter": "filter",
        "copy": "copy",
        "notes": "close",
        "next-pane": "other_pane",
        "previous-pane": "other_pane",
    }

    def __init__(self, library: Library, keys: Mapping[str, str], copy: Callable[[str], None]) -> None:
        """`copy` takes the text of a note to the clipboard."""
        super().__init__()
        self._library, self._keys, self._copy = library, keys, copy
        self._finder = NewestWins(self._find, self._failed, "notes")

    def compose(self) -> ComposeResult:
        """What is sought, the notes, what can be pressed."""
        yield SearchLine("type to find notes")
        yield NoteRows()
        yield StatusLine()
        hints = (
            ("accept", "go to the paper", "go_to"),
            ("copy", "copy", "copy"),
            ("filter", "find", "filter"),
        )
        yield KeyHints(
            [*((key_name(self._keys, c), label, do) for c, label, do in hints), ("Esc", "back", "back")]
        )

    def on_mount(self) -> None:
        """List all of them."""
        self._finder.ask("")

    def on_unmount(self) -> None:
        """End the thread."""
        self._finder.end()

    # -- finding

    def _find(self, text: str, cancelled: Callable[[], bool]) -> None:
        try:
            found = notes.find(self._library, text, cancelled)
        except (Cancelled, IndexUnusable):
            return  # the main screen meets a damaged index, too, and has it made again
        self.post_message(LookedThrough(text, found))

    def _failed(self, error: Exception) -> None:
        self.post_message(Failed(error))

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        message.stop()
        self.query_one(StatusLine).say(f"This failed: {type(message.error).__name__}: {message.error}", 20)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._finder.ask(message.value)

    @on(LookedThrough)
    def _answered(self, message: LookedThrough) -> None:
        found, line = message.found, self.query_one(SearchLine)
        if message.text != line.text:
            return
        empty = "Nothing matches.\n\nEsc clears the filter." if found.total else self._no_notes()
        self.query_one(NoteRows).show(found, empty)
        shown = f"{len(found.notes):,} of " if message.text.strip() else ""
        line.count(f"0 of {found.total:,}" if found.meant else f"{shown}{counted(found.total, 'note')}")

    @on(NoteRows.Moved)
    def _moved(self) -> None:
        found = self.moved.found
        here = f"{self.moved.cursor + 1:,} of {len(found.notes):,}" if found.notes else ""
        meant = f"did you mean  {one_line(found.meant)} ?" if found.meant else ""
        self.query_one(StatusLine).where = " · ".join(filter(None, (here, meant)))

    def _no_notes(self) -> str:
        return f"No notes yet: {key_name(self._keys, 'note')} writes one under the abstract."

    # -- what the reader does

    @property
    def moved(self) -> NoteRows:
        """The list."""
        return self.query_one(NoteRows)

    @on(NoteRows.Picked)
    @on(Input.Submitted)
    def action_go_to(self) -> None:
        """To the paper of the note, in the main list."""
        note = self.moved.note
        if note:
            self.dismiss(note.paper_id)

    def action_copy(self) -> None:
        """Copy the note."""
        note = self.moved.note
        if note:
            self._copy(note.text)

    def action_filter(self) -> None:
        """Type words to find."""
        self.set_focus(self.query_one(Input))

    def action_other_pane(self) -> None:
        """From the filter to the list, and back."""
        self.set_focus(self.query_one(Input) if self.focused is self.moved else self.moved)

    def action_back(self) -> None:
        """Clear the filter, then back to the list, then close."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
        elif self.focused is box:
            self.set_focus(self.moved)
        else:
            self.action_close()
