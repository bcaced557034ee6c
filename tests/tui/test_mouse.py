"""The mouse: what is clicked is meant, the wheel turns what is under it, and text can be selected."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Offset

from paperreader.library import Library
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.bars import KeyLine, ViewLine
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.help import HelpScreen
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]


@pytest.fixture
async def r(open_library: Open) -> AsyncIterator[Reader]:
    async with reading(open_library()) as reader:
        yield reader


async def click_text(r: Reader, widget: str, text: str) -> None:
    """Click the text where it stands in a line of the widget."""
    for y, strip in enumerate(r.main.query_one(widget).render_lines(r.main.query_one(widget).size.region)):
        if text in strip.text:
            await r.pilot.click(widget, offset=(strip.text.index(text) + 1, y))
            return await r.settle()
    raise AssertionError(f"{text!r} is not in {widget}")


async def drag(r: Reader, widget: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    await r.pilot.mouse_down(widget, offset=start)
    await r.pilot.hover(widget, offset=end)
    await r.pilot.mouse_up(widget, offset=end)
    await r.settle()


async def turn(r: Reader, event: type[MouseScrollDown | MouseScrollUp], at: Offset) -> None:
    widget, region = r.main.get_widget_at(*at)
    here = at - region.offset
    widget.post_message(event(widget, here.x, here.y, 0, 0, 0, False, False, False, at.x, at.y))
    await r.settle()


async def test_a_click_selects_a_row(r: Reader) -> None:
    await r.press("slash")
    await r.pilot.click("#list", offset=(8, 7))
    await r.settle()
    assert r.main.papers.cursor == 3 and r.main.focused is r.main.papers
    assert r.paper.title[:30] in r.page
    await r.pilot.click("#list", offset=(8, 6))
    await r.settle()
    assert not r.library.annotation(r.paper).starred  # slow clicks on one row are no double click


async def test_a_double_click_stars(r: Reader) -> None:
    await r.pilot.double_click("#list", offset=(8, 9))
    await r.settle()
    assert r.main.papers.cursor == 4 and r.library.annotation(r.paper).starred
    await r.pilot.double_click("#list", offset=(8, 9))
    await r.settle()
    assert not r.library.annotation(r.paper).starred


async def test_a_click_on_a_pane_focuses_it(r: Reader) -> None:
    await r.pilot.click("#page", offset=(3, 3))
    assert isinstance(r.main.focused, AbstractPane)
    await r.pilot.click("#filter", offset=(3, 0))
    assert isinstance(r.main.focused, FilterInput)
    await r.pilot.click("#list", offset=(3, 0))
    assert r.main.focused is r.main.papers


async def test_the_wheel_scrolls_the_pane_under_the_pointer(r: Reader) -> None:
    await r.pilot.resize_terminal(120, 16)
    await r.settle()
    inside = Offset(5, 5)
    over_list, over_abstract = r.main.papers.region.offset + inside, r.main.abstract.region.offset + inside
    await turn(r, MouseScrollDown, over_abstract)
    assert r.main.abstract.scroll_y > 0 and r.main.papers.scroll_y == 0
    await turn(r, MouseScrollDown, over_list)
    assert r.main.papers.scroll_y > 0 and r.main.papers.cursor == 0
    await turn(r, MouseScrollUp, over_abstract)
    assert r.main.abstract.scroll_y == 0 and r.main.papers.scroll_y > 0
    assert r.main.focused is r.main.papers


@pytest.mark.parametrize("key", ["y", "ctrl+c"])
async def test_text_is_selected_by_dragging_and_copied(r: Reader, key: str) -> None:
    await drag(r, "#page", (0, 4), (20, 4))
    selected = r.main.get_selected_text()
    assert selected and len(selected) >= 20 and selected in r.page.replace("\n", " ")
    await r.press(key)
    await r.until(lambda: r.said.startswith("Selection"))
    assert r.app.clipboard == selected and r.app.is_running
    await r.press("escape", "y")
    await r.until(lambda: r.said.startswith("Title"))
    assert r.app.clipboard == r.paper.title and not r.main.selections


async def test_a_note_can_be_selected_and_another_paper_forgets_it(r: Reader) -> None:
    await r.pilot.resize_terminal(120, 40)
    await r.press("n")
    await r.type("one two three")
    await r.press("ctrl+s")
    await drag(r, "#note", (2, 0), (20, 0))
    assert "two" in (r.main.get_selected_text() or "")
    await r.press("shift+tab", "j")
    assert not r.main.get_selected_text()
    await r.press("ctrl+c")
    assert "quits" in r.said


async def test_nothing_of_the_list_is_selected(r: Reader) -> None:
    await drag(r, "#list", (4, 0), (20, 4))
    assert not r.main.get_selected_text()


async def test_keys_and_views_can_be_clicked(r: Reader) -> None:
    await click_text(r, "KeyLine", "s star")
    assert r.library.annotation(r.paper).starred
    await click_text(r, "ViewLine", "Stars")
    assert r.main.view == "starred" and len(r.titles) == 1
    await click_text(r, "ViewLine", "All")
    assert len(r.titles) == 181
    await click_text(r, "KeyLine", "? help")
    assert isinstance(r.app.screen, HelpScreen)
    assert r.main.query(KeyLine) and r.main.query(ViewLine)


async def test_a_link_can_be_clicked(tmp_path: Path) -> None:
    row = {"title": "A title", "abstract": "An abstract.", "url": "https://example.org/code"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    library = Library(tmp_path / "library")
    library.take_in([str(tmp_path / "a.jsonl")])
    async with reading(library) as r:
        line = r.page[: r.page.index("https://")].count("\n")
        await r.pilot.click("#page", offset=(6, line))
        await r.until(lambda: "https://example.org/code" in r.said)
        r.main.status.say("")
        await drag(r, "#page", (0, line), (12, line))
        assert (r.main.get_selected_text() or "").startswith("https://") and not r.said
