"""Reading and remembering: scenes for what is done to a paper."""

from __future__ import annotations

from paperreader.tui.dialogs import ChoiceScreen
from paperreader.tui.note_editor import NoteEditor
from paperreader.tui.paper_list import PaperList
from tests.tui.driving import Reader
from tests.tui.scenes import command


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


@command("redo")
async def _(r: Reader) -> None:
    await r.press("s", "x", "u", "u", "U")
    assert r.said.startswith("Done again: star of “") and r.library.annotation(r.paper).starred
    assert not r.library.annotation(r.paper).skipped
    await r.press("U")
    assert r.said.startswith("Done again: skip of “") and r.library.annotation(r.paper).skipped
    await r.press("U")
    assert r.said == "Nothing to redo"


@command("skip")
async def _(r: Reader) -> None:
    await r.press("l", "x")
    assert r.library.annotation(r.paper).skipped and r.said == "Skipped"
    assert not r.library.annotation(r.paper).later
    assert "– skipped" in r.page and r.main.row(r.main.papers.ordinals[0]).skipped
    await r.press("x")
    assert not r.library.annotation(r.paper).skipped and "skipped" not in r.page
    await r.press("s", "x")
    assert not r.library.annotation(r.paper).starred and r.said == "Skipped, and the star taken away"


@command("later")
async def _(r: Reader) -> None:
    await r.press("l")
    assert r.library.annotation(r.paper).later and r.said == "Kept for later"
    assert "◔ later" in r.page and r.main.row(r.main.papers.ordinals[0]).later
    await r.press("l")
    assert not r.library.annotation(r.paper).later and "later" not in r.page


@command("tags")
async def _(r: Reader) -> None:
    await r.press("t")
    await r.type("to read,Hebb")
    await r.press("enter", "enter")
    assert r.library.annotation(r.paper).tags == ("Hebb", "to read") and r.said == "Tagged #Hebb #to read"
    assert "#to read" in r.page and r.main.row(r.main.papers.ordinals[0]).tags == ("Hebb", "to read")
    await r.press("u")
    assert r.said.startswith("Undone: tags of “") and "#" not in r.page.splitlines()[2]
    await r.press("U", "j", "t", "h", "tab", "enter")
    assert r.library.annotation(r.paper).tags == ("Hebb",)
    await r.find("tag:heb")
    assert len(r.titles) == 2


@command("bulk")
async def _(r: Reader) -> None:
    await r.find("neural")
    many = len(r.titles)
    await r.press("enter", "r", "B")
    assert isinstance(r.app.screen, ChoiceScreen)
    await r.press("r")
    assert r.asked == f"Mark {many - 1} papers as read?"
    await r.press("y")
    assert r.said == f"{many - 1} papers marked as read"
    assert len(r.library.states["read"]) == many
    await r.press("u")
    assert r.said == f"Undone: {many - 1} papers marked as read"
    assert len(r.library.states["read"]) == 1


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
    await r.until(lambda: r.app.clipboard.startswith("@misc{"))
    assert r.paper.title.split()[0] in r.app.clipboard
    await r.press("Y", "down", "enter")
    await r.until(lambda: r.app.clipboard.startswith("#"))
    assert r.paper.abstract[:40] in r.app.clipboard
    await r.press("Y", "enter")
    await r.until(lambda: r.app.clipboard.startswith(r.paper.title))
    assert r.paper.abstract in r.app.clipboard
    await r.press("Y", "l")
    await r.until(lambda: r.app.clipboard.startswith("https://"))
    before = r.app.clipboard
    await r.press("Y", "escape")
    assert r.app.clipboard == before and not isinstance(r.app.screen, ChoiceScreen)


@command("open")
async def _(r: Reader) -> None:
    # there is neither a desktop nor a browser in the tests: the address is said and copied instead
    await r.press("o")
    await r.until(lambda: "no browser here to open https://huggingface.co/papers?q=" in r.said)
    assert r.app.clipboard.startswith("https://huggingface.co/papers?q=") and "the address was" in r.said


@command("raw")
async def _(r: Reader) -> None:
    await r.find("84.25")
    shown = r.page
    assert "84.25%" in shown
    await r.press("enter", "backslash")
    assert "84.25\\%" in r.page
    await r.press("backslash")
    assert r.page == shown


@command("save-note")
async def _(r: Reader) -> None:
    await r.press("n", "x", "s", "enter", "q", "ctrl+s")
    assert r.library.annotation(r.paper).note == "xs\nq"
    assert not r.library.annotation(r.paper).starred and r.app.is_running
