"""A program that is killed, and a disk that fails, at each call of a change, an undo or a redo."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest import mock

import pytest

from paperreader.annotations import Annotations, Setting, history
from paperreader.annotations.backups import Backups

from .files import star, starred
from .syscalls import watched

Act = Callable[[Annotations], object]


class KilledError(BaseException):
    """Raised by every call from one on: what a killed program would have tidied up stays as it is."""


def change(annotations: Annotations) -> object:
    return annotations.change("s", "S", "starred", True)


def change_many(annotations: Annotations) -> object:
    return annotations.change_all([Setting(i, i, "starred", True) for i in "stu"], "3 papers starred")


def undo(annotations: Annotations) -> object:
    return annotations.undo()


def redo(annotations: Annotations) -> object:
    return annotations.redo()


def change_and_write_anew(annotations: Annotations) -> object:
    with mock.patch.object(history, "LONGEST", 1_900):
        return annotations.change("s", "S", "starred", True)


ACTS = [change, change_many, undo, redo, change_and_write_anew]
STATES = [set(), {"p"}, {"p", "q"}, {"p", "q", "r"}]
"""What is starred after each step; the last one is undone at first."""
AFTER = {
    change: [*STATES[:3], {"p", "q", "s"}],
    change_and_write_anew: [*STATES[:3], {"p", "q", "s"}],
    change_many: [*STATES[:3], {"p", "q", "s", "t", "u"}],
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with three steps, of which one was undone, and some that went back and forth."""
    folder = tmp_path_factory.mktemp("prepared") / "library"
    folder.mkdir()
    annotations = star(folder / "annotations.json", *"pqr")
    for _ in range(30):
        annotations.undo()
        annotations.redo()
    annotations.undo()
    assert (folder / "history.jsonl").stat().st_size > 1_900  # of which the steps are less than half
    return folder


def each_call(prepared: Path, folder: Path, act: Act, error: Callable[[], BaseException]) -> Iterator[Path]:
    """A library for each call of an act at which `error` was raised."""
    step, reached = 0, True
    while reached:
        path = folder / str(step) / "annotations.json"
        shutil.copytree(prepared, path.parent)
        annotations = Annotations(path)

        def strike(number: int, _: str, step: int = step) -> None:
            if number == step or (number > step and isinstance(error(), KilledError)):
                raise error()

        with watched(strike) as calls, suppress(KilledError):
            act(annotations)
        reached = len(calls) > step
        if not isinstance(error(), KilledError):
            annotations.refresh()
            assert (annotations.problem, annotations.unsaved, annotations.notice) == ("", frozenset(), "")
        yield path
        step += 1
    assert step > 20


@contextmanager
def quick() -> Iterator[None]:
    """What is flushed, and what is kept besides, is not looked at here."""
    with mock.patch("os.fsync"), mock.patch.object(Backups, "keep"):
        yield


def check_all_steps(path: Path, states: list[set[str]]) -> None:
    """Whatever state it is in, one goes back from there to the first one and forth to the last one."""
    annotations = Annotations(path)
    at = states.index(starred(path))
    for state in reversed(states[:at]):
        assert annotations.undo()
        assert starred(path) == state
    assert Annotations(path).undo() is None
    for state in states[1 : at + 1]:
        assert annotations.redo()
        assert starred(path) == state
    assert (annotations.problem, annotations.notice) == ("", "")


@pytest.mark.parametrize("act", ACTS)
def test_a_program_that_is_killed_leaves_the_old_state_or_the_new_one_and_a_history_of_it(
    prepared: Path, library: Path, act: Act
) -> None:
    before = len(STATES) - 2
    seen = set()
    for path in each_call(prepared, library, act, KilledError):
        at = AFTER.get(act, STATES).index(starred(path))
        assert abs(at - before) <= 1
        seen.add(at)
        with quick():
            check_all_steps(path, AFTER.get(act, STATES))
    assert len(seen) == 2


@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_fails_for_a_moment_leaves_the_new_state_and_its_history(
    prepared: Path, library: Path, act: Act
) -> None:
    states = AFTER.get(act, STATES)
    wanted = states[1 if act is undo else 3]
    with quick():
        for path in each_call(prepared, library, act, lambda: OSError(errno.EIO, os.strerror(errno.EIO))):
            assert starred(path) == wanted
            check_all_steps(path, states)
