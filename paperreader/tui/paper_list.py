"""The list pane: any number of papers, of which only those on the screen are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.strip import Strip
from textual.visual import RenderOptions

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

    def __init__(self, row: Callable[[int], Row], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.ordinals: Sequence[int] = ()
        self._row = row

    def show(
        self, ordinals: Sequence[int], cursor: int = 0, empty_text: str = "", *, steady: bool = False
    ) -> None:
        """List other papers, with the cursor on one of them; `steady` leaves its row where it is painted."""
        self.ordinals, self.empty_text = ordinals, empty_text
        self.show_rows(len(ordinals), cursor, steady=steady)

    @property
    def ordinal(self) -> int | None:
        """The ordinal of the paper under the cursor; None when the list is empty."""
        return self.ordinals[self.cursor] if self.ordinals else None

    def paint_row(self, index: int, width: int, options: RenderOptions, *, here: bool) -> Sequence[Strip]:
        """The two lines of a paper."""
        return paint(self._row(self.ordinals[index]), width, self, options, here=here)
