"""What belongs together on the line of facts stays together, on the screen and in the clipboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Static

from paperreader.library import Library
from paperreader.tui.unbroken import breakable
from tests.tui.driving import reading
from tests.tui.known import known_library

Open = Callable[[], Library]

MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


@pytest.mark.parametrize("width", (36, 38, 40, 43, 46))
async def test_no_day_is_cut_in_two(tmp_path: Path, width: int) -> None:
    library = known_library(tmp_path)
    paper = library.paper(library.search().ordinals[0])
    library.tag(paper, ["to do", "second reading"])
    library.mark(paper, "starred", True)
    async with reading(library, size=(width, 40)) as r:
        page = r.main.query_one("#page", Static)
        lines = [breakable(page.render_line(y).text).strip() for y in range(page.size.height)]
        assert any("Sep" in line for line in lines) and "★ starred" in " ".join(lines)
        assert not [line for line in lines if re.search(rf"(\b({MONTH})|\b\d\d?,|★|#\w+|arXiv)$", line)]


async def test_a_day_is_copied_and_found_with_a_common_space(open_library: Open) -> None:
    async with reading(open_library()) as r:
        page = r.main.query_one("#page", Static)
        r.main.selections = {page: Selection(Offset(0, 0), None)}
        assert "Seen Sep 9" in r.main._selected()
        await r.press("tab", "f", "s", "e", "p", "space", "9")
        assert r.main.abstract.position == (1, 1)
