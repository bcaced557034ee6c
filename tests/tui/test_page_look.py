"""What a page looks like: with all that is known, what is found on it, a note, and how it is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperreader import places
from paperreader.library import Library
from paperreader.tui.app import ReaderApp
from tests.tui.driving import Reader
from tests.tui.known import NOTE, known_library
from tests.tui.test_look import SIZES, Scene, Snap, _same_day_every_day, scene

__all__ = ["_same_day_every_day"]


async def all_facts(r: Reader) -> None:
    await r.press("tab")


async def picking(r: Reader) -> None:
    await r.press("o")


async def finding(r: Reader) -> None:
    await r.press("f")
    await r.type("poincare")
    await r.press("enter", "full_stop")


async def noted(r: Reader) -> None:
    await r.press("tab", "G")


def annotated(folder: Path) -> Library:
    """The library, its first paper with a note and a star."""
    library = known_library(folder)
    paper = library.paper(library.search().ordinals[0])
    library.annotations.change(paper.id, paper.title, "note", NOTE)
    library.mark(paper, "starred", True)
    return library


@pytest.mark.parametrize("steps", [all_facts, picking, finding])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_page(snap_compare: Snap, tmp_path: Path, size: tuple[int, int], steps: Scene) -> None:
    app = ReaderApp(known_library(tmp_path))
    assert snap_compare(app, terminal_size=size, run_before=scene(steps))


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_note(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    app = ReaderApp(annotated(tmp_path))
    assert snap_compare(app, terminal_size=size, run_before=scene(noted))


@pytest.mark.parametrize(("spacing", "theme"), [("1", "ink"), ("1.5", "paper"), ("2", "ink")])
def test_zen(snap_compare: Snap, tmp_path: Path, spacing: str, theme: str) -> None:
    async def zen(r: Reader) -> None:
        await r.press("z")

    places.config_file().parent.mkdir(parents=True)
    places.config_file().write_text(f'measure = 60\nline_spacing = {spacing}\ntheme = "{theme}"\n')
    app = ReaderApp(annotated(tmp_path))
    assert snap_compare(app, terminal_size=(120, 40), run_before=scene(zen))
