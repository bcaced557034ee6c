"""What is new since the last visit: said at the start, and told with a key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.tui.app import ReaderApp
from paperreader.tui.dialogs import ChoiceScreen
from paperreader.tui.gone_screen import MOST, GoneScreen
from tests.conftest import SEEDS
from tests.tui.driving import Reader, reading
from tests.tui.test_look import SIZES, Scene, Snap, _same_day_every_day, scene

__all__ = ["_same_day_every_day"]


@pytest.fixture
def returned(tmp_path: Path, home: Path) -> Library:
    """A library that one comes back to: two dumps have come, and one is gone."""
    folder, seeds = tmp_path / "returned", sorted(map(str, SEEDS.glob("*.txt")))
    library = Library(folder)
    library.take_in(seeds[:3], 2026)
    for n in library.search("hebbian ").ordinals:
        library.mark(library.paper(n), "starred", True)
    library.end_visit()
    next((folder / "dumps").glob("2026-03-11*")).unlink()
    library = Library(folder)
    assert library.open() == "the dumps have changed"
    library.take_in(seeds[3:], 2026)
    return library


def shown(r: Reader) -> str:
    """The text of the dialog."""
    return "\n".join(str(line.visual) for line in r.app.screen.query("Static, _ChoiceLine"))


async def test_it_is_said_at_the_start_and_listed_when_picked(returned: Library) -> None:
    new, again, gone = returned.news()
    assert min(new, again, gone) > 3
    async with reading(returned) as r:
        await r.until(lambda: r.said != "")
        assert r.said == f"Since your last visit: {new} new, {again} seen again, {gone} gone. d lists them"
        for key, count, query in (("n", new, "is:new"), ("a", again, "is:again")):
            await r.press("d")
            assert isinstance(r.app.screen, ChoiceScreen)
            await r.press(key)
            await r.until(lambda query=query: r.main.text == query)  # type: ignore[misc]
            await r.settle()
            assert len(r.titles) == count
        await r.press("d", "g")
        assert isinstance(r.app.screen, GoneScreen)
        titles = shown(r).splitlines()
        assert all(f"· {each.title}" in titles for each in returned.gone()) and len(titles) == gone + 1
        await r.press("j", "k", "pagedown", "pageup", "escape")
        assert r.app.screen is r.main


async def test_nothing_is_said_when_nothing_changed(open_library: Callable[[], Library]) -> None:
    open_library().end_visit()
    async with reading(open_library()) as r:
        assert r.said == ""
        await r.press("d")
        assert r.said == "Nothing has changed since your last visit" and r.app.screen is r.main


@pytest.mark.parametrize(
    ("titles", "last"),
    [
        (["", ""], "2 papers whose titles went with their dump: nothing was written about them"),
        (["A title", ""], "1 paper whose titles went with their dump: nothing was written about them"),
        ([f"Title {n}" for n in range(MOST + 5)], "and 5 more"),
        (["\\alpha [b]not bold[/b]"], "· α [b]not bold[/b]"),
    ],
)
async def test_what_is_gone_is_told_as_far_as_it_is_known(
    returned: Library, titles: list[str], last: str
) -> None:
    async with reading(returned) as r:
        await r.app.push_screen(GoneScreen(titles))
        await r.settle()
        assert shown(r).splitlines()[-1] == last


async def told(r: Reader) -> None:
    await r.press("d")


async def at_the_start(_: Reader) -> None:
    """Nothing else happens."""


async def gone(r: Reader) -> None:
    await r.press("d", "g")


@pytest.mark.parametrize("steps", [at_the_start, told, gone])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_look(snap_compare: Snap, returned: Library, size: tuple[int, int], steps: Scene) -> None:
    assert snap_compare(ReaderApp(returned), terminal_size=size, run_before=scene(steps))
