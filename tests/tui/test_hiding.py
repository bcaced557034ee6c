"""Hiding what is judged, on the screen."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from textual import events

from paperreader.library import Library
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


def where(r: Reader) -> str:
    return r.main.status.where


async def test_nothing_goes_away_until_something_else_is_asked_for(open_library: Open) -> None:
    async with reading(open_library()) as r:
        titles = r.titles
        await r.press("H", "j", "s", "j", "r")
        assert r.titles == titles and r.main.papers.cursor == 2
        await r.press("j", "2")
        assert r.titles == [titles[0], *titles[3:]] and r.paper.title == titles[3]
        assert "judged hidden: 2" in where(r) and "179 of 181" in where(r)
        await r.press("r", "2")
        assert r.titles == [titles[0], *titles[4:]]
        assert r.paper.title == titles[4], "where the cursor was, or below it"
        await r.press("u")
        assert r.titles == [titles[0], *titles[3:]] and r.paper.title == titles[4]


@pytest.mark.parametrize(("first", "keys"), [([], "rH"), (["H"], "r1"), (["H"], "r2")])
async def test_what_is_judged_just_before_is_hidden_too(
    open_library: Open, monkeypatch: pytest.MonkeyPatch, first: list[str], keys: str
) -> None:
    async with reading(open_library()) as r:
        await r.press(*first)
        slow, flush = threading.Event(), r.main.changes.flush

        def wait(timeout: float) -> bool:
            slow.set()
            return flush(timeout)

        r.main.changes.do(lambda: slow.wait(10))
        monkeypatch.setattr(r.main.changes, "flush", wait)
        for key in keys:
            r.app.post_message(events.Key(key, key))
        await r.until(lambda: len(r.titles) == 180, 5)
        await r.settle()
        assert len(r.titles) == 180


async def test_the_cursor_goes_to_the_next_that_is_shown(open_library: Open) -> None:
    async with reading(open_library()) as r:
        titles = r.titles
        await r.press("r", "j", "j", "r", "j", "r", "k", "H")
        assert r.paper.title == titles[4]
        await r.press("H")
        assert r.paper.title == titles[4] and len(r.titles) == 181
        await r.press("G", "r", "H")
        assert r.main.papers.cursor == 176 and len(r.titles) == 177


async def test_what_comes_from_elsewhere_moves_nothing(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("H", "j")
        titles = r.titles
        other = open_library()
        other.mark(other.paper(r.main.papers.ordinals[0]), "read", True)
        r.main._look_for_changes()
        await r.settle()
        assert r.titles == titles and r.main.papers.cursor == 1


async def test_it_is_hidden_again_at_the_next_start(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("s", "H")
        first = r.titles[0]
    async with reading(open_library()) as r:
        assert r.titles[0] == first and len(r.titles) == 180 and "judged hidden: 1" in where(r)
        await r.press("3")
        assert len(r.titles) == 1
        await r.press("1", "H")
        assert len(r.titles) == 181 and "judged hidden" not in where(r)
    async with reading(open_library()) as r:
        assert len(r.titles) == 181


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_a_list_of_which_all_is_hidden_says_so(open_library: Open, size: tuple[int, int]) -> None:
    library = open_library()
    async with reading(library, size) as r:
        await r.find("hebbian")
        library.mark_all([library.paper(n) for n in r.main.papers.ordinals], "skipped", True)
        await r.press("enter", "H")
        assert r.titles == [] and "judged, and hidden" in r.main.papers.empty_text
        assert "H shows" in r.main.papers.empty_text
        assert r.main._found() == "0 of 181"
        await r.press("slash")
        await r.type(" is:skipped")
        assert r.titles
