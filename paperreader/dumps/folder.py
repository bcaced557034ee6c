"""The library's folder of dumps: the originals as they came, never edited."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from paperreader.dumps import Dump, NotADump, read_dump
from paperreader.dumps.names import split_stored, stored_name

_PART = ".part"
_ATTEMPTS = 3

if sys.platform == "win32":

    def _lock(file: BinaryIO) -> None:
        """Nothing: Windows itself keeps a file that is open from being removed."""

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        """Hold the file until it is closed. Raises OSError when another program does."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class DumpFolder:
    """The dumps of a library, one file each. Several programs may add to it at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, str] = {}
        self._stamp: int | None = None
        """The folder's modification time when `_known` was true."""
        self._unnamed: dict[tuple[str, int, int], str | None] = {}
        """The ids of files that somebody else put there, by name, size and modification time."""

    def names(self) -> frozenset[str]:
        """The names of the files in the folder; none when it is missing. Raises OSError."""
        return frozenset(file.name for file in self._files())

    def ids(self) -> Mapping[str, str]:
        """The file name of each dump by its id. Raises OSError."""
        ids = ((self._id(file), file.name) for file in sorted(self._files(), key=lambda f: f.name))
        return {dump_id: name for dump_id, name in ids if dump_id}

    def read(self, file_name: str) -> Dump:
        """The dump in a file of the folder. Raises NotADump or OSError."""
        from paperreader.dumps.day import modification_day  # the first frame reads no dump

        with (self.path / Path(file_name).name).open("rb") as file:
            data, mtime = file.read(), os.fstat(file.fileno()).st_mtime
        return read_dump(data, file_name, modification_day(mtime))

    def add(self, data: bytes, dump: Dump, modified: float, year: int | None) -> str | None:
        """Store the bytes of a dump with their modification time; gives the name of the new file.

        None when the dump is there already, under whatever name. When the year that a person gave is
        news, it is not stored again but renamed, so that its name says the day. The folder holds all
        of the dump or nothing of it at every moment. Raises OSError.
        """
        name = stored_name(dump.name, dump.id)
        here = self._name_of(dump.id)
        if here is None:
            self._store(name, data, modified)
        elif year is None or here == name or self._seen(here) == (dump.day, dump.inferred):
            return None
        else:
            (self.path / here).replace(self.path / name)
        self._flush()
        self._known[dump.id] = name
        self._stamp = self._changed()
        return name

    def _files(self) -> Iterator[os.DirEntry[str]]:
        """The visible files. What killed programs left behind is removed on the way."""
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    if not entry.name.startswith("."):
                        if entry.is_file():
                            yield entry
                    elif entry.name.endswith(_PART):
                        _remove_unless_locked(Path(entry.path))
        except FileNotFoundError:
            return

    def _id(self, file: os.DirEntry[str]) -> str | None:
        if found := split_stored(file.name)[1]:
            return found
        status = file.stat()
        key = (file.name, status.st_size, status.st_mtime_ns)
        if key not in self._unnamed:
            try:
                self._unnamed[key] = self.read(file.name).id
            except (NotADump, OSError):
                self._unnamed[key] = None
        return self._unnamed[key]

    def _changed(self) -> int | None:
        try:
            return self.path.stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def _name_of(self, dump_id: str) -> str | None:
        """The file of a dump. The folder is only listed again when something has changed in it."""
        stamp = self._changed()
        if stamp is None or stamp != self._stamp:
            self._known = dict(self.ids())
            self._stamp = stamp
        name = self._known.get(dump_id)
        return name if name and (self.path / name).is_file() else None

    def _seen(self, file_name: str) -> tuple[date, bool] | None:
        try:
            dump = self.read(file_name)
        except NotADump:
            return None
        return dump.day, dump.inferred

    def _store(self, name: str, data: bytes, modified: float) -> None:
        """Write a file; on a failure nothing is left of it."""
        for attempt in range(1, _ATTEMPTS + 1):
            self.path.mkdir(parents=True, exist_ok=True)
            part = self.path / f".{os.urandom(8).hex()}{_PART}"
            try:
                _write(part, data, modified)
                part.replace(self.path / name)
                return
            except FileNotFoundError:
                # another program tidied up in the moment when the file was not locked
                if attempt == _ATTEMPTS:
                    raise
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise

    def _flush(self) -> None:
        """Make a change of names outlive the machine's, where the system can."""
        with suppress(OSError):
            folder = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _write(path: Path, data: bytes, modified: float) -> None:
    with path.open("xb") as file:
        with suppress(OSError):  # some network file systems have no locks
            _lock(file)
        file.write(data)
        file.flush()
        with suppress(OSError, OverflowError, ValueError):  # a time that the file system does not know
            os.utime(path, (modified, modified))
        os.fsync(file.fileno())


def _remove_unless_locked(path: Path) -> None:
    """Remove a temporary file, unless the program that writes it is alive and holds its lock."""
    with suppress(OSError):
        with path.open("rb") as file:
            _lock(file)
        path.unlink()
