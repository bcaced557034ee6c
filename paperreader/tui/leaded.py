"""Text with air between its lines."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions


class Leaded(Content):
    """Content that leaves an empty line between those lines of its text that follow from wrapping."""

    __slots__ = ["_leaded"]

    def __init__(self, content: Content, leaded: range) -> None:
        """`leaded` are the lines of the text, before it is wrapped, that are to have air."""
        super().__init__(content.plain, list(content.spans))
        self._leaded = leaded

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The number of lines, those that are empty included."""
        return len(self.render_strips(width, None, Style(), RenderOptions(lambda _: Style(), rules)))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines, each of the leaded ones but their last with an empty one below it."""
        strips: list[Strip] = []
        above = -1
        for strip in super().render_strips(width, None, style, options):
            line = line_of(strip)
            if line == above and line in self._leaded:
                strips.append(Strip.blank(width, style.rich_style))
            strips.append(strip)
            above = line
        return strips if height is None else strips[:height]


def line_of(strip: Strip) -> int:
    """The line of the text that a strip is a part of; -1 when nothing of the text is in it."""
    return next((y for x, y, _ in places(strip)), -1)


def places(strip: Strip) -> list[tuple[int, int, int]]:
    """What of a text is in a strip: for each segment its place in its line, the line, and its length."""
    offsets = [(segment, segment.style.meta.get("offset")) for segment in strip if segment.style is not None]
    return [(*offset, len(segment.text)) for segment, offset in offsets if offset is not None]
