"""What the parts of the screen tell each other, apart from the widgets that say it."""

from __future__ import annotations

from textual.message import Message


class Changed(Message):
    """The annotations or the papers changed: here, or in another program."""

    def __init__(self, said: str = "", seconds: float = 5.0) -> None:
        super().__init__()
        self.said, self.seconds = said, seconds
        """What to tell the reader, if anything, and for how long."""


class Doing(Message):
    """How far a long work beside the screen has come."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        """"" when it is done."""


class Failed(Message):
    """Work beside the screen has failed."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
