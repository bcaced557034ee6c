"""The config file on the screen: keys, themes, and what is said of a bad one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from paperreader import config, places
from paperreader.library import Library
from paperreader.tui.commands import DEFAULT_KEYS, PANES
from paperreader.tui.themes import THEMES
from tests.tui.driving import reading

Open = Callable[[], Library]


def configure(text: str) -> Path:
    file = places.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


async def test_keys_can_be_mapped_anew(open_library: Open) -> None:
    configure('[keys]\nstar = "b"\ndown = ["ctrl+n", "J"]\nhelp = "f1"\n')
    async with reading(open_library()) as r:
        await r.press("s", "j", "question_mark")
        assert not r.library.annotation(r.paper).starred and r.main.papers.cursor == 0
        await r.press("ctrl+n", "J", "b")
        assert r.library.annotation(r.paper).starred and r.main.papers.cursor == 2
        await r.press("f1")
        text = str(r.app.screen.query_one("#help-text", Static).visual)
        assert "^n J" in text and " b " in text
        await r.press("escape")
        assert "b star" in str(r.main.query_one("KeyLine").render())


async def test_what_is_said_names_the_keys_as_they_are_mapped(open_library: Open) -> None:
    configure('[keys]\nback = "f8"\nstar = "f5"\nlater = "f6"\nnote = "f7"\nfind = "f9"\n')
    async with reading(open_library()) as r:
        for view, key in (("3", "f5"), ("7", "f6"), ("4", "f7")):
            await r.press(view)
            assert f"{key} " in r.main.papers.empty_text
        await r.press("1", "full_stop")
        assert "f9 finds" in r.said
        await r.find("-the the")
        assert "f8 clears the filter" in r.main.papers.empty_text


async def test_two_keys_can_change_places(open_library: Open) -> None:
    configure('[keys]\nstar = "r"\nread = "s"\n')
    async with reading(open_library()) as r:
        await r.press("s")
        assert r.library.annotation(r.paper).read and not r.library.annotation(r.paper).starred
        await r.press("r")
        assert r.library.annotation(r.paper).starred


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("theme = ", "config.toml"),
        ('theme = "no such"', "no theme is called"),
        ('[keys]\nstar = "n"', "is both"),
        ('[keys]\nstars = "n"', "did you mean"),
    ],
)
async def test_a_bad_file_is_said_once_and_the_defaults_hold(
    open_library: Open, text: str, says: str
) -> None:
    file = configure(text)
    async with reading(open_library()) as r:
        assert says in r.said and "using the default" in r.said
        assert r.app.keys == DEFAULT_KEYS and r.app.theme == "ink"
        r.app.theme = "paper"
        await r.settle()
        assert file.read_text(encoding="utf-8") == text


async def test_the_theme_is_remembered(open_library: Open) -> None:
    configure('# mine\ntheme = "paper"\n')
    async with reading(open_library()) as r:
        assert r.app.theme == "paper"
        r.app.theme = "nord"
        await r.settle()
        await r.until(lambda: config.read(places.config_file(), DEFAULT_KEYS, PANES).theme == "nord")
    async with reading(open_library()) as r:
        assert r.app.theme == "nord"
    assert "# mine" in places.config_file().read_text(encoding="utf-8")


async def test_every_theme_can_be_shown(open_library: Open) -> None:
    async with reading(open_library()) as r:
        assert {theme.name for theme in THEMES} <= set(r.app.available_themes)
        for name in r.app.available_themes:
            r.app.theme = name
            await r.settle()
            assert r.app.is_running and len(r.titles) == 181
