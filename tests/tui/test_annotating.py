"""Stars and notes on the screen say what is on the disk, whatever happens to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.widgets import TextArea

from paperreader.annotations import Annotations
from paperreader.library import Library
from paperreader.tui.commands import COMMANDS
from paperreader.tui.dialogs import ChoiceScreen
from paperreader.tui.note_editor import NoteEditor
from tests.test_importing import records
from tests.tui.driving import reading

Open = Callable[[], Library]


async def test_a_star_is_in_the_file_before_the_screen_says_so(open_library: Open, seeded: Path) -> None:
    async with reading(open_library()) as r:
        await r.press("s")
        assert "★ starred" in r.page and r.said == "Starred"
        file = json.loads((seeded / "annotations.json").read_text(encoding="utf-8"))
        assert file["papers"][r.paper.id]["starred"] is True
        assert file["papers"][r.paper.id]["title"] == r.paper.title


async def test_what_another_program_does_appears(open_library: Open, seeded: Path) -> None:
    async with reading(open_library()) as r:
        other = Annotations(seeded / "annotations.json")
        other.change(r.paper.id, r.paper.title, "starred", True)
        await r.until(lambda: "★ starred" in r.page)
        await r.press("n", "m", "ctrl+s")
        other.refresh()
        assert other.get(r.paper.id).note == "m" and other.get(r.paper.id).starred
        assert Annotations(seeded / "annotations.json").get(r.paper.id).note == "m"


async def test_a_change_that_cannot_be_saved_stays_and_is_saved_later(
    open_library: Open, seeded: Path
) -> None:
    aside = seeded.with_name("aside")
    async with reading(open_library()) as r:
        seeded.rename(aside)
        seeded.write_text("a file where the folder was")
        await r.press("s")
        assert "not saved yet" in r.page and "★ starred" in r.page
        assert "Not saved" in r.main.status.problem and str(seeded) in r.main.status.problem
        assert r.main.row(r.main.papers.ordinals[0]).unsaved
        await r.press("q")
        assert isinstance(r.app.screen, ChoiceScreen) and r.app.is_running
        await r.press("escape")
        seeded.unlink()
        aside.rename(seeded)
        await r.until(lambda: "not saved yet" not in r.page and not r.main.status.problem)
        assert Annotations(seeded / "annotations.json").get(r.paper.id).starred


async def test_closing_a_changed_note_asks(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("n", "escape")
        assert not r.main.query(NoteEditor)
        await r.press("n", "a", "escape")
        assert isinstance(r.app.screen, ChoiceScreen)
        await r.press("escape", "b", "escape", "s")
        assert r.library.annotation(r.paper).note == "ab" and not r.main.query(NoteEditor)
        await r.press("n", "c", "escape", "d")
        assert r.library.annotation(r.paper).note == "ab" and not r.main.query(NoteEditor)
        await r.press("n", "c", "escape", "escape")
        assert r.main.query_one(TextArea).text == "abc"
        await r.press("ctrl+s")
        assert r.library.annotation(r.paper).note == "abc"
        await r.press("n", *["backspace"] * 3, "ctrl+s", "4")
        assert r.titles == []


async def test_the_note_is_of_the_paper_it_was_opened_on(open_library: Open) -> None:
    async with reading(open_library()) as r:
        first = r.paper
        await r.press("n", "a")
        await r.pilot.click("PaperList", offset=(10, 7))
        await r.settle()
        assert r.paper != first
        await r.press("n", "b", "ctrl+s")
        assert r.library.annotation(first).note == "ab" and not r.library.annotation(r.paper).note


async def test_nothing_but_text_can_be_pasted(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("slash")
        r.main.query_one("#filter").post_message(events.Paste("a\x1b[31mb\u202ec d"))
        await r.settle()
        assert r.filter == "abc d"
        await r.press("escape", "escape", "n")
        r.main.query_one(TextArea).post_message(events.Paste("x\x1b]52;c;e\x07y\x9b1mz\n2"))
        await r.settle()
        assert r.main.query_one(TextArea).text == "xyz\n2"
        await r.press("ctrl+s")
        assert r.library.annotation(r.paper).note == "xyz\n2"


async def test_undo_goes_back_to_the_first_change_of_this_run(open_library: Open, seeded: Path) -> None:
    before = Annotations(seeded / "annotations.json")
    async with reading(open_library()) as r:
        await r.press("s", "n", "a", "ctrl+s", "r", "j", "s", "s", "n", "b", "ctrl+s")
        for _ in range(6):
            await r.press("u")
            assert r.said.startswith("Undone")
        await r.press("u")
        assert r.said == "Nothing to undo"
    assert Annotations(seeded / "annotations.json").entries() == before.entries()


async def test_unstarring_in_the_starred_view_moves_on_to_the_next(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("s", "j", "s", "j", "s", "3", "g", "j")
        titles = r.titles
        await r.press("s")
        assert r.titles == [titles[0], titles[2]] and r.paper.title == titles[2]
        await r.press("u")
        assert r.titles == titles


async def test_every_character_can_be_typed_into_a_text(open_library: Open) -> None:
    bound = {key for command in COMMANDS for key in command.keys.split(",")}
    characters = [chr(n) for n in range(33, 127) if _character_to_key(chr(n)) in bound or chr(n) in "bB7+é~"]
    keys = [name for c in characters for name in [_character_to_key(c)]]
    async with reading(open_library()) as r:
        await r.press("n", *keys)
        assert r.main.query_one(TextArea).text == "".join(characters)
        await r.press("ctrl+s")
        assert r.library.annotation(r.paper).note == "".join(characters)
        await r.press("slash", *keys)
        assert r.filter == "".join(characters)


async def test_leaving_asks_about_a_note_that_is_being_written(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("n", "a", "ctrl+q")
        assert isinstance(r.app.screen, ChoiceScreen) and r.app.is_running
        await r.press("s")
        assert r.library.annotation(r.paper).note == "a"


async def test_a_note_written_in_two_places_keeps_both_texts(open_library: Open, seeded: Path) -> None:
    async with reading(open_library()) as r:
        await r.press("n", "a")
        other = Annotations(seeded / "annotations.json")
        other.change(r.paper.id, r.paper.title, "note", "theirs")
        await r.press("ctrl+s")
        assert "both texts are kept" in r.said
        assert r.library.annotation(r.paper).note == "theirs\n\n---\n\na"


async def test_stars_of_papers_without_a_dump_keep_to_their_papers(open_library: Open) -> None:
    library = open_library()
    for name in ("Alpha", "Beta", "Gamma"):
        library.annotations.change(name.lower(), name, "starred", True)
    async with reading(library) as r:
        await r.press("3")
        assert r.titles == ["Alpha", "Beta", "Gamma"]
        await r.press("s")
        assert r.titles == ["Beta", "Gamma"] and r.paper.title == "Beta"
        await r.press("u")
        assert r.titles == ["Alpha", "Beta", "Gamma"] and r.paper.title == "Beta"


async def test_a_star_leaves_the_page_where_it_is(open_library: Open) -> None:
    async with reading(open_library(), size=(50, 16)) as r:
        await r.press("tab", "j", "j", "j", "s")
        assert r.main.abstract.scroll_y == 3 and r.library.annotation(r.paper).starred


async def test_a_damaged_file_is_said_at_once(open_library: Open, seeded: Path) -> None:
    (seeded / "annotations.json").write_text("{bad")
    async with reading(open_library()) as r:
        assert "damaged" in r.said and "annotations" in r.said


async def test_a_note_under_two_keys_is_one_note_when_it_is_edited(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.take_in([records(tmp_path / "a", 0, 3)])
    paper = library.paper(0)
    for key, note in zip(paper.keys, ("one", "two"), strict=False):
        library.annotations.change(key, paper.title, "note", note)
    library = Library(library.folder)
    library.open()
    async with reading(library) as r:
        await r.press("G" if r.paper.id != paper.id else "g")
        while r.paper.id != paper.id:
            await r.press("k")
        await r.press("n", "!", "ctrl+s")
        assert library.annotation(paper).note == "one\n\ntwo!"
        assert library.annotations.ids("note") == {paper.keys[0]}
        await r.press("u")
        assert library.annotations.ids("note") == set(paper.keys[:2])
        assert r.said.startswith("Undone: note of “")


async def test_undo_reaches_back_into_earlier_visits(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("s", "x", "j", "l")
    async with reading(open_library()) as r:
        await r.press("u")
        assert r.said.startswith("Undone: “later” of “")
        await r.press("x", "u", "u", "u")
        assert r.said.startswith("Undone: star of “")
        await r.press("u", "U")
        assert r.said.startswith("Done again: star of “") and r.library.annotation(r.paper).starred


async def test_undo_says_what_somebody_else_has_changed_since(open_library: Open, seeded: Path) -> None:
    async with reading(open_library()) as r:
        await r.press("n", "m", "ctrl+s")
        path = seeded / "annotations.json"
        path.write_text(path.read_text("utf-8").replace('"m"', '"by hand"'), "utf-8")
        await r.press("u")
        assert r.said.startswith("Not undone, as it has been changed since: note of “")
        assert r.library.annotation(r.paper).note == "by hand"
