"""What is on the screen, and how well it can be read: contrast as WCAG 2.2 measures it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.geometry import Region

from paperreader.tui.themes import contrast

MARKS = frozenset("●★◔–✎×▲✓")
"""Signs that mean something; they need to be seen rather than read."""


class Seen(NamedTuple):
    """A stretch of text on the screen, all in one style."""

    text: str
    style: Style

    @property
    def is_read(self) -> bool:
        """Whether it has letters or digits."""
        return any(character.isalnum() for character in self.text)

    @property
    def is_mark(self) -> bool:
        return not self.is_read and any(character in MARKS for character in self.text)

    @property
    def contrast(self) -> float:
        """From 1 to 21."""
        assert not self.style.dim, "by how much is for the terminal to say"
        return contrast(_colour(self.style.color), _colour(self.style.bgcolor))


def _colour(colour: RichColor | None) -> Color:
    assert colour is not None and colour.triplet is not None
    return Color(*colour.triplet)


def seen(app: App[None]) -> Iterator[Seen]:
    """What stands on the screen; of a dialog over another screen, what is in its box."""
    screen = app.screen
    region = screen.query_one("#box").region if screen.is_modal else Region(0, 0, *app.size)
    for strip in screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if text.strip() and style is not None:
                yield Seen(text, style)
