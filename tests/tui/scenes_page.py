"""The page: scenes for how it is set, and for what is found on it."""

from __future__ import annotations

from textual.widgets import Input, Static

from paperreader import config, places
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.commands import DEFAULT_KEYS, PANES
from paperreader.tui.paper_list import PaperList
from paperreader.tui.search_line import SearchLine
from tests.tui.driving import Reader
from tests.tui.scenes import command


def current(r: Reader) -> str:
    """The match that one has stepped to."""
    style = r.main.abstract.get_component_styles("page--current").background
    shown = [r.main.query_one(name, Static).visual for name in ("#page", "#note")]
    (found,) = [
        str(text)[s.start : s.end] for text in shown for s in text.spans if s.style.background == style
    ]  # type: ignore[attr-defined]
    return found


def count(r: Reader) -> str:
    """What the line below the page says."""
    return str(r.main.query_one("#reading #count", Static).visual)


def settings() -> config.Config:
    return config.read(places.config_file(), DEFAULT_KEYS, PANES)


@command("find")
async def _(r: Reader) -> None:
    await r.press("f")
    await r.type("the")
    assert r.main.query_one(Input) is not r.main.focused and count(r).startswith("1 of ")
    assert current(r).lower() == "the"
    await r.press("enter")
    assert isinstance(r.main.focused, PaperList) and r.main.query("#reading > SearchLine")
    await r.press("f", "backspace", "backspace", "backspace")
    await r.type("zzz")
    assert count(r) == "nothing"
    await r.press("escape")
    assert not r.main.query(SearchLine) and isinstance(r.main.focused, PaperList)


@command("keep-finding")
async def _(r: Reader) -> None:
    await r.press("tab", "f")
    await r.type("it")
    marked = count(r)
    await r.press("enter")
    assert isinstance(r.main.focused, AbstractPane) and count(r) == marked
    await r.press("f", "escape")
    assert isinstance(r.main.focused, AbstractPane) and not r.main.query(SearchLine)


@command("next-match")
async def _(r: Reader) -> None:
    await r.find("network")
    await r.press("enter", "full_stop")
    assert "1 of" in r.said and current(r).lower().startswith("network")
    await r.press("full_stop")
    assert r.said.startswith("2 of")


@command("previous-match")
async def _(r: Reader) -> None:
    await r.press("tab", "f")
    await r.type("e")
    await r.press("enter", "comma")
    number, of, total = count(r).split()
    assert number == total and of == "of"
    assert isinstance(r.main.focused, AbstractPane)
    await r.press("comma", "full_stop", "full_stop")
    assert count(r) == f"1 of {total}"


@command("wider")
async def _(r: Reader) -> None:
    await r.pilot.resize_terminal(120, 40)
    await r.press("z")
    await r.until(lambda: r.main.abstract.room > 95)
    await r.press("greater_than_sign")
    assert r.main.abstract.measure == 95 and "95 cells" in r.said
    assert r.main.query_one("#page").size.width == 95
    await r.press(*["greater_than_sign"] * 9)
    assert "as wide as there is room" in r.said
    assert settings().measure == r.main.abstract.measure < 120


@command("narrower")
async def _(r: Reader) -> None:
    await r.press("less_than_sign")
    width = r.main.query_one("#page").size.width
    assert width == r.main.abstract.measure < r.main.abstract.room
    await r.press(*["less_than_sign"] * 9)
    assert r.main.abstract.measure == 40
    assert settings().measure == 40


@command("line-spacing")
async def _(r: Reader) -> None:
    page = r.main.query_one("#page", Static)
    close = page.size.height
    await r.press("equals_sign")
    assert r.said == "Sentences apart" and settings().line_spacing == 1.5
    assert close < page.size.height
    await r.press("equals_sign")
    assert r.said == "Lines apart" and settings().line_spacing == 2
    assert close * 1.4 < page.size.height
    await r.press("equals_sign")
    assert r.said == "Lines close together" and settings().line_spacing == 1
    assert close == page.size.height
