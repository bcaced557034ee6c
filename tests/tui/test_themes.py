"""The program's own themes: all of it can be read, and every state is told from the others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from rich.color import ColorType

from paperreader.library import Library
from paperreader.tui.bars import StatusLine
from paperreader.tui.labels import PARTS
from paperreader.tui.themes import THEMES
from tests.tui.contrast import Seen, seen
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]
OWN = [theme.name for theme in THEMES]
COLOURED = [theme.name for theme in THEMES if not theme.ansi]
STEPS: dict[str, list[str]] = {
    "list": [*"jsrjrjxjljtml", "comma", "r", "l", "enter", "k"],
    "abstract": ["tab"],
    "filter": ["slash"],
    "found": [*"neural", "enter"],
    "help": ["question_mark", *"copy"],
    "note": ["escape", "n", *"neural", "x"],
    "problem": ["ctrl+s"],
    "choices": ["Y"],
    "saved": ["escape", "ctrl+s", *"nets", "enter", "v"],
    "notes": ["escape", "N"],
    "statistics": ["escape", "S"],
    "news": ["escape", "d"],
    "triage": ["escape", "T"],
    "similar": ["escape", "m"],
}
"""Keys that lead from one sight to the next."""


@asynccontextmanager
async def themed(open_library: Open, theme: str) -> AsyncIterator[Reader]:
    async with reading(open_library()) as r:
        r.app.theme = theme
        await r.settle()
        yield r


async def sights(r: Reader) -> AsyncIterator[tuple[str, list[Seen]]]:
    """The screen in one state after the other."""
    for name, keys in STEPS.items():
        await r.press(*keys)
        if name == "problem":
            r.main.status.problem = "Not saved: the disk is full"
            r.main.status.say("said")
            await r.settle()
        yield name, list(seen(r.app))


@pytest.mark.parametrize("theme", COLOURED)
async def test_everything_can_be_read(open_library: Open, theme: str) -> None:
    least, least_of_marks = (7, 4.5) if "contrast" in theme else (4.5, 3)
    async with themed(open_library, theme) as r:
        async for name, stretches in sights(r):
            assert stretches
            for each in stretches:
                if each.is_read or each.is_mark:
                    assert each.contrast >= (least if each.is_read else least_of_marks), (name, each)


async def test_the_terminals_own_colours_are_all_that_is_used(open_library: Open) -> None:
    async with themed(open_library, "terminal") as r:
        async for _name, stretches in sights(r):
            for each in stretches:
                for colour in (each.style.color, each.style.bgcolor):
                    assert colour is None or colour.type in (ColorType.DEFAULT, ColorType.STANDARD)
                    assert colour is None or colour.number is None or colour.number < 16


@pytest.mark.parametrize("theme", COLOURED)
async def test_what_was_skipped_is_dimmer_than_what_was_read_and_tags_are_not(
    open_library: Open, theme: str
) -> None:
    async with themed(open_library, theme) as r:
        await r.press("x", "j", "r", "j")
        r.library.tag(r.library.paper(r.main.papers.ordinals[4]), [f"tag {n}" for n in range(9)])
        r.main.repaint()
        await r.press("j", "j")
        titles = {n: r.main.row(r.main.papers.ordinals[n]).title[:20] for n in (0, 1)}
        shown = list(seen(r.app))
        skipped, read = (
            next(each.contrast for each in shown if each.text.startswith(titles[n])) for n in (0, 1)
        )
        assert 3 <= skipped < read
        labels = [each for each in shown if each.text.startswith("#tag")]
        assert len(labels) > 9
        assert min(each.contrast for each in labels) >= (7 if "contrast" in theme else 4.5)


@pytest.mark.parametrize("theme", OWN)
async def test_every_state_is_told_from_the_others(open_library: Open, theme: str) -> None:
    async with themed(open_library, theme) as r:
        await r.press("j", "r", "k")
        papers = r.main.papers
        plain, marks = papers.style("base"), ("star", "new", "later", "unsaved", "match", "skipped")
        states = (*marks, "read", "skipped", "later", "cursor")
        looks = {name: (plain + papers.style(name)).rich_style for name in states}
        looks["base"] = plain.rich_style
        tags = [(plain + papers.style(part)).rich_style for part in PARTS]
        assert len({*tags, looks["base"]}) == len(PARTS) + 1
        for name, look in looks.items():
            for other, another in looks.items():
                assert name == other or look != another, f"{name} looks like {other}"
        await r.press("tab")
        looks["blurred cursor"] = papers.style("cursor").rich_style
        assert looks["blurred cursor"] not in (looks["base"], looks["cursor"])
        line = r.main.query_one(StatusLine)
        assert len({line.part(name) for name in ("problem", "said", "hint")}) == 3
