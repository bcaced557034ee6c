"""Fetching from within the reader: beside it, and without moving what is being read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest

from paperreader import places
from paperreader.fetch import days, patience, run
from paperreader.library import Library
from paperreader.tui.bars import StatusLine
from tests.fetch.conftest import TODAY
from tests.fetch.site import Handler, Server, listing, rows, silent, status
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]

pytestmark = pytest.mark.usefixtures("lists_are_dumps")


@pytest.fixture(autouse=True)
def at_the_site(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is that of the tests, and nobody waits."""
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    monkeypatch.setattr(run, "_BETWEEN", 0)
    monkeypatch.setattr(patience, "_FIRST", 0)


def line(r: Reader) -> int:
    """Where on the screen the cursor is."""
    return 2 * r.main.papers.cursor - r.main.papers.scroll_offset.y


async def test_new_papers_appear_and_the_cursor_stays(
    open_library: Open, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date(2026, 9, 18)  # after all days of the samples, so that they come in above what is read
    monkeypatch.setattr(days, "utc_today", lambda: today)
    for n in range(3):
        server.on(today - timedelta(n), listing(rows(today - timedelta(n), 20)))
    async with reading(open_library()) as r:
        await r.press(*"jjjjjjjj", "s")
        paper, before, page = r.paper, line(r), r.page
        await r.press("F")
        await r.until(lambda: len(r.titles) == 241)
        assert r.said == "3 new days (4 empty): 60 papers new, 0 seen again"
        assert (r.paper, line(r), r.page) == (paper, before, page)
        assert r.main.papers.cursor == 68
        await r.press("g")
        assert r.paper.title == f"Paper 1 of {today}" and r.library.is_new(r.paper)
        await r.press("2")
        assert len(r.titles) == 241  # on a first visit, everything is new


async def test_what_is_being_typed_and_written_goes_on(open_library: Open, server: Server) -> None:
    asked, told = Event(), Event()

    def later(handler: Handler) -> None:
        asked.set()
        told.wait(20)
        listing(rows(TODAY))(handler)

    server.on(TODAY, later)
    async with reading(open_library()) as r:
        await r.press("F")
        await r.until(asked.is_set)
        await r.until(lambda: "0 of 7 days fetched" in str(r.main.query_one(StatusLine).render()))
        await r.find("attention")
        found = r.titles
        await r.press("enter", "j", "n")
        await r.type("in the middle of it")
        paper = r.paper
        told.set()
        await r.until(lambda: len(r.library) == 184 and r.main.answer.total == 184)
        assert (r.titles, r.paper, r.main.pane, r.filter) == (found, paper, "note", "attention")
        await r.press("ctrl+s")
        assert r.library.annotation(paper).note == "in the middle of it"


async def test_no_network_is_said_and_reading_goes_on(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://no-such-host.invalid")
    async with reading(open_library()) as r:
        await r.press("F")
        await r.until(lambda: "no-such-host.invalid cannot be reached" in r.said)
        assert not r.main.status.doing
        await r.press("j", "s")
        assert r.library.annotation(r.paper).starred and len(r.titles) == 181


async def test_what_came_before_a_problem_is_shown_with_it(open_library: Open, server: Server) -> None:
    server.on(TODAY, listing(rows(TODAY)))
    server.on(TODAY - timedelta(1), status(403))
    async with reading(open_library()) as r:
        await r.press("F")
        await r.until(lambda: len(r.titles) == 184)
        assert "answers 403 Forbidden; 1 new day (6 not fetched): 3 papers new" in r.said


async def test_the_key_stops_it(open_library: Open, server: Server) -> None:
    server.on(TODAY, silent)
    async with reading(open_library()) as r:
        await r.press("F")
        await r.until(lambda: bool(server.asked))
        await r.press("F")
        await r.until(lambda: "stopped" in r.said)
        assert not r.main.status.doing
        server.on(TODAY, listing(rows(TODAY)))
        await r.press("F")
        await r.until(lambda: len(r.titles) == 184)


async def test_leaving_does_not_wait_for_it(open_library: Open, server: Server) -> None:
    server.on(TODAY, silent)
    async with reading(open_library()) as r:
        await r.press("F")
        await r.until(lambda: bool(server.asked))
        await r.pilot.press("q")
        await r.until(lambda: not r.app.is_running)


async def test_at_the_start_if_the_config_says_so(tmp_path: Path, server: Server) -> None:
    places.config_file().parent.mkdir(parents=True)
    places.config_file().write_text("fetch_at_start = true\n")
    server.on(TODAY, listing(rows(TODAY)))
    async with reading(Library(tmp_path / "new")) as r:
        await r.until(lambda: len(r.titles) == 3)
        assert r.main.pane == "list" and r.titles[0] == f"Paper 1 of {TODAY}"


async def test_a_library_that_cannot_be_written_is_said(tmp_path: Path, server: Server) -> None:
    server.on(TODAY, listing(rows(TODAY)))
    async with reading(Library(tmp_path / "new")) as r:
        (tmp_path / "new").write_text("in the way")
        await r.press("F")
        await r.until(lambda: "cannot be kept" in r.said)
        assert str(tmp_path / "new") in r.said
