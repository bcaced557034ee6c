"""A disk that fails, at each of the calls that a change makes."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.annotations import Annotation, Annotations

from .files import starred, temporary_files
from .syscalls import watched

CODES = [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO]


def failing(code: int, at: Callable[[int, str], bool]) -> Callable[[int, str], None]:
    def strike(number: int, name: str) -> None:
        if at(number, name):
            raise OSError(code, os.strerror(code))

    return strike


def check_failed(annotations: Annotations, path: Path, code: int) -> None:
    """The change to q failed and is kept; nothing that was there is lost."""
    assert annotations.unsaved == {"q"}
    assert annotations.get("q") == Annotation("Q", starred=True)
    assert annotations.problem.startswith("Not saved: ")
    assert os.strerror(code) in annotations.problem
    assert str(path) in annotations.problem
    assert "\n" not in annotations.problem


@pytest.mark.parametrize("code", CODES)
def test_each_call_that_fails_leaves_the_old_file_or_the_new_one(library: Path, code: int) -> None:
    step, reached, failures = 0, True, 0
    while reached:
        path = library / str(step) / "annotations.json"
        path.parent.mkdir()
        annotations = Annotations(path)
        annotations.change("p", "P", "starred", True)
        with watched(failing(code, lambda number, _, step=step: number == step)) as calls:  # type: ignore[misc]
            saved = annotations.change("q", "Q", "starred", True)
        reached = len(calls) > step
        assert starred(path) in ([{"p", "q"}] if saved else [{"p"}, {"p", "q"}])
        if saved:
            assert annotations.unsaved == frozenset()
            assert bool(annotations.problem) == (reached and "undone in this run only" in annotations.problem)
        else:
            check_failed(annotations, path, code)
            failures += 1
        assert temporary_files(path.parent) == []
        annotations.refresh()
        assert (annotations.unsaved, annotations.problem, annotations.notice) == (frozenset(), "", "")
        assert starred(path) == annotations.ids("starred") == {"p", "q"}
        for program, left in ((Annotations(path), {"p"}), (annotations, set())):
            assert program.undo()
            assert starred(path) == left
        step += 1
    assert failures > 8


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["os.open", "os.write", "os.fsync", "os.replace", "io.open"])
def test_while_the_disk_fails_changes_are_kept_and_then_saved(path: Path, name: str, code: int) -> None:
    annotations = Annotations(path)
    annotations.change("p", "P", "starred", True)
    with watched(failing(code, lambda _, call: call == name)):
        assert not annotations.change("q", "Q", "starred", True)
        check_failed(annotations, path, code)
        assert not annotations.change("r", "R", "note", "n")
        assert annotations.undo() is not None
        assert not annotations.change("s", "S", "read", True)
        assert not annotations.refresh()
        assert annotations.unsaved == {"q", "r", "s"}
        assert annotations.problem
        assert temporary_files(path.parent) == []
    assert starred(path) == ({"p", "q"} if name == "os.fsync" and starred(path) != {"p"} else {"p"})
    other = Annotations(path)
    other.change("t", "T", "starred", True)
    annotations.refresh()
    assert (annotations.unsaved, annotations.problem) == (frozenset(), "")
    assert annotations.entries() == Annotations(path).entries()
    assert annotations.ids("starred") == {"p", "q", "t"}
    assert annotations.ids("read") == {"s"}


def test_the_next_change_saves_what_is_unsaved(path: Path) -> None:
    annotations = Annotations(path)
    with watched(failing(errno.ENOSPC, lambda _, call: call == "os.write")):
        assert not annotations.change("p", "P", "starred", True)
    assert not path.exists()
    assert annotations.change("q", "Q", "starred", True)
    assert starred(path) == {"p", "q"}
    assert annotations.unsaved == frozenset()


def test_a_change_that_is_none_saves_what_is_unsaved(path: Path) -> None:
    annotations = Annotations(path)
    with watched(failing(errno.ENOSPC, lambda _, call: call == "os.write")):
        annotations.change("p", "P", "starred", True)
        assert not annotations.change("p", "P", "starred", True)
    assert annotations.change("p", "P", "starred", True)
    assert starred(path) == {"p"}


def test_undo_works_while_nothing_can_be_saved(path: Path) -> None:
    annotations = Annotations(path)
    annotations.change("p", "P", "note", "old")
    with watched(failing(errno.ENOSPC, lambda _, call: call == "os.write")):
        annotations.change("p", "P", "note", "new")
        annotations.undo()
        assert annotations.get("p").note == "old"
        annotations.undo()
        assert annotations.get("p").note == ""
        assert annotations.undo() is None
    annotations.refresh()
    assert Annotations(path).entries() == {}


def test_backups_that_fail_are_no_failure(path: Path) -> None:
    (path.parent / "backups").write_text("in the way")
    annotations = Annotations(path)
    assert annotations.change("p", "P", "starred", True)
    assert annotations.problem == ""
