"""Makes the README's picture: the real program, on the sample dumps, with a filter, stars and a note.

python scripts/picture.py [FILE]        (default: docs/picture.svg; the same bytes at every run)
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).parent.parent))

from paperreader.index.query import parse
from paperreader.library import Library
from paperreader.tui import rows
from paperreader.tui.app import ReaderApp
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.note_editor import NoteEditor

ROOT = Path(__file__).parent.parent
COLUMNS, ROWS = 120, 40
QUERY = "gradient descent"
STARRED = (0, 2, 6)
NOTE = "Compare with the step sizes of our own runs. For Thursday's reading group."


class SameDay(date):
    """The day on which the picture is taken, always."""

    @classmethod
    def today(cls) -> SameDay:
        """The day after the latest of the sample dumps."""
        return cls(2026, 9, 10)


def sample_library(folder: Path) -> Library:
    """The sample dumps, the latest of which came after the last visit."""
    seeds = sorted((ROOT / "seeds").iterdir())
    library = Library(folder)
    library.take_in([str(seed) for seed in seeds[1:]], 2026)
    library.end_visit()
    library = Library(folder)
    library.open()
    library.take_in([str(seeds[0])], 2026)
    found = library.search(QUERY).ordinals
    for place in STARRED:
        paper = library.paper(found[place])
        library.annotations.change(paper.id, paper.title, "starred", True)
    return library


async def photograph(library: Library) -> str:
    """The screen as SVG after a person has typed a filter and written a note."""
    app = ReaderApp(library)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:

        async def until(holds: Callable[[MainScreen], bool]) -> None:
            screen = cast(MainScreen, app.screen_stack[0])
            while not holds(screen):
                await pilot.pause(0.02)

        await pilot.press("/", *QUERY)
        understood = parse(QUERY, SameDay.today()).understood
        await until(lambda screen: screen.answer.understood == understood)
        await pilot.press("enter", "g", "n", *NOTE, "ctrl+s")
        await until(lambda screen: bool(library.annotations.ids("note")) and not screen.query(NoteEditor))
        await until(lambda screen: not screen.status.said)
        return app.export_screenshot(title="paperreader")


def self_contained(svg: str) -> str:
    """The picture with every space, and without the fonts that it would load from the network."""
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    lines = svg.replace("Fira Code,", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono,").splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def main() -> None:
    """Write the picture."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "picture.svg"
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        os.environ |= {"PAPERREADER_STATE": str(base / "state"), "PAPERREADER_CONFIG": str(base / "config")}
        setattr(rows, "date", SameDay)  # noqa: B010 - in another module, on purpose
        svg = asyncio.run(photograph(sample_library(base / "library")))
    file.write_text(self_contained(svg), encoding="utf-8")


if __name__ == "__main__":
    main()
