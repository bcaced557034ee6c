"""The dialog for tags: what is typed, completed, taken back, saved and left."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from textual import events

from paperreader.annotations import Annotations
from paperreader.library import Library
from paperreader.tui.tag_dialog import TagScreen, offered
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


@pytest.fixture
async def r(open_library: Open) -> AsyncIterator[Reader]:
    library = open_library()
    for n, tags in ((7, ["survey"]), (8, ["to do", "survey"]), (9, ["Graphs"])):
        library.tag(library.paper(n), tags)
    async with reading(library) as reader:
        await reader.press("t")
        yield reader


def shown(r: Reader, name: str) -> str:
    assert isinstance(r.app.screen, TagScreen)
    return str(r.app.screen.query_one(f"#{name}").visual)


def tags(r: Reader) -> tuple[str, ...]:
    return r.library.annotation(r.paper).tags


async def test_the_most_used_are_offered_and_tab_takes_the_one_pointed_at(r: Reader) -> None:
    assert (shown(r, "given"), shown(r, "offers")) == ("No tags yet", "#survey  #Graphs  #to do")
    await r.press("d")
    assert shown(r, "offers") == "#to do"
    await r.press("tab", "down", "down", "tab")
    assert (shown(r, "given"), shown(r, "offers")) == ("#to do  #Graphs", "#survey")
    await r.press("enter")
    assert tags(r) == ("Graphs", "to do") and r.app.screen is r.main


async def test_what_is_typed_is_spelled_as_it_is_elsewhere(r: Reader) -> None:
    await r.type("graphs,new one, new  ONE,")
    assert shown(r, "given") == "#Graphs  #new one"
    await r.press("enter")
    assert tags(r) == ("Graphs", "new one")


async def test_backspace_takes_the_last_away_and_enter_the_one_that_is_typed(r: Reader) -> None:
    await r.type("a,b,c,d")
    await r.press("backspace", "backspace")
    assert shown(r, "given") == "#a  #b"
    await r.type("A")
    await r.press("enter", "ctrl+s")
    assert tags(r) == ("b",)
    await r.press("t", "backspace", "backspace", "enter")
    assert tags(r) == () and r.said == "No tags"


async def test_leaving_changes_nothing(r: Reader) -> None:
    await r.type("a,b")
    await r.press("escape")
    assert isinstance(r.app.screen, TagScreen)
    await r.press("escape")
    assert tags(r) == () and r.app.screen is r.main
    version = r.library.annotations.version
    await r.press("t", "enter")
    assert r.library.annotations.version == version


async def test_what_another_program_did_to_the_tags_meanwhile_stays(r: Reader, seeded: Path) -> None:
    await r.type("a,b,")
    await r.press("enter")
    await r.press("t", "backspace", "c", "enter")
    Annotations(seeded / "annotations.json").change(r.paper.id, r.paper.title, "tags", ("a", "b", "theirs"))
    await r.press("enter")
    assert tags(r) == ("a", "c", "theirs")


async def test_only_text_can_be_pasted(r: Reader) -> None:
    r.app.screen.query_one("#tag").post_message(events.Paste('x\x1b[31m"y", two\nlines\u202e'))
    await r.settle()
    await r.press("enter", "enter")
    assert tags(r) == ("two", "x y")


def test_tags_are_offered_by_the_beginning_of_their_words() -> None:
    known = ["survey", "to survey", "Graphs", "É"]
    assert offered("S", known, []) == ["survey", "to survey"]
    assert offered("surv", known, ["SURVEY"]) == ["to survey"]
    assert offered("e\u0301", known, []) == ["É"]
    assert offered("urvey", known, []) == []


async def test_enter_takes_the_one_that_was_pointed_at(r: Reader) -> None:
    await r.press("down", "enter")
    assert shown(r, "given") == "#survey"
    await r.press("up", "enter")
    assert shown(r, "given") == "#survey  #to do"
    await r.press("g", "enter", "enter")
    assert tags(r) == ("g", "survey", "to do")
