"""annotations.json on the disk, which other programs write, damage and delete while we have it open."""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from paperreader import atomic
from paperreader.annotations import form
from paperreader.annotations.backups import Backups
from paperreader.annotations.layout import Known, dump
from paperreader.text import one_line

LOCK_SECONDS: float = 3.0
"""How long to wait until another program has finished its own change."""
SETTLE_SECONDS: float = 0.2
"""How long a file must be unreadable or gone to be taken for damaged or deleted: editors, git and sync
tools that write in place are met in the middle of it."""


class _Status(NamedTuple):
    """When these are the same, so is the content."""

    inode: int
    size: int
    time: int
    """Of modification, in nanoseconds since the epoch."""
    mode: int


_NEVER: Final = _Status(-1, -1, -1, -1)


class Store:
    """The document in the file at `path`, and the newest good one when that file is damaged or gone.

    The folder must exist; it is never made here. A symbolic link is followed and stays one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document = form.empty()
        """The newest state that is known, with the pending edits."""
        self.pending: dict[tuple[str, form.Field], form.Edit] = {}
        """What is not in the file yet: the last edit of each field of each paper."""
        self.touched: set[str] | None = None
        """The ids of the papers whose entries may be others than when this was emptied; None for any."""
        self.notice = ""
        """One line about the last thing that was done to a file that is damaged or gone."""
        self._backups = Backups(path.parent / "backups")
        self._bytes: bytes | None = None
        """The content of the file when it was last read or written; None when there was no file."""
        self._status: _Status | None = _NEVER
        """The status of the file at that time."""
        self._written: Known = {}
        self._time = 0
        """When somebody wrote the document, in nanoseconds since the epoch; 0 if nobody did."""
        self.damage = ""
        """Why the file cannot be parsed, as long as it has not been moved aside."""
        self._instead = ""
        """What is used instead of it."""

    @property
    def lock_path(self) -> Path:
        """The file that is locked while the other one is written; it stays."""
        target = self._target
        return target.with_name(f".{target.stem}.lock")

    @property
    def mode(self) -> int | None:
        """The permissions of the file; None as long as there is none."""
        return self._status.mode if self._bytes is not None and self._status else None

    @property
    def is_stale(self) -> bool:
        """Whether the file has been touched since it was last read or written. Costs one `stat`."""
        return _status(self.path) != self._status

    @property
    def is_owing(self) -> bool:
        """Whether there is something to save: edits, or what was in a file that is damaged or gone."""
        return bool(self.pending or self.damage or (self._bytes is None and self.document["papers"]))

    def make(self, edit: form.Edit) -> None:
        """Makes an edit in the document, which `save` then makes in the file."""
        self.pending[edit.paper_id, edit.field] = edit
        form.apply(self.document, edit)
        if self.touched is not None:
            self.touched.add(edit.paper_id)

    def read(self) -> None:
        """Takes in the file: if its content is another one, so is the document. Raises OSError."""
        status, data = _content(self.path)
        if data == self._bytes and self._status != _NEVER:
            self._status = status
            return
        document, damage = _parsed(data)
        if document is None:
            if data != self._bytes:
                self._insist(status, data)
            document = self._newest_known()
        elif status and data is not None:
            self._time = status.time
            if document["papers"]:
                self._backups.keep_found(data, status.time, status.mode)
        if data is None and document["papers"]:
            self.notice = one_line(
                f"{self.path.name} was gone at {datetime.now():%H:%M:%S}: {self._instead}."
            )
        self.document, self._bytes, self._status, self.damage = document, data, status, damage
        self.touched = None
        for edit in self.pending.values():
            form.apply(document, edit)

    def save(self) -> None:
        """Writes what is owing; a damaged file is moved aside.

        Hold the lock, and have read the file since. Raises OSError.
        """
        if self.damage:
            self._move_aside()
        if self.is_owing:
            self._write()

    def lock(self) -> AbstractContextManager[Any]:
        """Keeps other programs from writing. Raises OSError, or NotImplementedError without locks."""
        from filelock import FileLock  # takes longer than reading the file, and only changes need it

        lock = self.lock_path
        if not lock.parent.is_dir():  # FileLock would make it
            raise _no_folder(lock.parent)
        return FileLock(lock).acquire(timeout=LOCK_SECONDS, poll_interval=0.01)

    @property
    def _target(self) -> Path:
        return Path(os.path.realpath(self.path))

    def _insist(self, status: _Status | None, data: bytes | None) -> None:
        """Raises OSError if the file is unreadable or gone because its folder is, or only for a moment."""
        if data is None and not self.path.parent.is_dir():
            raise _no_folder(self.path.parent)
        time.sleep(SETTLE_SECONDS)
        if _content(self.path) != (status, data):
            raise OSError(errno.EBUSY, "another program is writing it", str(self.path))

    def _newest_known(self) -> form.Document:
        """The newest backup, unless what was read or written here is newer."""
        backup = self._backups.newest()
        if backup and backup.time >= self._time:
            self._time = backup.time
            self._instead = f"backups/{backup.path.name} is used"
            return backup.document
        self._instead = "what was read before is kept" if self._time else "there is no backup to use"
        return self.document

    def _write(self) -> None:
        data = dump(self.document, self._written)
        self._status = status = _of(atomic.replace(self._target, data))
        self._bytes, self._time = data, status.time
        self.pending.clear()
        self._backups.keep(data, status.time, status.mode)

    def _move_aside(self) -> None:
        aside = atomic.move_aside(self._target)
        found = f"{self.path.name} was damaged ({self.damage})"
        self.notice = one_line(f"{found}: it is now {aside.name}, and {self._instead}.")
        self._bytes = self._status = None
        self.damage = ""


def _status(path: Path) -> _Status | None:
    try:
        return _of(path.stat())
    except OSError:
        return None


def _of(status: os.stat_result) -> _Status:
    return _Status(status.st_ino, status.st_size, status.st_mtime_ns, stat.S_IMODE(status.st_mode))


def _content(path: Path) -> tuple[_Status | None, bytes | None]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its other end
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        with path.open("rb") as file:
            return _of(os.fstat(file.fileno())), file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None, None


def _parsed(data: bytes | None) -> tuple[form.Document | None, str]:
    """The document, or why there is none: "" when there is no file."""
    if data is None:
        return None, ""
    try:
        return form.parse(data), ""
    except form.DamagedError as error:
        return None, str(error)


def _no_folder(folder: Path) -> OSError:
    return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
