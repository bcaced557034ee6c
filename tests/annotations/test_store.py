"""What other programs do to annotations.json."""

import errno
import io
import json
import os
import threading
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader import annotations_store
from paperreader.annotations import Annotation, Annotations

from .syscalls import watched

LATEST = "backups/annotations.latest.json"
DAMAGE = [
    b"",
    b'{"format": "paperreader-annotations", "pa',
    b"\0" * 4096,
    b"\xff\xfe{}",
    b'<<<<<<< HEAD\n{}\n=======\n{"a": 1}\n>>>>>>> theirs\n',
    b'{"format": "something else", "papers": {}}',
    b'{"format": "paperreader-annotations", "papers": [1]}',
    b"[" * 200_000,
]


def star(path: Path, *ids: str) -> Annotations:
    annotations = Annotations(path)
    for paper_id in ids:
        assert annotations.change(paper_id, f"Title of {paper_id}", "starred", True)
    return annotations


def edit_in_place(path: Path, **entries: dict[str, Any]) -> None:
    """As an editor does, with a time of its own: a test is too fast for the clock of a file system."""
    document = json.loads(path.read_text("utf-8"))
    document["papers"] |= entries
    path.write_text(json.dumps(document), "utf-8")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))


def starred(path: Path) -> set[str]:
    """Read without the code under test."""
    return {i for i, entry in json.loads(path.read_text("utf-8"))["papers"].items() if entry.get("starred")}


def asides(library: Path) -> list[bytes]:
    return [
        path.read_bytes() for path in sorted(library.glob("annotations.damaged-????-??-??T??-??-??*.json"))
    ]


def test_what_an_editor_or_git_wrote_is_seen_and_kept(path: Path) -> None:
    annotations = star(path, "p")
    edit_in_place(path, q={"starred": True, "title": "By hand", "tags": ["x"]})
    assert annotations.refresh()
    assert annotations.get("q") == Annotation("By hand", starred=True)
    edit_in_place(path, r={"note": "also by hand"})
    assert annotations.change("p", "T", "read", True)  # without a refresh before
    assert annotations.get("r").note == "also by hand"
    assert json.loads(path.read_text())["papers"]["q"]["tags"] == ["x"]


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


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_damaged_before_the_start_is_moved_aside_for_the_newest_backup(
    library: Path, path: Path, damage: bytes
) -> None:
    star(path, "p", "q")
    path.write_bytes(damage)
    annotations = Annotations(path)
    assert annotations.ids("starred") == starred(path) == {"p", "q"}
    assert asides(library) == [damage]
    (aside,) = library.glob("annotations.damaged-*")
    assert annotations.notice.startswith("annotations.json was damaged (it ")
    assert annotations.notice.endswith(f"): it is now {aside.name}, and {LATEST} is used.")
    assert annotations.problem == ""
    assert Annotations(path).notice == ""


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("noticed_by", ["refresh", "change", "undo"])
def test_a_file_damaged_while_it_is_open_is_moved_aside(
    library: Path, path: Path, damage: bytes, noticed_by: str
) -> None:
    annotations = star(path, "p", "q")
    path.write_bytes(damage)
    act = {
        "refresh": annotations.refresh,
        "change": lambda: annotations.change("r", "T", "read", True),
        "undo": annotations.undo,
    }
    act[noticed_by]()
    assert annotations.ids("starred") == starred(path) == ({"p"} if noticed_by == "undo" else {"p", "q"})
    assert asides(library) == [damage]
    assert "was damaged" in annotations.notice
    assert annotations.problem == ""


def test_after_damage_the_newest_state_is_used_whoever_made_it(path: Path) -> None:
    one, two = star(path, "p"), Annotations(path)
    two.change("q", "T", "starred", True)
    path.write_bytes(b"")
    one.refresh()
    assert one.ids("starred") == {"p", "q"}  # one has not seen q, but its backup is there
    edit_in_place(path, r={"starred": True})
    one.refresh()
    path.write_bytes(b"")
    one.refresh()
    assert (
        one.ids("starred") == starred(path) == {"p", "q", "r"}
    )  # of r there is no backup, but one has seen it
    assert "what was read before is kept" in one.notice


