"""The library's folder of dumps: the originals as they came, never edited."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from paperreader.atomic import move_aside
from paperreader.dumps import Dump, NotADump, Reading
from paperreader.dumps.names import split_stored, stored_name, tells_another

_PART = ".part"
_ATTEMPTS = 3
_CHUNK: Final = 2**20


class Readable(Protocol):
    """What is copied: a file, or what reads like one."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes; none at the end."""
        ...


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
        """The dump in a file of the folder, with all its entries. Raises NotADump or OSError."""
        with self.reading(file_name) as reading:
            return reading.whole()

    @contextmanager
    def reading(self, file_name: str) -> Iterator[Reading]:
        """The dump in a file of the folder, entry by entry. Raises NotADump or OSError, on the way too."""
        from paperreader.dumps.day import modification_day  # the first frame reads no dump
        from paperreader.dumps.forms import open_dump

        with (self.path / Path(file_name).name).open("rb") as file:
            yield open_dump(file, file_name, modification_day(os.fstat(file.fileno()).st_mtime))

    @contextmanager
    def incoming(self, file: Readable, modified: float) -> Iterator[IncomingDump]:
        """A copy of a file, in the folder but hidden, to be read and then to be kept or not.

        `modified` is the modification time that it shall have. Raises OSError, and NotADump for a file
        that can be none.
        """
        new = IncomingDump(self, modified)
        try:
            new.fill(file)
            yield new
        finally:
            new.close()

    def add(self, data: bytes, dump: Dump, modified: float, year: int | None) -> str | None:
        """Store the bytes of a dump with their modification time; see `IncomingDump.keep`. Raises OSError."""
        if self.has(dump, year):
            return None
        with self.incoming(io.BytesIO(data), modified) as new:
            return new.keep(dump, year)

    def has(self, dump: Dump, year: int | None) -> bool:
        """Whether the dump is there already, under whatever name, with the year that a person gave.

        Raises OSError.
        """
        here = self._name_of(dump.id)
        if here is None:
            return False
        return year is None or here == stored_name(dump.name, dump.id) or self._seen(here) == dump[2:4]

    def settle(self, part: Path, dump: Dump, year: int | None) -> str | None:
        """Give a temporary file of the folder the name of its dump; see `IncomingDump.keep`."""
        if self.has(dump, year):
            return None
        name = stored_name(dump.name, dump.id)
        here = self._name_of(dump.id)
        (part if here is None else self.path / here).replace(self.path / name)
        self._flush()
        self._known[dump.id] = name
        self._stamp = self._changed()
        return name

    def damaged(self, dump: Dump, whole: BinaryIO) -> Path | None:
        """The stored copy of this dump, if it is not as it came; `whole` is another one. Raises OSError."""
        here = self._name_of(dump.id)
        if here is None or split_stored(here)[1] is None:
            return None
        path = self.path / here
        if _same(path, whole):
            return None
        try:
            with self.reading(here) as reading:  # it may be the same dump in other bytes
                return path if tells_another(here, reading.facts().id) else None
        except NotADump:
            return path

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
                with self.reading(file.name) as reading:
                    self._unnamed[key] = reading.facts().id
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
            with self.reading(file_name) as reading:
                return reading.facts()[2:4]
        except NotADump:
            return None

    def _flush(self) -> None:
        """Make a change of names outlive the machine's, where the system can."""
        with suppress(OSError):
            folder = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


class IncomingDump:
    """A temporary file in a folder of dumps. While it is open, nobody else removes it."""

    def __init__(self, folder: DumpFolder, modified: float) -> None:
        self._folder = folder
        self._modified = modified
        self._part, self._file = self._new()

    def _new(self) -> tuple[Path, BinaryIO]:
        for _ in range(_ATTEMPTS):
            self._folder.path.mkdir(parents=True, exist_ok=True)
            part = self._folder.path / f".{os.urandom(8).hex()}{_PART}"
            file = part.open("x+b")
            with suppress(OSError):  # some network file systems have no locks
                _lock(file)
            if part.exists():
                return part, file
            # another program tidied up in the moment before it was locked
            file.close()
        raise FileNotFoundError(errno.ENOENT, "it is removed by another program again and again", str(part))

    def fill(self, file: Readable) -> None:
        """Copy a file. Raises NotADump, soon, for one that can be none."""
        from paperreader.dumps.forms import largest

        size = most = 0
        while piece := file.read(_CHUNK):
            most = most or largest(piece)
            size += len(piece)
            if size > most:
                raise NotADump(f"larger than {most >> 20:,} MB")
            self._file.write(piece)
        self._file.flush()

    def read(self, name: str, year: int | None = None) -> Reading:
        """The dump in it; `name` is that of the file that it came from."""
        from paperreader.dumps.day import modification_day
        from paperreader.dumps.forms import open_dump

        self._file.seek(0)
        return open_dump(self._file, name, modification_day(self._modified), year)

    def keep(self, dump: Dump, year: int | None) -> str | None:
        """Store it as this dump; gives the name of the new file.

        None when the dump is there already, under whatever name. When the year that a person gave is
        news, it is not stored again but renamed, so that its name says the day. The folder holds all
        of the dump or nothing of it at every moment. Raises OSError.
        """
        self._finish()
        if os.name == "nt":
            self._file.close()  # an open file cannot be renamed there
        try:
            return self._folder.settle(self._part, dump, year)
        except FileNotFoundError:
            if self._file.closed:
                raise
        # it was removed, or its folder was: what is still open is copied again
        with self._file as whole:
            self._part, self._file = self._new()
            whole.seek(0)
            self.fill(whole)
        self._finish()
        return self._folder.settle(self._part, dump, year)

    def damaged_copy(self, dump: Dump) -> Path | None:
        """The stored copy of this dump, if that was changed or cut short since it came. Raises OSError."""
        return self._folder.damaged(dump, self._file)

    def replace(self, bad: Path, dump: Dump, year: int | None) -> str:
        """Store it in the place of its damaged copy; gives one line about what was done.

        A copy that says something of its own is moved aside, beside the folder. The rest is as with `keep`.
        """
        self._finish()
        lost = not _begins(self._file, bad)
        aside = f", which is now {move_aside(bad, self._folder.path.parent)}" if lost else ""
        if os.name == "nt":
            self._file.close()
        self._part.replace(bad)
        self._folder.settle(self._part, dump, year)
        return f"takes the place of {bad}, which was {'changed' if lost else 'cut short'}{aside}"

    def _finish(self) -> None:
        with suppress(OSError, OverflowError, ValueError):  # a time that the file system does not know
            os.utime(self._part, (self._modified, self._modified))
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Remove it, if it was not kept."""
        self._file.close()
        with suppress(OSError):
            self._part.unlink()


def _remove_unless_locked(path: Path) -> None:
    """Remove a temporary file, unless the program that writes it is alive and holds its lock."""
    with suppress(OSError):
        with path.open("rb") as file:
            _lock(file)
        path.unlink()


def _same(path: Path, whole: BinaryIO) -> bool:
    """Whether a file has the same bytes as another one, which is open."""
    return os.fstat(whole.fileno()).st_size == path.stat().st_size and _begins(whole, path)


def _begins(whole: BinaryIO, path: Path) -> bool:
    """Whether a file, which is open, begins with all of another one."""
    whole.seek(0)
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            if whole.read(len(piece)) != piece:
                return False
    return True
