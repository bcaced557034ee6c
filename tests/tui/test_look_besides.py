"""What the screens besides the main one look like, at three sizes, dark and light, and the other themes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from paperreader.library import Library
from paperreader.tui import rows
from paperreader.tui.app import ReaderApp
from paperreader.tui.notes import NoteRows
from tests.test_notes import noted
from tests.test_statistics import marked
from tests.tui.driving import Reader
from tests.tui.test_look import SIZES, Snap, reading, scene

Open = Callable[[], Library]
BOTH = pytest.mark.parametrize("theme", ["ink", "paper"])
ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
NOTES = [
    ("Compare with hebbian replay: the decay looks like ours.\n\n- ask for the code", "2026-11-20T12:00:00Z"),
    ("大规模语言模型的稀疏注意力 — check table 3", "2026-09-03T12:00:00Z"),
    (
        "Baseline for the workshop. " * 12 + "The footnote counts. " + "Tuned per task. " * 9,
        "2025-10-02T12:00:00Z",
    ),
    ("read the proof", None),
]


@pytest.fixture(autouse=True)
def _same_day_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "today", lambda: date(2026, 11, 21))


async def found_in_help(r: Reader) -> None:
    await r.press("question_mark")
    await r.type("copy")


async def all_notes(r: Reader) -> None:
    await r.press("N")
    await r.until(lambda: bool(r.app.screen.query_one(NoteRows).found.notes))


async def found_notes(r: Reader) -> None:
    await all_notes(r)
    await r.press("slash", "f", "o", "o", "t")
    await r.until(lambda: len(r.app.screen.query_one(NoteRows).found.notes) == 1)


async def in_numbers(r: Reader) -> None:
    await r.press("S")
    await r.until(lambda: "Counting" not in str(r.app.screen.query_one("#page", Static).visual))


@ALL_SIZES
def test_help_found_in(snap_compare: Snap, open_library: Open, size: tuple[int, int]) -> None:
    library = open_library()
    library.folder = Path("/home/reader/library")
    assert snap_compare(ReaderApp(library), terminal_size=size, run_before=scene(found_in_help))


@BOTH
@ALL_SIZES
def test_notes(snap_compare: Snap, open_library: Open, size: tuple[int, int], theme: str) -> None:
    app = ReaderApp(noted(open_library(), *NOTES))
    app.theme = theme
    steps = all_notes if theme == "ink" else found_notes
    assert snap_compare(app, terminal_size=size, run_before=scene(steps))


@BOTH
@ALL_SIZES
def test_statistics(snap_compare: Snap, open_library: Open, size: tuple[int, int], theme: str) -> None:
    library = open_library()
    if theme == "ink":
        found = library.search("hebbian").ordinals
        marks = [(n, "starred", f"{date(2026, 11, 20) - timedelta(days=n % 90)}T12:00:00Z") for n in found]
        marks += [
            (n, "read", f"{date(2026, 11, 20) - timedelta(days=n * n % 150)}T12:00:00Z") for n in range(99)
        ]
        marked(library, *marks)
    app = ReaderApp(library)
    app.theme = theme
    assert snap_compare(app, terminal_size=size, run_before=scene(in_numbers))


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda s: f"{s[0]}x{s[1]}")
def test_the_first_visit(snap_compare: Snap, open_library: Open, home: Path, size: tuple[int, int]) -> None:
    (home / "state" / "welcomed").unlink()
    assert snap_compare(ReaderApp(open_library()), terminal_size=size, run_before=scene(None))


@pytest.mark.parametrize("theme", ["contrast", "contrast-light", "terminal"])
def test_themes(snap_compare: Snap, open_library: Open, theme: str) -> None:
    app = ReaderApp(open_library())
    app.theme = theme
    assert snap_compare(app, terminal_size=(80, 24), run_before=scene(reading))
