"""Texts that would break a careless screen: on it, nothing of them is more than text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperreader.library import Library
from tests.tui.driving import reading

TITLES = [
    "R[abc] and [/] and [red]colour[/red]",
    "[@click=app.quit]leave[/]",
    "\x1b[31mred \x1b]52;c;ZXZpbA==\x07 \x9b1m \u202egnp.exe NUL\x00 \ud800 end",
    "👩‍🔬👨‍👩‍👧‍👦 e\u0301 ‎ zero\u200bwidth 大规模语言模型",
    "$ \\frac{1}{2} {\\emph compression} \\' \\x",
]


def library(folder: Path, pairs: list[tuple[str, str]]) -> Library:
    page = "Daily Papers\n\nSep 9\n\n" + "\n\n".join(f"{title}\n\n{abstract}" for title, abstract in pairs)
    (folder / "2026-09-09.txt").write_bytes(page.encode("utf-8", "replace"))
    opened = Library(folder / "library")
    opened.take_in([str(folder / "2026-09-09.txt")])
    return opened


async def test_nothing_is_obeyed(tmp_path: Path) -> None:
    async with reading(
        library(tmp_path, [(t, f"{t} as an abstract, with words enough.") for t in TITLES])
    ) as r:
        assert len(r.titles) == len(TITLES)
        for row in range(len(TITLES)):
            page = r.page
            assert r.paper.title.split()[0][:4] in page
            for bad in "\x1b\x07\x00\x9b\u202e\u200b":
                assert bad not in page and all(
                    bad not in strip.text for strip in r.main.papers.render_lines(r.main.papers.size.region)
                )
            await r.pilot.click("#page", offset=(2, 0))
            await r.settle()
            assert r.app.is_running
            await r.press("s", "tab", "tab", "tab", "j") if row == 0 else await r.press("j")
        await r.find("colour")
        assert r.titles[0].startswith("R[abc]")


@pytest.mark.parametrize("where", ["title", "abstract", "note"])
async def test_a_line_of_megabytes(tmp_path: Path, where: str) -> None:
    long = "word $x^2$ \\alpha{} " * 100_000
    pair = (long if where == "title" else "A title", long if where == "abstract" else "An abstract.")
    opened = library(tmp_path, [pair, ("Another title", "Another abstract.")])
    if where == "note":
        opened.annotations.change(opened.paper(0).id, opened.paper(0).title, "note", long)
    async with reading(opened) as r:
        await r.press("j", "k", "s", "y", "tab", "G", "tab", "tab", "n")
        await r.press(*(["escape"] if where != "note" else []))
        await r.find("word")
        assert len(r.titles) == 1 and r.main.abstract.virtual_size.height < 3000


async def test_megabytes_beside_the_abstract(tmp_path: Path) -> None:
    long = "word $x^2$ " * 200_000
    names = [f"{long[:19_000]}{n}" for n in range(200)]
    row = {"title": "A title", "summary": "An abstract.", "authors": names, "ai_summary": long}
    (tmp_path / "a.json").write_text(json.dumps([{"paper": row | {"ai_keywords": names}}]))
    opened = Library(tmp_path / "library")
    opened.take_in([str(tmp_path / "a.json")])
    async with reading(opened) as r:
        await r.press("tab", "G")
        assert 500 < r.main.abstract.virtual_size.height < 3000
