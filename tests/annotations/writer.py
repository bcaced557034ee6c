"""Programs that annotate a library, run by the tests to be killed or to get into each other's way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from paperreader.annotations import Annotations, store

from .syscalls import watched


def forever(path: str) -> None:
    """Stars one paper after the other, and says which are on the disk."""
    annotations = Annotations(Path(path))
    number = len(annotations.ids("starred"))
    while annotations.change(f"{number:016x}", f"Paper {number}", "starred", True):
        print(number, flush=True)
        number += 1


def crowd(path: str, name: str, count: str) -> None:
    """Stars and notes papers of its own, and takes part in one that everybody annotates."""
    annotations = Annotations(Path(path))
    for number in range(int(count)):
        annotations.change(f"{name}{number}", f"{name} {number}", "starred", True)
        annotations.change(f"{name}{number}", f"{name} {number}", "note", f"by {name}")
        annotations.change("everybody's", "Everybody's", "note", f"{name} {number}")
        annotations.change(f"{name} takes this back", "", "starred", True)
        annotations.change(f"{name} takes this back", "", "starred", False)
    while annotations.unsaved:
        annotations.refresh()


def back(path: str) -> None:
    """Undoes everything, and says what."""
    annotations = Annotations(Path(path))
    while step := annotations.undo():
        print(step.changes[0].paper_id, flush=True)


def die(folder: str, scenario: str) -> None:
    """Dies at every call of a scenario in turn, each time in a library of its own."""
    store.SETTLE_SECONDS = 0.0
    step, died = 0, True
    while died:
        path = Path(folder, f"{step:03}", "annotations.json")
        path.parent.mkdir()
        act = _SCENARIOS[scenario](path)
        child = os.fork()
        if not child:
            with watched(partial(_kill_at, step)):
                act()
            os._exit(0)
        died = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        step += 1


def _kill_at(step: int, number: int, _: str) -> None:
    if number == step:
        os.kill(os.getpid(), signal.SIGKILL)


def _second_change(path: Path) -> Callable[[], object]:
    annotations = Annotations(path)
    annotations.change("old", "Old", "starred", True)
    return lambda: annotations.change("new", "New", "starred", True)


def _damaged(path: Path) -> Callable[[], object]:
    Annotations(path).change("old", "Old", "starred", True)
    path.write_text("{")
    return lambda: Annotations(path)


def _gone(path: Path) -> Callable[[], object]:
    Annotations(path).change("old", "Old", "starred", True)
    path.unlink()
    return lambda: Annotations(path)


_SCENARIOS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "second change": _second_change,
    "damaged": _damaged,
    "gone": _gone,
}

if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {"forever": forever, "crowd": crowd, "back": back, "die": die}
    programs[sys.argv[1]](*sys.argv[2:])
