"""The history of the annotations, history.jsonl: what can be undone and made again, in every later run.

The first line names the file; every other one is a step, or says that a step was undone or made again:

    {"format":"paperreader-history","version":1,"id":"<random>"}
    {"step":"1f0c…","changes":[{"field":"starred","before":false,"after":true,…,"papers":{"<id>":"A title"}}]}
    {"step":"77ab…","label":"81 papers marked as read","changes":[…]}
    {"step":"a90e…","by":"clock","changes":[…]}
    {"undone":"77ab…"}
    {"redone":"77ab…"}

Lines are added at its end; now and then the file is written anew, without what is too old. A step is in
it *before* it is in annotations.json, so that whatever stands there can be undone; where a program was
killed in between, `Annotations` sees by the values that it has had no effect.

What the clock did, nobody asked for: it takes nothing from what can be made again, and is undone when there
is nothing else to undo.

It may have been written by anybody: what is not understood is left out, and the rest holds.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final

from paperreader import atomic
from paperreader.annotations.steps import Step, line, opened, written

STEPS = 2_000
"""How many steps are kept when the file is written anew, if they are not too long."""
LONGEST = 64_000_000
"""Bytes from which on the file is written anew; of its steps half as many are kept, or the newest one."""
FARTHEST = 256_000_000
"""Bytes from the end of the file before which nothing is looked for."""

_HEAD: Final = re.compile(rb'\{"format":"paperreader-history",[^\n]{1,200}\}\n')
_RECORD: Final = re.compile(rb'\{"(step|undone|redone)":"([0-9a-f]{12})"(,"by":"clock")?[,}]')
_PIECE: Final = 65_536
_BINARY: int = getattr(os, "O_BINARY", 0)


@dataclass(slots=True)
class _Entry:
    """A step that is known."""

    id: str
    start: int = 0
    size: int = 0
    """Where its line is in the file, in bytes."""
    step: Step | None = None
    """The step, as long as it is not in the file."""
    by_clock: bool = False


@dataclass(slots=True)
class _Stacks:
    """What is done and what is undone, last in, first out."""

    done: list[_Entry] = field(default_factory=list)
    undone: list[_Entry] = field(default_factory=list)
    clocked: list[_Entry] = field(default_factory=list)
    """What is done and was by the clock."""

    def take(self, kind: str, entry: _Entry) -> None:
        """Follows a record: a new step, or one that was undone or made again."""
        if kind == "step":
            if not entry.by_clock:
                self.undone.clear()
            self._do(entry)
        elif kind == "redone":
            if found := _taken(self.undone, entry):
                self._do(found)
        elif found := _taken(self.done, entry) or _taken(self.clocked, entry):
            self.undone.append(found)

    def _do(self, entry: _Entry) -> None:
        target = self.clocked if entry.by_clock else self.done
        target.append(entry)
        if len(target) > 4 * STEPS:
            del target[: 2 * STEPS]

    def source(self, done: bool) -> list[_Entry]:
        """Where the step is that is to be undone next, if it is `done`, or made again."""
        return (self.done or self.clocked) if done else self.undone

    def forget(self, entry: _Entry) -> None:
        """Follows that a step cannot be read."""
        for stack in (self.done, self.undone, self.clocked):
            if entry in stack:
                stack.remove(entry)

    def copy(self) -> _Stacks:
        return _Stacks(self.done.copy(), self.undone.copy(), self.clocked.copy())

    def __len__(self) -> int:
        return len(self.done) + len(self.undone) + len(self.clocked)


def _taken(stack: list[_Entry], entry: _Entry) -> _Entry | None:
    """The step of this id, taken out; None when it is not there."""
    for at in range(len(stack) - 1, -1, -1):  # nearly always the last one
        if stack[at].id == entry.id:
            return stack.pop(at)
    return None


class History:
    """The steps of a library, in the file at `path`, which other programs write, too.

    What has been remembered is in the file after the next `write`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice = ""
        """One line about the last damage that was met."""
        self._filed = _Stacks()
        """As the file has it."""
        self._now = _Stacks()
        """The same with what is pending."""
        self._pending: list[tuple[str, _Entry]] = []
        """The records that are not in the file yet."""
        self._head = b""
        """The first line of the file as it was read; another one means another file."""
        self._end = 0
        """How much of the file was read, in bytes; what follows is not whole."""
        self._is_foreign = False
        """Whether the file is none of ours."""
        self._damaged = 0
        """How many of its lines are none of ours."""

    @property
    def is_owing(self) -> bool:
        """Whether there is something to write."""
        return bool(self._pending)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to undo or to make again, as far as is known without reading."""
        return not (self._now or os.path.lexists(self.path))

    def add(self, step: Step) -> None:
        """Remembers a new step; unless it is the clock's, what was undone cannot be made again any more."""
        self._remember("step", _Entry(os.urandom(6).hex(), step=step, by_clock=step.by_clock))

    def turn(self, back: bool) -> None:
        """Remembers that the step of `last(back)` was undone (`back`) or made again."""
        self._remember("undone" if back else "redone", self._now.source(back)[-1])

    def last(self, done: bool) -> Step | None:
        """The step that was done last, or the one that was undone last; None when there is none.

        Raises OSError.
        """
        while entries := self._now.source(done):
            if step := entries[-1].step or self._opened(entries[-1]):
                return step
            self._filed.forget(entries.pop())
            self._note_damage()
        return None

    def read(self) -> None:
        """Takes in what was added to the file. Raises OSError."""
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):  # opening a pipe would wait for its other end
                raise OSError(errno.EINVAL, "it is not a file", str(self.path))
            with self.path.open("rb") as file:
                self._follow(file)
        except (FileNotFoundError, NotADirectoryError):
            self._forget(b"")
        self._now = self._filed.copy()
        for kind, entry in self._pending:
            self._now.take(kind, entry)

    def write(self, mode: int | None) -> None:
        """Adds what is pending to the file, which gets these permissions, under a lock. Raises OSError."""
        self.read()
        if not self._pending:
            return
        lines = b"".join(
            written(entry.id, entry.step) if kind == "step" and entry.step else line({kind: entry.id})
            for kind, entry in self._pending
        )
        if self._is_foreign:
            self._move_aside()
        if self._head:
            self._append(lines, mode)
        else:
            atomic.replace(self.path, _head() + lines, mode=mode, durable=False)
        self._pending.clear()
        self.read()
        if self._end > LONGEST or self._damaged or len(self._now) > 2 * STEPS:
            with suppress(OSError):  # it can wait until there is room
                atomic.replace(self.path, b"".join(self._kept()), mode=mode, durable=False)
                self.read()

    def _remember(self, kind: str, entry: _Entry) -> None:
        self._pending.append((kind, entry))
        self._now.take(kind, entry)

    # -- the file

    def _follow(self, file: BinaryIO) -> None:
        head, size = file.readline(_PIECE), os.fstat(file.fileno()).st_size
        if head != self._head or size < self._end:
            self._forget(head if _HEAD.fullmatch(head) else b"")
            self._is_foreign = bool(head and not self._head)
            if self._is_foreign:
                self._note_damage()
        if not self._head:
            return
        if size - self._end > FARTHEST:
            file.seek(size - FARTHEST)
            while (rest := file.readline(_PIECE)) and not rest.endswith(b"\n"):
                pass
            self._end = file.tell()
        file.seek(self._end)
        for start, length, beginning in _lines(file, self._end):
            self._end = start + length
            if record := _RECORD.match(beginning):
                kind, name = record[1].decode(), record[2].decode()
                self._filed.take(kind, _Entry(name, start, length, by_clock=bool(record[3])))
            else:
                self._damaged += 1
                self._note_damage()

    def _forget(self, head: bytes) -> None:
        self._filed, self._head, self._end = _Stacks(), head, len(head)
        self._is_foreign, self._damaged = False, 0

    def _opened(self, entry: _Entry) -> Step | None:
        """The step of an entry of the file, if it can be read, and is that one still."""
        with self.path.open("rb") as file:
            file.seek(entry.start)
            data = file.read(entry.size)
        record = _RECORD.match(data)
        return opened(data) if record and record[2].decode() == entry.id else None

    def _append(self, lines: bytes, mode: int | None) -> None:
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | _BINARY)
        try:
            status = os.fstat(file)
            if mode is not None and mode != stat.S_IMODE(status.st_mode) and hasattr(os, "fchmod"):
                with suppress(OSError):  # some file systems have no permissions
                    os.fchmod(file, mode)
            # the last line has no end where its writer was killed, or the disk was full
            rest = memoryview(b"\n" * (status.st_size > self._end) + lines)
            try:
                while rest:
                    rest = rest[os.write(file, rest) :]
            except OSError:
                with suppress(OSError):
                    os.ftruncate(file, status.st_size)
                raise
        finally:
            os.close(file)

    def _kept(self) -> Iterator[bytes]:
        """The lines of a new file: those of the newest steps."""
        undone = self._filed.undone
        newest = [*undone, *reversed(self._filed.done), *reversed(self._filed.clocked)][:STEPS]
        sizes = accumulate(entry.size for entry in newest)
        kept = newest[: max(1, sum(size <= LONGEST // 2 for size in sizes))]
        yield _head()
        with self.path.open("rb") as file:
            for entry in reversed(kept):
                file.seek(entry.start)
                yield file.read(entry.size)
        for entry in undone[: len(kept)]:
            yield line({"undone": entry.id})

    def _move_aside(self) -> None:
        aside = atomic.move_aside(self.path)
        self.notice = f"{self.path.name} was no history of this program: it is now {aside.name}."

    def _note_damage(self) -> None:
        self.notice = f"A part of {self.path.name} cannot be read: what it says cannot be undone."


def _head() -> bytes:
    return line({"format": "paperreader-history", "version": 1, "id": os.urandom(6).hex()})


def _lines(file: BinaryIO, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Where each whole line is from here on, and how it begins; long ones are not in memory."""
    while beginning := file.readline(_PIECE):
        length, piece = len(beginning), beginning
        while not piece.endswith(b"\n"):
            piece = file.readline(_PIECE)
            if not piece:
                return
            length += len(piece)
        yield start, length, beginning
        start += length
