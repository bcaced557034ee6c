"""What the screen looks like, at three sizes, dark and light, with the texts that break layouts."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from paperreader.library import Library
from paperreader.tui import rows
from paperreader.tui.app import ReaderApp
from paperreader.tui.filter_input import FilterInput
from tests.tui.driving import Reader
from tests.tui.scenes_searches import rows as rows_of
from tests.tui.test_settings import configure

SIZES = [(120, 40), (80, 24), (40, 12)]
LONG = "On the Extraordinarily Long and Winding Road from Perceptrons to Transformers and Back Again: " * 3
HOSTILE = f"""Daily Papers

Sep 9

{LONG}

A long title wraps on the page and is cut at a word in the list.

大规模语言模型的稀疏注意力机制研究：理论、方法与应用的全面综述及未来展望

中文摘要也应当整齐地换行，每个字占两格。本文提出了一种新的稀疏注意力机制，并在多个任务上进行了验证。

👩‍🔬 Emoji 🇨🇭 and combining é, [red]markup[/red] [@click=app.quit]here[/]

Nothing of this is [b]obeyed[/b]. See https://example.org/a_b{{https://example.org/a_b}}.
"""

SEARCHES = """
[searches]
nets = "neural net"
"稀疏注意力机制研究" = "sparse attention -bert"
"what came in while I was away from my desk, and longer" = "is:new (attention OR memory) seen:>2 date:2026"
nothing = "xylophone"
plasticity = "hebbian OR plasticity"
"""

Snap = Callable[..., bool]
Scene = Callable[[Reader], Awaitable[None]]


@pytest.fixture(autouse=True)
def _same_day_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "today", lambda: date(2026, 11, 21))


def scene(steps: Scene | None) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def run(pilot: Pilot[Any]) -> None:
        reader = Reader(pilot)
        await pilot.pause()
        await reader.settle()
        if steps:
            await steps(reader)
            await reader.settle()

    return run


async def reading(r: Reader) -> None:
    await r.press("j", "j", "s", "r", "j", "s", "n")
    await r.paste("compare with hebbian replay")
    await r.press("ctrl+s", "k")
    await r.find("neural net", typed=True)
    r.main.status.say("")


async def nothing(r: Reader) -> None:
    await r.find("zzz")


async def helped(r: Reader) -> None:
    await r.press("question_mark")


async def copying(r: Reader) -> None:
    await r.press("Y")


async def writing(r: Reader) -> None:
    await r.press("n", "a", "b")


async def saved(r: Reader) -> None:
    configure(SEARCHES)
    await r.press("v")
    await r.until(lambda: len(rows_of(r)) == 5 and "…" not in rows_of(r)[-1][-8:])
    await r.press("j")


async def completing(r: Reader) -> None:
    await r.find("neural is:")
    await r.until(lambda: "starred" in r.main.query_one(FilterInput).render_line(0).text)


async def naming(r: Reader) -> None:
    configure(SEARCHES)
    await r.press("v", "escape")
    await r.find("title:attention -bert is:unread", typed=True)
    await r.press("ctrl+s")
    await r.type("nets")


async def judged(r: Reader) -> None:
    await r.press("s", "l", "j", "x", "j", "l", "j", "r", "j", "r", "x", "j")
    for n, tags in ((0, ["rl", "to do"]), (4, ["vision"]), (5, [f"tag {n}" for n in range(9)])):
        r.library.tag(r.library.paper(r.main.papers.ordinals[n]), tags)
    r.main.repaint()
    r.main.status.say("")


async def tagging(r: Reader) -> None:
    await judged(r)
    await r.press("g", "t", "t")


async def choosing_for_all(r: Reader) -> None:
    await r.press("s", "j", "l", "B")


async def confirming(r: Reader) -> None:
    await r.press("B", "r")


@pytest.mark.parametrize("theme", ["ink", "paper"])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_reading(
    snap_compare: Snap, open_library: Callable[[], Library], size: tuple[int, int], theme: str
) -> None:
    app = ReaderApp(open_library())
    app.theme = theme
    assert snap_compare(app, terminal_size=size, run_before=scene(reading))


@pytest.mark.parametrize(
    "steps",
    [
        nothing,
        helped,
        copying,
        writing,
        saved,
        naming,
        completing,
        judged,
        tagging,
        choosing_for_all,
        confirming,
    ],
)
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_scene(
    snap_compare: Snap, open_library: Callable[[], Library], size: tuple[int, int], steps: Scene
) -> None:
    library = open_library()
    library.folder = Path("/home/reader/library")
    assert snap_compare(ReaderApp(library), terminal_size=size, run_before=scene(steps))


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_difficult_texts(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    library = Library(tmp_path / "library")
    library.take_in([str(tmp_path / "hostile.txt")], 2026)
    assert snap_compare(ReaderApp(library), terminal_size=size, run_before=scene(None))


DETAILED = [
    {
        "title": "Sparse Attention with 大 Blocks",
        "publishedAt": "2026-09-09T00:00:00.000Z",
        "numComments": 3,
        "paper": {
            "id": "2609.01234",
            "title": "Sparse Attention with 大 Blocks",
            "summary": "We propose blocks. They are sparse, and attend to what matters.",
            "authors": [{"name": f"Ada Nr{n} Lovelace"} for n in range(15)],
            "publishedAt": "2026-09-08T00:00:00.000Z",
            "upvotes": 1234,
            "githubRepo": "https://github.com/ada/blocks",
            "ai_summary": "Sparse blocks attend to what matters.",
            "ai_keywords": ["sparse attention", "blocks"],
        },
    }
]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_a_paper_of_which_more_is_known(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "2026-09-09.json").write_text(json.dumps(DETAILED), encoding="utf-8")
    library = Library(tmp_path / "library")
    library.take_in([str(tmp_path / "2026-09-09.json")])
    assert snap_compare(ReaderApp(library), terminal_size=size, run_before=scene(None))


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_an_empty_library(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    app = ReaderApp(Library(tmp_path / "library"))
    assert snap_compare(app, terminal_size=size, run_before=scene(None))


def test_without_colour(
    snap_compare: Snap, open_library: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(ReaderApp(open_library()), terminal_size=(80, 24), run_before=scene(reading))
