"""What similar papers, papers for the reader, trends and what is new look like, at three sizes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.tui.app import ReaderApp
from tests.tui.driving import Reader
from tests.tui.scenes_alike import star_five
from tests.tui.test_look import SIZES, Scene, Snap, _same_day_every_day, scene

__all__ = ["_same_day_every_day"]


async def similar(r: Reader) -> None:
    await r.find("selectable kolmogorov")
    await r.press("enter", "m")


async def for_you(r: Reader) -> None:
    await star_five(r)
    await r.press("6", "g")
    r.main.status.say("")


async def for_you_without_stars(r: Reader) -> None:
    await r.press("s", "6")
    r.main.status.say("")


async def trending(r: Reader) -> None:
    await r.press("5", "g")


@pytest.mark.parametrize("steps", [similar, for_you, for_you_without_stars, trending])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_listing(
    snap_compare: Snap, open_library: Callable[[], Library], size: tuple[int, int], steps: Scene
) -> None:
    library = open_library()
    library.folder = Path("/home/reader/library")
    assert snap_compare(ReaderApp(library), terminal_size=size, run_before=scene(steps))
