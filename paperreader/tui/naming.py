"""Asking what a search is to be called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from paperreader.config import name_problem
from paperreader.text import one_line
from paperreader.tui.dialogs import Dialog
from paperreader.tui.text_input import TextInput


class NameScreen(Dialog[str | None]):
    """Asks for a name, and offers one. Gives the name, or None."""

    DEFAULT_CSS = """
    NameScreen {
      & > #box { width: 64; }
      #named { color: $text-muted; width: 100%; height: auto; max-height: 4; margin-bottom: 1; }
      #name { width: 100%; background: $foreground 7%; background-tint: transparent; padding: 0 1; }
      &.-short #named { margin: 0; }
      &.-short .dialog-title, &.-short #named, &.-short .dialog-hint { max-height: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "close"),
        Binding("enter", "accept", "save"),
    ]

    def __init__(self, title: str, query: str, offered: str, known: Mapping[str, str]) -> None:
        """`offered` is the name that stands there at first; `known` are the searches that have one."""
        super().__init__()
        self._title, self._query, self._offered, self._known = title, query, offered, known

    def compose(self) -> ComposeResult:
        """What is named, its name, and what Enter would do."""
        with Vertical(id="box"):
            yield Static(Content(self._title), classes="dialog-title", markup=False)
            yield Static(Content(self._query), id="named", markup=False)
            yield TextInput(self._offered, id="name", compact=True)
            yield Static("", classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """Type here, in place of what is offered."""
        self.set_focus(self.query_one(TextInput))

    @property
    def _given(self) -> str:
        return one_line(self.query_one(TextInput).value)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one(".dialog-hint", Static).update(Content(self._hint()))

    def _hint(self) -> str:
        if problem := name_problem(self._given):
            return f"{problem[0].upper()}{problem[1:]}   Esc leaves it"
        replaced = self._known.get(self._given, self._query)
        # what is lost is said before it is
        does = "saves it" if replaced == self._query else f"replaces “{replaced}”"
        return f"⏎ {does}   Esc leaves it"

    def action_accept(self) -> None:
        """Answer with the name, if it can be one."""
        if not name_problem(self._given):
            self.dismiss(self._given)
