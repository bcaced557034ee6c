"""Compressed files are opened on the way, and never trusted to be as small inside as outside."""

from __future__ import annotations

import gzip
import io
import lzma
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, cast

from paperreader.dumps.dump import NotADump
from paperreader.text import one_line

CHUNK: Final = 2**18
"""How many bytes are read at a time."""
LARGEST = 2**36
"""Bytes of a dump, unpacked: ten times the largest that is known, all of arXiv."""
_FREE = 2**28
"""Bytes that any file may unpack to."""
_RATIO = 250
"""Beyond them, how many times as large as its file a dump may be: text is compressed by 3 to 20."""
_DEEPEST = 3
"""How many times a file may be compressed, one within another."""
_MEMORY = 2**28
"""Bytes that a decompressor may use."""


class Unpacked(io.RawIOBase):
    """A file read through whatever it is compressed with. Raises NotADump, also when it is read."""

    def __init__(self, file: BinaryIO) -> None:
        """The file is read from its start; a zip archive must be able to seek."""
        self.cut = False
        """Whether the file ended in the middle of compressed data."""
        self._count = 0
        self._below = below = _Counted(file)
        inner = io.BufferedReader(below, CHUNK)
        self._kind = ""
        for _ in range(_DEEPEST + 1):
            self._inner = inner
            head = bytes(self._guarded(inner.peek, 8) or b"")
            found = next((opener for opener in _OPENERS if head.startswith(opener[0])), None)
            if found is None:
                return
            self._kind = found[1]
            inner = self._guarded(found[2], inner)
        raise NotADump("compressed too often, one archive within another")

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one reading goes; 0 at the end."""
        if self.cut:
            return 0
        count: int = self._guarded(self._inner.readinto1, buffer) or 0
        self._count += count
        if self._count > LARGEST or self._count > max(_FREE, _RATIO * self._below.count):
            raise NotADump(f"unpacks to more than {self._count >> 20:,} MB, too much for its size")
        return count

    def _guarded(self, work: Callable[[Any], Any], argument: Any) -> Any:
        """Do it; nothing when the archive ends too early. Raises NotADump when it is damaged."""
        try:
            with damaged(self._kind):
                return work(argument)
        except EOFError:
            self.cut = True
            return None


@contextmanager
def damaged(kind: str) -> Iterator[None]:
    """Turn every complaint about an archive of this kind into NotADump, but that it ends too early."""
    try:
        yield
    except (NotADump, EOFError):
        raise
    except (gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile, zlib.error) as error:
        reason: Exception = error
    except (RuntimeError, ValueError, NotImplementedError) as error:  # a password, an unknown method
        reason = error
    except Exception as error:
        # that of bzip2 is an OSError, but none of the system's
        if type(error).__name__ != "ZstdError" and getattr(error, "errno", 0) is not None:
            raise
        reason = error
    else:
        return
    raise NotADump(f"a damaged {kind} file: {one_line(str(reason))[:80]}")


class Member:
    """A file in a zip archive, as it is read from its start. Raises NotADump."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        with damaged("zip"):
            info = archive.getinfo(name)
            if info.file_size > max(_FREE, _RATIO * info.compress_size):
                raise NotADump(f"unpacks to {info.file_size >> 20:,} MB, too much for its size")
            self._file = archive.open(info)

    def read(self, size: int = -1) -> bytes:
        """Some bytes; none at the end."""
        with damaged("zip"):
            try:
                return self._file.read(size)
            except EOFError:
                return b""


class _Counted(io.RawIOBase):
    """The file itself; counts how much of it has been read."""

    def __init__(self, file: BinaryIO) -> None:
        self.count = 0
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


class _Frames(io.RawIOBase):
    """What a decompressor gives for a file; one frame may follow another."""

    def __init__(self, file: io.BufferedReader, decompressor: Callable[[], Any]) -> None:
        self._file = file
        self._make = decompressor
        self._now = decompressor()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._now.eof:
                rest = (self._now.unused_data or self._file.read1(CHUNK)).lstrip(b"\0")
                if not rest:
                    return 0
                self._now = self._make()
            else:
                rest = self._file.read1(CHUNK) if self._now.needs_input else b""
                if not rest and self._now.needs_input:
                    raise EOFError
            data = self._now.decompress(rest, len(buffer))
            if data:
                buffer[: len(data)] = data
                return len(data)


class _Gzip(io.RawIOBase):
    """What gzip gives for a file, as it comes: filling a buffer, it would lose what is before a cut."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = gzip.GzipFile(fileobj=file, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _gzip(file: io.BufferedReader) -> io.BufferedReader:
    return io.BufferedReader(_Gzip(file), CHUNK)


def _xz(file: io.BufferedReader) -> io.BufferedReader:
    return io.BufferedReader(_Frames(file, lambda: lzma.LZMADecompressor(memlimit=_MEMORY)), CHUNK)


def _bzip2(file: io.BufferedReader) -> io.BufferedReader:
    import bz2

    return io.BufferedReader(_Frames(file, bz2.BZ2Decompressor), CHUNK)


def _zstd(file: io.BufferedReader) -> io.BufferedReader:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return io.BufferedReader(_Frames(file, zstd.ZstdDecompressor), CHUNK)


def _zip(file: io.BufferedReader) -> io.BufferedReader:
    if not file.seekable():
        raise NotADump("a zip archive that cannot be read from here: give its path")
    archive = zipfile.ZipFile(file)
    names = members(archive)
    if len(names) != 1:
        raise NotADump(f"a zip archive with {len(names)} files: each of them is a dump of its own")
    return io.BufferedReader(cast(io.RawIOBase, archive.open(names[0])), CHUNK)


def members(archive: zipfile.ZipFile) -> list[str]:
    """The names of the files in a zip archive, without hidden ones, in its order.

    Raises NotADump for what is a document of some program rather than an archive.
    """
    names = [i.filename for i in archive.infolist() if not i.is_dir()]
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise NotADump("a document of an office program: save it as text")
    hidden = (any(part.startswith((".", "__MACOSX")) for part in name.split("/")) for name in names)
    return [name for name, skip in zip(names, hidden, strict=True) if not skip]


_OPENERS: Final = (
    (b"\x1f\x8b", "gzip", _gzip),
    (b"\xfd7zXZ\0", "xz", _xz),
    (b"\x28\xb5\x2f\xfd", "zstd", _zstd),
    (b"BZh", "bzip2", _bzip2),
    (b"PK\x03\x04", "zip", _zip),
)


def is_archive(start: bytes) -> bool:
    """Whether a file that begins so is opened on the way."""
    return start.startswith(tuple(signature for signature, _, _ in _OPENERS))
