"""What was sought before, and what is kept: scenes for their keys."""

from __future__ import annotations

from paperreader import config, places
from paperreader.tui.bars import KeyLine, Line
from paperreader.tui.commands import DEFAULT_KEYS, PANES
from tests.tui.driving import Reader
from tests.tui.scenes import command
from tests.tui.test_settings import configure


def rows(r: Reader) -> list[str]:
    """The list of saved searches, line by line."""
    return [str(row.render()) for row in r.app.screen.query("_Row").results(Line)]


@command("earlier-search")
async def _(r: Reader) -> None:
    for query in ("neural", "hebbian"):
        await r.find(query)
        await r.press("enter", "escape")
    await r.press("slash", "up")
    assert r.filter == "hebbian" and 0 < len(r.titles) < 181
    await r.press("up", "up")
    assert r.filter == "neural" and "No earlier search" in r.said


@command("later-search")
async def _(r: Reader) -> None:
    await r.find("neural")
    await r.press("enter", "escape")
    await r.find("bert")
    await r.press("up", "down")
    assert r.filter == "bert"
    row = r.main.papers.cursor
    await r.press("down", "down", "up")
    assert r.filter == "bert" and r.main.papers.cursor == row + 1


@command("save-search")
async def _(r: Reader) -> None:
    await r.find("neural -deep")
    await r.press("ctrl+s")
    await r.type("nets")
    await r.press("enter")
    assert "Saved as “nets”: v lists all" in r.said
    assert config.read(places.config_file(), DEFAULT_KEYS, PANES).searches == {"nets": "neural -deep"}


@command("searches")
async def _(r: Reader) -> None:
    configure('[searches]\nnets = "neural"\n"heb" = "hebbian"\n')
    await r.press("v")
    await r.until(lambda: "new" in rows(r)[1])
    await r.press("2")
    assert r.filter == "hebbian" and 0 < len(r.titles) < 20 and r.main.focused is r.main.papers


@command("complete")
async def _(r: Reader) -> None:
    await r.find("is:st")
    await r.until(lambda: "→ starred" in str(r.main.query_one(KeyLine).render()))
    await r.press("right")
    assert r.filter == "is:starred" and r.titles == []
    await r.press("left", "right")
    await r.type(" x")
    assert r.filter == "is:starred x"
