"""Other programs put dumps into the library, or take them away."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from paperreader.library import Library
from tests.conftest import SEEDS
from tests.watching.conftest import SEED, Watching


def test_what_another_program_imports_appears(watching: Watching) -> None:
    assert not watching.after()
    other = Library(watching.library.folder)
    other.take_in([str(SEEDS)], 2026)
    revision = watching.library.revision
    assert not watching.after()
    assert watching.after() and len(watching.library) == 181
    assert watching.library.revision == revision + 1
    assert not watching.after() and not watching.after(60)


def test_a_program_of_its_own(watching: Watching) -> None:
    command = [sys.executable, "-m", "paperreader", "--library", str(watching.library.folder), "import"]
    subprocess.run([*command, str(SEEDS), "--year", "2026"], check=True, capture_output=True, timeout=60)
    watching.after()
    assert watching.after() and len(watching.library) == 181


def test_while_more_are_coming_nothing_is_done(watching: Watching) -> None:
    other = Library(watching.library.folder)
    for n, seed in enumerate(sorted(SEEDS.iterdir())):
        other.take_in([str(seed)], 2026)
        # the time stamps of a folder are coarse
        (other.dumps.path / f".{n}").touch()
        assert not watching.after(1.0)
    assert watching.after() and len(watching.library) == 181


def test_who_puts_a_dump_there_by_hand_need_not_index_it(watching: Watching) -> None:
    (watching.library.folder / "dumps").mkdir(parents=True)
    (watching.library.folder / "dumps" / "2026-09-09.txt").write_bytes(SEED)
    watching.after()
    assert not watching.after()
    assert watching.after(10) and len(watching.library) == 41
    assert not watching.after() and not watching.after(60)


def test_a_dump_that_is_taken_away(watching: Watching) -> None:
    watching.library.take_in([str(SEEDS)], 2026)
    assert not watching.after() and not watching.after()
    shutil.move(min(watching.library.dumps.path.iterdir()), watching.folder.parent)
    watching.after()
    assert not watching.after()
    assert watching.after(10) and len(watching.library.dumps.names()) == 4
    assert len(watching.library) < 181


def test_dumps_that_are_all_gone_are_still_read(watching: Watching) -> None:
    watching.library.take_in([str(SEEDS)], 2026)
    shutil.rmtree(watching.library.dumps.path)
    assert not watching.after() and not watching.after() and not watching.after(60)
    assert len(watching.library) == 181
    watching.library.dumps.path.mkdir()
    assert not watching.after() and not watching.after() and not watching.after(60)
    assert len(watching.library) == 181


def test_our_own_imports_are_no_news(watching: Watching, tmp_path: Path) -> None:
    watching.library.take_in([str(SEEDS)], 2026)
    for _ in range(4):
        assert not watching.after(6)
