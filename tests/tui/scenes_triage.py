"""Deciding on papers: scenes for the triage."""

from __future__ import annotations

from paperreader.tui.main_screen import MainScreen
from tests.tui.driving import Reader
from tests.tui.scenes import command


@command("triage")
async def _(r: Reader) -> None:
    first, second = r.titles[:2]
    await r.press("T")
    assert r.triage.paper and r.triage.paper.title == first
    await r.press("x")
    assert r.triage.paper.title == second
    await r.press("T")
    assert isinstance(r.app.screen, MainScreen)
    assert r.paper.title == second and r.said == "181 papers: 1 skipped, 180 left"


@command("next-paper")
async def _(r: Reader) -> None:
    await r.press("T", "enter", "enter")
    assert r.triage.round.position == 2
