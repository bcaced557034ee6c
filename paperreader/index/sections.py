"""Files made of named sections of bytes, with the table of contents at their end.

Numbers in the sections are in the order of bytes of this machine: an index never leaves it.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Callable
from typing import BinaryIO

_END = struct.Struct("<Q")
_ALIGNMENT = 8


class SectionWriter:
    """Writes sections one after another."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sections: dict[str, tuple[int, int]] = {}
        self._start = 0

    def write(self, data: bytes) -> None:
        """Append to the section that is to be ended next."""
        self._file.write(data)

    def end(self, name: str) -> None:
        """Everything written since the last section is the section of that name."""
        end = self._file.tell()
        self._sections[name] = (self._start, end - self._start)
        self._file.write(bytes(-end % _ALIGNMENT))
        self._start = self._file.tell()

    def add(self, name: str, data: bytes | array[int]) -> None:
        """A whole section."""
        self.write(data if isinstance(data, bytes) else data.tobytes())
        self.end(name)

    def finish(self) -> None:
        """Write the table of contents; closing the file is left to who opened it."""
        self._file.write(json.dumps(self._sections).encode())
        self._file.write(_END.pack(self._start))


def read_sections(get: Callable[[int, int], bytes], size: int) -> dict[str, tuple[int, int]]:
    """Where each section of a file begins and how long it is; `get(offset, length)` reads from the file.

    Raises ValueError for anything that `SectionWriter` has not finished.
    """
    try:
        (start,) = _END.unpack(get(size - _END.size, _END.size))
        sections: dict[str, tuple[int, int]] = dict(json.loads(get(start, size - _END.size - start)))
    except (struct.error, OverflowError, TypeError) as error:
        raise ValueError("no table of contents") from error
    return sections
