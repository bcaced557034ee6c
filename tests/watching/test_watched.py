"""Files appear in a watched folder: which come in, and when."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from paperreader.library import Library
from tests.conftest import SEEDS
from tests.watching.conftest import SEED, Watching

HALF = SEED[: SEED.rstrip().rindex(b"\n\n")]
"""Cut between the last title and its abstract."""


def test_a_new_file_comes_in_once_it_is_still(watching: Watching) -> None:
    watching.put("page.txt")
    assert not watching.after() and not watching.dumps
    assert watching.after() and watching.dumps == ["page"]
    assert len(watching.library) == 41 and not watching.said
    assert not watching.after() and not watching.after(60)


def test_what_was_there_before_comes_in_too_and_below_folders(watching: Watching) -> None:
    for n, seed in enumerate(sorted(SEEDS.iterdir())):
        watching.put(f"{'deep/' * n}{n}.txt", seed.read_bytes())
    watching.after()
    assert watching.after() and len(watching.library) == 181
    assert not watching.said


def test_a_file_that_grows_waits(watching: Watching) -> None:
    for end in range(1000, len(SEED), len(SEED) // 8):
        watching.put("page.txt", SEED[:end])
        assert not watching.after()
    watching.put("page.txt")
    assert not watching.after(0.1)
    assert watching.after() and len(watching.library) == 41
    assert len(watching.dumps) == 1 and not watching.said


def test_a_file_that_seems_cut_off_waits_for_longer(watching: Watching) -> None:
    watching.put("page.txt", HALF)
    watching.after()
    for _ in range(3):
        assert not watching.after()
    watching.put("page.txt")
    watching.after()
    assert watching.after() and len(watching.library) == 41
    assert len(watching.dumps) == 1 and not watching.said


def test_a_file_that_stays_cut_off_is_taken_for_what_it_is(watching: Watching) -> None:
    path = watching.put("page.txt", HALF)
    watching.after()
    assert not watching.after()
    assert watching.after(10) and len(watching.library) == 40
    (line,) = watching.said
    assert line.startswith(f"{path}: ")
    assert not watching.after(60) and watching.said == [line]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes a file")
def test_a_file_that_somebody_is_writing_waits(watching: Watching) -> None:
    # cut within an abstract: no reader of the form can tell that something is missing
    with (watching.folder / "page.txt").open("wb") as file:
        file.write(SEED[:9000])
        file.flush()
        for _ in range(30):
            assert not watching.after()
        file.write(SEED[9000:])
    watching.after()
    assert watching.after() and len(watching.library) == 41


def test_what_is_no_dump_is_said_once(watching: Watching) -> None:
    path = watching.put("paper.pdf", b"%PDF-1.7" + bytes(1000))
    watching.put("page.txt")
    watching.after()
    assert watching.after() and not watching.said
    watching.after(10)
    (line,) = watching.said
    assert line.startswith(f"{path}: a PDF file")
    for _ in range(5):
        watching.after(20)
    watching.start()
    for _ in range(5):
        watching.after(20)
    assert watching.said == [line]


def test_what_becomes_a_dump_comes_in(watching: Watching) -> None:
    watching.put("page.txt", b"not yet a page")
    watching.after()
    watching.after(20)
    assert len(watching.said) == 1
    watching.put("page.txt")
    watching.after()
    assert watching.after() and len(watching.library) == 41


def test_a_changed_file_is_another_dump(watching: Watching) -> None:
    watching.put("page.txt")
    watching.after()
    watching.after()
    watching.put("page.txt", SEED.rstrip() + b"\n\nOne more\n\nAnd what it is about.\n")
    watching.after()
    assert watching.after() and len(watching.library) == 42


@pytest.mark.parametrize(
    "name", [".page.txt", "page.txt.part", "page.txt~", "page.TMP", "page.crdownload", ".hidden/page.txt"]
)
def test_unfinished_and_hidden_files_are_left_alone(watching: Watching, name: str) -> None:
    path = watching.put(name)
    for _ in range(4):
        assert not watching.after(20)
    path.rename(watching.folder / "page.txt")
    watching.after()
    assert watching.after() and not watching.said


def test_an_empty_file_is_one_that_begins(watching: Watching) -> None:
    watching.put("page.txt", b"")
    assert not watching.after(20) and not watching.after(20) and not watching.said
    watching.put("page.txt")
    watching.after()
    assert watching.after()


def test_folders_come_and_go(watching: Watching) -> None:
    watching.folder.rmdir()
    assert not watching.after() and not watching.after()
    watching.put("page.txt")
    watching.after()
    assert watching.after()
    aside = watching.folder.rename(watching.folder.with_name("aside"))
    assert not watching.after() and len(watching.library) == 41
    aside.rename(watching.folder)
    watching.after()
    assert not watching.after(60)


def test_a_file_that_vanishes_in_time_is_no_problem(watching: Watching) -> None:
    path = watching.put("page.txt")
    watching.after()
    path.unlink()
    assert not watching.after() and not watching.after(60) and not watching.said


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root can read everything")
def test_what_cannot_be_read_is_said_once_and_comes_in_when_it_can(watching: Watching) -> None:
    path = watching.put("page.txt")
    path.chmod(0)
    for _ in range(5):
        watching.after(20)
    assert len(watching.said) == 1
    path.chmod(0o600)
    watching.after()
    assert watching.after()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_loops_of_links_and_the_library_itself_are_not_entered(tmp_path: Path) -> None:
    watching = Watching(Library(tmp_path / "papers" / "library"), tmp_path / "papers")
    watching.put("page.txt")
    (tmp_path / "papers" / "loop").symlink_to(tmp_path / "papers")
    (tmp_path / "papers" / "nowhere").symlink_to(tmp_path / "missing")
    os.mkfifo(tmp_path / "papers" / "pipe")
    watching.after()
    assert watching.after()
    assert not watching.after(60) and not watching.after(60) and not watching.said
    assert watching.dumps == ["page"]


def test_after_a_new_start_nothing_is_read_again(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    for n, seed in enumerate(sorted(SEEDS.iterdir())):
        watching.put(f"{n}.txt", seed.read_bytes())
    watching.after()
    assert watching.after()
    monkeypatch.setattr(watching.library, "keep", None)
    watching.start()
    assert not watching.after() and not watching.after(60)


def test_a_library_that_cannot_be_written_raises_and_later_it_comes_in(watching: Watching) -> None:
    watching.library.folder.write_text("in the way")
    watching.put("page.txt")
    watching.after()
    with pytest.raises(OSError):
        watching.after()
    watching.library.folder.unlink()
    assert watching.after()
    assert watching.dumps == ["page"]
