"""Going through papers one at a time, over the sample dumps."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from paperreader.library import IndexUnusable, Library
from paperreader.paper import Paper
from paperreader.tui.app import ReaderApp
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.note_editor import NoteEditor
from tests.tui.driving import Reader, reading
from tests.tui.test_settings import configure

Open = Callable[[], Library]


def here(r: Reader) -> Paper:
    paper = r.triage.paper
    assert paper is not None
    return paper


def line(r: Reader) -> str:
    return str(r.triage.query_one("TriageLine").render())


def summary(r: Reader) -> str:
    return str(r.triage.query_one("#summary-text", Static).visual)


def papers(r: Reader, count: int) -> list[Paper]:
    return [r.library.paper(n) for n in r.main.papers.ordinals[:count]]


async def test_every_decision_goes_on(open_library: Open) -> None:
    async with reading(open_library()) as r:
        one, two, three, four, five = papers(r, 5)
        await r.press("T")
        assert line(r).startswith("1 of 181")
        await r.press("s", "l", "x", "r")
        assert here(r) == five and line(r).startswith("5 of 181")
        assert r.library.annotation(one).starred and r.library.annotation(two).later
        assert r.library.annotation(three).skipped and r.library.annotation(four).read
        assert "★ 1   later 1   skipped 1   read 1" in line(r)
        assert r.triage.status.said.startswith(f"Marked as read: “{four.title[:20]}")


async def test_a_decision_taken_back_stays_and_another_takes_its_place(open_library: Open) -> None:
    async with reading(open_library()) as r:
        (one,) = papers(r, 1)
        await r.press("T", "s", "k", "s")
        assert here(r) == one and not r.library.annotation(one).starred
        await r.press("x", "k", "s", "k")
        noted = r.library.annotation(one)
        assert noted.starred and not noted.skipped and here(r) == one
        await r.press("x", "k")
        noted = r.library.annotation(one)
        assert noted.skipped and not noted.starred
        await r.press("u")
        noted = r.library.annotation(one)
        assert noted.starred and not noted.skipped, "one decision is one step"


async def test_undo_goes_back_to_its_paper(open_library: Open) -> None:
    async with reading(open_library()) as r:
        one, two = papers(r, 2)
        await r.press("s", "T", "s", "enter", "x", "u")
        # what is judged, the first, is left out
        assert here(r).title == papers(r, 4)[3].title and "Undone" in r.triage.status.said
        await r.press("u")
        assert here(r) == two and not r.library.annotation(two).starred
        await r.press("j", "j", "u")
        assert not r.library.annotation(one).starred and here(r) != one, "it is not of this round"


async def test_keys_typed_ahead_of_an_undo_meet_its_paper(open_library: Open) -> None:
    from textual import events

    async with reading(open_library()) as r:
        one, two = papers(r, 2)
        await r.press("T")
        for key in "xul":
            r.app.post_message(events.Key(key, key))
        await r.until(lambda: bool(r.library.annotations.ids("later")))
        assert r.library.annotation(one).later and not r.library.annotation(one).skipped
        assert here(r) == two


@pytest.mark.parametrize(
    ("keys", "marks", "position"),
    [("sks", "", 0), ("skxks", "starred", 1), ("lkxkxl", "later", 1), ("rkxkrs", "starred", 1)],
)
async def test_keys_decide_on_what_was_asked_before_them(
    open_library: Open, keys: str, marks: str, position: int
) -> None:
    async with reading(open_library()) as r:
        (one,) = papers(r, 1)
        await r.press("T")
        slow = threading.Event()
        r.main.changes.do(lambda: slow.wait(10))
        await r.pilot.press(*keys)
        assert r.triage.round.position == position
        slow.set()
        await r.settle()
        noted = r.library.annotation(one)
        assert [
            each for each in ("starred", "later", "skipped", "read") if getattr(noted, each)
        ] == marks.split()
        await r.press("g", "s")
        assert r.library.annotation(one).starred is ("starred" not in marks), "it is not remembered for ever"


async def test_keys_typed_ahead_of_the_triage_are_for_it(open_library: Open) -> None:
    from textual import events

    async with reading(open_library()) as r:
        one, two = papers(r, 2)
        for key in "Txs":
            r.app.post_message(events.Key(key, key))
        await r.until(lambda: bool(r.library.annotations.ids("starred")))
        assert r.library.annotation(one).skipped and r.library.annotation(two).starred


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_the_end_says_what_was_decided(open_library: Open, size: tuple[int, int]) -> None:
    async with reading(open_library(), size) as r:
        await r.find("hebbian")
        await r.press("enter", "T")
        count = len(r.triage.round)
        titles = [p.title for p in papers(r, count)]
        assert 3 < count < 20 and "hebbian" in r.triage.status.where
        await r.press("s", "l", *["x"] * (count - 3), "enter")
        assert r.triage.round.is_over
        assert summary(r).startswith(f"{count} papers: 1 starred, 1 for later, {count - 3} skipped, 1 left")
        assert titles[0] in summary(r) and titles[1] in summary(r) and titles[2] not in summary(r)
        await r.press("u")
        assert here(r).title == titles[-2], "the last decision"
        await r.press("G", "enter", "j", "k")
        assert here(r).title == titles[-1]
        await r.press("enter", "enter")
        assert isinstance(r.app.screen, MainScreen) and r.paper.title == titles[-1]


async def test_from_the_end_through_what_is_left(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("hebbian")
        await r.press("enter", "T")
        count = len(r.triage.round)
        left = here(r)
        await r.press("j", *["x"] * (count - 1), "T")
        assert len(r.triage.round) == 1 and here(r) == left
        await r.press("x", "T")
        assert len(r.triage.round) == 0 and "Nothing to go through" in summary(r)
        await r.press("T", "escape")
        assert isinstance(r.app.screen, MainScreen) and len(r.titles) == count


async def test_a_view_of_judged_papers_is_gone_through_as_it_is(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("s", "j", "s", "3", "g", "T")
        assert len(r.triage.round) == 2 and r.triage.status.where == "starred"
        await r.press("x", "T")
        assert r.said == "2 papers: 1 starred, 1 skipped"


async def test_it_begins_where_the_cursor_is(open_library: Open) -> None:
    async with reading(open_library()) as r:
        titles = r.titles
        await r.press("j", "j", "j", "T")
        assert here(r).title == titles[3] and line(r).startswith("4 of 181")
        await r.press("x", "x", "T")
        assert r.paper.title == titles[5]
        await r.press("k", "T")
        assert here(r).title == titles[5], "the next one that is not judged"
        await r.press("g")
        assert here(r).title == titles[0]


async def test_notes_are_written_in_place(open_library: Open) -> None:
    async with reading(open_library()) as r:
        one, two = papers(r, 2)
        await r.press("T", "n")
        await r.type("jx s")
        assert r.triage.query(NoteEditor) and here(r) == one
        await r.press("ctrl+s")
        assert r.library.annotation(one).note == "jx s" and here(r) == one
        assert not r.triage.query(NoteEditor)
        await r.press("j", "n", "z", "escape", "s")
        assert r.library.annotation(two).note == "z"
        await r.press("n", "q", "escape", "escape", "escape", "d")
        await r.press("x", "k", "n", "q", "escape", "d", "q")
        await r.until(lambda: not r.app.is_running)
        assert r.library.annotation(two).note == "z"


async def test_it_survives_papers_that_come_in_and_marks_from_elsewhere(
    open_library: Open, tmp_path: Path
) -> None:
    async with reading(open_library()) as r:
        one, two, three = papers(r, 3)
        await r.press("T")
        (tmp_path / "new.txt").write_text("Daily Papers\n\nSep 29\n\nA new paper\n\nWith an abstract.\n")
        library = r.library
        r.main.change(lambda: library.take_in([str(tmp_path / "new.txt")], 2026).summary)
        await r.until(lambda: len(r.titles) == 182)
        assert here(r) == one and "1 paper" in r.triage.status.said
        other = open_library()
        other.mark(two, "skipped", True)
        r.main._look_for_changes()
        await r.settle()
        await r.press("x")
        assert here(r) == two and "skipped" in line(r) and "skipped 2" in line(r)
        await r.press("j", "l")
        assert r.library.annotation(three).later and len(r.triage.round) == 181
        await r.press("T")
        assert r.paper == papers(r, 5)[4]


async def test_what_is_hidden_is_hidden_after_it(open_library: Open) -> None:
    async with reading(open_library()) as r:
        titles = r.titles
        await r.press("H", "T", "x", "x", "j", "s", "T")
        assert r.titles == [titles[2], *titles[4:]] and r.paper.title == titles[4]


async def test_keys_are_mapped_alike(open_library: Open) -> None:
    configure('[keys]\nstar = "w"\ntriage = "ctrl+t"\nnext-paper = "ctrl+n"\n')
    async with reading(open_library()) as r:
        one, two = papers(r, 2)
        await r.press("ctrl+t", "s", "enter")
        assert here(r) == one
        await r.press("w")
        assert r.library.annotation(one).starred and here(r) == two
        await r.press("ctrl+n")
        assert r.triage.round.position == 2
        assert "w star" in str(r.triage.query_one("KeyLine").render())
        await r.press("question_mark")
        assert "In a triage" in str(r.app.screen.query_one("#help-text", Static).visual)


async def test_copying_raw_text_palette_and_quitting_work_in_it(open_library: Open) -> None:
    async with reading(open_library()) as r:
        (one,) = papers(r, 1)
        await r.press("T", "y")
        await r.until(lambda: r.app.clipboard == one.title)
        await r.press("backslash")
        assert r.triage.raw
        offered = {c.title for c in r.app.get_system_commands(r.triage)}
        assert "Star" in offered and "Filter" not in offered
        await r.press("x", "q")
        await r.until(lambda: not r.app.is_running)
        assert r.library.visit == "1 skipped"


async def test_an_empty_library_has_nothing_to_go_through(tmp_path: Path) -> None:
    async with reading(Library(tmp_path / "new"), (40, 12)) as r:
        await r.press("T")
        assert "Nothing to go through" in summary(r)
        await r.press("s", "l", "x", "r", "n", "j", "k", "g", "G", "space", "u", "y", "enter")
        assert isinstance(r.app.screen, MainScreen)


async def test_the_program_can_begin_with_it(open_library: Open) -> None:
    library = open_library()
    order = list(library.search().ordinals)
    library.mark(library.paper(order[0]), "read", True)
    app = ReaderApp(library, triage=True)
    async with app.run_test(size=(80, 24)) as pilot:
        r = Reader(pilot)
        await r.settle()
        assert here(r) == library.paper(order[1]) and len(r.triage.round) == 180
        await r.press("escape")
        assert len(r.titles) == 181 and r.paper == library.paper(order[1])


async def test_a_note_that_is_being_written_is_saved_when_the_terminal_goes(open_library: Open) -> None:
    async with reading(open_library()) as r:
        (one,) = papers(r, 1)
        await r.press("T", "n")
        await r.type("unfinished")
        r.app._signalled(signal.SIGTERM)
        await r.until(lambda: not r.app.is_running)
        assert r.library.annotation(one).note == "unfinished"


async def test_a_paper_that_cannot_be_read_is_not_decided_on(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(open_library()) as r:
        await r.press("T")

        def damaged(_pages: object, _ordinal: int) -> Paper:
            raise IndexUnusable("damaged")

        monkeypatch.setattr("paperreader.orphans.Pages.paper", damaged)
        await r.press("j", "x")
        assert r.library.annotations.entries() == {} and r.triage.round.position == 1
