"""From bytes to text, or one reason why not."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from paperreader.dumps.dump import NotADump
from paperreader.dumps.stream import encoding_of

_JSON = re.compile(r"\s*[\[{]\s*[\]\[{\"0-9-]")
_SIGNATURES = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!", "a rar archive: unpack it first"),
    (b"%PDF-", "a PDF file: only lists of papers are read"),
    (b"\x89PNG", "an image: only lists of papers are read"),
    (b"\xff\xd8\xff", "an image: only lists of papers are read"),
)


def decode(data: bytes) -> str:
    """The text, with "\\n" at the line ends; it may be UTF-8 or UTF-16. Raises NotADump.

    Lone surrogates are let through, as Windows programs write them; `text.clean` replaces them.
    """
    if not data:
        raise NotADump("empty")
    return _decoded(data, whole=True).replace("\r\n", "\n").replace("\r", "\n")


def refuse_binary(start: bytes) -> None:
    """Raise NotADump when a file that begins so is no text."""
    _decoded(start, whole=False)


def _decoded(data: bytes, whole: bool) -> str:
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            raise NotADump(reason)
    mark, encoding, label = encoding_of(data)
    try:
        return codecs.getincrementaldecoder(encoding)("surrogatepass").decode(data[len(mark) :], whole)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        raise NotADump(f"not {label} text (byte 0x{data[offset]:02x} at offset {offset})") from None


def refuse_foreign(text: str) -> None:
    """Raise NotADump for text that is nothing but white space, or JSON that is no list of papers."""
    if not text.strip():
        raise NotADump("empty")
    if _JSON.match(text) and text.rstrip()[-1] in "]}":
        raise NotADump("a JSON file without papers")


def lines_of(text: str) -> Iterator[str]:
    """The lines of a decoded text, one at a time: a list of them can be many times as large."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def text_id(text: str) -> str:
    """The id of a decoded dump: line ends and trailing white space make no difference to it."""
    digest = hashlib.sha256()
    newlines = 0
    for line in lines_of(text):
        if kept := line.rstrip():
            digest.update(("\n" * newlines + kept).encode("utf-8", "surrogatepass"))
            newlines = 0
        newlines += 1
    return digest.hexdigest()[:16]
