"""Finding, viewing, and the program itself: scenes for the other keys."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Static

from paperreader.tui.commands import COMMANDS
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.help import HelpScreen
from paperreader.tui.notes import NoteRows, NotesScreen
from paperreader.tui.paper_list import PaperList
from tests.fetch.site import serving
from tests.tui.driving import Reader
from tests.tui.scenes import command
from tests.tui.scenes_alike import row


@command("filter")
async def _(r: Reader) -> None:
    await r.find("hebbian")
    assert 0 < len(r.titles) < 181
    texts = [f"{p.title} {p.abstract}".lower() for p in map(r.library.paper, r.main.papers.ordinals)]
    assert all("hebbian" in text for text in texts)
    assert r.main._found() == f"{len(r.titles)} of 181"


@command("accept")
async def _(r: Reader) -> None:
    await r.find("attention")
    await r.press("enter")
    assert isinstance(r.main.focused, PaperList)
    assert r.filter == "attention"


@command("back")
async def _(r: Reader) -> None:
    await r.find("attention")
    await r.press("escape")
    assert r.filter == "" and len(r.titles) == 181 and isinstance(r.main.focused, FilterInput)
    await r.press("escape")
    assert isinstance(r.main.focused, PaperList)


@command("older")
async def _(r: Reader) -> None:
    await r.press("left_square_bracket")
    assert r.filter == "date:2026-08-20" and len(r.titles) == 39
    await r.press("left_square_bracket")
    assert r.filter == "date:2026-08-18"
    await r.press("left_square_bracket", "left_square_bracket")
    assert r.filter == "date:2026-03-11"


@command("newer")
async def _(r: Reader) -> None:
    await r.press("right_square_bracket")
    assert r.filter == "" and "latest" in r.said
    await r.press("left_square_bracket", "left_square_bracket", "right_square_bracket")
    assert r.filter == "date:2026-08-20"
    assert all(date(2026, 8, 20) in r.library.paper(n).days for n in r.main.papers.ordinals)


@command("view-all")
async def _(r: Reader) -> None:
    await r.press("3", "1")
    assert len(r.titles) == 181


@command("view-new")
async def _(r: Reader) -> None:
    await r.press("2")
    assert len(r.titles) == 181
    r.library.end_visit()


@command("view-starred")
async def _(r: Reader) -> None:
    await r.press("3")
    assert r.titles == [] and "No stars yet" in r.main.papers.empty_text
    await r.press("1", "j", "s", "3")
    assert r.titles == [r.paper.title]


@command("view-noted")
async def _(r: Reader) -> None:
    await r.press("n", "x", "ctrl+s", "4")
    assert len(r.titles) == 1


@command("view-trending")
async def _(r: Reader) -> None:
    await r.press("5")
    papers = [r.library.paper(n) for n in r.main.papers.ordinals]
    newest = r.library.days()[-1]
    ranks = [(p.seen_lately(newest), p.seen, p.last_day) for p in papers]
    assert ranks == sorted(ranks, reverse=True) and ranks[0][:2] == (3, 5) and len(papers) == 181
    assert "×3 in 30 days  ×5 in all" in row(r, 0) and "×" not in row(r, 180)
    await r.press("g")
    assert "Seen in 5 dumps" in r.page


@command("view-later")
async def _(r: Reader) -> None:
    await r.press("7")
    assert r.titles == [] and "Nothing kept for later" in r.main.papers.empty_text
    await r.press("1", "j", "l", "7")
    assert r.titles == [r.paper.title]


@command("hide-judged")
async def _(r: Reader) -> None:
    first = r.paper
    await r.press("s")
    await r.press("H")
    assert len(r.titles) == 180 and r.paper != first and "hidden" in r.said
    await r.press("H")
    assert len(r.titles) == 181


@command("sort")
async def _(r: Reader) -> None:
    await r.press("j", "j", "j")
    paper = r.paper
    await r.press("O")
    assert r.main.answer.sort == "title" and r.paper == paper
    folded = [title.casefold() for title in r.titles if title.isascii() and title[0].isalpha()]
    assert folded == sorted(folded)


@command("help")
async def _(r: Reader) -> None:
    await r.pilot.resize_terminal(120, 40)
    await r.press("question_mark")
    assert isinstance(r.app.screen, HelpScreen)
    text = str(r.app.screen.query_one("#help-text").visual)
    assert all(c.help in text for c in COMMANDS)
    await r.press("escape")
    assert not isinstance(r.app.screen, HelpScreen)


@command("notes")
async def _(r: Reader) -> None:
    await r.press("j", "j", "n")
    await r.type("replay")
    paper = r.paper
    await r.press("ctrl+s", "g", "N")
    assert isinstance(r.app.screen, NotesScreen)
    rows = r.app.screen.query_one(NoteRows)
    await r.until(lambda: rows.note is not None)
    assert rows.note is not None and rows.note.text == "replay"
    await r.press("enter")
    await r.settle()
    assert r.paper == paper


@command("statistics")
async def _(r: Reader) -> None:
    await r.press("s", "r", "S")
    page = r.app.screen.query_one("#page", Static)
    await r.until(lambda: "1 read, 1 starred" in str(page.visual))
    await r.press("escape")
    assert r.app.screen is r.main


@command("palette")
async def _(r: Reader) -> None:
    await r.press("ctrl+p")
    assert type(r.app.screen).__name__ == "Palette"
    await r.press("escape")
    offered = {c.title for c in r.app.get_system_commands(r.main)}
    assert offered == {c.label.capitalize() for c in COMMANDS if c.pane != "triage"} | {
        f"Theme {name}" for name in r.app.available_themes
    }


@command("quit")
async def _(r: Reader) -> None:
    await r.press("s")
    await r.pilot.press("q")
    await r.until(lambda: r.app.return_code is not None or not r.app.is_running)


@command("samples")
async def _(r: Reader) -> None:
    await r.press("i")
    assert "already" in r.said and len(r.titles) == 181


@command("fetch")
async def _(r: Reader) -> None:
    with serving() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_ENDPOINT", server.address)
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setattr("paperreader.fetch.run._BETWEEN", 0)
        await r.press("F")
        assert "fetched, now" in r.main.status.doing or "…" in r.main.status.doing
        await r.until(lambda: r.said == "0 new days (7 empty): 0 papers new, 0 seen again")
        assert not r.main.status.doing and len(server.asked) == 7
