"""Similar papers, papers for the reader, and what is new: scenes for the keys that lead there."""

from __future__ import annotations

from paperreader.tui.bars import StatusLine, ViewLine
from paperreader.tui.paper_list import PaperList
from tests.tui.driving import Reader
from tests.tui.scenes import command


def row(r: Reader, n: int) -> str:
    """The second line of a row of the list, as it is painted."""
    papers = r.main.query_one(PaperList)
    return papers.render_line(2 * n + 1 - papers.scroll_offset.y).text


async def star_five(r: Reader) -> None:
    """Star five papers about backpropagation, and be back at all papers."""
    await r.find("backpropagation ")
    await r.press("enter")
    for _ in range(5):
        await r.press("s", "j")
    await r.press("slash", "escape", "escape")


@command("similar")
async def _(r: Reader) -> None:
    await r.find("selectable kolmogorov")
    await r.press("enter")
    one = r.paper
    await r.press("m")
    first = r.paper
    assert first.title.startswith("AF-KAN") and first != one and one.title not in r.titles
    assert r.filter == "" and 0 < len(r.titles) < 100
    assert r.main.query_one(ViewLine).near == one.title
    assert "near “Activation Space Selectable" in r.main.query_one(StatusLine).where
    assert "kolmogorov" in row(r, 0)
    words = r.main.answer.because(first)
    assert f"Near by: {', '.join(words)}" in r.page and {"kan", "kolmogorov"} <= set(words)

    await r.press("j", "m", "escape")
    assert r.main.papers.cursor == 1 and r.main.query_one(ViewLine).near == one.title
    await r.press("escape")
    assert r.paper == one and r.filter == "selectable kolmogorov" and r.main.query_one(ViewLine).near == ""
    await r.press("escape")
    assert r.filter == "" and len(r.titles) == 181

    await r.press("escape", "m", "m", "1")
    assert len(r.titles) == 181 and r.main.query_one(ViewLine).near == ""
    await r.press("m", "m")
    await r.main.open_search("learning")
    await r.settle()
    assert len(r.titles) > 100 and r.main.near == ""
    await r.press("slash", "escape", "escape")
    assert len(r.titles) == 181


@command("view-for-you")
async def _(r: Reader) -> None:
    await r.press("6")
    assert r.titles == [] and r.main.papers.empty_text == "For you needs five stars; you have none."
    await r.press("1", "s", "6")
    assert "you have one." in r.main.papers.empty_text
    await r.press("1", "s")
    await star_five(r)
    starred = {r.library.paper(n).title for n in r.library.states["starred"]}
    assert len(starred) == 5
    await r.press("6", "g")
    assert not starred & set(r.titles) and len(r.titles) > 20
    first = [r.library.paper(n) for n in r.main.papers.ordinals[:2]]
    words = [r.main.answer.because(paper) for paper in first]
    assert "backpropagation" in words[1] and words[0][0] in row(r, 0)
    assert f"Because of: {', '.join(words[0])}" in r.page
    await r.press("s")
    assert r.titles[0] != first[0].title
    await r.find("recurrent")
    assert 0 < len(r.titles) < 20 and "for you" in r.main.query_one(StatusLine).where


@command("news")
async def _(r: Reader) -> None:
    await r.press("d")
    assert r.said == "This is your first visit: all papers are new, 181 of them"
