"""Every key does what its declaration says, in the real app over the sample dumps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.bars import FilterInput
from paperreader.tui.commands import COMMANDS
from paperreader.tui.dialogs import ChoiceScreen, HelpScreen
from paperreader.tui.note_editor import NoteEditor
from paperreader.tui.paper_list import PaperList
from tests.tui.driving import Reader, reading

Scene = Callable[[Reader], Awaitable[None]]
SCENES: dict[str, Scene] = {}


def command(name: str) -> Callable[[Scene], Scene]:
    """Declare a scene as the test of a command."""

    def declare(scene: Scene) -> Scene:
        SCENES[name] = scene
        return scene

    return declare


@pytest.mark.parametrize("name", [c.id for c in COMMANDS])
async def test_command(name: str, open_library: Callable[[], Library]) -> None:
    async with reading(open_library()) as reader:
        await SCENES[name](reader)


@command("down")
async def _(r: Reader) -> None:
    for n, key in enumerate(("j", "down"), 1):
        await r.press(key)
        assert r.main.papers.cursor == n
    assert r.paper.title in r.page.replace("\n", " ")


@command("up")
async def _(r: Reader) -> None:
    await r.press("j", "j", "j", "k")
    assert r.main.papers.cursor == 2
    await r.press("up", "up", "up", "up")
    assert r.main.papers.cursor == 0


@command("page-down")
async def _(r: Reader) -> None:
    await r.press("pagedown")
    one = r.main.papers.cursor
    await r.press("ctrl+f")
    assert 10 < one and r.main.papers.cursor == 2 * one


@command("page-up")
async def _(r: Reader) -> None:
    await r.press("G", "pageup")
    assert 150 < r.main.papers.cursor < 180
    await r.press("g", "ctrl+b")
    assert r.main.papers.cursor == 0


@command("first")
async def _(r: Reader) -> None:
    for key in ("g", "home"):
        await r.press("G", key)
        assert r.main.papers.cursor == 0


@command("last")
async def _(r: Reader) -> None:
    for key in ("G", "end"):
        await r.press("g", key)
        assert r.main.papers.cursor == 180
        assert r.main.papers.max_scroll_y == r.main.papers.scroll_y


@command("next-pane")
async def _(r: Reader) -> None:
    seen = []
    for _i in range(3):
        await r.press("tab")
        seen.append(type(r.main.focused))
    assert seen == [AbstractPane, FilterInput, PaperList]


@command("previous-pane")
async def _(r: Reader) -> None:
    await r.press("shift+tab")
    assert isinstance(r.main.focused, FilterInput)


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


@command("star")
async def _(r: Reader) -> None:
    await r.press("s")
    assert r.library.annotation(r.paper).starred
    assert "★ starred" in r.page
    await r.press("s")
    assert not r.library.annotation(r.paper).starred
    assert "★" not in r.page


@command("read")
async def _(r: Reader) -> None:
    await r.press("r")
    assert r.library.annotation(r.paper).read and r.said == "Marked as read"
    await r.press("r")
    assert not r.library.annotation(r.paper).read


@command("note")
async def _(r: Reader) -> None:
    await r.press("n")
    assert r.main.query(NoteEditor)
    await r.type("read the proof")
    await r.press("enter", "t", "w", "o", "ctrl+s")
    assert r.library.annotation(r.paper).note == "read the proof\ntwo"
    assert not r.main.query(NoteEditor)
    assert "read the proof" in r.page
    assert isinstance(r.main.focused, PaperList)


@command("edit-note")
async def _(r: Reader) -> None:
    # no other program can be opened under a test driver: the journey test does it on a real terminal
    await r.press("e")
    await r.until(lambda: "No other program" in r.said)
    assert r.library.annotation(r.paper).note == ""


@command("undo")
async def _(r: Reader) -> None:
    await r.press("s", "j", "r", "u", "u")
    first = r.library.paper(r.main.papers.ordinals[0])
    assert not r.library.annotation(first).starred and not r.library.annotation(r.paper).read
    await r.press("u")
    assert r.said == "Nothing to undo"


@command("copy")
async def _(r: Reader) -> None:
    await r.press("j", "y")
    await r.until(lambda: r.said.startswith("Title"))
    assert r.app.clipboard == r.paper.title


@command("copy-more")
async def _(r: Reader) -> None:
    await r.press("Y")
    assert isinstance(r.app.screen, ChoiceScreen)
    await r.press("b")
    assert r.app.clipboard.startswith("@misc{") and r.paper.title.split()[0] in r.app.clipboard
    await r.press("Y", "down", "enter")
    assert r.paper.abstract[:40] in r.app.clipboard and r.app.clipboard.startswith("#")
    await r.press("Y", "enter")
    assert r.app.clipboard.startswith(r.paper.title) and r.paper.abstract in r.app.clipboard
    await r.press("Y", "l")
    assert r.app.clipboard.startswith("https://")
    before = r.app.clipboard
    await r.press("Y", "escape")
    assert r.app.clipboard == before and not isinstance(r.app.screen, ChoiceScreen)


@command("open")
async def _(r: Reader) -> None:
    # there is neither a desktop nor a browser in the tests: the address is said instead
    await r.press("o")
    await r.until(lambda: "https://huggingface.co/papers?q=" in r.said)


@command("page-abstract")
async def _(r: Reader) -> None:
    await r.pilot.resize_terminal(50, 20)
    await r.press("space")
    assert r.main.abstract.scroll_y > 0
    assert r.main.papers.cursor == 0


@command("older")
async def _(r: Reader) -> None:
    await r.press("left_square_bracket")
    assert r.filter == "date:2026-08-20" and len(r.titles) == 39
    await r.press("left_square_bracket")
    assert r.filter == "date:2026-08-18"


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
    ranks = [(len(p.sightings), p.last_day) for p in papers]
    assert ranks == sorted(ranks, reverse=True) and ranks[0][0] == 5 and len(papers) == 181


@command("sort")
async def _(r: Reader) -> None:
    await r.press("j", "j", "j")
    paper = r.paper
    await r.press("O")
    assert r.main.answer.sort == "title" and r.paper == paper
    folded = [title.casefold() for title in r.titles if title.isascii() and title[0].isalpha()]
    assert folded == sorted(folded)


@command("zen")
async def _(r: Reader) -> None:
    await r.press("z")
    assert not r.main.papers.is_on_screen and isinstance(r.main.focused, AbstractPane)
    await r.press("z")
    assert isinstance(r.main.focused, PaperList)
    await r.press("z", "escape")
    assert r.main.papers.region.width > 0


@command("raw")
async def _(r: Reader) -> None:
    await r.find("84.25")
    shown = r.page
    assert "84.25%" in shown
    await r.press("enter", "backslash")
    assert "84.25\\%" in r.page
    await r.press("backslash")
    assert r.page == shown


@command("help")
async def _(r: Reader) -> None:
    await r.press("question_mark")
    assert isinstance(r.app.screen, HelpScreen)
    text = str(r.app.screen.query_one("#help-text").visual)
    assert all(c.help in text for c in COMMANDS)
    await r.press("escape")
    assert not isinstance(r.app.screen, HelpScreen)


@command("palette")
async def _(r: Reader) -> None:
    await r.press("ctrl+p")
    assert type(r.app.screen).__name__ == "CommandPalette"
    await r.press("escape")
    offered = {c.title for c in r.app.get_system_commands(r.main)}
    assert offered == {c.label.capitalize() for c in COMMANDS if c.palette} | {"Theme"}


@command("quit")
async def _(r: Reader) -> None:
    await r.press("s")
    await r.pilot.press("q")
    await r.until(lambda: r.app.return_code is not None or not r.app.is_running)


@command("samples")
async def _(r: Reader) -> None:
    await r.press("i")
    assert "already" in r.said and len(r.titles) == 181


async def test_an_empty_library_opens_the_samples(tmp_path: Path) -> None:
    async with reading(Library(tmp_path / "new")) as reader:
        assert "No papers yet" in reader.main.papers.empty_text
        await reader.press("i")
        await reader.until(lambda: len(reader.main.papers.ordinals) == 181)
        assert "181 papers new" in reader.said
