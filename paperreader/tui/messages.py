"""What the parts of the screen tell each other, apart from the widgets that say it."""

from __future__ import annotations

from textual.message import Message


class Changed(Message):
    """The annotations changed: here, by undo, or in another program."""

    def __init__(self, said: str = "") -> None:
        super().__init__()
        self.said = said
        """What to tell the reader, if anything."""


class NoteSaved(Message):
    """The text of a note is to be kept."""

    def __init__(self, paper_id: str, title: str, text: str) -> None:
        super().__init__()
        self.paper_id, self.title, self.text = paper_id, title, text


class NoteClosed(Message):
    """The note is not being written any more."""
