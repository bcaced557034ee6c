"""Whole files: at every moment a path holds its old content or its new one."""

from __future__ import annotations

import errno
import itertools
import os
import stat
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_PAUSES = (0.01, 0.03, 0.1, 0.3) if os.name == "nt" else ()
"""Seconds between attempts to rename: on Windows a file that somebody has open cannot be replaced."""
_NO_FOLDER_FSYNC = (errno.EINVAL, errno.ENOTSUP)
_BINARY: int = getattr(os, "O_BINARY", 0)


def replace(path: Path, data: bytes, *, mode: int | None = None, durable: bool = True) -> os.stat_result:
    """Puts `data` at `path` and gives the status of the new file.

    It is written to a temporary file beside it, flushed to the disk and renamed, and the rename is
    flushed too. The permissions are `mode`, else those of the file that is replaced. What is not
    `durable` skips both flushes: it survives the death of this process, but maybe not a power failure.

    One writer at a time, so hold a lock: temporary files that killed writers left are removed.
    Raises OSError; the path then holds the old content (or, when flushing the rename failed, the
    new one). A write-protected file is not replaced.
    """
    _sweep(path)
    if mode is None:
        mode = _mode(path)
    temporary = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    try:
        status = _write(temporary, data, mode, durable)
        rename(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if durable:
        _flush_folder(path.parent)
    return status


def rename(source: Path, target: Path) -> None:
    """Renames, replacing what is at `target`. Raises OSError."""
    for pause in _PAUSES:
        try:
            source.replace(target)
            return
        except PermissionError:
            time.sleep(pause)
    source.replace(target)


def move_aside(path: Path, folder: Path | None = None) -> Path:
    """Renames what is damaged, so that nothing is lost, and gives the new path. Raises OSError.

    It stays on its disk; `folder` is where it goes, unless it stays where it is.
    """
    name = f"{path.stem}.damaged-{datetime.now():%Y-%m-%dT%H-%M-%S}"
    names = itertools.chain([name], (f"{name}-{n}" for n in itertools.count(2)))
    asides = ((folder or path.parent) / f"{name}{path.suffix}" for name in names)
    aside = next(path for path in asides if not os.path.lexists(path))
    rename(path, aside)
    return aside


def _sweep(path: Path) -> None:
    with os.scandir(path.parent) as files:
        for file in files:
            if file.name.startswith(f".{path.name}.") and file.name.endswith(".tmp"):
                with suppress(OSError):
                    Path(file).unlink()


def _mode(path: Path) -> int | None:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return mode


def _write(path: Path, data: bytes, mode: int | None, durable: bool) -> os.stat_result:
    # Made with the final permissions: a private file's content is at no moment readable by others.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666 if mode is None else mode)
    try:
        if mode is not None and hasattr(os, "fchmod"):
            with suppress(OSError):  # some file systems have no permissions
                os.fchmod(file, mode)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        if durable:
            os.fsync(file)
        return os.fstat(file)
    finally:
        os.close(file)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FSYNC:
            raise
    finally:
        os.close(file)
