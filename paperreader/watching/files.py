"""What is in the watched folders, at the price of a few system calls."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

_UNFINISHED = ("~", ".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart")
"""How programs end the names of files that they are still writing."""


class Look(NamedTuple):
    """A file as it looks from outside."""

    path: str
    size: int
    """In bytes."""
    modified: int
    """In nanoseconds since 1970."""
    changed: int
    """Likewise; also other when something else has been done to it, such as giving it another name."""


def files(folders: Iterable[Path], besides: Path, most: int) -> Iterator[Look]:
    """The files below the folders, `most` of them; `besides` is left out, with all that is in it.

    Empty files, hidden ones and those that somebody says are not finished are passed over, and so is whatever
    cannot be looked at: it may be there the next time.
    """
    return islice(_below(list(folders), besides), most)


def _below(waiting: list[Path], besides: Path) -> Iterator[Look]:
    visited: set[tuple[int, int]] = set()
    try:
        status = besides.stat()
        visited.add((status.st_dev, status.st_ino))
    except OSError:
        pass
    waiting.reverse()
    while waiting:
        folder = waiting.pop()
        try:
            status = folder.stat()
            # a link may lead back to where we come from
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
                        continue
                    if look := _look(entry, waiting):
                        yield look
        except (OSError, ValueError):
            continue


def _look(entry: os.DirEntry[str], folders: list[Path]) -> Look | None:
    try:
        if entry.is_dir():
            folders.append(Path(entry.path))
        elif entry.is_file():
            status = entry.stat()
            if status.st_size:
                return Look(entry.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    except OSError:
        pass  # it is gone already
    return None
