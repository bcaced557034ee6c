"""Widgets that ask Textual for less: what a key changes is laid out and painted once, and nothing besides.

A frame takes most of the time between a key and what it does. Textual lays the screen out again for each
widget whose contents have another size now, also where it is by the layout that it learns of that; and it
paints a scrollbar with every layout, whether it has changed or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static


class Text(Static):
    """A text that has no other size than its place."""

    virtual_size = Reactive(Size(0, 0), repaint=False)


class Thumb(ScrollBar):
    """A scrollbar that is painted when it looks otherwise, and then at once."""

    _painted: object = None
    _strips: Sequence[Strip] = ()

    def _looks(self) -> object:
        parent = self.parent
        assert isinstance(parent, Widget)  # noqa: S101
        styles = parent.styles
        return (
            *(self.size, self.window_virtual_size, self.window_size, self.position),
            *(self.mouse_over, self.grabbed, parent.background_colors, self.app.theme),
            *(styles.scrollbar_color, styles.scrollbar_color_hover, styles.scrollbar_color_active),
        )

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Have it painted again, if that would make a difference."""
        if regions or layout or recompose or not self.parent or self._looks() != self._painted:
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its lines, of which nearly all are the same."""
        looks = self._looks()
        if looks != self._painted:
            bar = self.render()
            assert isinstance(bar, ScrollBarRender) and isinstance(bar.style, Style)  # noqa: S101
            segments = bar.render_bar(
                size=self.size.height,
                virtual_size=bar.virtual_size,
                window_size=bar.window_size,
                position=bar.position,
                thickness=bar.thickness,
                back_color=bar.style.bgcolor or Color.default(),
                bar_color=bar.style.color or Color.default(),
            ).segments
            strips = {segment: self._filtered(segment) for segment in set(segments)}
            self._painted, self._strips = looks, [strips[segment] for segment in segments]
        return list(self._strips[crop.y : crop.bottom])

    def _filtered(self, segment: Segment) -> Strip:
        strip = Strip([segment], self.size.width)
        for each in self.get_line_filters():
            strip = strip.apply_filter(each, self.background_colors[1])
        return strip


class Scrolled(Widget):
    """Something that is scrolled, with such a scrollbar."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            bar = Thumb(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar
