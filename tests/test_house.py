"""The rules of the house: who may import whom, how long a file may be, and what start-up may cost."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "paperreader"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = (
    {"__main__"},
    {"cli"},
    {"tui", "doctor", "plain"},
    {"notes", "statistics"},
    {"library"},
    {"arrivals", "likings", "news"},
    {"completion", "fetching", "searched", "watching"},
    {"annotating", "answers", "importing", "orphans", "searches", "states"},
    {"spool"},
    {
        *("annotations", "dumps", "export", "fetch", "index", "config"),
        *("history", "switches", "visits", "welcome"),
    },
    {"links", "remembered"},
    {"atomic", "latex"},
    {"identity", "records", "tags"},
    {"counts", "paper", "text"},
    {"places", "progress", ""},
)
"""The rooms from top to bottom. A room imports from the floors below it, never from its own or above."""

DOOR = {
    *("annotating", "annotations", "answers", "arrivals", "dumps", "fetch", "fetching", "importing"),
    *("index", "likings", "news", "orphans", "searched", "states", "visits", "watching"),
}
"""What the screen knows only through `library`."""

OWNERS = {
    "textual": "tui",
    "rich": "tui",
    "pyperclip": "tui",
    "whoosh": "index",
    "numpy": "index",
    "httpx": "fetch",
    "rapidfuzz": "index",
    "plotille": "tui",
    "markdown_it": "tui",
    "Stemmer": "index",
    "zstandard": "index",
}
"""The libraries that one room keeps to itself."""

LONGEST = 340
"""Lines of a file."""

HEAVY = {
    "whoosh",
    "numpy",
    "rapidfuzz",
    "plotille",
    "textual",
    "rich",
    "asyncio",
    "filelock",
    "httpx",
    "tomlkit",
    "pyperclip",
    "multiprocessing",
}
"""What a command line that only opens a library has no use for."""


def room(module: str) -> str:
    """The room of a module of the package: `paperreader.tui.app` is in `tui`, the package itself in ""."""
    return module.partition(".")[2].partition(".")[0]


def module_name(file: Path) -> str:
    """The dotted name of a file of the package."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path) -> Iterator[str]:
    """The modules that a file imports anywhere, also within functions and for type checkers."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import"
            assert node.module
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (ROOT / Path(*inner.split("."))).is_dir() or (
                    ROOT / Path(*inner.split("."))
                ).with_suffix(".py").is_file()
                yield inner if is_module else node.module


@pytest.mark.parametrize("file", MODULES, ids=module_name)
def test_rooms_import_only_from_below(file: Path) -> None:
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    here = room(module_name(file))
    for module in imports(file):
        if module.split(".")[0] == "paperreader" and room(module) != here:
            there = room(module)
            assert floor[there] > floor[here], f"{here} must not import {module}"
            assert not (here == "tui" and there in DOOR), f"the screen reaches {module} through library"


@pytest.mark.parametrize("file", MODULES, ids=module_name)
def test_each_library_has_one_room(file: Path) -> None:
    for module in imports(file):
        owner = OWNERS.get(module.split(".")[0])
        assert owner in (None, room(module_name(file))), f"only {owner} may import {module}"


@pytest.mark.parametrize("folder", ["paperreader", "tests", "benchmarks", "scripts"])
def test_no_file_is_long(folder: str) -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in (ROOT / folder).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def loaded(program: str, *arguments: str) -> set[str]:
    """The libraries loaded when the program prints them, as a JSON list, in its last line."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


OPENED = """
import json, sys
from pathlib import Path
import paperreader.cli
from paperreader.library import Library
library = Library(Path(sys.argv[1]))
assert library.open() == "" and len(library) == 181
assert library.paper(library.search().ordinals[0]).title
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""

FIRST_FRAME = """
import json, sys
from pathlib import Path
from textual.drivers.headless_driver import HeadlessDriver
from paperreader.library import Library
from paperreader.tui.app import ReaderApp

library = Library(Path(sys.argv[1]))
assert library.open() == ""
title = library.paper(library.search().ordinals[0]).title[:12]

class Watching(HeadlessDriver):
    '''Tells what was loaded when the first frame with the list came.'''

    is_headless = False
    loaded = None

    def write(self, data):
        if self.loaded is None and title in data:
            Watching.loaded = {name.partition(".")[0] for name in sys.modules}
            self._app.exit()

app = ReaderApp(library)
app.driver_class = Watching
app.run(size=(120, 40))
print(json.dumps(sorted(Watching.loaded)))
"""


def test_opening_a_library_loads_nothing_heavy(seeded: Path) -> None:
    assert not loaded(OPENED, str(seeded)) & HEAVY


def test_the_first_frame_waits_for_no_search_engine(seeded: Path) -> None:
    before_the_frame = loaded(FIRST_FRAME, str(seeded))
    assert "textual" in before_the_frame
    heavy = {"whoosh", "numpy", "rapidfuzz", "filelock", "tomlkit", "pyperclip", "multiprocessing"}
    heavy |= {"markdown_it", "plotille"}
    assert not before_the_frame & heavy


def test_the_floors_are_those_of_the_package() -> None:
    rooms = {room(module_name(file)) for file in MODULES}
    assert rooms == set().union(*FLOORS)
    assert all(not upper & lower for upper, lower in pairwise(FLOORS))
