"""Every key does what its declaration says, in the real app over the sample dumps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.library import Library
from paperreader.tui.commands import COMMANDS
from tests.tui import (
    scenes_alike,
    scenes_finding,
    scenes_moving,
    scenes_page,
    scenes_reading,
    scenes_searches,
    scenes_triage,
)
from tests.tui.driving import reading
from tests.tui.scenes import SCENES

__all__ = [
    "scenes_alike",
    "scenes_finding",
    "scenes_moving",
    "scenes_page",
    "scenes_reading",
    "scenes_searches",
    "scenes_triage",
]


@pytest.mark.parametrize("name", [c.id for c in COMMANDS])
async def test_command(name: str, open_library: Callable[[], Library]) -> None:
    async with reading(open_library()) as reader:
        await SCENES[name](reader)


async def test_an_empty_library_opens_the_samples(tmp_path: Path) -> None:
    async with reading(Library(tmp_path / "new")) as reader:
        assert "No papers yet" in reader.main.papers.empty_text
        await reader.press("i")
        await reader.until(lambda: len(reader.main.papers.ordinals) == 181)
        assert "181 papers new" in reader.said
