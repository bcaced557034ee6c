"""Backups of annotations.json."""

import os
import stat
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from paperreader import annotations_file as form
from paperreader.annotations_backups import Backups

TODAY = datetime.now().replace(hour=12)


def state(number: int) -> bytes:
    return form.dump({**form.empty(), "number": number})


def at(path: Path, day: datetime) -> None:
    os.utime(path, (day.timestamp(), day.timestamp()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def number_of_newest(folder: Path) -> object:
    newest = Backups(folder).newest()
    return newest and newest.document["number"]


def test_the_latest_state_is_kept_whatever_is_done_to_the_file_it_came_from(folder: Path) -> None:
    Backups(folder).keep(state(1), 0o600)
    Backups(folder).keep(state(2), 0o600)
    assert number_of_newest(folder) == 2
    assert names(folder) == {"annotations.latest.json"}
    if os.name != "nt":
        assert stat.S_IMODE((folder / "annotations.latest.json").stat().st_mode) == 0o600


def test_the_last_state_of_each_of_fourteen_days_is_kept(folder: Path) -> None:
    backups = Backups(folder)
    for ago in range(20, 0, -1):
        backups.keep(state(100 + ago), 0o644)
        backups.keep(state(ago), 0o644)
        at(folder / "annotations.latest.json", TODAY - timedelta(ago))
    backups.keep(state(0), 0o644)
    days = {ago: folder / f"annotations.{date.today() - timedelta(ago)}.json" for ago in range(1, 15)}
    assert set(folder.iterdir()) == {*days.values(), folder / "annotations.latest.json"}
    assert all(path.read_bytes() == state(ago) for ago, path in days.items())


def test_the_newest_good_one_is_found(folder: Path) -> None:
    backups = Backups(folder)
    for ago in (3, 2, 1, 0):
        backups.keep(state(ago), 0o644)
        at(folder / "annotations.latest.json", TODAY - timedelta(ago))
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
    for ago in range(20):
        (folder / f"annotations.{date.today() - timedelta(30 + ago)}.json").write_bytes(state(ago))
    (folder / "annotations.latest.json").write_bytes(state(1))
    at(folder / "annotations.latest.json", TODAY - timedelta(1))
    Backups(folder).keep(state(0), 0o644)
    assert {"annotations.mine.json", "annotations.2026-1-1.json", "9.json"} < names(folder)
    assert len(names(folder)) == 3 + 14 + 1


def test_a_folder_that_is_none_does_no_harm(folder: Path) -> None:
    folder.write_text("")
    Backups(folder).keep(state(1), 0o644)
    assert Backups(folder).newest() is None
    assert Backups(folder / "missing" / "too").newest() is None
