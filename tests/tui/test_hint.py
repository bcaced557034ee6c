"""The hint of the first visit: the keys to begin with, until some of them have been used, and never again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader import places, welcome
from paperreader.library import Library
from paperreader.tui.hint_line import HintLine
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


@pytest.fixture(autouse=True)
def _never_welcomed(home: Path) -> None:
    (home / "state" / "welcomed").unlink()


def hint(r: Reader) -> str:
    """The text of the hint; "" when there is none."""
    return next((str(line.render()).strip() for line in r.main.query(HintLine) if line.display), "")


async def test_it_tells_the_keys_as_they_are_mapped(open_library: Open) -> None:
    places.config_file().parent.mkdir(parents=True)
    places.config_file().write_text('[keys]\nstar = "f5"\n')
    async with reading(open_library()) as r:
        assert hint(r).startswith("j k move · / find · f5 star · n note · Space read on · ? all keys")


async def test_it_covers_nothing(open_library: Open) -> None:
    async with reading(open_library()) as r:
        regions = [widget.region for widget in r.main.children if widget.display]
        assert all(not a.overlaps(b) for i, a in enumerate(regions) for b in regions[i + 1 :])
        assert sum(region.height for region in regions) == r.main.size.height


async def test_it_goes_when_three_of_its_keys_were_used(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("j", "k", "j", "j", "x", "s")
        assert hint(r)
        await r.press("slash", "n", "question_mark")  # typed into the filter, but for the first
        assert not hint(r) and not r.main.query(HintLine)


async def test_letters_in_the_filter_are_not_keys(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("slash", *"jsn")
        assert hint(r)


@pytest.mark.parametrize("how", ["escape", "click"])
async def test_it_can_be_dismissed(open_library: Open, how: str) -> None:
    async with reading(open_library()) as r:
        if how == "escape":
            await r.press("escape")
        else:
            await r.pilot.click(HintLine, offset=(98, 0))
            await r.settle()
        assert not hint(r)


async def test_it_is_shown_in_one_visit_only(open_library: Open) -> None:
    async with reading(open_library()) as r:
        assert hint(r)
    assert not welcome.is_due(places.state_folder())
    async with reading(open_library()) as r:
        assert not hint(r)


async def test_whoever_has_been_here_before_is_not_told(open_library: Open) -> None:
    open_library().end_visit()
    async with reading(open_library()) as r:
        assert not hint(r)


async def test_it_waits_for_papers_and_for_room(tmp_path: Path) -> None:
    async with reading(Library(tmp_path / "new")) as r:
        assert not hint(r) and welcome.is_due(places.state_folder())
        await r.press("i")
        await r.until(lambda: bool(r.titles))
        await r.settle()
        assert hint(r)
    (places.state_folder() / "welcomed").unlink()
    library = Library(tmp_path / "new")
    library.open()
    async with reading(library, size=(80, 12)) as r:
        assert r.titles and welcome.is_due(places.state_folder())


async def test_a_narrow_screen_gets_what_fits(open_library: Open) -> None:
    async with reading(open_library(), size=(40, 24)) as r:
        assert hint(r).startswith("j k move · / find · ? all keys") and hint(r).endswith("×")
        assert r.main.query_one(HintLine).region.height == 1
        await r.press("z")
        assert r.main.query_one(HintLine).region.height == 0


def test_a_state_folder_that_cannot_be_used_is_not_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not welcome.is_due(tmp_path / "file" / "state")
    welcome.done(tmp_path / "file" / "state")
