"""The filter and the views: the cursor stays on its paper, only the newest answer counts, keys never wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from paperreader.index import Ordinals
from paperreader.library import Answer, Cancelled, IndexUnusable, Library
from paperreader.tui.bars import KeyLine, StatusLine, ViewLine
from tests.conftest import SEEDS
from tests.tui.driving import reading

Open = Callable[[], Library]


async def test_the_cursor_stays_on_its_paper(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press(*"jjjjjjj")
        paper = r.paper
        word = max(paper.title.split(), key=len)
        for keys in (("2",), ("O",), ("O",), ("1",)):
            await r.press(*keys)
            assert r.paper == paper
        await r.find(f'title:"{word}"')
        assert len(r.titles) < 181 and r.paper == paper
        await r.press("escape", "escape")
        assert len(r.titles) == 181 and r.paper == paper
        assert r.main.papers.region.contains(
            5, r.main.papers.region.y + r.main.papers.cursor * 2 - r.main.papers.scroll_offset.y
        )


async def test_a_ranking_is_read_from_the_top(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("G", "5")
        assert r.main.papers.cursor == 0 and r.main.papers.scroll_offset.y == 0


async def test_typing_shows_the_best_match_first_where_no_paper_was_chosen(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("attention")
        assert r.main.papers.cursor == 0
        assert "attention" in f"{r.paper.title} {r.paper.abstract}".lower()


async def test_typing_letter_by_letter_ends_at_the_best_match(open_library: Open) -> None:
    async with reading(open_library()) as r:
        first = r.paper
        await r.press("slash")
        for key in "neural":
            await r.press(key)
        assert first.id in {r.library.paper(n).id for n in r.main.papers.ordinals}  # it matches, too
        assert r.main.papers.cursor == 0 and r.paper != first


async def test_a_paper_that_is_listed_no_more_gives_way_to_the_first(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.press("G")
        await r.find("zzzzzz")
        assert r.titles == [] and "Nothing matches" in r.main.papers.empty_text
        assert str(r.main.query_one("#page", Static).visual) == ""
        await r.press("escape")
        assert len(r.titles) == 181


async def test_the_nearest_spelling_is_offered_and_enter_takes_it(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("hebbiam lerning")
        nearest = r.titles
        assert nearest and "hebbian" in f"{r.paper.title} {r.paper.abstract}".lower()
        assert "did you mean  hebbian learning ?" in r.main.status.where
        assert str(r.main.query_one("#filter-count", Static).visual) == "no match"
        assert "⏎ take the spelling" in str(r.main.query_one(KeyLine).render())
        await r.press("enter")
        assert r.filter == "hebbian learning" and r.titles == nearest
        assert "⏎ to the list" in str(r.main.query_one(KeyLine).render())
        assert "did you mean" not in r.main.status.where
        await r.press("enter")
        assert r.main.focused is r.main.papers


async def test_what_means_nothing_is_named(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("is:foo attention ")
        assert "is:foo means nothing" in r.main.status.where and r.titles


async def test_what_looks_like_a_field_and_is_none_is_said(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("published:2024")
        assert "published: is no field, so a word; perhaps date:" in r.main.status.where


async def test_what_asks_for_nothing_is_read_as_all(open_library: Open) -> None:
    async with reading(open_library()) as r:
        for nothing in ("-", "OR"):
            await r.find(nothing)
            assert "read as  all papers" in r.main.status.where and len(r.titles) == 181
            await r.press("escape", "escape")
        assert "read as" not in r.main.status.where


async def test_what_was_understood_is_shown(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find('title:networks -deep "neural net')
        assert "title:networks" in r.main.status.where and "NOT" in r.main.status.where
        assert str(r.main.query_one("#filter-count", Static).visual) == f"{len(r.titles)} of 181"


async def test_keys_never_wait_for_a_search_and_only_the_newest_answer_is_shown(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    search, asked, release = library.search, [], threading.Event()

    def slow(text: str = "", *, cancelled: Callable[[], bool], **options: Any) -> Answer:
        asked.append(text)
        while text and text != "hebbian" and not release.is_set():
            if cancelled():
                raise Cancelled
            time.sleep(0.002)
        return search(text, cancelled=cancelled, **options)

    async with reading(library) as r:
        monkeypatch.setattr(library, "search", slow)
        await r.pilot.press("slash", *"hebb")
        assert r.filter == "hebb" and len(r.titles) == 181  # the first search still runs
        await r.pilot.press("tab", "j", "j")
        assert r.main.papers.cursor == 2
        await r.pilot.press("slash", *"ian")
        await r.until(lambda: r.main.answered)
        assert 0 < len(r.titles) < 181
        assert all(
            "hebbian" in f"{p.title} {p.abstract}".lower() for p in map(library.paper, r.main.papers.ordinals)
        )
        release.set()
        found = r.titles
        await r.settle()
        assert r.titles == found and asked[-1] == "hebbian"


async def test_a_search_that_fails_is_said_and_the_next_one_works(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    search = library.search

    def broken(text: str = "", **options: Any) -> Answer:
        if text == "x":
            raise RuntimeError("boom")
        return search(text, **options)

    async with reading(library) as r:
        monkeypatch.setattr(library, "search", broken)
        await r.pilot.press("slash", "x")
        await r.until(lambda: "boom" in r.said)
        await r.pilot.press("backspace")
        await r.until(lambda: r.main.answered)
        assert len(r.titles) == 181


async def test_only_papers_that_were_not_there_at_the_last_visit_are_new(tmp_path: Path) -> None:
    seeds = sorted(SEEDS.iterdir())
    library = Library(tmp_path / "library")
    library.take_in([str(seeds[1])], 2026)
    async with reading(library) as r:
        await r.press("2")
        assert len(r.titles) == 81
        await r.press("q")
    library = Library(tmp_path / "library")
    library.take_in([str(seeds[2])], 2026)
    assert len(library) > 81
    async with reading(library) as r:
        assert r.main.news.new == len(library) - 81
        await r.press("2")
        assert len(r.titles) == len(library) - 81
        assert all(len(library.paper(n).sightings) == 1 for n in r.main.papers.ordinals)


async def test_a_star_whose_dump_is_gone_is_still_listed(open_library: Open) -> None:
    library = open_library()
    library.annotations.change("gone", "A paper of long ago", "starred", True)
    library.annotations.change("gone", "A paper of long ago", "note", "remember zebras")
    async with reading(library) as r:
        for view in ("3", "4"):
            await r.press(view)
            assert r.titles == ["A paper of long ago"] and "In no dump any more" in r.page
        await r.press("1")
        await r.find("zebras")
        assert r.titles == ["A paper of long ago"]


async def test_the_views_and_keys_can_be_clicked(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.pilot.click("PaperList", offset=(10, 5))
        await r.settle()
        assert r.main.papers.cursor == 2
        await r.pilot.click("KeyLine", offset=(13, 0))
        await r.settle()
        assert r.library.annotation(r.paper).starred
        await r.pilot.click("ViewLine", offset=(3 + len("All  New  S"), 0))
        await r.settle()
        assert r.main.view == "starred" and len(r.titles) == 1
        assert r.main.query_one(ViewLine).view == "starred"


async def test_a_wheel_scrolls_the_list_and_leaves_the_cursor(open_library: Open) -> None:
    async with reading(open_library()) as r:
        r.main.papers.scroll_down(animate=False, immediate=True)
        await r.settle()
        assert r.main.papers.scroll_y > 0 and r.main.papers.cursor == 0


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (20, 6), (300, 90)])
async def test_it_is_usable_at_every_size(open_library: Open, size: tuple[int, int]) -> None:
    async with reading(open_library()) as r:
        await r.press("G")
        await r.pilot.resize_terminal(*size)
        await r.settle()
        papers, abstract = r.main.papers, r.main.abstract
        assert r.main.query_one(StatusLine).region.bottom <= size[1]
        if size[1] >= 12:
            assert papers.region.height >= 4 and abstract.region.height >= 3
            line = papers.cursor * 2 - papers.scroll_offset.y
            assert 0 <= line <= papers.scrollable_content_region.height - 2
        await r.press("g", "s", "slash", "a", "escape", "escape", "n", "escape")
        assert r.library.annotation(r.library.paper(papers.ordinals[0])).starred


async def test_an_index_that_vanishes_is_made_again_once(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    search, rebuild, calls = library.search, library.rebuild, []

    def gone(text: str = "", **options: Any) -> Answer:
        if text and "rebuilt" not in calls:
            calls.append("failed")
            raise IndexUnusable("missing")
        return search(text, **options)

    def rebuilding(**options: Any) -> None:
        calls.append("rebuilt")
        rebuild(**options)

    async with reading(library) as r:
        monkeypatch.setattr(library, "search", gone)
        monkeypatch.setattr(library, "rebuild", rebuilding)
        await r.pilot.press("slash", *"hebbian")
        await r.until(lambda: "rebuilt" in calls and 0 < len(r.titles) < 181)
        await r.settle()
        assert "rebuilt" in calls and calls.count("failed") <= 7


async def test_an_index_that_proves_damaged_on_the_way_to_the_end_is_made_again(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    rebuild, rebuilt = library.rebuild, []

    def damaged(_ordinals: Ordinals, *_: object) -> object:
        raise IndexUnusable("damaged: its files cannot be read")

    def rebuilding(**options: Any) -> None:
        monkeypatch.undo()
        rebuilt.append(True)
        rebuild(**options)

    async with reading(library) as r:
        monkeypatch.setattr(Ordinals, "complete", damaged)
        monkeypatch.setattr(library, "rebuild", rebuilding)
        await r.pilot.press("slash", *"the", "enter")
        await r.until(lambda: len(r.main.papers.ordinals) > 50)
        await r.pilot.press("G", "pageup", "G")
        await r.until(lambda: bool(rebuilt))
        await r.until(lambda: "made again" in r.said)
        await r.press("G")
        assert r.app.is_running and r.main.papers.cursor == len(r.titles) - 1


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (120, "All New Starred Noted Trending For you Later"),
        (100, "All  New  Stars  Notes  Hot  You  Later"),
        (90, "All New Stars Notes Hot You Later"),
        (32, "All New Stars Notes Hot You  …"),
    ],
)
async def test_the_views_are_named_as_there_is_room(open_library: Open, columns: int, shown: str) -> None:
    async with reading(open_library(), size=(columns, 40)) as r:
        assert str(r.main.query_one(ViewLine).render()) == shown


async def test_a_day_that_is_none_is_no_error(open_library: Open) -> None:
    async with reading(open_library()) as r:
        await r.find("date:2026-02-30")
        await r.press("enter", "right_square_bracket", "left_square_bracket")
        assert r.app.is_running
