"""What is typed in the filter is completed, and nobody waits for that."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from paperreader import completion
from paperreader.library import Library
from paperreader.tui.bars import KeyLine
from paperreader.tui.filter_input import FilterInput
from tests.tui.driving import Reader, reading
from tests.tui.test_settings import configure

Open = Callable[[], Library]


def box(r: Reader) -> FilterInput:
    return r.main.query_one(FilterInput)


def shown(r: Reader) -> str:
    """The line of the filter as it is painted."""
    return box(r).render_line(0).text.rstrip()


def below(r: Reader) -> str:
    """What the line of keys says."""
    return str(r.main.query_one(KeyLine).render())


async def test_the_likeliest_is_shown_behind_and_the_others_below(open_library: Open) -> None:
    library = open_library()
    for paper, tags in ((0, ["RL", "to read"]), (1, ["replay"]), (2, ["replay"])):
        library.tag(library.paper(paper), tags)
    async with reading(library) as r:
        await r.find("attention -tag:r")
        assert shown(r) == "attention -tag:replay" and r.filter == "attention -tag:r"
        assert below(r).endswith("→ replay   rl")
        await r.press("right", "space", *"ta", "right")
        assert r.filter == "attention -tag:replay tag:"
        await r.type("to")
        assert shown(r).endswith("tag:to read")
        await r.press("right")
        assert r.filter == 'attention -tag:replay tag:"to read"' and "→" not in below(r)


async def test_it_is_offered_only_where_one_types(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("is:no")
        assert shown(r) == "is:noted"
        await r.press("left")
        await r.type("x")
        assert shown(r) == "is:nxo"
        await r.press("backspace", "right")
        assert r.filter == "is:no"
        await r.press("backspace", "o")
        assert shown(r) == "is:noted"
        await r.press("enter")
        assert shown(r) == "is:no" and "→" not in below(r)
        await r.press("slash", "right")
        assert r.filter == "is:no"


async def test_what_is_offered_stays_while_it_is_what_is_typed(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers, go_on = completion.offers, threading.Event()

    def slowly(text: str, known: completion.Known) -> list[completion.Offer]:
        go_on.wait(10)
        return offers(text, known)

    async with reading(open_library()) as r:
        await r.find("is:s")
        assert shown(r) == "is:starred"
        monkeypatch.setattr(completion, "offers", slowly)
        await r.pilot.press("t", "a")
        assert shown(r) == "is:starred" and r.filter == "is:sta"
        await r.pilot.press("x")
        assert shown(r) == "is:stax"
        await r.pilot.press("backspace", "backspace")
        go_on.set()
        await r.until(lambda: shown(r) == "is:starred")


async def test_tab_can_be_its_key_and_goes_on_otherwise(open_library: Open) -> None:
    configure('[keys]\ncomplete = ["tab", "right"]\n')
    async with reading(open_library()) as r:
        await r.find("is:no")
        assert "Tab noted" in below(r)
        await r.press("tab")
        assert r.filter == "is:noted" and r.main.pane == "filter"
        await r.press("tab")
        assert r.main.pane == "list"


async def test_authors_are_known_by_their_beginnings(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("author:hin")
        assert shown(r) == "author:hin" and "→" not in below(r)
