"""Tidying disturbs nobody: who reads goes on, who writes wins, and it can be given up at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from paperreader.index import Index, IndexUnusable, build, manifest, sweep, tidy, tidy_beside, tidying, update
from paperreader.library import Library

from .making import contents, ignore, made, make, rewritten
from .paths import forced
from .test_building import assert_only_its_own_files
from .test_processes import is_running

PAPERS = made(90)


def untidy(folder: Path) -> object:
    """An index of more segments than it should have; returns its contents."""
    make(folder, PAPERS[:30], ["0"]).close()
    for n in range(1, 6):
        update(folder, PAPERS[30 + 5 * n : 35 + 5 * n], ["0"], ignore)
    assert Index.open(folder).untidy
    return contents(Index.open(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an index is going to be."""
    return tmp_path / "index"


def segments(folder: Path) -> int:
    return len(list(folder.glob("MAIN_*.postings")))


def test_beside_it_is_done_as_here(folder: Path) -> None:
    before = untidy(folder)
    opened = Index.open(folder)
    with forced("as it is", tidying___FEW=0):
        while tidy_beside(folder):
            pass
    assert segments(folder) < 6
    assert not Index.open(folder).untidy
    assert contents(Index.open(folder)) == contents(opened) == before
    assert_only_its_own_files(folder)


def test_it_can_be_given_up(folder: Path) -> None:
    before = untidy(folder)
    with forced("as it is", tidying___FEW=0):
        assert not tidy_beside(folder, lambda: True)
    assert segments(folder) >= 6
    assert contents(Index.open(folder)) == before
    sweep(folder)
    assert_only_its_own_files(folder)


def test_what_takes_long_is_left_for_another_time(folder: Path) -> None:
    untidy(folder)
    with forced("as it is", tidying__BRIEF=3):
        assert not tidy_beside(folder, briefly=True)
        assert tidy_beside(folder)


def _update(folder: Path) -> None:
    update(folder, map(rewritten, PAPERS[:40]), ["1"], ignore)


def _build(folder: Path) -> None:
    build(folder, PAPERS[50:], ["1"], ignore)


def _tidy(folder: Path) -> None:
    assert tidy(folder)


@pytest.mark.parametrize("change", [_update, _build, _tidy])
@pytest.mark.parametrize("early", [True, False], ids=["before it is written", "when it is written"])
def test_who_writes_meanwhile_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], early: bool
) -> None:
    untidy(folder)
    write: Callable[..., Sequence[Any]] = tidying._written

    def written(*job: Any) -> Sequence[Any]:
        monkeypatch.setattr(tidying, "_written", write)
        done = () if early else write(*job)
        change(folder)
        return write(*job) if early else done

    monkeypatch.setattr(tidying, "_written", written)
    assert not tidy(folder)
    other = folder.with_name("other")
    untidy(other)
    change(other)
    assert contents(Index.open(folder)) == contents(Index.open(other))
    tidy(folder)
    assert contents(Index.open(folder)) == contents(Index.open(other))
    assert_only_its_own_files(folder)


def test_what_was_swept_away_is_not_put_into_the_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = untidy(folder)
    write = tidying._written

    def written(*job: Any) -> Sequence[Any]:
        done = write(*job)
        sweep(folder)
        return done

    monkeypatch.setattr(tidying, "_written", written)
    assert not tidy(folder)
    assert contents(Index.open(folder)) == before


@pytest.mark.parametrize("few", [0, 1000], ids=["beside", "here"])
def test_damage_is_not_copied(folder: Path, few: int) -> None:
    untidy(folder)
    for file in folder.glob("MAIN_*.postings"):
        status = file.stat()
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    with forced("as it is", tidying___FEW=few), pytest.raises(IndexUnusable, match="was changed"):
        tidy_beside(folder)


def test_a_process_that_fails_says_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    untidy(folder)
    monkeypatch.setenv("PAPERREADER_STATE", str(folder / "other"))  # with another key
    with forced("as it is", tidying___FEW=0):
        monkeypatch.setattr(tidying, "_look_up", lambda *_: tidying._Job(manifest.NOTHING, (), (), 5))
        with pytest.raises(IndexUnusable, match="another machine"):
            tidy_beside(folder)
        monkeypatch.setattr(sys, "executable", sys.executable + " is no more")
        with pytest.raises(OSError, match="is no more"):
            tidy_beside(folder)


ASKS = """
import sys
from pathlib import Path
from paperreader.index import manifest, tidying

class Popen(tidying.subprocess.Popen):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        print(self.pid, flush=True)

tidying.subprocess.Popen = Popen
tidying._look_up = lambda *_: tidying._Job(manifest.NOTHING, (), (), 5_000)
tidying.tidy_beside(Path(sys.argv[1]))
"""


@pytest.mark.skipif(os.name == "nt", reason="kills")
def test_the_process_ends_with_the_one_that_asked(folder: Path) -> None:
    untidy(folder)
    with FileLock(folder / manifest.LOCK):  # so that it does not end by itself
        asking = subprocess.Popen(
            [sys.executable, "-c", ASKS, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert asking.stdout
        tidies = int(asking.stdout.readline())
        assert is_running(tidies)
        asking.kill()
        asking.communicate()
        until = time.monotonic() + 30
        while is_running(tidies) and time.monotonic() < until:
            pass
        assert not is_running(tidies)


def test_a_library_is_tidied(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert not library.tidy()
    before = untidy(tmp_path / "index")
    library.index = Index.open(tmp_path / "index")
    revision = library.revision
    assert library.tidy()
    assert library.revision > revision
    assert contents(library.index) == before
    assert not library.tidy()
