"""What all tests share: a home of their own, and a library with the sample dumps."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from paperreader import places, welcome
from paperreader.library import Library

# how long an example takes says more about the machine than about the program
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# a collection walks through all that pytest, Hypothesis and Textual have made, and comes every 700 objects
gc.set_threshold(100_000, 50, 100)


def pytest_xdist_auto_num_workers() -> int:
    """More than there are processors: half of what the tests do is wait, for terminals and programs."""
    return 2 * (os.cpu_count() or 1)


SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing of the tester's own is found or changed."""
    folder = tmp_path / ".home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    for name in ("LIBRARY", "CONFIG", "STATE"):
        monkeypatch.delenv(f"PAPERREADER_{name}", raising=False)
    for name in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAPERREADER_STATE", str(folder / "state"))
    welcome.done(folder / "state")
    return folder


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a library with the sample dumps, and the state that goes with it. Not to be changed."""
    base = tmp_path_factory.mktemp("imported")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(base / "state"))
        library = Library(base / "library")
        library.take_in([str(SEEDS)], 2026)
    return base / "library", base / "state"


@pytest.fixture
def seeded(imported: tuple[Path, Path], tmp_path: Path, home: Path) -> Path:
    """The folder of a library with the five sample dumps, as if imported just now."""
    library, state = imported
    shutil.copytree(library, tmp_path / "library")
    shutil.copytree(state, home / "state", dirs_exist_ok=True)
    return tmp_path / "library"


@pytest.fixture
def open_library(seeded: Path) -> Callable[[], Library]:
    """Opens the seeded library, each time as another program would."""

    def open_it() -> Library:
        library = Library(seeded)
        if library.open():
            library.rebuild()
        return library

    return open_it


@pytest.fixture
def empty(home: Path) -> Path:
    """The library that is used when none is named; not there yet."""
    return places.library_folder()