def test_damage_without_any_backup_is_told(library: Path, path: Path) -> None:
    path.write_bytes(b"{")
    annotations = Annotations(path)
    assert annotations.entries() == {}
    assert annotations.notice.endswith("and there is no backup to use.")
    assert asides(library) == [b"{"]
    assert not path.exists()


def test_damage_upon_damage_keeps_every_file(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    for number in range(4):
        path.write_bytes(b"{" * number)
        annotations.refresh()
    assert sorted(asides(library)) == [b"", b"{", b"{{", b"{{{"]
    assert starred(path) == {"p"}


def test_damage_that_cannot_be_moved_aside_is_not_overwritten(library: Path, path: Path) -> None:
    star(path, "p")
    path.write_bytes(b"{")
    with mock.patch("os.replace", side_effect=PermissionError(errno.EACCES, "Permission denied")):
        annotations = Annotations(path)
        assert annotations.ids("starred") == {"p"}
        assert not annotations.change("q", "T", "starred", True)
        annotations.refresh()
        assert annotations.problem.startswith(
            "Not saved, and annotations.json is damaged (it is not JSON, see line 1): Permission denied ("
        )
        assert path.read_bytes() == b"{"
    assert annotations.refresh() is False
    assert annotations.problem == ""
    assert starred(path) == {"p", "q"}
    assert asides(library) == [b"{"]


def test_a_file_that_is_only_half_written_yet_is_not_taken_for_damaged(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    whole = path.read_bytes().replace(b'"p"', b'"q"')
    path.write_bytes(whole[:20])
    with mock.patch("time.sleep", lambda _: path.write_bytes(whole)):
        annotations.refresh()
    assert "another program is writing it" in annotations.problem
    assert annotations.ids("starred") == {"p"}
    assert annotations.refresh()
    assert annotations.ids("starred") == {"q"}
    assert (annotations.problem, annotations.notice, asides(library)) == ("", "", [])


def test_another_program_that_has_repaired_it_by_now_is_believed(library: Path, path: Path) -> None:
    one, two = star(path, "p"), Annotations(path)
    path.write_bytes(b"")
    with mock.patch.object(annotations_store.Store, "_lock", side_effect=TimeoutError):
        one.refresh()
    assert one.problem
    two.refresh()
    two.change("q", "T", "starred", True)
    one.refresh()
    assert one.ids("starred") == {"p", "q"}
    assert asides(library) == [b""]


def test_a_deleted_file_is_written_again(path: Path) -> None:
    one, two = star(path, "p"), Annotations(path)
    path.unlink()
    one.refresh()
    assert starred(path) == {"p"}
    assert one.notice == f"annotations.json was gone: {LATEST} is used."
    edit_in_place(path, q={"starred": True})
    two.refresh()
    path.unlink()
    assert two.change("r", "T", "starred", True)
    assert starred(path) == {"p", "q", "r"}
    assert two.notice == "annotations.json was gone: what was read before is kept."


def test_a_file_that_is_gone_at_the_start_comes_back_from_its_backup(path: Path) -> None:
    star(path, "p")
    path.unlink()
    annotations = Annotations(path)
    assert annotations.ids("starred") == starred(path) == {"p"}
    assert annotations.notice == f"annotations.json was gone: {LATEST} is used."


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
        f"Stars and notes cannot be read: {os.strerror(errno.ENOENT)} ({path}); "
        "bring its folder back, it is tried again by itself."
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
            f"Stars and notes cannot be read: Permission denied ({path}); "
            "allow access to it, it is tried again by itself."
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

    monkeypatch.setattr(annotations_store, "LOCK_SECONDS", 0.05)
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
            f"Not saved: another program holds this lock ({lock}); "
            "close that program, it is tried again by itself."
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


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_opening_never_raises_and_never_loses_what_was_in_the_file(library: Path, data: bytes) -> None:
    for old in library.glob("*.json"):
        old.unlink()
    path = library / "annotations.json"
    path.write_bytes(data)
    annotations = Annotations(path)
    assert "was damaged" in annotations.notice
    assert asides(library) == [data]
    assert annotations.entries() == {}
