"""One line of text, into which nothing but text comes."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from paperreader.text import clean, one_line


class TextInput(Input, inherit_bindings=False):
    """An input that takes what is typed or pasted without what a terminal would obey.

    It has no key for being done with: Enter belongs to whatever it is a part of.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Input.BINDINGS if getattr(binding, "action", "") != "submit"
    ]

    def on_mount(self) -> None:
        """Nothing moves unless a key was pressed."""
        self.cursor_blink = False

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert what is typed or pasted."""
        super().insert_text_at_cursor(_typed(text))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a selection by what is typed or pasted."""
        super().replace(_typed(text), start, end)


def _typed(text: str) -> str:
    return one_line(text) if len(text) > 1 else clean(text)
