"""The statistics on the screen, and the charts they are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.style import Style
from textual.widgets import Static

from paperreader.library import IndexUnusable, Library
from paperreader.tui import charts, rows
from tests.test_statistics import marked
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]
PLAIN = Style()


@pytest.fixture(autouse=True)
def _same_day_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "today", lambda: date(2026, 11, 21))


async def shown(r: Reader) -> str:
    """Open the statistics, and wait for them."""
    await r.press("S")
    page = r.app.screen.query_one("#page", Static)
    await r.until(lambda: "Counting" not in str(page.visual))
    await r.settle()  # a page that has grown longer than the screen is drawn again beside its scrollbar
    return str(page.visual)


async def test_all_of_it_is_there(open_library: Open) -> None:
    library = open_library()
    stars = [(n, "starred", "2026-11-10T12:00:00Z") for n in library.search("hebbian").ordinals]
    async with reading(marked(library, *stars, (0, "read", "2026-11-16T12:00:00Z"))) as r:
        text = await shown(r)
        assert text.startswith(f"181 papers seen 249 times on 5 days. 1 read, {len(stars)} starred.")
        assert "Read, by week   1 in the last 26" in text and "█" in text
        assert "Papers, by day   on 5 days" in text and "Mar 11" in text and "  81 █" in text
        assert "hebb" in text[text.index("What sets your stars apart") :]
        await r.press("S")
        assert r.app.screen is r.main


async def test_nothing_read_yet(tmp_path: Path) -> None:
    async with reading(Library(tmp_path / "new")) as r:
        text = await shown(r)
        assert "Nothing read yet." in text and "r marks the paper" in text and "No day is known" in text
        await r.press("escape")
        assert r.app.screen is r.main


async def test_keys_move_in_it(open_library: Open) -> None:
    async with reading(open_library(), size=(60, 8)) as r:
        await shown(r)
        moved = r.app.screen.moved  # type: ignore[attr-defined]
        page, seen = moved.size.height - 1, []
        for key in ("j", "down", "k", "space", "pageup", "G", "g"):
            await r.press(key)
            seen.append(moved.scroll_y)
        assert seen == [1, 2, 1, 1 + page, 1, moved.max_scroll_y, 0]


@pytest.mark.parametrize("size", [(200, 60), (60, 20), (40, 12), (20, 6)])
async def test_no_line_is_wider_than_the_page(open_library: Open, size: tuple[int, int]) -> None:
    library = marked(open_library(), *((n, "starred", "2026-11-16T12:00:00Z") for n in range(20)))
    async with reading(library, size=size) as r:
        text = await shown(r)
        page = r.app.screen.query_one("#page", Static)
        charted = [line for line in text.split("\n") if set(line) & set("▂▄▆█")]
        assert charted and all(len(line) <= page.size.width for line in charted)
        await r.pilot.resize_terminal(90, 30)
        await r.until(lambda: str(page.visual) != text)


@pytest.mark.parametrize(
    ("error", "said"), [(IndexUnusable("cut short"), "The index is cut short"), (KeyError("x"), "KeyError")]
)
async def test_what_cannot_be_counted_is_said(
    open_library: Open, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fails(*_: object) -> None:
        raise error

    async with reading(open_library()) as r:
        monkeypatch.setattr("paperreader.statistics.collect", fails)
        assert said in await shown(r)


# -- charts


def test_columns_are_as_high_as_their_numbers() -> None:
    drawn = charts.columns((20, 2), [8, 4, 1, 0, 2], {0: "a", 4: "e"}, style=PLAIN, dim=PLAIN).plain
    assert drawn.split("\n") == ["   8 ██             ", "     ██ ██ ▂▂    ▄▄ ", "     a           e"]


def test_the_latest_have_room() -> None:
    drawn = charts.columns((10, 1), [9, 9, *[0] * 4, 9], {0: "old", 6: "x"}, style=PLAIN, dim=PLAIN).plain
    assert drawn.split("\n") == ["   9     █", "         x"]


def test_bars_are_as_long_as_their_weights() -> None:
    drawn = charts.bars(14, {"one": 1.0, "大": 0.5, "none": 0.01}, PLAIN).plain
    assert drawn.split("\n") == ["one   ▄▄▄▄▄▄▄▄", "大    ▄▄▄▄    ", "none  ▄       "]


@given(
    st.tuples(st.integers(1, 120), st.integers(1, 12)),
    st.lists(st.integers(0, 10**7), max_size=200),
    st.dictionaries(st.integers(0, 250), st.text("abc", min_size=1, max_size=9)),
)
def test_charts_keep_to_their_size(size: tuple[int, int], numbers: list[int], labels: dict[int, str]) -> None:
    lines = charts.columns(size, numbers, labels, style=PLAIN, dim=PLAIN).split("\n")
    margin = max(5, len(f"{max(numbers, default=0):,} "))
    assert len(lines) == size[1] + 1
    assert all(line.cell_length <= max(size[0], margin + 1) for line in lines)
    assert not {c for line in lines[:-1] for c in line.plain} - set(" ▂▄▆█,0123456789")
