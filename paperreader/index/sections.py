"""Files made of named sections of bytes, with the table of contents at their end.

Numbers in the sections are unsigned and in the order of bytes of this machine: an index never
leaves it. Sections begin at multiples of eight bytes, so that arrays can be read where they lie.
"""

from __future__ import annotations

import json
import mmap
import struct
from pathlib import Path
from typing import Any, BinaryIO

from paperreader.index.base import IndexUnusable

_END = struct.Struct("<QI")
"""Where the table of contents begins, and its CRC-32."""
_ALIGNMENT = 8
_TYPECODES = {1: "B", 2: "H", 4: "I", 8: "Q"}


class SectionWriter:
    """Writes sections one after another."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sections: dict[str, tuple[int, int, int, int]] = {}
        self._start = self._at = self._check = 0

    def write(self, data: Any) -> int:
        """Append to the section that is to be ended next; how many bytes these were."""
        import zlib

        view = memoryview(data).cast("B") if len(data) else b""
        self._file.write(view)
        self._check = zlib.crc32(view, self._check)
        self._at += len(view)
        return len(view)

    def end(self, name: str, width: int = 1) -> None:
        """Everything written since the last section is that of this name; `width` bytes make a number."""
        self._sections[name] = (self._start, self._at - self._start, width, self._check)
        self._file.write(bytes(-self._at % _ALIGNMENT))
        self._at += -self._at % _ALIGNMENT
        self._start, self._check = self._at, 0

    def add(self, name: str, data: Any) -> None:
        """A whole section: bytes, or an array of numbers."""
        self.write(data)
        self.end(name, memoryview(data).itemsize)

    def add_json(self, name: str, value: Any) -> None:
        """A whole section of anything that JSON can say."""
        self.add(name, json.dumps(value, separators=(",", ":")).encode())

    def finish(self) -> None:
        """Write the table of contents; closing the file is left to who opened it."""
        import zlib

        contents = json.dumps(self._sections).encode()
        self._file.write(contents)
        self._file.write(_END.pack(self._start, zlib.crc32(contents)))


class Sections:
    """The sections of a file that `SectionWriter` has finished."""

    def __init__(self, data: Any) -> None:
        """Raises ValueError for anything else."""
        import zlib

        self._data = memoryview(data)
        try:
            start, check = _END.unpack(self._data[-_END.size :])
            contents = bytes(self._data[start : -_END.size])
            if zlib.crc32(contents) != check:
                raise ValueError("another table of contents")
            self.identity: int = check
            """The CRC-32 of the table of contents, which has those of all sections."""
            self._sections: dict[str, tuple[int, int, int, int]] = json.loads(contents)
        except (struct.error, TypeError, OverflowError) as error:
            raise ValueError("no table of contents") from error
        self._sound: set[str] = set()
        """The sections that were checked."""

    @classmethod
    def map(cls, path: Path) -> Sections:
        """Those of a file, which is read where and when they are. Raises OSError and IndexUnusable."""
        try:
            with path.open("rb") as file:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:
            raise IndexUnusable(f"damaged: {path.name} cannot be read") from error

    def view(self, name: str) -> memoryview:
        """The bytes or the numbers of a section. Raises ValueError when there is none of that name."""
        try:
            start, length, width, _ = self._sections[name]
        except KeyError as error:
            raise ValueError(f"no section {name}") from error
        return self._data[start : start + length].cast(_TYPECODES[width])  # type: ignore[call-overload,no-any-return]

    def sound(self, name: str) -> memoryview:
        """The same, but read once before it is used; raises IndexUnusable when it is not what was written.

        For what all others depend on, and for what is going to be written again.
        """
        import zlib

        view = self.view(name)
        if name not in self._sound:
            if zlib.crc32(view) != self._sections[name][3]:
                raise IndexUnusable(f"damaged: what it says of {name} was changed")
            self._sound.add(name)
        return view

    def json(self, name: str) -> Any:
        """What a section of JSON says. Raises IndexUnusable when that is not what was written."""
        return json.loads(bytes(self.sound(name)))

    def read_ahead(self) -> None:
        """Ask for the file's pages before they are needed, where a system can be asked."""
        data = self._data.obj
        if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_WILLNEED"):
            data.madvise(mmap.MADV_WILLNEED)

    def check(self) -> int | None:
        """The CRC-32 of the table of contents, if all else is as it says; otherwise None."""
        import zlib

        start, check = _END.unpack(self._data[-_END.size :])
        contents = self._data[start : -_END.size]
        if zlib.crc32(contents) != check:
            return None
        at = 0
        for begin, length, _, expected in sorted(json.loads(bytes(contents)).values()):
            if any(self._data[at:begin]) or zlib.crc32(self._data[begin : begin + length]) != expected:
                return None
            at = begin + length
        return None if any(self._data[at:start]) else check
