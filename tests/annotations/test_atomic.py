"""Whole files."""

import errno
import os
import stat
from pathlib import Path
from unittest import mock

import pytest

from paperreader import atomic

posix = pytest.mark.skipif(os.name == "nt", reason="permissions")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_puts_data_in_place_and_gives_its_status(library: Path) -> None:
    path = library / "file"
    for data in (b"one", b"", b"x" * 1_000_000):
        status = atomic.replace(path, data)
        assert path.read_bytes() == data
        assert (status.st_ino, status.st_size) == (path.stat().st_ino, len(data))
    assert names(library) == ["file"]


def test_whoever_has_the_old_file_open_goes_on_reading_it(library: Path) -> None:
    path = library / "file"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        atomic.replace(path, b"new")
        assert reader.read() == b"old"


@posix
@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o666])
def test_permissions_stay(library: Path, permissions: int) -> None:
    path = library / "file"
    path.write_bytes(b"old")
    path.chmod(permissions)
    atomic.replace(path, b"new")
    assert mode(path) == permissions


@posix
def test_permissions_can_be_given_and_else_are_those_of_any_new_file(library: Path) -> None:
    atomic.replace(library / "private", b"", mode=0o600)
    atomic.replace(library / "new", b"")
    (library / "other").touch()
    assert mode(library / "private") == 0o600
    assert mode(library / "new") == mode(library / "other")


def test_a_write_protected_file_is_not_replaced(library: Path) -> None:
    path = library / "file"
    path.write_bytes(b"old")
    with (
        mock.patch("os.access", return_value=False),
        pytest.raises(PermissionError),
    ):  # root is stopped by no mode
        atomic.replace(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_disk_that_takes_only_some_bytes_at_a_time_gets_them_all(library: Path) -> None:
    real = os.write
    with mock.patch("os.write", lambda file, data: real(file, data[:3])):
        atomic.replace(library / "file", b"0123456789")
    assert (library / "file").read_bytes() == b"0123456789"


def test_only_the_leftovers_of_this_file_are_removed(library: Path) -> None:
    for name in (".file.1234.tmp", ".file2.1234.tmp", "file.tmp"):
        (library / name).touch()
    atomic.replace(library / "file", b"")
    assert names(library) == [".file2.1234.tmp", "file", "file.tmp"]


@posix
def test_the_file_is_flushed_before_the_rename_and_the_folder_after_it(library: Path) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def flush(file: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "file")
        fsync(file)

    def rename(source: Path, target: Path) -> None:
        done.append("rename")
        replace(source, target)

    with mock.patch("os.fsync", flush), mock.patch("os.replace", rename):
        atomic.replace(library / "file", b"x")
        assert done == ["file", "rename", "folder"]
        atomic.replace(library / "file", b"x", durable=False)
        assert done == ["file", "rename", "folder", "rename"]


@posix
@pytest.mark.parametrize(("code", "is_failure"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_file_system_that_cannot_flush_folders_is_no_failure(
    library: Path, code: int, is_failure: bool
) -> None:
    real = os.fsync

    def flush(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(code, os.strerror(code))
        real(file)

    failed = False
    with mock.patch("os.fsync", flush):
        try:
            atomic.replace(library / "file", b"x")
        except OSError:
            failed = True
    assert failed == is_failure
    assert (library / "file").read_bytes() == b"x"


@pytest.mark.parametrize(("refusals", "works"), [(2, True), (3, False)])
def test_a_rename_is_tried_again_where_open_files_cannot_be_replaced(
    library: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, works: bool
) -> None:
    monkeypatch.setattr(atomic, "_PAUSES", (0.0, 0.0))
    real, left = os.replace, [refusals]

    def replace(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "in use")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    path = library / "file"
    path.write_bytes(b"old")
    if works:
        atomic.replace(path, b"new")
    else:
        with pytest.raises(PermissionError):
            atomic.replace(path, b"new")
    assert path.read_bytes() == (b"new" if works else b"old")
    assert names(library) == ["file"]
