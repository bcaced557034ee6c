"""The list pane: any number of papers, of which only those on the screen are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip
from textual.visual import RenderOptions

from paperreader.library import IndexUnusable
from paperreader.tui.labels import PARTS
from paperreader.tui.rows import Row, paint
from paperreader.tui.virtual_list import VirtualList


class PaperList(VirtualList):
    """Two lines a paper, over a sequence of ordinals."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--cursor",
        "row--bar",
        "row--match",
        "row--meta",
        "row--meta-here",
        "row--star",
        "row--new",
        "row--read",
        "row--unsaved",
        "row--skipped",
        "row--later",
        *(f"row--{part}" for part in PARTS),
    }

    class Lost(Message):
        """The index proved to be unusable: what is listed cannot be told."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, row: Callable[[int], Row], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.ordinals: Sequence[int] = ()
        self._row = row
        self._painted: LRUCache[tuple[Row, int, bool], Sequence[Strip]] = LRUCache(256)
        """A row looks the same until something is known of it that was not, wherever it is listed."""

    def show(
        self, ordinals: Sequence[int], cursor: int = 0, empty_text: str = "", *, steady: bool = False
    ) -> None:
        """List other papers, with the cursor on one of them; `steady` leaves its row where it is painted."""
        self.ordinals, self.empty_text = ordinals, empty_text
        self.show_rows(len(ordinals), cursor, steady=steady)

    @property
    def ordinal(self) -> int | None:
        """The ordinal of the paper under the cursor; None when the list is empty."""
        return self._ordinal_at(self.cursor) if self.ordinals else None

    def _ordinal_at(self, index: int) -> int | None:
        try:
            return self.ordinals[index]
        except IndexUnusable as reason:
            self.post_message(self.Lost(str(reason)))
            return None

    def paint_row(self, index: int, width: int, options: RenderOptions, *, here: bool) -> Sequence[Strip]:
        """The two lines of a paper."""
        ordinal = self._ordinal_at(index)
        row = Row("…", date.min, 1) if ordinal is None else self._row(ordinal)
        strips = self._painted.get((row, width, here))
        if strips is None:
            strips = self._painted[row, width, here] = paint(row, width, self, options, here=here)
        return strips

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        self._painted.clear()
        super().notify_style_update()
