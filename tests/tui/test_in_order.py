"""Keys that come in one burst go where they would go one by one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from textual import events
from textual.keys import _character_to_key

from paperreader import places
from paperreader.library import Answer, Library
from paperreader.tui.app import ReaderApp
from paperreader.tui.dialogs import ChoiceScreen
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.triage.screen import TriageScreen
from tests.tui.driving import Reader, reading
from tests.tui.test_settings import configure

Open = Callable[[], Library]

NAMED = {
    "\r": "enter",
    "\x1b": "escape",
    "\t": "tab",
    "\x7f": "backspace",
    "\x13": "ctrl+s",
    "\x06": "ctrl+f",
    "\x02": "ctrl+b",
}


async def burst(r: Reader, keys: str) -> None:
    """Send these characters as a slow line would: all of them before the first is looked at."""
    for character in keys:
        key = NAMED.get(character) or _character_to_key(character)
        r.app.post_message(events.Key(key, character if character.isprintable() else None))
    await r.settle()


async def test_what_follows_enter_goes_to_the_list(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await burst(r, "/neural\rG")
        assert r.filter == "neural" and r.main.focused is r.main.papers
        assert 5 < len(r.titles) < 181 and r.main.papers.cursor == len(r.titles) - 1
        await burst(r, "\x1b/gradient noise\rs")
        assert r.paper.title.startswith("Adding Gradient Noise")
        assert r.library.annotation(r.paper).starred and len(r.library.annotations.ids("starred")) == 1
        await burst(r, "\x1b/hebbiam\r\rs")
        assert r.filter == "hebbian" and r.library.annotation(r.paper).starred


async def test_keys_that_edit_have_edited_before_the_next_key(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await burst(r, "/neurall\x7f\rj")
        assert r.filter == "neural" and r.main.papers.cursor == 1
        await burst(r, "/ net\x1b\x1bgjjj")
        assert r.filter == "" and len(r.titles) == 181 and r.main.papers.cursor == 3
        await r.press("g", "slash")
        r.app.post_message(events.Paste("neural"))
        await burst(r, "\rs")
        assert r.filter == "neural" and r.main.focused is r.main.papers
        assert r.library.annotation(r.paper).starred


async def test_a_note_is_written_and_left(open_library: Open) -> None:
    async with reading(open_library()) as r:
        paper = r.paper
        await burst(r, "nread /this\ragain\x13js")
        assert r.library.annotation(paper).note == "read /this\nagain"
        assert r.paper != paper and r.library.annotation(r.paper).starred


async def test_a_dialog_opens_answers_and_is_gone(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await burst(r, "Y\x1bj")
        await burst(r, "Ymj")
        assert r.app.screen is r.main and r.main.papers.cursor == 2
        await burst(r, "na\x1bdj")
        assert r.app.screen is r.main and r.main.papers.cursor == 3 and not r.library.annotations.ids("note")
        await burst(r, "\tG")
        assert r.main.focused is r.main.abstract and r.main.papers.cursor == 3


async def test_what_a_dialog_has_no_use_for_is_done_to_no_paper_after_it(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await burst(r, "Yxaj")
        assert r.app.screen is r.main and r.main.papers.cursor == 1
        await burst(r, "nhello\x1bldj")
        assert r.app.screen is r.main and r.main.papers.cursor == 2
        await burst(r, "na\x1bxsd")
        annotations = r.library.annotations
        assert not any(annotations.ids(state) for state in ("skipped", "later", "starred"))


async def test_enter_is_a_line_of_a_note_whatever_else_it_is_mapped_to(open_library: Open) -> None:
    configure('[keys]\nstar = "enter"\naccept = "ctrl+j"\n')
    async with reading(open_library()) as r:
        await burst(r, "na\rb\x13")
        assert r.library.annotation(r.paper).note == "a\nb" and not r.library.annotation(r.paper).starred
        await burst(r, "\r")
        assert r.library.annotation(r.paper).starred


async def test_enter_waits_for_no_search_for_long(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    search = library.search

    def never(text: str = "", **options: object) -> Answer:
        while text and not options["cancelled"]():  # type: ignore[operator]
            time.sleep(0.001)
        return search(text, **options)  # type: ignore[arg-type]

    async with reading(library) as r:
        monkeypatch.setattr(library, "search", never)
        await r.pilot.press("slash", "a", "enter", "j", "j")
        assert r.main.focused is r.main.papers and r.main.papers.cursor == 2 and not r.main.answered
        await r.pilot.press("slash", "backspace")


@pytest.mark.parametrize("triage", [False, True])
async def test_keys_wait_for_a_screen_that_is_only_being_opened(
    open_library: Open, monkeypatch: pytest.MonkeyPatch, triage: bool
) -> None:
    opened = MainScreen._pre_process

    async def slowly(screen: MainScreen) -> bool:
        screen.app.post_message(events.Key("s", "s"))
        await asyncio.sleep(0.05)
        return await opened(screen)

    monkeypatch.setattr(TriageScreen if triage else MainScreen, "_pre_process", slowly)
    app = ReaderApp(open_library(), triage=triage)
    async with app.run_test() as pilot:
        r = Reader(pilot)
        await r.until(lambda: bool(r.library.annotations.ids("starred")))
        first = r.library.paper(r.main.papers.ordinals[0])
        assert r.library.annotation(first).starred


async def one_by_one(r: Reader, keys: str) -> None:
    for key in keys:
        await burst(r, key)


LAID_OUT = ["z>", "z>zz>>", "\t>z<", "z\tj\x1b>"]
MOVED = [
    "\tGk",
    "j\tGkk",
    "z\x06\x06",
    "\t=\x06G\x02",
    "jjz\x06k",
    "zGz\tk",
    "nz\x1bjz\x06",
    "\tGgj",
    "jj ",
    "j    j \tk",
]


@pytest.mark.parametrize("keys", [*LAID_OUT, *MOVED])
async def test_keys_meet_the_page_as_those_before_them_lay_it_out(open_library: Open, keys: str) -> None:
    seen = []
    for send in (one_by_one, burst):
        places.config_file().unlink(missing_ok=True)
        async with reading(open_library(), size=(120, 40) if keys in LAID_OUT else (60, 20)) as r:
            await send(r, keys)
            pane = r.main.abstract
            seen.append((r.main.papers.cursor, pane.measure, pane.scroll_offset, r.said))
    assert seen[0] == seen[1]


async def test_the_next_match_is_one_of_the_page_that_was_moved_to(open_library: Open) -> None:
    seen = []
    for send in (one_by_one, burst):
        async with reading(open_library()) as r:
            await burst(r, "/neural\r")
            await send(r, "jj..")
            seen.append((r.said, r.main.abstract.position))
    assert seen[0] == seen[1] and seen[0][0].startswith("2 of ")


async def test_what_was_typed_last_is_what_is_stepped_through(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await burst(r, "\tfthe\r..")
        number, count = r.main.abstract.position
        assert number == 3 < count


def slow_to_write(r: Reader) -> None:
    """Have the changes that follow written only in a while."""
    r.main.changes.do(lambda: time.sleep(0.05))


async def test_tags_and_notes_are_those_that_were_just_saved(open_library: Open) -> None:
    async with reading(open_library()) as r:
        slow_to_write(r)
        await burst(r, "tone\r\rttwo\r\r")
        assert r.library.annotation(r.paper).tags == ("one", "two")
        slow_to_write(r)
        await burst(r, "nfirst\x13n, second\x13")
        assert r.library.annotation(r.paper).note == "first, second"


async def test_what_is_done_to_all_counts_what_was_just_done(open_library: Open) -> None:
    async with reading(open_library()) as r:
        slow_to_write(r)
        await burst(r, "sjxB")
        assert isinstance(r.app.screen, ChoiceScreen)
        counts = {choice.label: choice.detail for choice in r.app.screen._choices}
        assert (counts["Star"], counts["Skip"]) == ("180", "180")


async def test_a_view_hides_what_was_just_judged(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await burst(r, "Hm")
        assert r.main.near
        slow_to_write(r)
        await burst(r, "xjs1")
        assert not r.main.near and len(r.titles) == 179


@pytest.mark.parametrize("keys", ["s[jr", "Os[O7", "1mOj]", "\r[m1", "]\t[lT\x1b", "/neural\rjj\x1bjs"])
async def test_keys_meet_the_list_that_those_before_them_ask_for(open_library: Open, keys: str) -> None:
    seen = []
    for send in (one_by_one, burst):
        async with reading(open_library()) as r:
            await send(r, keys)
            states = {state: set(r.library.annotations.ids(state)) for state in ("starred", "later", "read")}
            seen.append((r.filter, r.main.view, r.main.sort, r.main.papers.cursor, r.main.paper, states))
            while any(map(r.library.annotations.ids, states)):
                await r.press("u")
    assert seen[0] == seen[1]
