"""The papers that are in no dump any more, by their titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from paperreader.counts import counted
from paperreader.latex import unlatex
from paperreader.text import one_line
from paperreader.tui.dialogs import Dialog
from paperreader.tui.rows import LONGEST

MOST = 500
"""Titles that are listed."""


class GoneScreen(Dialog[None]):
    """A list to be read."""

    DEFAULT_CSS = """
    GoneScreen {
      & > #box { width: 84; }
      #gone {
        height: auto; max-height: 100%; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        scrollbar-color: $thumb; scrollbar-background: $panel;
      }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "close"),
        Binding("down,j", "scroll(1)", "down"),
        Binding("up,k", "scroll(-1)", "up"),
        Binding("pagedown,space", "scroll(10)", "page down"),
        Binding("pageup", "scroll(-10)", "page up"),
    ]

    def __init__(self, titles: Sequence[str]) -> None:
        """`titles` has "" for every paper of which nothing is known any more."""
        super().__init__()
        self._titles = titles

    def compose(self) -> ComposeResult:
        """A heading and the titles."""
        with Vertical(id="box"):
            hint = Content.styled("   Esc  back", "not bold $text-muted")
            yield Static(Content("Gone since your last visit") + hint, classes="dialog-title", markup=False)
            with VerticalScroll(id="gone", can_focus=False):
                yield Static(Content("\n").join(map(Content, self._lines())), id="gone-titles", markup=False)

    def _lines(self) -> list[str]:
        known = [title for title in self._titles if title]
        lines = [f"· {one_line(unlatex(title[:LONGEST]))}" for title in known[:MOST]]
        others = len(known) - len(lines)
        nameless = len(self._titles) - len(known)
        if others:
            lines.append(f"and {others:,} more")
        if nameless:
            papers = counted(nameless, "paper")
            lines.append(f"{papers} whose titles went with their dump: nothing was written about them")
        return lines

    def action_scroll(self, lines: int) -> None:
        """Scroll down, or up where `lines` is negative."""
        self.query_one("#gone").scroll_relative(y=lines, animate=False)
