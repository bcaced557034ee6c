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


@command("later")
async def _(r: Reader) -> None:
    await r.press("l")
    assert r.library.annotation(r.paper).later
    await r.press("l")
    assert not r.library.annotation(r.paper).later


@command("skip")
async def _(r: Reader) -> None:
    await r.press("x")
    assert r.library.annotation(r.paper).skipped
    await r.press("x")
    assert not r.library.annotation(r.paper).skipped
