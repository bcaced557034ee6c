"""From the paths that a person gives to the files to read."""

from __future__ import annotations

import errno
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from paperreader.dumps.day import modification_day
from paperreader.dumps.dump import NotADump
from paperreader.dumps.unpack import Member, members
from paperreader.text import one_line

_ZIP = b"PK\x03\x04"


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
    member: str = ""
    """Which file it is in the zip archive at the path."""

    @property
    def modified(self) -> date:
        """The day when it was last written."""
        return modification_day(self.mtime)

    @contextmanager
    def open(self) -> Iterator[ForeignFile]:
        """The file, to be read once from its start. Raises NotADump, also when it is read."""
        with ExitStack() as stack:
            with _reasoned():
                if self.problem is not None:
                    raise self.problem
                if self.path is None:
                    if sys.stdin is None:
                        raise OSError(errno.EBADF, "there is no standard input")
                    file: Any = sys.stdin.buffer
                else:
                    file = stack.enter_context(self.path.open("rb"))
                    if self.member:
                        file = Member(stack.enter_context(ZipFile(file)), self.member)
            yield ForeignFile(file)

    def parts(self) -> Iterator[Source]:
        """The files in a zip archive of several, each of which is a dump of its own; else itself."""
        found = [] if self.path is None or self.problem else _members(self.path)
        if len(found) < 2:
            yield self
            return
        for info in found:
            name = info.filename
            yield replace(
                self,
                name=name.rpartition("/")[2],
                label=f"{self.label}/{one_line(name)}",
                mtime=_time(info) or self.mtime,
                member=name,
            )


class ForeignFile:
    """A file of somebody else's: what goes wrong with it is told as NotADump."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Some bytes; none at the end."""
        with _reasoned():
            data: bytes = self._file.read(size)
            return data


@contextmanager
def _reasoned() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotADump(one_line(error.strerror or str(error))) from None


def _members(path: Path) -> list[ZipInfo]:
    """What is in a zip archive; nothing for any other file, and for a damaged one."""
    with suppress(OSError, BadZipFile, ValueError, NotImplementedError):
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                if file.read(len(_ZIP)) == _ZIP:
                    with ZipFile(file) as archive:
                        return [archive.getinfo(name) for name in members(archive)]
    return []


def _time(info: ZipInfo) -> float:
    with suppress(ValueError, OverflowError):
        return datetime(*info.date_time).timestamp()
    return 0.0


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
