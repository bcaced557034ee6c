"""What the tests of watching share: a folder that is watched for a library, and a clock that is ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from paperreader.library import Library
from tests.conftest import SEEDS

SEED = (SEEDS / "000_bb5cc08f9438daba.txt").read_bytes()
"""A dump with 41 papers."""


@dataclass
class Watching:
    """A library, a folder that is watched for it, and the time."""

    library: Library
    folder: Path
    now: float = 0.0
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Watch, as after a new start of the program."""
        self.library.watch([self.folder], clock=lambda: self.now)

    def after(self, seconds: float = 2.0) -> bool:
        """Look around later; whether papers have changed."""
        self.now += seconds
        return self.library.look_around(self.said.append)

    def put(self, name: str, data: bytes = SEED) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    @property
    def dumps(self) -> list[str]:
        """The names of the dumps in the library, without their ids."""
        return sorted(name.partition("~")[0] for name in self.library.dumps.names())


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    folder = tmp_path / "papers"
    folder.mkdir()
    return Watching(Library(tmp_path / "library"), folder)
