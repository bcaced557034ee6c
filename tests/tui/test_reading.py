"""Reading on with Space, and what is marked as read by doing so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from paperreader import places
from paperreader.library import Library
from paperreader.tui import attention
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float = 11.0) -> None:
        self.seconds += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(attention, "now", clock)
    return clock


def configure(text: str) -> None:
    file = places.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def read_marks(r: Reader) -> list[int]:
    """The rows of the papers that are marked as read."""
    papers = [r.library.paper(n) for n in r.main.papers.ordinals[:20]]
    return [row for row, paper in enumerate(papers) if r.library.annotation(paper).read]


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_space_reads_every_page_of_every_paper(open_library: Open, size: tuple[int, int]) -> None:
    async with reading(open_library(), size) as r:
        pane = r.main.abstract
        for row in range(3):
            assert r.main.papers.cursor == row and pane.scroll_offset.y == 0
            seen = {0}
            while pane.scroll_offset.y < pane.max_scroll_y:
                await r.press("space")
                assert 0 < pane.scroll_offset.y - max(seen) < pane.size.height
                seen.add(pane.scroll_offset.y)
            await r.press("space")


async def test_space_shows_the_note_before_it_goes_on(open_library: Open) -> None:
    async with reading(open_library(), (50, 20)) as r:
        r.library.annotations.change(r.paper.id, r.paper.title, "note", "line\n\n" * 60 + "the end")
        await r.press("r")
        pages = 0
        while r.main.papers.cursor == 0:
            at_end = r.main.abstract.scroll_offset.y == r.main.abstract.max_scroll_y
            await r.press("space")
            pages += 1
        assert at_end and pages > 10


async def test_space_at_the_last_paper_says_so(open_library: Open) -> None:
    async with reading(open_library(), (200, 60)) as r:
        await r.press("G")
        await r.press(*["space"] * 5)
        assert r.main.papers.cursor == 180 and "last paper" in r.said
    async with reading(open_library()) as r:
        await r.find("zzzzqqq")
        await r.press("enter", "space")
        assert r.titles == [] and r.said == ""


async def test_keys_typed_ahead_of_space_meet_the_paper_it_goes_to(open_library: Open) -> None:
    async with reading(open_library(), (200, 60)) as r:
        for key in ("space", "space", "s"):
            r.app.post_message(events.Key(key, " " if key == "space" else key))
        await r.until(lambda: bool(r.library.annotations.ids("starred")))
        assert r.main.papers.cursor == 2 and r.library.annotation(r.paper).starred


async def test_a_paper_that_was_open_for_long_enough_is_read(open_library: Open, clock: Clock) -> None:
    async with reading(open_library()) as r:
        clock.wait(9)
        await r.press("j")
        assert read_marks(r) == []
        clock.wait()
        await r.press("j")
        assert read_marks(r) == [1] and r.said == ""
        clock.wait()
        await r.press("G")
        assert read_marks(r) == [1, 2]
        await r.press("u", "g")
        assert read_marks(r) == [1]


async def test_the_clock_takes_neither_undo_nor_redo_from_the_reader(
    open_library: Open, clock: Clock
) -> None:
    async with reading(open_library()) as r:
        paper = r.paper
        await r.press("s")
        clock.wait()
        await r.press("j", "u")
        assert "Undone: star" in r.said and read_marks(r) == [0]
        clock.wait()
        await r.press("j", "U")
        assert "Done again: star" in r.said and read_marks(r) == [0, 1]
        assert r.library.annotation(paper).starred
        await r.press("u", "u")
        assert "Undone: read mark" in r.said and read_marks(r) == [0]


async def test_the_config_says_how_long(open_library: Open, clock: Clock) -> None:
    configure("read_after = 60")
    async with reading(open_library()) as r:
        clock.wait(59)
        await r.press("j")
        clock.wait(61)
        await r.press("j")
        assert read_marks(r) == [1]
    configure("read_after = false")
    async with reading(open_library()) as r:
        clock.wait(10_000)
        await r.press("j")
        assert read_marks(r) == [1]


async def test_leaving_moves_on(open_library: Open, clock: Clock) -> None:
    async with reading(open_library()) as r:
        title = r.paper.title
        clock.wait()
        await r.pilot.press("q")
        await r.until(lambda: not r.app.is_running)
    entries = open_library().annotations.entries().values()
    assert [entry.title for entry in entries if entry.read] == [title]


@pytest.mark.parametrize("unread", [["r", "r"], ["r", "u"]])
async def test_what_was_marked_by_hand_stays_so(open_library: Open, clock: Clock, unread: list[str]) -> None:
    async with reading(open_library()) as r:
        await r.press(*unread)
        clock.wait()
        await r.press("j")
        assert read_marks(r) == []


async def test_an_old_mark_taken_away_stays_so(open_library: Open, clock: Clock) -> None:
    library = open_library()
    library.mark(library.paper(library.search().ordinals[0]), "read", True)
    async with reading(library) as r:
        clock.wait()
        await r.press("r")
        clock.wait()
        await r.press("j")
        assert read_marks(r) == []


async def test_typing_a_query_is_no_reading(open_library: Open, clock: Clock) -> None:
    async with reading(open_library()) as r:
        await r.press("slash")
        clock.wait()
        await r.type("hebbian")
        clock.wait()
        await r.press("enter")
        clock.wait(9)
        await r.press("j")
        assert not r.library.annotations.ids("read")
        clock.wait()
        await r.press("slash", "escape")
        assert len(r.library.annotations.ids("read")) <= 1


async def test_only_what_is_before_the_eyes_is_read(open_library: Open, clock: Clock) -> None:
    async with reading(open_library()) as r:
        r.app.post_message(events.AppBlur())
        await r.settle()
        clock.wait()
        r.app.post_message(events.AppFocus())
        await r.settle()
        await r.press("question_mark")
        clock.wait()
        await r.press("escape")
        r.app._suspend_signal()
        clock.wait()
        r.app._resume_signal()
        clock.wait(9)
        await r.press("j")
        assert read_marks(r) == []
        r.app.post_message(events.AppBlur())
        await r.settle()
        r.app.post_message(events.AppFocus())
        await r.settle()
        clock.wait()
        await r.press("j")
        assert read_marks(r) == [1]


async def test_what_comes_in_does_not_begin_the_count_anew(
    open_library: Open, clock: Clock, tmp_path: Path
) -> None:
    async with reading(open_library()) as r:
        clock.wait(9)
        (tmp_path / "new.txt").write_text("Daily Papers\n\nSep 9\n\nA new paper\n\nWith an abstract.\n")
        library = r.library
        r.main.change(lambda: library.take_in([str(tmp_path / "new.txt")], 2026).summary)
        await r.until(lambda: len(r.titles) == 182)
        title = r.paper.title
        clock.wait(2)
        await r.press("j")
        assert [a.title for a in library.annotations.entries().values() if a.read] == [title]


async def test_what_is_read_in_a_triage_is_read(open_library: Open, clock: Clock) -> None:
    async with reading(open_library(), (120, 60)) as r:
        clock.wait(6)
        await r.press("T")
        clock.wait(6)
        await r.press("space")
        assert read_marks(r) == [0], "it was open all the time"
        clock.wait()
        await r.press("l")
        assert read_marks(r) == [0], "it was kept for later"
        clock.wait()
        await r.press("k", "j", "j")
        assert read_marks(r) == [0, 2]
        await r.press("u", "u")
        assert r.triage.round.position == 2 and read_marks(r) == [0]
        await r.press("U", "U", "j")
        clock.wait()
        await r.press("T")
        assert r.main.papers.cursor == 2
        clock.wait()
        await r.press("j")
        assert read_marks(r) == [0, 2]
        assert r.library.visit == "2 read, 1 for later"
