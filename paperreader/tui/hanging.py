"""Text whose lines begin with something, a bullet say, under which the rest of the line hangs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions


class Hang(NamedTuple):
    """How a line of a text, before it is wrapped, is set."""

    length: int = 0
    """The characters it begins with: they stand before all that follows from wrapping the rest."""
    below: str = ""
    """What stands there in place of them from the second line on; as wide as they are."""


class Hanging(Content):
    """Content with hanging indents."""

    __slots__ = ["_hangs"]

    def __init__(self, content: Content, hangs: Sequence[Hang]) -> None:
        """`hangs` are those of the lines of the text; lines beyond them do not hang."""
        super().__init__(content.plain, list(content.spans))
        self._hangs = hangs

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The number of lines."""
        return len(self.render_strips(width, None, Style(), RenderOptions(lambda _: Style(), rules)))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines, wrapped."""
        bare = RenderOptions(options.get_style, options.rules)
        strips: list[Strip] = []
        plain = Content(self.plain, list(self.spans))  # of one line, `split` would give this itself
        for y, text in enumerate(plain.split("\n", allow_blank=True)):
            hang = self._hangs[y] if y < len(self._hangs) else Hang()
            line = _selected(text, y, options)
            begins, rest = line[: hang.length], line[hang.length :]
            room = width - begins.cell_length
            if not hang.length or room < 1:
                strips += [_moved(strip, 0, y) for strip in line.render_strips(width, None, style, bare)]
                continue
            below = Content(hang.below, [span for span in begins.spans if span.start == 0])
            for number, strip in enumerate(rest.render_strips(room, None, style, bare) or [Strip([])]):
                (first,) = (below if number else begins).render_strips(width, 1, style, bare)
                strips.append(Strip([*_moved(first, 0, y), *_moved(strip, hang.length, y)]))
        return strips if height is None else strips[:height]


def _selected(line: Content, y: int, options: RenderOptions) -> Content:
    """The line with what of it is selected."""
    span = options.selection.get_span(y) if options.selection else None
    if span is None or options.selection_style is None:
        return line
    return line.stylize(options.selection_style, span[0], len(line) if span[1] < 0 else span[1])


def _moved(strip: Strip, x: int, y: int) -> Strip:
    """The strip as a part of a longer text: its characters keep their places there, for the mouse."""
    segments = []
    for text, style, control in strip:
        offset = style.meta.get("offset") if style is not None else None
        if style is not None and offset is not None:
            style = style + RichStyle.from_meta({"offset": (offset[0] + x, y)})  # noqa: PLW2901
        segments.append(Segment(text, style, control))
    return Strip(segments)
