from pathlib import Path

import pytest

from paperreader.annotations import store


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SETTLE_SECONDS", 0.0)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty library."""
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture
def path(library: Path) -> Path:
    """Where the annotations of the library will be."""
    return library / "annotations.json"
