"""What was sought before, and what is kept: scenes for their keys."""

from __future__ import annotations

from tests.tui.driving import Reader
from tests.tui.scenes import command


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
