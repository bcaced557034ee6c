"""What other programs do to annotations.json, and to its folder."""

import errno
import io
import json
import os
import re
import shutil
import threading
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from paperreader.annotations import Annotation, Annotations, store

from .files import FOUND, LATEST, edit_in_place, star, starred
from .syscalls import watched


def test_what_an_editor_or_git_wrote_is_seen_and_kept(path: Path) -> None:
    annotations = star(path, "p")
    edit_in_place(path, q={"starred": True, "title": "By hand", "score": 5})
    assert annotations.refresh()
    assert annotations.get("q") == Annotation("By hand", starred=True)
    edit_in_place(path, r={"note": "also by hand"})
    assert annotations.change("p", "T", "read", True)  # without a refresh before
    assert annotations.get("r").note == "also by hand"
    assert json.loads(path.read_text())["papers"]["q"]["score"] == 5


def test_a_file_of_a_newer_version_is_read_and_keeps_what_is_new_in_it(path: Path) -> None:
    star(path, "p")
    document = json.loads(path.read_text())
    document |= {"version": 9, "lists": {"later": ["p"]}}
    document["papers"]["p"]["rating"] = {"stars": 5}
    path.write_text(json.dumps(document))
    annotations = Annotations(path)
    assert annotations.change("p", "T", "note", "n")
    assert annotations.change("p", "T", "starred", False)
    after = json.loads(path.read_text())
    assert (after["version"], after["lists"]) == (9, {"later": ["p"]})
    assert after["papers"]["p"]["rating"] == {"stars": 5}


def test_a_deleted_file_is_written_again(path: Path) -> None:
    one, two = star(path, "p"), Annotations(path)
    path.unlink()
    assert one.refresh()
    assert starred(path) == {"p"}
    assert re.fullmatch(f"annotations.json was gone at ..:..:..: {LATEST} is used.", one.notice)
    edit_in_place(path, q={"starred": True})
    two.refresh()
    path.unlink()
    assert one.refresh()
    assert one.ids("starred") == starred(path) == {"p", "q"}
    path.unlink()
    assert two.change("r", "T", "starred", True)
    assert starred(path) == {"p", "q", "r"}


