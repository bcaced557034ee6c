"""Everything that a folder is while something happens to it: what a kill at that moment leaves."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_CHANGES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
"""The events before which a folder is looked at; what was written since the last one is seen, too."""

_watch: Callable[[], None] | None = None


def _hook(event: str, _: tuple[Any, ...]) -> None:
    global _watch  # noqa: PLW0603
    if _watch is not None and event in _CHANGES:
        watch, _watch = _watch, None
        watch()
        _watch = watch


_hooked: list[None] = []


@contextmanager
def states(folder: Path, copies: Path) -> Iterator[list[Path]]:
    """Copies of a folder, one for each state that it is in meanwhile, in the order in which they came."""
    global _watch  # noqa: PLW0603
    if not _hooked:  # it cannot be taken away again
        sys.addaudithook(_hook)
        _hooked.append(None)
    found: list[Path] = []
    last: list[object] = []

    def watch() -> None:
        now = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.iterdir())]
        if [now] != last:
            last[:] = [now]
            found.append(copies / f"{len(found):03}")
            shutil.copytree(folder, found[-1])

    _watch = watch
    try:
        yield found
    finally:
        _watch = None
        watch()
