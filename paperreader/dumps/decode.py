"""From bytes to text, or one reason why not."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from paperreader.dumps.dump import NotADump

_ARCHIVE = "{} archive: unpack it first"
_SIGNATURES = (
    (b"PK\x03\x04", _ARCHIVE.format("a zip")),
    (b"\x1f\x8b", _ARCHIVE.format("a gzip")),
    (b"BZh", _ARCHIVE.format("a bzip2")),
    (b"\xfd7zXZ\0", _ARCHIVE.format("an xz")),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE.format("a zstd")),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE.format("a 7z")),
    (b"%PDF-", "a PDF file: only the text of the page is read"),
    (b"\x89PNG", "an image: only the text of the page is read"),
    (b"\xff\xd8\xff", "an image: only the text of the page is read"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_HTML = re.compile(r"\s*<(?:!doctype|\?xml|!--|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\]\[{\"0-9-])")


def decode(data: bytes) -> str:
    """The text, with "\\n" at the line ends; it may be UTF-8 or UTF-16. Raises NotADump.

    Lone surrogates are let through, as Windows programs write them; `text.clean` replaces them.
    """
    if not data:
        raise NotADump("empty")
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            raise NotADump(reason)
    marked = (known for known in _BYTE_ORDER_MARKS if data.startswith(known[0]))
    mark, encoding, label = next(marked, None) or _unmarked(data[:64])
    try:
        text = data[len(mark) :].decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        raise NotADump(f"not {label} text (byte 0x{data[offset]:02x} at offset {offset})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(start: bytes) -> tuple[bytes, str, str]:
    """The encoding of a text that begins with ASCII, as pages do, but without a byte order mark."""
    even, odd = start[::2], start[1::2]
    if even and odd:
        if not any(odd) and all(even):
            return b"", "utf-16-le", "UTF-16"
        if not any(even) and all(odd):
            return b"", "utf-16-be", "UTF-16"
    return b"", "utf-8", "UTF-8"


def refuse_foreign(text: str) -> None:
    """Raise NotADump for text that is nothing but white space, or of a form that is not read."""
    if not text.strip():
        raise NotADump("empty")
    if _HTML.match(text):
        raise NotADump("an HTML file: this form is not read, only the text of the page")
    if _JSON.match(text) and text.rstrip()[-1] in "]}":
        raise NotADump("a JSON file: this form is not read, only the text of the page")


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
