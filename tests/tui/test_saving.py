"""Searches are saved, listed with what is new, opened, renamed and removed; the config file stays whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader import config, places
from paperreader.library import Library
from paperreader.searches import narrowed
from paperreader.tui.commands import DEFAULT_KEYS, PANES
from paperreader.tui.saved_dialog import SavedScreen
from tests.tui.driving import Reader, reading
from tests.tui.scenes_searches import rows
from tests.tui.test_in_order import burst
from tests.tui.test_settings import configure

Open = Callable[[], Library]

TWO = '# mine\n[searches]\nnets = "neural net"\nheb = "hebbian"\n'


def kept() -> dict[str, str]:
    return dict(config.read(places.config_file(), DEFAULT_KEYS, PANES).searches)


def dialog(r: Reader) -> str:
    """What the dialog says."""
    return "\n".join(str(each.visual) for each in r.app.screen.query("Static"))


async def test_a_search_is_saved_in_one_burst(open_library: Open) -> None:
    configure("# mine\n")
    async with reading(open_library()) as r:
        await burst(r, "/neural -deep\x13nets\r\rs")
        assert kept() == {"nets": "neural -deep"} and r.main.focused is r.main.papers
        assert r.library.annotation(r.paper).starred
        assert places.config_file().read_text().startswith("# mine\n")
        await burst(r, "v1jjs")
        assert r.main.papers.cursor == 2 and r.library.annotation(r.paper).starred


async def test_a_name_is_offered_and_what_it_replaces_is_said(open_library: Open) -> None:
    configure(TWO)
    async with reading(open_library()) as r:
        await r.press("slash", "ctrl+s")
        assert r.app.screen is r.main and "Type what you look for" in r.said
        await r.type("title:learning is:unread")
        await r.press("ctrl+s", "backspace")
        assert "A search needs a name" in dialog(r)
        await r.press("enter")
        await r.type("heb")
        assert "replaces “hebbian”" in dialog(r)
        await r.press("escape")
        assert kept() == {"nets": "neural net", "heb": "hebbian"}
        await r.press("ctrl+s", "enter")
        assert kept()["learning unread"] == "title:learning is:unread"


async def test_the_view_is_part_of_what_is_saved(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("s", "3")
        await r.find("neural OR attention")
        listed = r.titles
        await r.press("ctrl+s", "a", "enter", "1", "v", "1")
        assert kept() == {"a": "is:starred (neural OR attention*)"}
        assert r.titles == listed and len(listed) == 1


@pytest.mark.parametrize(
    ("query", "view", "saved"),
    [
        ("neural net", "all", "neural net"),
        ("neural net", "trending", "neural net"),
        ("neural net", "new", "is:new neural net"),
        ("", "later", "is:later"),
        ("", "all", ""),
        ("is:new a", "new", "is:new a"),
        ("a OR is:starred", "starred", "is:starred (a OR is:starred)"),
        ("a OR date:2026-08", "starred", "is:starred (a OR date:2026-08)"),
        ("a OR", "later", "is:later a OR"),
        ("graph ", "all", "(graph)"),
        ('a OR "b c"', "noted", 'is:noted (a OR "b c")'),
    ],
)
def test_narrowed(query: str, view: str, saved: str) -> None:
    assert narrowed(query, view) == saved


async def test_what_is_listed_for_its_likeness_is_not_saved_as_something_else(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("m")
        await r.find("model")
        await r.press("ctrl+s")
        assert r.app.screen is r.main and "cannot be saved" in r.said
        await r.main.action_view("for you")
        await r.press("slash", "ctrl+s")
        assert r.app.screen is r.main and "cannot be saved" in r.said
        assert kept() == {}


async def test_the_list_says_what_each_finds_and_what_is_new(tmp_path: Path, open_library: Open) -> None:
    configure(TWO + "none = \"zzzzqqq\"\n'bad spelling' = 'hebbiam'\n")
    library = open_library()
    found = len(library.search("neural net").ordinals)
    async with reading(library) as r:
        await r.press("v")
        await r.until(lambda: "…" not in "".join(rows(r)))
        first, _, none, misspelt = rows(r)
        assert first.split()[:2] == ["▌", "1"] and first.endswith(f" {found} new of {found}")
        assert none.endswith("   0") and misspelt.endswith("   0")
        await r.press("q")
        r.library.end_visit()
    async with reading(open_library()) as r:
        await r.press("v")
        await r.until(lambda: "…" not in "".join(rows(r)))
        assert rows(r)[0].endswith(f"   {found}") and "new" not in rows(r)[0]


async def test_one_is_renamed_and_another_removed_after_a_question(open_library: Open) -> None:
    configure(TWO)
    async with reading(open_library()) as r:
        await r.press("v", "R")
        await r.type("heb")
        assert "replaces" in dialog(r)
        await r.press("ctrl+u")
        await r.type("networks")
        await r.press("enter")
        assert list(kept()) == ["networks", "heb"] and "networks" in rows(r)[0]
        await r.press("j", "D", "escape")
        assert len(kept()) == 2
        await r.press("D", "r")
        assert kept() == {"networks": "neural net"} and len(rows(r)) == 1
        assert "Removed “heb”, which was: hebbian" in r.said
        await r.press("delete", "r")
        assert kept() == {} and rows(r) == [] and "None yet" in dialog(r)
        await r.press("enter", "R", "D", "j")
        assert isinstance(r.app.screen, SavedScreen)
        await r.press("v")
        assert r.app.screen is r.main
        assert places.config_file().read_text().startswith("# mine\n")


async def test_what_another_program_saves_is_listed(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("v")
        assert "^s in the filter" in dialog(r)
        await r.press("escape")
        configure(TWO)
        await r.press("v")
        await r.until(lambda: len(rows(r)) == 2)
        await r.press("k", "enter")
        assert r.filter == "hebbian"
        await r.press("slash", "up")
        assert r.filter == "hebbian"


async def test_many_have_keys_and_the_rest_can_be_reached(open_library: Open) -> None:
    configure("[searches]\n" + "".join(f'"search {n}" = "neural {n}"\n' for n in range(40)))
    async with reading(open_library(), size=(80, 24)) as r:
        await r.press("v", "z")
        assert r.filter == f"neural {30}"
        await r.press("v", "k")
        assert r.app.screen.query_one("#saved").scroll_y > 0
        await r.press("enter")
        assert r.filter == "neural 39"
        await r.press("v")
        await r.pilot.click("#saved", offset=(10, 1))
        await r.settle()
        assert r.filter == "neural 1"


@pytest.mark.parametrize("broken", ["theme = ", "searches = 3"])
async def test_a_file_that_cannot_be_read_is_not_written(open_library: Open, broken: str) -> None:
    file = configure(broken)
    async with reading(open_library()) as r:
        await r.find("neural")
        await r.press("ctrl+s", "a", "enter")
        assert "stay as they are" in r.said and file.read_text() == broken
    configure(TWO)
    async with reading(open_library()) as r:
        configure(broken)
        await r.find("neural")
        await r.press("ctrl+s", "a", "enter")
        assert "stay as they are" in r.said and file.read_text() == broken
        await r.press("enter", "v")
        assert "config.toml" in r.said and len(rows(r)) == 2
