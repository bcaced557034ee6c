"""The forms in which dumps come, told by what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO, Final

from paperreader.dumps import atom, bibtex, html_page, ris, rows, table
from paperreader.dumps.day import date_in_name, seen_on
from paperreader.dumps.decode import decode, refuse_binary, refuse_foreign, text_id
from paperreader.dumps.dump import Dump, Entry, NotADump, Reading
from paperreader.dumps.names import dated_name, plain_name, safe_name
from paperreader.dumps.page import read_page
from paperreader.dumps.stream import HEAD, Text, head_of
from paperreader.dumps.unpack import is_archive

Reader = Callable[[Text, date | None, Callable[[str], None]], Iterator[Entry]]
"""Gives the entries of a text; the day is one at which it was seen, as far as its name tells. The
last argument is told one line about each thing that is left out."""

_LARGEST_PAGE: Final = 2**26
"""Bytes of a page, which is read as a whole; real ones have some ten thousand."""
_LARGEST: Final = 2**35
"""Bytes of any other file; no dump comes near, and a device has no end."""
_MOST_PROBLEMS: Final = 5
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\]\[{\"])")


def open_dump(file: BinaryIO, name: str, modified: date, year: int | None = None) -> Reading:
    """Read the dump in a file, from its start, one entry at a time.

    `name` is the file's name (a path is cut down to it), `modified` the day on which it was last
    written (see `day.modification_day`), `year` the year that a person gave. Reading raises
    NotADump, with the one reason why it is none, and OSError.
    """
    return Reading(_read(file, name, modified, year))


def largest(start: bytes) -> int:
    """How many bytes a dump may have whose file begins so. Raises NotADump for what can be none."""
    if is_archive(start):
        return _LARGEST
    refuse_binary(start)
    return _LARGEST if _reader(head_of(start[:HEAD])) else _LARGEST_PAGE


def _read(file: BinaryIO, name: str, modified: date, year: int | None) -> Iterator[Entry | Dump]:
    text = Text(file)
    reader = _reader(text.head)
    if reader is None:
        page = _page(text, name, modified, year)
        yield from page.entries
        yield page._replace(entries=())
        return
    day = date_in_name(plain_name(name))
    problems = _Problems()
    count = 0
    for entry in reader(text, day, problems):
        count += 1
        yield entry
    if text.cut:
        problems("the compressed data is cut short")
    if not count:
        raise NotADump(problems.first or "no papers in it")
    yield Dump(text.id(), safe_name(name), day or date.min, False, (), problems.lines)


def _reader(head: str) -> Reader | None:
    """Who reads a text that begins so; None for the text of a page, which may begin in any way."""
    if _JSON.match(head):
        return rows.read
    if html_page.is_page(head):
        return atom.read if atom.is_feed(head) else html_page.read
    if ris.is_ris(head):
        return ris.read
    if bibtex.is_bibtex(head):
        return bibtex.read
    return table.read if table.delimiter_of(head) else None


def _page(text: Text, name: str, modified: date, year: int | None) -> Dump:
    data = text.bytes(_LARGEST_PAGE)
    if text.cut and not data:
        raise NotADump("the compressed data is cut short: nothing of it can be unpacked")
    content = decode(data)
    refuse_foreign(content)
    name_date = date_in_name(plain_name(name))
    try:
        page = read_page(content, dated=name_date is not None)
    except NotADump:
        if "\0" in content:
            raise NotADump("binary data, not text") from None
        table.refuse_incomplete(text.head, plain_name(name))
        raise
    day, inferred = seen_on(page.day, name_date, modified, year)
    name = safe_name(name)
    if seen_on(page.day, date_in_name(name), modified, None) != (day, inferred):
        name = dated_name(name, day)
    problems = (*page.problems, "the compressed data is cut short") if text.cut else page.problems
    return Dump(text_id(content), name, day, inferred, page.entries, problems)


class _Problems:
    """The first problems of a dump, and how many more there were."""

    def __init__(self) -> None:
        self._known: list[str] = []
        self._more = 0

    def __call__(self, line: str) -> None:
        if len(self._known) < _MOST_PROBLEMS:
            self._known.append(line)
        else:
            self._more += 1

    @property
    def first(self) -> str:
        return next(iter(self._known), "")

    @property
    def lines(self) -> tuple[str, ...]:
        more = (f"{self._more:,} more like these",) if self._more else ()
        return (*self._known, *more)
