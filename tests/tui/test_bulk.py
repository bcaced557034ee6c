"""Doing something to all papers that are listed: what is asked, what is done, and what is not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from paperreader.library import IndexUnusable, Library, Pages
from paperreader.paper import Paper
from paperreader.tui.dialogs import ChoiceScreen
from paperreader.tui.tag_dialog import TagScreen
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


@pytest.fixture
async def r(open_library: Open) -> AsyncIterator[Reader]:
    async with reading(open_library()) as reader:
        await reader.find("neural")
        await reader.press("enter")
        yield reader


def choices(r: Reader) -> list[str]:
    assert isinstance(r.app.screen, ChoiceScreen)
    return [" ".join(str(line.render()).split()).lstrip("▌ ") for line in r.app.screen.query("_ChoiceLine")]


async def test_what_would_change_nothing_is_not_offered(r: Reader) -> None:
    n = len(r.titles)
    await r.press("s", "j", "l", "B")
    assert r.asked == f"Do to all {n} papers listed"
    assert choices(r) == [
        f"r Mark as read {n}",
        f"s Star {n - 1}",
        "S Take the stars away 1",
        f"x Skip {n}",
        f"l Keep for later {n - 1}",
        "L No longer keep for later 1",
        "t Add tags …",
    ]


async def test_it_says_which_stars_would_go(r: Reader) -> None:
    await r.press("s", "B", "x")
    assert r.asked.endswith("? The stars of 1 go.")
    await r.press("y")
    assert not r.library.states["starred"] and len(r.library.states["skipped"]) == len(r.titles)


async def test_keys_that_were_typed_ahead_answer_the_questions(r: Reader) -> None:
    n = len(r.titles)
    await r.pilot.press("B", "x", "y", "B", "X", "y", "B", "l", "y")
    await r.settle()
    assert len(r.library.states["later"]) == n and not r.library.states["skipped"]
    assert r.said == f"{n} papers kept for later"
    for _ in range(3):
        await r.press("u")
    assert not r.library.annotations.entries()


async def test_saying_no_changes_nothing(r: Reader) -> None:
    for keys in (
        ["B", "escape"],
        ["B", "r", "n"],
        ["B", "r", "escape"],
        ["B", "t", "escape"],
        ["B", "t", "enter"],
    ):
        await r.press(*keys)
        assert r.app.screen is r.main
    assert not r.library.annotations.entries()


async def test_tags_are_added_to_those_there_are(r: Reader) -> None:
    n = len(r.titles)
    r.library.tag(r.paper, ["mine", "survey"])
    await r.press("B", "t")
    assert isinstance(r.app.screen, TagScreen) and r.asked == f"Tags for {n} papers"
    await r.type("Survey")
    await r.press("enter", "enter")
    assert r.asked == f"Put {n - 1} papers under #survey?"
    await r.press("y")
    assert r.said == f"{n - 1} papers tagged #survey"
    assert r.library.annotation(r.paper).tags == ("mine", "survey")
    assert len(r.library.states["tag:survey"]) == n
    await r.press("B", "t")
    await r.type("survey")
    await r.press("enter", "enter")
    assert r.said == "All of them are under #survey already"
    await r.press("u", "U", "u")
    assert len(r.library.states["tag:survey"]) == 1


async def test_only_what_was_listed_when_it_was_asked_is_changed(r: Reader) -> None:
    n = len(r.titles)
    await r.press("B")
    r.main.text = ""
    r.main.find()
    await r.settle()
    await r.press("s", "y")
    assert len(r.library.states["starred"]) == n


async def test_nothing_is_done_where_nothing_is_listed(r: Reader) -> None:
    await r.press("3", "B")
    assert r.said == "There are no papers listed to do something to" and r.app.screen is r.main
    await r.press("1", "escape")
    await r.find("hebbain")
    r.main.set_focus(r.main.papers)
    await r.press("B")
    assert r.titles and r.main.answer.meant
    assert r.said == "There are no papers listed to do something to"


async def test_a_damaged_index_changes_nothing(r: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    await r.press("B", "r")
    real, count = Pages.paper, iter(range(100))

    def damaged(pages: Pages, ordinal: int) -> Paper:
        if next(count) == 5:
            raise IndexUnusable("damaged: its files cannot be read")
        return real(pages, ordinal)

    monkeypatch.setattr(Pages, "paper", damaged)
    await r.press("y")
    await r.until(lambda: "made again" in r.said)
    assert not r.library.annotations.entries()


async def test_many_are_told_of_on_the_way(r: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    from paperreader.tui import bulk

    seconds: Iterator[int] = iter(range(10_000))
    monkeypatch.setattr(bulk, "monotonic", lambda: next(seconds))
    told: list[str] = []
    monkeypatch.setattr(
        type(r.main.status), "watch_doing", lambda _, doing: told.append(doing), raising=False
    )
    n = len(r.titles)
    await r.press("B", "s", "y")
    assert told[0] == f"0 of {n} papers …" and told[-1] == ""
    assert r.main.status.doing == ""
