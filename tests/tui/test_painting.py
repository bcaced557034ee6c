"""What a key changes is laid out once, and nothing else is painted again."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from weakref import ref

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import RenderOptions
from textual.widget import Widget

from paperreader.library import Library
from paperreader.tui.paper_list import PaperList
from paperreader.tui.scrolling import Thumb
from paperreader.tui.virtual_list import VirtualList

from .driving import reading

Open = Callable[[], Library]


@contextmanager
def counting(cls: type, name: str, of: type[Widget] | None = None) -> Iterator[list[object]]:
    """What this method was called with, in here."""
    calls: list[object] = []
    original = getattr(cls, name)

    def counted(self: object, *args: object, **options: object) -> object:
        if of is None or isinstance(self, of):
            calls.append(args)
        return original(self, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cls, name, counted)
        yield calls


async def test_another_paper_is_laid_out_once(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("j", "k")
        for _ in range(4):
            with counting(Compositor, "reflow") as layouts:
                await r.press("j")
            assert len(layouts) == 1


async def test_another_view_is_laid_out_once(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("s", "3", "1")
        with counting(Compositor, "reflow") as layouts:
            await r.press("3")
        assert len(r.main.papers.ordinals) == 1 and len(layouts) == 1


async def test_a_scrollbar_that_stays_as_it_is_is_not_painted(open_library: Open) -> None:
    async with reading(open_library()) as r:
        thumb = r.main.papers.vertical_scrollbar
        assert isinstance(thumb, Thumb)
        await r.press("s", "u")
        with counting(Widget, "refresh", Thumb) as painted:
            await r.press("s", "r")
        assert not painted
        with counting(Widget, "refresh", Thumb) as painted:
            await r.press("G")
        assert painted


async def test_a_star_paints_its_own_row(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("j", "j", "s", "u")
        with counting(PaperList, "refresh", PaperList) as painted:
            await r.press("s")
        assert painted and all(
            isinstance(region, Region) and region.height == r.main.papers.row_height
            for (region,) in painted  # type: ignore[misc]
        )


class _Painted(list[Strip]):
    """A row, which can be watched being forgotten."""


class _Long(VirtualList):
    """Many empty rows."""

    row_height = 1
    painted: list[ref[_Painted]]

    def on_mount(self) -> None:
        self.painted = []
        self.show_rows(4_000, 0)

    def paint_row(self, index: int, width: int, options: RenderOptions, *, here: bool) -> Sequence[Strip]:
        row = _Painted([Strip.blank(width)])
        self.painted.append(ref(row))
        return row


async def test_rows_that_were_left_behind_are_forgotten() -> None:
    app: App[None] = App()
    async with app.run_test(size=(20, 200)) as pilot:
        await app.mount(rows := _Long())
        for top in range(0, 4_000, 200):
            rows.go(top + 199)
            await pilot.pause()
        assert len(rows.painted) > 3_000
        gc.collect()
        assert sum(row() is not None for row in rows.painted) < 1_000
