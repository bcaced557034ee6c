"""Moving about: scenes for the keys of every pane."""

from __future__ import annotations

from paperreader.tui.abstract import AbstractPane
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.paper_list import PaperList
from tests.tui.driving import Reader
from tests.tui.scenes import command


@command("down")
async def _(r: Reader) -> None:
    for n, key in enumerate(("j", "down"), 1):
        await r.press(key)
        assert r.main.papers.cursor == n
    assert r.paper.title in r.page.replace("\n", " ")


@command("up")
async def _(r: Reader) -> None:
    await r.press("j", "j", "j", "k")
    assert r.main.papers.cursor == 2
    await r.press("up", "up", "up", "up")
    assert r.main.papers.cursor == 0


@command("page-down")
async def _(r: Reader) -> None:
    await r.press("pagedown")
    one = r.main.papers.cursor
    await r.press("ctrl+f")
    assert one > 5 and r.main.papers.cursor == 2 * one


@command("page-up")
async def _(r: Reader) -> None:
    await r.press("G", "pageup")
    assert 150 < r.main.papers.cursor < 180
    await r.press("g", "ctrl+b")
    assert r.main.papers.cursor == 0


@command("first")
async def _(r: Reader) -> None:
    for key in ("g", "home"):
        await r.press("G", key)
        assert r.main.papers.cursor == 0


@command("last")
async def _(r: Reader) -> None:
    for key in ("G", "end"):
        await r.press("g", key)
        assert r.main.papers.cursor == 180
        assert r.main.papers.max_scroll_y == r.main.papers.scroll_y


@command("next-pane")
async def _(r: Reader) -> None:
    seen = []
    for _i in range(3):
        await r.press("tab")
        seen.append(type(r.main.focused).__name__)
    assert seen == ["AbstractPane", "FilterInput", "PaperList"]


@command("previous-pane")
async def _(r: Reader) -> None:
    await r.press("shift+tab")
    assert isinstance(r.main.focused, FilterInput)


@command("page-abstract")
async def _(r: Reader) -> None:
    await r.pilot.resize_terminal(50, 20)
    await r.press("space")
    await r.until(lambda: r.main.abstract.scroll_y > 0)
    assert r.main.papers.cursor == 0
    await r.press("end", "space")
    assert r.main.papers.cursor == 180
    await r.press("g", *["space"] * 5)
    assert r.main.papers.cursor > 0


@command("zen")
async def _(r: Reader) -> None:
    await r.press("z")
    assert not r.main.papers.is_on_screen and isinstance(r.main.focused, AbstractPane)
    await r.press("z")
    assert isinstance(r.main.focused, PaperList)
    await r.press("z", "escape")
    assert r.main.papers.region.width > 0
