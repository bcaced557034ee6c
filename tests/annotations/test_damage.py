"""An annotations.json that cannot be read: nothing is overwritten, nothing is lost."""

import errno
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.annotations import Annotations, form, store
from paperreader.annotations.layout import dump

from .files import FOUND, LATEST, asides, edit_in_place, star, starred

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
    assert one.ids("starred") == {"p", "q"}
    assert f"{LATEST} is used" in one.notice
    edit_in_place(path, r={"starred": True})
    two.refresh()
    path.write_bytes(b"")
    one.refresh()
    assert one.ids("starred") == starred(path) == {"p", "q", "r"}
    assert f"{FOUND} is used" in one.notice


def test_after_damage_what_was_read_is_kept_when_no_backup_is_as_new(library: Path, path: Path) -> None:
    annotations = star(path, "p")
    edit_in_place(path, q={"starred": True})
    annotations.refresh()
    (library / FOUND).unlink()
    path.write_bytes(b"{")
    annotations.refresh()
    assert annotations.ids("starred") == starred(path) == {"p", "q"}
    assert "what was read before is kept" in annotations.notice


def test_a_file_that_somebody_emptied_is_not_kept_as_the_newest_state(path: Path) -> None:
    star(path, "p")
    path.write_bytes(dump(form.empty()))
    assert Annotations(path).entries() == {}
    path.write_bytes(b"{")
    assert Annotations(path).ids("starred") == starred(path) == {"p"}


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
    assert annotations.refresh()
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
    with mock.patch.object(store.Store, "lock", side_effect=TimeoutError):
        one.refresh()
    assert one.problem
    two.refresh()
    two.change("q", "T", "starred", True)
    one.refresh()
    assert one.ids("starred") == {"p", "q"}
    assert asides(library) == [b""]


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
