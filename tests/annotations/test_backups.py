"""Backups of annotations.json."""

import os
import stat
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from paperreader.annotations import form
from paperreader.annotations.backups import Backups
from paperreader.annotations.layout import dump

TODAY = datetime.now().replace(hour=12)


def state(number: int) -> bytes:
    return dump({**form.empty(), "number": number})


def ago(days: int) -> int:
    return int((TODAY - timedelta(days)).timestamp()) * 10**9


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def number_of_newest(folder: Path) -> object:
    newest = Backups(folder).newest()
    return newest and newest.document["number"]


def test_the_latest_state_is_kept_whatever_is_done_to_the_file_it_came_from(folder: Path) -> None:
    Backups(folder).keep(state(1), ago(0), 0o600)
    Backups(folder).keep(state(2), ago(0) + 5, 0o600)
    assert number_of_newest(folder) == 2
    assert names(folder) == {"annotations.latest.json"}
    newest = Backups(folder).newest()
    assert newest is not None
    assert newest.time == ago(0) + 5
    if os.name != "nt":
        assert stat.S_IMODE((folder / "annotations.latest.json").stat().st_mode) == 0o600


def test_the_last_state_of_each_of_fourteen_days_is_kept(folder: Path) -> None:
    backups = Backups(folder)
    for days in range(20, 0, -1):
        backups.keep(state(100 + days), ago(days), 0o644)
        backups.keep(state(days), ago(days) + 1, 0o644)
    backups.keep(state(0), ago(0), 0o644)
    kept = {days: folder / f"annotations.{date.today() - timedelta(days)}.json" for days in range(1, 15)}
    assert set(folder.iterdir()) == {*kept.values(), folder / "annotations.latest.json"}
    assert all(path.read_bytes() == state(days) for days, path in kept.items())


def test_what_something_else_wrote_is_kept_too_but_does_not_replace_the_own_state(folder: Path) -> None:
    backups = Backups(folder)
    backups.keep(state(1), ago(2), 0o644)
    backups.keep_found(state(1), ago(2), 0o644)
    assert names(folder) == {"annotations.latest.json"}
    backups.keep_found(state(2), ago(1), 0o644)
    assert number_of_newest(folder) == 2
    assert (folder / "annotations.latest.json").read_bytes() == state(1)
    backups.keep(state(3), ago(0), 0o644)
    assert number_of_newest(folder) == 3
    backups.keep_found(state(4), ago(3), 0o644)
    assert number_of_newest(folder) == 3


def test_the_newest_good_one_is_found(folder: Path) -> None:
    backups = Backups(folder)
    for days in (3, 2, 1, 0):
        backups.keep(state(days), ago(days), 0o644)
    backups.keep_found(state(9), ago(0) + 1, 0o644)
    assert number_of_newest(folder) == 9
    (folder / "annotations.found.json").write_bytes(b"{")
    assert number_of_newest(folder) == 0
    (folder / "annotations.latest.json").write_bytes(b"")
    assert number_of_newest(folder) == 1
    (folder / f"annotations.{date.today() - timedelta(1)}.json").unlink()
    assert number_of_newest(folder) == 2
    (folder / f"annotations.{date.today() - timedelta(2)}.json").write_text("<<<<<<<")
    (folder / f"annotations.{date.today() - timedelta(3)}.json").write_bytes(state(3)[:-9])
    assert number_of_newest(folder) is None


def test_other_files_in_the_folder_are_nobodys_business(folder: Path) -> None:
    folder.mkdir()
    for name in ("annotations.mine.json", "annotations.2026-1-1.json", "9.json"):
        (folder / name).write_bytes(state(9))
    for days in range(20):
        (folder / f"annotations.{date.today() - timedelta(30 + days)}.json").write_bytes(state(days))
    Backups(folder).keep(state(1), ago(1), 0o644)
    Backups(folder).keep(state(0), ago(0), 0o644)
    assert {"annotations.mine.json", "annotations.2026-1-1.json", "9.json"} < names(folder)
    assert len(names(folder)) == 3 + 14 + 1


def test_a_folder_that_is_none_does_no_harm(folder: Path) -> None:
    folder.write_text("")
    Backups(folder).keep(state(1), ago(0), 0o644)
    Backups(folder).keep_found(state(1), ago(0) + 1, 0o644)
    assert Backups(folder).newest() is None
    assert Backups(folder / "missing" / "too").newest() is None
