"""A line to type in above a list that follows what is typed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from paperreader.tui.text_input import TextInput


class SearchLine(Horizontal):
    """Where one types, and beside it how much was found."""

    DEFAULT_CSS = """
    SearchLine {
      height: 1;
      & > #sign { width: 2; color: $primary; text-style: bold; }
      & > #search { width: 1fr; background: transparent; background-tint: transparent; padding: 0; }
      & > #count { width: auto; max-width: 40%; color: $text-muted; padding-left: 2; }
    }
    """

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """A sign, the input, the count."""
        yield Static("/", id="sign", markup=False)
        yield TextInput(placeholder=self._placeholder, id="search", compact=True, select_on_focus=False)
        yield Static("", id="count", markup=False)

    @property
    def text(self) -> str:
        """What stands there."""
        return self.query_one(Input).value

    def count(self, text: str) -> None:
        """Say how much was found."""
        self.query_one("#count", Static).update(Content(text))
