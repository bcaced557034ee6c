"""The text of a dump, a line or a piece at a time, however long it is."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, BinaryIO, Final

from paperreader.dumps.dump import NotADump
from paperreader.dumps.unpack import CHUNK, Unpacked

HEAD: Final = 2**16
"""How many characters tell what a text is."""
LONGEST: Final = 2**24
"""How many characters one line or one entry may have; abstracts have some thousand."""
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


class Text:
    """The text of a file, read from its start to its end, with "\\n" at the line ends.

    It may be UTF-8 or UTF-16. Lone surrogates are let through, as Windows programs write them;
    `text.clean` replaces them. All reading raises NotADump, and OSError.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.line = 0
        """The number of the line that was read last."""
        self.ended_line = True
        """Whether that line had an end."""
        self._unpacked = Unpacked(file)
        self._hashed = _Hashed(self._unpacked)
        self._bytes = io.BufferedReader(self._hashed, CHUNK)
        start = self._bytes.peek(HEAD)[:HEAD]
        self._mark, self._encoding, self._label = encoding_of(start)
        self.head = head_of(start)
        """Its first characters."""

    @cached_property
    def _text(self) -> io.TextIOWrapper:
        self._bytes.read(len(self._mark))
        return io.TextIOWrapper(self._bytes, self._encoding, errors="surrogatepass")

    @property
    def cut(self) -> bool:
        """Whether what has been read ended in the middle of compressed data."""
        return self._unpacked.cut

    def bytes(self, most: int) -> bytes:
        """All bytes, unpacked, instead of the text. Raises NotADump when there are more than `most`."""
        data = self._bytes.read(most + 1)
        if len(data) > most:
            raise NotADump(f"larger than {most >> 20} MB")
        return data

    def id(self) -> str:
        """16 hex digits of the hash of the bytes, unpacked; reads to the end."""
        while self._hashed.read(CHUNK):
            pass
        return self._hashed.digest.hexdigest()[:16]

    def read(self, size: int) -> str:
        """Some characters, not more than so many; none at the end. Lines are not counted."""
        return self._guarded(self._text.read, size)

    def lines(self) -> Iterator[str]:
        """Each line with its end, and `line` its number."""
        while line := self._guarded(self._text.readline, LONGEST):
            self.line += 1
            self.ended_line = line.endswith("\n")
            if len(line) == LONGEST:
                raise NotADump(f"line {self.line} is longer than {LONGEST:,} characters")
            yield line

    def _guarded(self, work: Callable[[int], str], size: int) -> str:
        try:
            return work(size)
        except UnicodeDecodeError as error:
            where = f" after line {self.line}" if self.line else ""
            byte = error.object[error.start]
            raise NotADump(f"not {self._label} text (byte 0x{byte:02x}{where})") from None


class _Hashed(io.RawIOBase):
    """Passes bytes on, and computes their hash."""

    def __init__(self, file: Unpacked) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = 0
        while count < len(buffer) and (more := self._file.readinto(buffer[count:])):
            count += more
        self.digest.update(buffer[:count])
        return count


def head_of(start: bytes) -> str:
    """The first characters of a file, from its first bytes."""
    mark, encoding, _ = encoding_of(start)
    return start[len(mark) :].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(start: bytes) -> tuple[bytes, str, str]:
    """The byte order mark, the encoding and what to call it, from the first bytes of a file."""
    marked = (known for known in _BYTE_ORDER_MARKS if start.startswith(known[0]))
    return next(marked, None) or _unmarked(start[:64])


def _unmarked(start: bytes) -> tuple[bytes, str, str]:
    """The encoding of a text that begins with ASCII, as dumps do, but without a byte order mark."""
    even, odd = start[::2], start[1::2]
    if even and odd:
        if not any(odd) and all(even):
            return b"", "utf-16-le", "UTF-16"
        if not any(even) and all(odd):
            return b"", "utf-16-be", "UTF-16"
    return b"", "utf-8", "UTF-8"