def test_a_deleted_file_without_backups_is_written_again_too(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    shutil.rmtree(library / "backups")
    path.unlink()
    assert annotations.refresh()
    assert starred(path) == {"p"}
    assert annotations.notice.endswith(": what was read before is kept.")


def test_a_file_that_is_gone_at_the_start_comes_back_from_its_backup(path: Path) -> None:
    star(path, "p")
    edit_in_place(path, q={"starred": True})
    Annotations(path)
    path.unlink()
    annotations = Annotations(path)
    assert annotations.ids("starred") == starred(path) == {"p", "q"}
    assert annotations.notice.endswith(f": {FOUND} is used.")


def test_a_file_without_annotations_may_go(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    annotations.undo()
    path.unlink()
    annotations.refresh()
    assert Annotations(path).notice == annotations.notice == ""
    assert not path.exists()


def test_a_folder_that_vanished_is_told_and_not_made_again(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    away = library.rename(library.with_name("away"))
    annotations.refresh()
    assert annotations.problem == (
        f"Stars and notes cannot be read: {os.strerror(errno.ENOENT)} ({path}). "
        "Please bring its folder back; it is tried again by itself."
    )
    assert not annotations.change("q", "T", "starred", True)
    assert annotations.problem.startswith("Not saved: ")
    assert annotations.unsaved == {"q"}
    assert annotations.ids("starred") == {"p", "q"}
    assert not library.exists()
    away.rename(library)
    annotations.refresh()
    assert starred(path) == {"p", "q"}
    assert (annotations.problem, annotations.unsaved) == ("", frozenset())


def test_a_folder_that_came_back_is_no_problem_any_more(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    away = library.rename(library.with_name("away"))
    annotations.refresh()
    away.rename(library)
    assert not annotations.refresh()
    assert annotations.problem == ""
    with watched(lambda *_: None) as calls:
        annotations.refresh()
    assert calls == ["os.stat"]


def test_a_file_where_the_folder_was_keeps_the_change_in_memory(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    away = library.rename(library.with_name("away"))
    library.write_text("not a folder")
    assert not annotations.change("q", "T", "note", "n")
    assert not annotations.refresh()
    assert "bring its folder back" in annotations.problem
    assert annotations.get("q").note == "n"
    library.unlink()
    away.rename(library)
    annotations.refresh()
    assert Annotations(path).get("q").note == "n"


def test_a_library_that_was_never_there_is_empty(library: Path) -> None:
    annotations = Annotations(library / "new" / "annotations.json")
    assert (annotations.problem, annotations.notice) == ("", "")
    assert not annotations.change("p", "T", "starred", True)
    assert not (library / "new").exists()
    (library / "new").mkdir()
    annotations.refresh()
    assert starred(library / "new" / "annotations.json") == {"p"}


def test_a_file_that_may_not_be_read_is_not_overwritten(path: Path) -> None:
    star(path, "p")
    before = path.read_bytes()
    with mock.patch.object(io, "open", side_effect=PermissionError(errno.EACCES, "Permission denied")):
        annotations = Annotations(path)
        assert annotations.problem == (
            f"Stars and notes cannot be read: Permission denied ({path}). "
            "Please allow access to it; it is tried again by itself."
        )
        assert not annotations.change("q", "T", "starred", True)
    assert path.read_bytes() == before
    annotations.refresh()
    assert annotations.ids("starred") == starred(path) == {"p", "q"}


@pytest.mark.parametrize("make", [Path.mkdir, getattr(os, "mkfifo", Path.mkdir)])
def test_something_else_than_a_file_is_told_and_left_alone(path: Path, make: Any) -> None:
    make(path)
    annotations = Annotations(path)
    assert "it is not a file" in annotations.problem
    assert not annotations.change("p", "T", "starred", True)
    assert not path.is_file()


def test_another_program_that_holds_the_lock_is_waited_for_and_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    annotations = star(path, "p")
    before = path.read_bytes()
    lock = path.with_name(".annotations.lock")
    with FileLock(lock, thread_local=False):
        failed: list[bool] = []
        worker = threading.Thread(target=lambda: failed.append(annotations.change("q", "T", "starred", True)))
        worker.start()
        worker.join()
        assert failed == [False]
        assert annotations.problem == (
            f"Not saved: another program holds this lock ({lock}). "
            "Please close that program; it is tried again by itself."
        )
        assert path.read_bytes() == before
    annotations.refresh()
    assert starred(path) == {"p", "q"}


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_a_symbolic_link_is_followed_and_stays_one(library: Path, path: Path) -> None:
    elsewhere = library / "elsewhere"
    elsewhere.mkdir()
    target = elsewhere / "stars.json"
    path.symlink_to(target)
    annotations = star(path, "p")
    assert path.is_symlink()
    assert starred(target) == {"p"}
    assert {file.name for file in elsewhere.iterdir()} == {"stars.json", ".stars.lock"}
    assert star(target, "q").ids("starred") == {"p", "q"}
    assert annotations.refresh()
    target.write_bytes(b"{")
    annotations.refresh()
    assert path.is_symlink()
    assert annotations.ids("starred") == starred(target) == {"p", "q"}
    assert len(list(elsewhere.glob("stars.damaged-*.json"))) == 1


@pytest.mark.skipif(os.name == "nt", reason="permissions")
def test_private_annotations_have_private_backups(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    path.chmod(0o600)
    annotations.change("q", "T", "note", "private")
    assert [file.stat().st_mode & 0o777 for file in (path, library / LATEST)] == [0o600, 0o600]


def test_nothing_in_a_file_name_reaches_the_screen_but_text(library: Path) -> None:
    folder = library / "\x1b[31m\u202e"
    folder.mkdir()
    annotations = star(folder / "annotations.json", "p")
    folder.rename(library / "away")
    annotations.refresh()
    assert f"({library / 'annotations.json'})".replace("annotations", "/annotations") in annotations.problem
