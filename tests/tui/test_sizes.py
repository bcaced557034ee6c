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


def fault(r: Reader, size: tuple[int, int]) -> str:
    """What is wrong with the screen that is shown; nothing once all has found its place."""
    screen = r.app.screen
    shown = [w for w in screen.children if w.display and w.region.area and not w.styles.layer.startswith("_")]
    regions = [widget.region for widget in shown]
    if screen.size != size:
        return f"it has the size {screen.size}"
    if screen is r.main and any(a.overlaps(b) for i, a in enumerate(regions) for b in regions[i + 1 :]):
        return "parts of it overlap"
    if screen is r.main and sum(region.height for region in regions) != size[1]:
        return "its parts are not as high as it is"
    if not all(screen.region.contains_region(region) for region in regions):
        return "a part of it is outside"
    if screen.focused is not None and not screen.focused.region.intersection(screen.region).area:
        return f"{screen.focused} has the keys and cannot be seen"
    widths = {strip.cell_length for strip in screen._compositor.render_strips()}
    return "" if widths == {size[0]} else f"its lines are {widths} wide"


async def test_every_screen_at_every_size(open_library: Open) -> None:
    async with reading(open_library(), size=(60, 20)) as r:
        for keys in SIGHTS:
            await r.press(*keys)
            for size in SIZES if r.app.screen is r.main and len(keys) == 1 else SMALL:
                await r.pilot.resize_terminal(*size)
                await r.until(lambda size=size: not fault(r, size), 10, lambda size=size: fault(r, size))


async def test_a_screen_that_was_dragged_shut_can_be_opened_again(open_library: Open) -> None:
    async with reading(open_library()) as r:
        for size in ((1, 24), (1, 1), (80, 24)):
            await r.pilot.resize_terminal(*size)
            await r.press("j", "slash", "z", "escape", "escape", "N", "escape")
        assert r.app.screen is r.main and not fault(r, (80, 24))


async def test_the_palette_on_a_screen_of_a_few_lines(open_library: Open) -> None:
    async with reading(open_library(), size=(80, 3)) as r:
        await r.press("ctrl+p", "y", "pageup", "pagedown", "escape")
        assert r.app.screen is r.main
