"""Libraries to be examined."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from paperreader.annotations import store
from paperreader.doctor import leftovers
from paperreader.library import Library

from .making import PAGE, page


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for a file that may be whole in a moment, nor until a temporary one is old."""
    monkeypatch.setattr(store, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(leftovers, "AGE", 0.0)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A library with two dumps, a star and a note, and its state. Not to be changed."""
    base = tmp_path_factory.mktemp("sound")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(base / "state"))
        for name, papers in (("2026-09-09.txt", PAGE[:3]), ("2026-09-10.txt", PAGE[1:])):
            (base / name).write_text(page(papers), encoding="utf-8")
        library = Library(base / "library")
        done = library.take_in([str(base / "2026-09-09.txt"), str(base / "2026-09-10.txt")])
        assert (done.dumps, done.new, done.again) == (2, 4, 2)
        paper = library.paper(0)
        assert library.annotations.change(paper.id, paper.title, "starred", True)
        assert library.annotations.change(paper.id, paper.title, "note", "again and again")
    return base / "library", base / "state"


@pytest.fixture
def healthy(sound: tuple[Path, Path], tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library in which nothing is wrong; it is used when none is named."""
    library, state = sound
    shutil.copytree(library, tmp_path / "library")
    shutil.copytree(state, home / "state", dirs_exist_ok=True)
    monkeypatch.setenv("PAPERREADER_LIBRARY", str(tmp_path / "library"))
    return tmp_path / "library"
