"""What a triage looks like, and its end, at three sizes, dark and light."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.tui import rows
from paperreader.tui.app import ReaderApp
from tests.tui.driving import Reader
from tests.tui.test_look import HOSTILE, SIZES, Scene, Snap, scene

Open = Callable[[], Library]


@pytest.fixture(autouse=True)
def _same_day_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "today", lambda: date(2026, 11, 21))


async def deciding(r: Reader) -> None:
    await r.find("neural net")
    await r.press("enter", "T", "s", "x", "l", "x", "n")
    await r.paste("compare with replay")
    await r.press("ctrl+s")
    r.triage.status.say("")


async def decided(r: Reader) -> None:
    await r.find("hebbian")
    await r.press("enter", "T", "s", "l", "j")
    await r.press(*["x"] * (len(r.triage.round) - 3))
    r.triage.status.say("")


async def writing(r: Reader) -> None:
    await r.press("T", "n")
    await r.paste("compare")


async def nothing(r: Reader) -> None:
    await r.find("hebbian -hebbian")
    await r.press("enter", "T")


async def hidden(r: Reader) -> None:
    await r.press("s", "j", "j", "x", "j", "l", "H", "2")
    r.main.status.say("")


@pytest.mark.parametrize("steps", [deciding, decided])
@pytest.mark.parametrize("theme", ["ink", "paper"])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_triage(
    snap_compare: Snap, open_library: Open, size: tuple[int, int], theme: str, steps: Scene
) -> None:
    app = ReaderApp(open_library())
    app.theme = theme
    assert snap_compare(app, terminal_size=size, run_before=scene(steps))


@pytest.mark.parametrize("steps", [writing, nothing, hidden])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_scene(snap_compare: Snap, open_library: Open, size: tuple[int, int], steps: Scene) -> None:
    assert snap_compare(ReaderApp(open_library()), terminal_size=size, run_before=scene(steps))


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_difficult_texts(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    library = Library(tmp_path / "library")
    library.take_in([str(tmp_path / "hostile.txt")], 2026)

    async def all_starred(r: Reader) -> None:
        await r.press("s", "l", "s")
        r.triage.status.say("")

    app = ReaderApp(library, triage=True)
    assert snap_compare(app, terminal_size=size, run_before=scene(all_starred))
