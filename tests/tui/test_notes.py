"""The list of notes: found in by typing, gone to with Enter, copied, at any size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from textual.geometry import Region
from textual.widgets import Static

from paperreader.library import Library
from paperreader.tui import rows
from paperreader.tui.bars import StatusLine
from paperreader.tui.notes import NoteRows, NotesScreen
from tests.test_notes import noted
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]

NOTES = [
    ("compare with hebbian replay", "2026-11-20T12:00:00Z"),
    ("read the proof", "2026-11-18T12:00:00Z"),
    ("a long one. " * 40 + "The footnote counts. " + "more of it. " * 40, "2025-10-02T12:00:00Z"),
]


@pytest.fixture(autouse=True)
def _same_day_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "today", lambda: date(2026, 11, 21))


async def opened(r: Reader, count: int = len(NOTES)) -> NoteRows:
    await r.press("N")
    assert isinstance(r.app.screen, NotesScreen)
    shown = r.app.screen.query_one(NoteRows)
    await r.until(lambda: len(shown.found.notes) == count)
    await r.pilot.pause()
    return shown


async def type_in(r: Reader, text: str, found: int) -> None:
    await r.press("slash")
    await r.type(text)
    shown = r.app.screen.query_one(NoteRows)
    await r.until(lambda: len(shown.found.notes) == found)
    await r.pilot.pause()


def lines(shown: NoteRows) -> list[str]:
    return [strip.text.rstrip() for strip in shown.render_lines(shown.size.region)]


def count(r: Reader) -> str:
    return str(r.app.screen.query_one("#count", Static).visual)


async def test_title_when_and_first_lines(open_library: Open) -> None:
    library = noted(open_library(), *NOTES)
    async with reading(library) as r:
        notes = await opened(r)
        shown = lines(notes)
        assert shown[0].strip("▌ ").startswith(library.paper(0).title[:60]) and shown[0].endswith("Nov 20")
        assert shown[1].strip("▌ ") == "compare with hebbian replay"
        assert shown[9].strip().startswith("a long one.") and shown[10].endswith("…")
        assert count(r) == "3 notes"


async def test_typing_finds_marks_and_shows_the_place(open_library: Open) -> None:
    async with reading(noted(open_library(), *NOTES)) as r:
        notes = await opened(r)
        await type_in(r, "footn", 1)
        shown = lines(notes)[1]
        assert "… " in shown and "The footnote counts." in shown and count(r) == "1 of 3 notes"
        marked = [s.text for s in notes.render_line(1) if s.style and s.style.bold and "footnote" in s.text]
        assert marked == ["footnote"]
        await r.press("escape")
        await r.until(lambda: len(notes.found.notes) == 3)
        await r.press("escape", "escape")
        assert r.app.screen is r.main


async def test_enter_goes_to_the_paper_whatever_is_listed(open_library: Open) -> None:
    library = noted(open_library(), *NOTES)
    async with reading(library) as r:
        await r.find("zzz")
        await r.press("escape", "escape", "3")
        assert r.titles == []
        await opened(r)
        await r.press("j", "enter")
        await r.settle()
        assert r.app.screen is r.main and r.paper == library.paper(1)
        assert len(r.titles) == 181 and r.main.focused is r.main.papers and r.filter == ""
        await opened(r)
        await type_in(r, "hebbian", 1)
        await r.press("enter")
        await r.settle()
        assert r.paper == library.paper(0)


async def test_y_copies_the_note_and_says_so_here(open_library: Open) -> None:
    async with reading(noted(open_library(), *NOTES)) as r:
        await opened(r)
        await r.press("j", "y")
        line = r.app.screen.query_one(StatusLine)
        await r.until(lambda: line.said.startswith("Note"))
        assert r.app.clipboard == "read the proof"


async def test_the_mouse_works_here_too(open_library: Open) -> None:
    library = noted(open_library(), *NOTES)
    async with reading(library) as r:
        notes = await opened(r)
        await r.pilot.click(NoteRows, offset=(10, 5))
        assert notes.cursor == 1 and r.app.screen.query_one(StatusLine).where == "2 of 3"
        await r.pilot.double_click(NoteRows, offset=(10, 9))
        await r.settle()
        assert r.app.screen is r.main and r.paper == library.paper(2)


async def test_without_notes_it_says_how_to_write_one(open_library: Open) -> None:
    async with reading(open_library()) as r:
        notes = await opened(r, 0)
        await r.until(lambda: "n writes one" in "\n".join(lines(notes)))
        await r.press("enter", "y")
        assert isinstance(r.app.screen, NotesScreen)
        await r.press("q")
        assert r.app.screen is r.main and r.app.is_running


@pytest.mark.parametrize("size", [(200, 60), (60, 20), (40, 12), (20, 6)])
async def test_any_size(open_library: Open, size: tuple[int, int]) -> None:
    async with reading(noted(open_library(), *NOTES), size=size) as r:
        notes = await opened(r)
        assert all(strip.cell_length == notes.size.width for strip in notes.render_lines(notes.size.region))
        await r.press("G")
        assert notes.cursor == 2
        await r.pilot.resize_terminal(100, 30)
        await r.until(lambda: notes.row_height == 4)
        assert notes.cursor == 2


async def test_a_failure_is_said_and_no_more(open_library: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(open_library()) as r:
        monkeypatch.setattr("paperreader.notes.newest_first", lambda _library: 1 / 0)
        await r.press("N")
        await r.until(lambda: "ZeroDivisionError" in r.app.screen.query_one(StatusLine).said)
        await r.press("escape")
        assert r.app.screen is r.main


@pytest.mark.parametrize("query", ["hebb", "note:hebbian", "compare hebbian"])
async def test_the_one_filter_finds_notes_and_marks_them_on_the_page(open_library: Open, query: str) -> None:
    library = noted(open_library(), NOTES[1], ("compare with hebbian replay", None))
    async with reading(library) as r:
        await r.find(query)
        assert library.paper(1).title in r.titles
        await r.press("enter")
        while r.paper != library.paper(1):
            await r.press("j")
        width = r.main.query_one("#note").size.width
        shown = [s for strip in r.main.query_one("#note").render_lines(Region(0, 0, width, 1)) for s in strip]
        match = r.main.abstract.get_visual_style("page--match", partial=True)
        marked = {s.text for s in shown if s.style and s.style.color == match.rich_style.color}
        assert "hebbian" in marked and "with" not in "".join(marked)
