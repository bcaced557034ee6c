"""A list of any length, of which only the rows on the screen are made and painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from paperreader.tui.scrolling import Scrolled

if TYPE_CHECKING:
    from textual.content import Content
    from textual.css.styles import RulesMap

_REMEMBERED = 512
"""Rows as they were painted that are kept: some screens full."""


def first_line(content: Content, width: int, style: Style, options: RenderOptions) -> Strip:
    """The first line of what is shown, `width` cells wide; an empty one where there is no room for any."""
    for strip in content.render_strips(width, 1, style, options):
        return strip.extend_cell_length(width, style.rich_style)
    return Strip.blank(width, style.rich_style)


class VirtualList(Scrolled, ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of a fixed height, one of which the cursor points at."""

    ALLOW_SELECT = False
    row_height = 2
    """Lines of a row."""

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The row that is pointed at, from 0."""

    class Moved(Message):
        """The cursor points at another row, or at something else on its row."""

        def __init__(self, by_hand: bool) -> None:
            super().__init__()
            self.by_hand = by_hand
            """Whether a key or the mouse moved it, and not a change of the list."""

    class Picked(Message):
        """A row was clicked twice."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.empty_text = ""
        """What stands there when there are no rows."""
        self._length = 0
        self._strips: LRUCache[tuple[int, bool, int], Sequence[Strip]] = LRUCache(_REMEMBERED)
        self._drawn: LRUCache[int, Sequence[Strip]] = LRUCache(_REMEMBERED)
        """What was painted last of each row that is in sight or was lately."""
        self._styles_by_name: dict[str, Style] = {}

    def paint_row(self, index: int, width: int, options: RenderOptions, *, here: bool) -> Sequence[Strip]:
        """The lines of a row, `row_height` strips of `width` cells; `here` is where the cursor is."""
        raise NotImplementedError

    # -- what is listed

    def show_rows(self, length: int, cursor: int, *, steady: bool = False) -> None:
        """List so many rows, with the cursor on one; `steady` leaves it where it is painted."""
        before, same = self.cursor, length == self._length and length
        self._length = length
        self._strips.clear()
        self.virtual_size = Size(0, length * self.row_height)
        self.set_reactive(VirtualList.cursor, self.validate_cursor(cursor))
        if steady and self.cursor != before:
            moved = self.scroll_offset.y + (self.cursor - before) * self.row_height
            self.scroll_to(y=moved, animate=False, force=True, immediate=True)
        self._keep_cursor_visible()
        if same:
            self._refresh_rows()
        else:
            self.refresh()
        self.post_message(self.Moved(by_hand=False))

    def repaint_rows(self) -> None:
        """Paint the same rows again: what is known of them has changed."""
        self._strips.clear()
        self._refresh_rows()

    def _refresh_rows(self) -> None:
        """Paint those rows in sight that look otherwise by now."""
        top, height = self.scroll_offset.y, self.size.height
        for index in range(top // self.row_height, min(self._length, -(-(top + height) // self.row_height))):
            if self._drawn.get(index) is not self._strips_of(index):
                self.refresh_lines(index * self.row_height, self.row_height)

    # -- painting

    def style(self, name: str) -> Style:
        """The style of one part of a row, as the theme has it."""
        style = self._styles_by_name.get(name)
        if style is None:
            style = self.visual_style if name == "base" else self._part_style(name)
            self._styles_by_name[name] = style
        return style

    def _part_style(self, name: str) -> Style:
        return self.get_visual_style(f"row--{name}", partial=name != "cursor")

    @property
    def _options(self) -> RenderOptions:
        return RenderOptions(self._get_style, cast("RulesMap", self.styles))

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        index, part = divmod(line, self.row_height)
        if index >= self._length:
            return self._empty_line(line, width)
        strips = self._drawn[index] = self._strips_of(index)
        return strips[part]

    def _strips_of(self, index: int) -> Sequence[Strip]:
        here, width = index == self.cursor, self.scrollable_content_region.width
        strips = self._strips.get((index, here, width))
        if strips is None:
            strips = self.paint_row(index, width, self._options, here=here)
            self._strips[index, here, width] = strips
        return strips

    def _empty_line(self, line: int, width: int) -> Strip:
        base = self.style("base")
        if not self._length and line > 0:
            from textual.content import Content

            wrapped = Content(self.empty_text).wrap(max(1, width - 4))
            if line <= len(wrapped):
                text = Content("  ") + wrapped[line - 1].stylize(self.style("meta"))
                return first_line(text, width, base, self._options)
        return Strip.blank(width, base.rich_style)

    # -- moving

    def validate_cursor(self, value: int) -> int:
        """The nearest row there is."""
        return max(0, min(value, self._length - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows concerned, and scroll no further than needed."""
        self.refresh_lines(old * self.row_height, self.row_height)
        self.refresh_lines(new * self.row_height, self.row_height)
        self._keep_cursor_visible()
        self.post_message(self.Moved(by_hand=True))

    def _keep_cursor_visible(self) -> None:
        region = Region(0, self.cursor * self.row_height, 1, self.row_height)
        self.scroll_to_region(region, animate=False, force=True, immediate=True, x_axis=False)

    def move(self, rows: int) -> None:
        """Move the cursor down, or up where `rows` is negative."""
        self.cursor += rows

    def page(self, pages: int) -> None:
        """Move the cursor by what fits in the pane, less one row to hold on to."""
        self.cursor += pages * max(1, self.scrollable_content_region.height // self.row_height - 1)

    def go(self, index: int) -> None:
        """Move the cursor to a row; -1 is the last one."""
        self.cursor = index if index >= 0 else self._length - 1

    # -- the mouse, and changes of size and theme

    def on_click(self, event: events.Click) -> None:
        """Point at the row; a second click picks it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self.row_height
        if index < self._length:
            self.cursor = index
            if event.chain == 2:
                self.post_message(self.Picked())

    def on_resize(self) -> None:
        """Rows are cut anew, and the cursor stays in sight."""
        self._strips.clear()
        self._keep_cursor_visible()

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        self._strips.clear()
        self._drawn.clear()
        self._styles_by_name.clear()
        super().notify_style_update()
