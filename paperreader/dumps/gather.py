"""From the paths that a person gives to the files to read."""

from __future__ import annotations

import errno
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from paperreader.dumps.day import modification_day
from paperreader.dumps.dump import NotADump
from paperreader.text import one_line

_LARGEST = 512 * 2**20
"""Bytes; no page comes near, and a device has no end."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or a path that leads to none: reading it says why."""

    name: str
    """The file's own name, for `read_dump`."""
    label: str
    """What to call it before people: the path, made harmless."""
    mtime: float = 0.0
    """When it was last written, in seconds since 1970."""
    path: Path | None = None
    """None for the standard input."""
    problem: OSError | NotADump | None = None
    """Why it cannot be read, as far as that is known before trying."""

    @property
    def modified(self) -> date:
        """The day when it was last written."""
        return modification_day(self.mtime)

    def read(self) -> bytes:
        """Its bytes. Raises OSError or NotADump."""
        if self.problem is not None:
            raise self.problem
        if self.path is not None:
            with self.path.open("rb") as file:
                return _bounded(file)
        if sys.stdin is None:
            raise OSError(errno.EBADF, "there is no standard input")
        return _bounded(sys.stdin.buffer)


def gather(paths: Iterable[str]) -> Iterator[Source]:
    """The files that paths lead to: files, all files below folders, "-" for the standard input.

    Below a folder, files come sorted; hidden ones, loops of links and what is no file are passed
    over. Never raises: what is missing or cannot be listed, and a folder without any file, is a
    Source that says so when read.
    """
    for path in paths:
        if path == "-":
            yield Source("stdin", "stdin", time.time())
            continue
        if not path:
            yield Source("", '""', problem=OSError(errno.ENOENT, "an empty path"))
            continue
        empty = True
        for source in _below(Path(path)):
            empty = False
            yield source
        if empty:
            yield _unreadable(Path(path), NotADump("no file in this folder"))


def _below(root: Path) -> Iterator[Source]:
    visited: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        given = not visited
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in visited:
                    visited.add((status.st_dev, status.st_ino))
                    waiting += sorted((p for p in path.iterdir() if not p.name.startswith(".")), reverse=True)
            elif given or stat.S_ISREG(status.st_mode):
                yield Source(path.name, one_line(str(path)), status.st_mtime, path)
        except OSError as error:
            if given or error.errno != errno.ELOOP:
                yield _unreadable(path, error)
        except ValueError:  # a NUL in it
            yield _unreadable(path, OSError(errno.EINVAL, "not a path"))


def _unreadable(path: Path, problem: OSError | NotADump) -> Source:
    return Source(path.name, one_line(str(path)), problem=problem)


def _bounded(file: BinaryIO) -> bytes:
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise NotADump(f"larger than {_LARGEST >> 20} MB")
    return data
