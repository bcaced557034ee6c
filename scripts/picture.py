"""Makes the pictures of the documentation: the real program, on the sample dumps.

That of the README has a filter, stars and a note; those of docs/compared.md show the list and a triage
on a large terminal, on one of 80 columns, and on one of 12 lines.

python scripts/picture.py        (writes docs/picture.svg and docs/pictures/; the same bytes at every run)
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import cast

from textual.pilot import Pilot

sys.path.insert(0, str(Path(__file__).parent.parent))

from paperreader import welcome
from paperreader.index.query import parse
from paperreader.library import Library
from paperreader.tui import rows
from paperreader.tui.app import ReaderApp
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.note_editor import NoteEditor

ROOT = Path(__file__).parent.parent
SIZES = ((120, 40), (80, 24), (40, 12))
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


class Person:
    """Somebody at the keyboard of the program."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None]) -> None:
        self.app, self.library, self._pilot = app, app.library, pilot

    @property
    def screen(self) -> MainScreen:
        """The main screen."""
        return cast(MainScreen, self.app.screen_stack[0])

    async def press(self, *keys: str) -> None:
        """Press these keys."""
        await self._pilot.press(*keys)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        while not holds():
            await self._pilot.pause(0.02)

    async def find(self) -> None:
        """Type the query, and go to the list of what it finds."""
        await self.press("/", *QUERY)
        understood = parse(QUERY, SameDay.today()).understood
        await self.until(lambda: self.screen.answer.understood == understood)
        await self.press("enter", "g")


async def finding(person: Person) -> None:
    """Papers found, with matches marked."""
    await person.find()


async def noting(person: Person) -> None:
    """The same, and a note under the abstract."""
    await person.find()
    await person.press("n", *NOTE, "ctrl+s")
    noted = person.library.annotations
    await person.until(lambda: bool(noted.ids("note")) and not person.screen.query(NoteEditor))


async def triaging(person: Person) -> None:
    """A few decisions into a triage of all papers."""
    await person.press("T", "x", "x", "s", "l", "x")
    await person.until(lambda: len(person.library.annotations.ids("skipped")) == 3)


async def photograph(
    library: Library, size: tuple[int, int], scene: Callable[[Person], Awaitable[None]]
) -> str:
    """The screen as SVG, after the scene."""
    app = ReaderApp(library)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await scene(person)
        await person.until(lambda: not person.screen.status.said)
        await pilot.pause(0.2)
        return self_contained(app.export_screenshot(title="paperreader"))


def self_contained(svg: str) -> str:
    """The picture with every space, and without the fonts that it would load from the network."""
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    lines = svg.replace("Fira Code,", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono,").splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def pictures() -> Iterator[tuple[str, tuple[int, int], Callable[[Person], Awaitable[None]]]]:
    """The name, the size and the scene of each."""
    yield "picture", SIZES[0], noting
    for size in SIZES:
        yield f"pictures/list-{size[0]}x{size[1]}", size, finding
        yield f"pictures/triage-{size[0]}x{size[1]}", size, triaging


def main() -> None:
    """Write the pictures."""
    setattr(rows, "date", SameDay)  # noqa: B010 - in another module, on purpose
    for name, size, scene in pictures():
        with tempfile.TemporaryDirectory() as temporary:
            base = Path(temporary)
            state = base / "state"
            os.environ |= {"PAPERREADER_STATE": str(state), "PAPERREADER_CONFIG": str(base / "config")}
            welcome.done(state)
            svg = asyncio.run(photograph(sample_library(base / "library"), size, scene))
        file = ROOT / "docs" / f"{name}.svg"
        file.parent.mkdir(exist_ok=True)
        file.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
