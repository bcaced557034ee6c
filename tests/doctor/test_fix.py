"""What --fix mends, what it leaves alone, and what happens when the disk fails on the way."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.annotations import Annotations
from paperreader.doctor import Finding, examine
from paperreader.dumps import folder as dump_folder
from paperreader.index import Index
from tests.annotations.syscalls import watched

from .making import DAMAGED, add, content, kinds, only
from .test_checks import INDEXES, PART, TEMPORARY, spoil

Healthy = Path


def dumps(library: Path) -> dict[str, tuple[bytes, int]]:
    """What must never be touched."""
    return {name: data for name, data in content(library / "dumps").items() if not name.endswith(".part")}


def starred(library: Path) -> int:
    return len(Annotations(library / "annotations.json").ids("starred"))


def asides(library: Path) -> list[bytes]:
    return [path.read_bytes() for path in library.glob("annotations.damaged-*.json")]


def unmended(findings: list[Finding]) -> list[str]:
    return [f.kind for f in findings if not f.done and (f.fixable or f.severity == "problem")]


@pytest.mark.parametrize("defect", INDEXES)
def test_an_index_is_made_again(healthy: Path, defect: str) -> None:
    (healthy / "annotations.json").unlink()
    shutil.rmtree(healthy / "backups")
    INDEXES[defect][0](healthy)
    before = dumps(healthy)
    finding = only(healthy, fix=True)
    assert finding.done == f"made again from {len(before)} dump{'s' if len(before) > 1 else ''}"
    assert Index.open(healthy / "index").dumps == before.keys()
    assert list(examine(healthy, fix=True)) == []
    assert dumps(healthy) == before


def test_annotations_are_restored_and_the_bad_file_is_kept(healthy: Path) -> None:
    good = (healthy / "annotations.json").read_bytes()
    (healthy / "annotations.json").write_bytes(DAMAGED)
    mended, aside = examine(healthy, fix=True)
    assert (mended.kind, aside.kind) == ("annotations", "aside")
    assert aside.where in mended.done
    assert "backups/annotations.latest.json is used" in mended.done
    assert (healthy / "annotations.json").read_bytes() == good
    assert asides(healthy) == [DAMAGED]
    after = content(healthy)
    assert kinds(healthy, fix=True) == ["aside"]  # a remark, until somebody has compared the two
    assert content(healthy) == after


def test_annotations_that_are_gone_come_back(healthy: Path) -> None:
    (healthy / "annotations.json").unlink()
    assert only(healthy, fix=True).done
    assert starred(healthy) == 1
    assert list(examine(healthy, fix=True)) == []


def test_good_annotations_are_not_replaced_by_a_backup(healthy: Path) -> None:
    (healthy / "backups/annotations.found.json").write_bytes(
        (healthy / "annotations.json").read_bytes().replace(b"again and again", b"newer, it seems")
    )
    before = content(healthy)
    assert list(examine(healthy, fix=True)) == []
    assert content(healthy) == before


@pytest.mark.parametrize("name", [TEMPORARY, f"dumps/{PART}", "index/MAIN_0123456789abcdef.postings"])
def test_temporary_files_are_removed(healthy: Path, name: str) -> None:
    before = content(healthy)
    (healthy / name).write_bytes(b"half of it")
    assert only(healthy, fix=True).done == "removed"
    assert content(healthy) == before
    assert list(examine(healthy, fix=True)) == []


@pytest.mark.skipif(os.name == "nt", reason="there, an open file cannot be removed by anybody")
def test_a_dump_that_is_being_written_is_left_alone(healthy: Path) -> None:
    with (healthy / "dumps" / PART).open("xb") as file:
        dump_folder._lock(file)
        finding = only(healthy, fix=True)
        assert not finding.done
        assert finding.what.endswith("it could not be mended: another program is writing it")
        assert (healthy / "dumps" / PART).exists()
    assert only(healthy, fix=True).done == "removed"


def test_what_cannot_be_mended_is_left_as_it_is(healthy: Path) -> None:
    add(healthy, "2026-09-11.txt", [("Our Method and Others", r"We call it \OurMethod, and so do others.")])
    Annotations(healthy / "annotations.json").change("0123456789abcdef", "Gone", "starred", True)
    (healthy / "backups/annotations.2026-09-01.json").write_bytes(DAMAGED)
    before = content(healthy)
    assert kinds(healthy, fix=True) == ["backup", "latex", "orphan"]
    assert content(healthy) == before


def test_everything_at_once_and_then_nothing_more(healthy: Path) -> None:
    spoil(healthy)
    before = dumps(healthy)
    found = list(examine(healthy, fix=True))
    # who writes a file removes what an earlier writer of it left behind
    assert [f.kind for f in found if f.done] == ["annotations", "index"]
    assert unmended(found) == ["dump"]
    assert not any(name.endswith((".part", ".tmp")) for name in content(healthy))
    after = content(healthy)
    assert kinds(healthy, fix=True) == ["aside", "dump"]
    assert content(healthy) == after
    assert dumps(healthy) == before


# -- a disk that fails


Error = Callable[[], BaseException]


def failing(error: Error, at: Callable[[int, str], bool]) -> Callable[[int, str], None]:
    def strike(number: int, name: str) -> None:
        if at(number, name):
            raise error()

    return strike


def full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def struck(library: Path, error: Error, at: Callable[[int, str], bool]) -> int:
    """Fix a library while calls fail, then without that; the number of calls in the first attempt."""
    before = dumps(library)
    with watched(failing(error, at)) as calls:
        try:
            list(examine(library, fix=True))
        except KeyboardInterrupt:
            assert error is KeyboardInterrupt
    number = len(calls)
    assert dumps(library) == before
    present = (library / "annotations.json").read_bytes() if (library / "annotations.json").exists() else b""
    assert DAMAGED in (present, *asides(library))
    list(examine(library, fix=True))
    found = list(examine(library))
    assert [f.kind for f in found] == ["aside"], found
    assert starred(library) == 1
    assert dumps(library) == before
    return number


@pytest.mark.parametrize("error", [full, KeyboardInterrupt])
def test_annotations_and_leftovers_survive_each_call_that_fails(healthy: Path, error: Error) -> None:
    step, reached = 0, True
    while reached:
        library = healthy.with_name(f"library-{step}")
        shutil.copytree(healthy, library)
        (library / "annotations.json").write_bytes(DAMAGED)
        (library / TEMPORARY).write_bytes(b"half of it")
        (library / "dumps" / PART).write_bytes(b"half of it")
        reached = step < struck(library, error, lambda number, _, step=step: number == step)  # type: ignore[misc]
        shutil.rmtree(library)
        step += 1
    assert step > 20


@pytest.mark.parametrize("error", [full, KeyboardInterrupt])
@pytest.mark.parametrize("name", ["os.open", "os.write", "os.fsync", "os.replace", "os.mkdir", "io.open"])
def test_a_disk_that_fails_while_all_is_mended(healthy: Path, error: Error, name: str) -> None:
    spoil(healthy)
    (healthy / "dumps/hello.txt").unlink()
    struck(healthy, error, lambda _, call: call == name)


def test_what_could_not_be_mended_says_why(healthy: Path) -> None:
    (healthy / "index/manifest.json").unlink()
    with watched(failing(full, lambda _, call: call == "os.replace")):
        finding = only(healthy, fix=True)
    assert not finding.done
    assert finding.what.endswith(f"; it could not be mended: {os.strerror(errno.ENOSPC)}")
