"""The help: found by typing, the keys as they are, first those of the pane one comes from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.containers import VerticalScroll
from textual.widgets import Static

from paperreader import places
from paperreader.library import Library
from paperreader.tui import matching
from paperreader.tui.commands import COMMANDS, DEFAULT_KEYS
from paperreader.tui.help import HelpScreen, search, sections
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


def text(r: Reader) -> str:
    return str(r.app.screen.query_one("#help-text", Static).visual)


def marked(r: Reader) -> list[str]:
    """The stretches of the help that are shown as matches."""
    shown = r.app.screen.query_one("#help-text", Static).visual
    style = r.app.screen.get_visual_style("help--match", partial=True)
    return [str(shown)[span.start : span.end] for span in shown.spans if span.style == style]  # type: ignore[attr-defined]


async def test_typing_finds_and_marks_at_once(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("question_mark")
        everything = text(r)
        await r.type("browser")
        assert "Open the paper in the browser" in text(r) and "Leave" not in text(r)
        assert marked(r) == ["browser"]
        assert str(r.app.screen.query_one("#count", Static).visual) == "1 found"
        await r.press(*["backspace"] * len("browser"))
        assert text(r) == everything and marked(r) == []
        await r.type("nothing like it")
        assert "Nothing of that kind" in text(r)
        await r.press("escape")
        assert r.app.screen is r.main


async def test_a_misspelt_word_is_found_and_a_key_says_what_it_does(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("question_mark")
        await r.type("brwoser")
        assert marked(r) == ["browser"]
        await r.press(*["backspace"] * 7, "O")
        assert text(r).startswith("The key O\n  O") and "Order by" in text(r).split("\n")[1]


@pytest.mark.parametrize(
    ("keys", "first"),
    [("", "In the list"), ("tab", "In the abstract"), ("slash", "In the filter"), ("n", "In a note")],
)
async def test_the_keys_of_the_pane_come_first(open_library: Open, keys: str, first: str) -> None:
    async with reading(open_library()) as r:
        await r.press(*filter(None, [keys]))
        await r.main.run_action("help")
        await r.settle()
        assert text(r).startswith(first)


async def test_the_keys_are_those_that_are_mapped_now(open_library: Open) -> None:
    places.config_file().parent.mkdir(parents=True)
    places.config_file().write_text('[keys]\nhelp = ["f1", "h"]\nstar = "ctrl+x"\n')
    async with reading(open_library()) as r:
        await r.press("h")
        assert "^x" in text(r) and "f1 h" in text(r)
        await r.type("heb")  # a letter that opens the help is a letter in it
        assert isinstance(r.app.screen, HelpScreen)
        await r.press("backspace", "backspace", "backspace", "f1")
        assert r.app.screen is r.main


async def test_the_key_that_opened_closes_and_can_be_sought(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("question_mark", "question_mark")
        assert r.app.screen is r.main
        await r.press("question_mark", "space", "question_mark")
        assert "The key ?" in text(r)


async def test_keys_scroll_and_typing_begins_at_the_top(open_library: Open) -> None:
    async with reading(open_library(), size=(60, 16)) as r:
        await r.press("question_mark")
        scroll = r.app.screen.query_one("#help-scroll", VerticalScroll)
        places_seen = []
        for key in ("down", "pagedown", "up", "pageup", "ctrl+end", "ctrl+home"):
            await r.press(key)
            places_seen.append(scroll.scroll_y)
        page = scroll.size.height - 1
        assert places_seen == [1, 1 + page, page, 0, scroll.max_scroll_y, 0]
        await r.press("pagedown", "a")
        assert scroll.scroll_y == 0


@pytest.mark.parametrize("size", [(200, 60), (80, 24), (40, 12), (20, 6)])
async def test_no_line_is_cut_at_any_size(open_library: Open, size: tuple[int, int]) -> None:
    async with reading(open_library(), size=size) as r:
        await r.press("question_mark")
        widget = r.app.screen.query_one("#help-text", Static)
        lines = [line for line in text(r).split("\n") if line.startswith(" ")]
        assert lines and all(len(line) <= widget.size.width for line in lines)
        words = "".join(text(r).split())
        assert all("".join(c.help.split()) in words for c in COMMANDS)
        await r.pilot.resize_terminal(50, 20)
        await r.pilot.pause()
        assert sorted("".join(text(r).split())) == sorted(words)


def test_everything_is_said_once() -> None:
    for pane in ("list", "abstract", "filter", "note", "empty"):
        entries = [e for section in sections(DEFAULT_KEYS, pane) for e in section.entries]  # type: ignore[arg-type]
        said = [entry.text for entry in entries if not entry.typed]
        assert sorted(said) == sorted(command.help for command in COMMANDS)
    assert sum(len(matches) for _, matches in search(sections(DEFAULT_KEYS, "list"), "")) == len(entries)


@given(st.text(), st.text())
def test_what_is_found_stands_there(query: str, text: str) -> None:
    for start, end in (matching.find(query, text) or [[]])[0]:
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="abcé ßİ", min_size=3), st.data())
def test_a_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 3))
    assert matching.find(text[start : start + 3], text) is not None or " " in text[start : start + 3]
