"""The filter remembers what was acted upon, from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Callable

from paperreader import places
from paperreader.history import QueryHistory
from paperreader.library import Library
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


def remembered(r: Reader) -> list[str]:
    return QueryHistory(places.state_folder(), r.library.folder).read()


async def test_a_query_is_remembered_when_it_is_acted_upon(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("neural")
        assert remembered(r) == []
        await r.press("down")
        assert remembered(r) == ["neural"]
        await r.type(" net")
        await r.press("tab", "slash", "escape")
        await r.type("hebbiam")
        await r.press("enter", "enter", "slash", "escape")
        assert remembered(r) == ["neural", "neural net", "hebbian"]
        await r.type("neural")
        await r.press("enter")
        assert remembered(r) == ["neural net", "hebbian", "neural"]


async def test_it_is_there_in_the_next_run_and_what_was_being_typed_is_kept(open_library: Open) -> None:
    async with reading(open_library()) as r:
        for query in ("neural", "hebbian"):
            await r.find(query)
            await r.press("enter", "escape")
    async with reading(open_library()) as r:
        await r.find("atten")
        seen = []
        for key in ("up", "up", "up", "down", "down"):
            await r.press(key)
            seen.append(r.filter)
        assert seen == ["hebbian", "neural", "neural", "hebbian", "atten"]
        assert r.main.papers.cursor == 0
        await r.press("up")
        await r.type(" x")
        await r.press("up")
        assert r.filter == "hebbian"
        await r.press("down")
        assert r.filter == "hebbian x"


async def test_a_file_that_is_none_is_no_history(open_library: Open) -> None:
    library = open_library()
    places.state_folder().mkdir(parents=True, exist_ok=True)
    (places.state_folder() / "history.json").write_text(
        json.dumps({str(library.folder): [3, "a\x1b[2Jb", ""]})
    )
    async with reading(library) as r:
        await r.press("slash", "up")
        assert r.filter == "ab"
        await r.press("up")
        assert r.filter == "ab" and "No earlier search" in r.said
