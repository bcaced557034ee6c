"""Every screen at every size: nothing breaks, nothing lies over anything else, what has the focus is seen."""

from __future__ import annotations

from collections.abc import Callable

from paperreader.library import Library
from tests.tui.driving import Reader, reading

Open = Callable[[], Library]

SIZES = [(200, 60), (120, 40), (80, 24), (60, 20), (40, 12), (100, 8), (20, 6)]
SMALL = [(20, 6), (60, 20)]
SIGHTS = [
    ("j",),
    ("tab",),
    ("tab", *"net"),
    ("enter",),
    ("question_mark",),
    ("escape", "N"),
    ("escape", "S"),
    ("escape", "Y"),
    ("escape", "n", "x"),
    ("ctrl+s", "z"),
    ("z", "v"),
    ("escape", "d"),
    ("escape", "T"),
    ("escape", "m"),
    ("ctrl+p",),
]
"""Keys that lead from one sight to the next."""


def check(r: Reader, size: tuple[int, int]) -> None:
    screen = r.app.screen
    assert screen.size == size
    shown = [w for w in screen.children if w.display and w.region.area and not w.styles.layer.startswith("_")]
    if screen is r.main:
        regions = [widget.region for widget in shown]
        assert all(not a.overlaps(b) for i, a in enumerate(regions) for b in regions[i + 1 :])
        assert sum(region.height for region in regions) == size[1]
    assert all(screen.region.contains_region(widget.region) for widget in shown)
    if screen.focused is not None:
        assert screen.focused.region.intersection(screen.region).area, (size, screen.focused)
    assert all(strip.cell_length == size[0] for strip in screen._compositor.render_strips())


async def test_every_screen_at_every_size(open_library: Open) -> None:
    async with reading(open_library(), size=(60, 20)) as r:
        for keys in SIGHTS:
            await r.press(*keys)
            for size in SIZES if r.app.screen is r.main and len(keys) == 1 else SMALL:
                await r.pilot.resize_terminal(*size)
                await r.pilot.pause()
                check(r, size)
