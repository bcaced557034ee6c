"""BibTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from paperreader.dumps.dump import Entry, NotADump
from paperreader.dumps.fields import (
    arxiv_id_in,
    arxiv_id_of,
    day_of,
    doi_of,
    given_first,
    links_of,
    names_of,
    text_of,
    texts_of,
    title_of,
    venue_of,
)
from paperreader.dumps.stream import Text
from paperreader.paper import Details

if TYPE_CHECKING:
    from bibtexparser import Library

_BEGINNING = re.compile(r"(?:[ \t]*(?:%[^\n]*)?\n)*[ \t]*@[A-Za-z]+[ \t]*[{(]")
_BLOCK = re.compile(r"[ \t]*@([A-Za-z]+)[ \t]*[{(]")
_NO_ENTRY: Final = ("comment", "preamble")
_MOST_STRINGS: Final = 2**22
"""Characters of abbreviations in one file; those beyond are not known."""
_LONGEST: Final = 2**17
"""Characters of an entry. One with a thousand authors has half as many, and the parser takes a time
that grows with the square of them."""
_BRACES = re.compile(r"(\\[A-Za-z]+\s*\{[^{}]*\}|[\^_]\{[^{}]*\}|\\.)|[{}]")


def is_bibtex(head: str) -> bool:
    """Whether a text begins with an entry, or with comments and an entry."""
    return bool(_BEGINNING.match(head))


def read(text: Text, seen: date | None, problem: Callable[[str], None]) -> Iterator[Entry]:
    """The entries that have a title. Raises NotADump."""
    strings: dict[str, str] = {}
    room = _MOST_STRINGS
    rank = 0
    for line, kind, block in _blocks(text):
        if kind == "string":
            room -= len(block)
            if room >= 0:
                strings |= _strings(block)
        elif kind not in _NO_ENTRY:
            try:
                yield _entry(_fields(strings, block), rank + 1, seen)
                rank += 1
            except NotADump as error:
                problem(f"line {line}: {error}")


def _blocks(text: Text) -> Iterator[tuple[int, str, str]]:
    """Each block: the number of its first line, its type and its text with what comes after it.

    Of one that is too long the end is missing.
    """
    line, kind, block, size = 0, "comment", [""], 0
    for each in text.lines():
        if found := _BLOCK.match(each):
            yield line, kind, "".join(block)
            line, kind, block, size = text.line, found[1].lower(), [], 0
        if size + len(each) <= _LONGEST:
            block.append(each)
        size += len(each)
    yield line, kind, "".join(block)


def _strings(block: str) -> dict[str, str]:
    """What an abbreviation stands for, as it is written there, by its name in lower case."""
    return {string.key.lower(): string.value for string in _parsed(block).strings}


def _fields(strings: Mapping[str, str], block: str) -> dict[str, Any]:
    """The fields of an entry, by their names in lower case. Raises NotADump."""
    from bibtexparser.middlewares import RemoveEnclosingMiddleware, SeparateCoAuthors

    library = _parsed(block)
    for field in library.entries[0].fields if library.entries else ():
        if isinstance(field.value, str):
            field.value = strings.get(field.value.lower(), field.value)
    with suppress(Exception):  # as below
        entries = SeparateCoAuthors().transform(RemoveEnclosingMiddleware().transform(library)).entries
        if entries:
            return {field.key.lower(): field.value for field in entries[0].fields}
    raise NotADump("not a whole entry")


def _parsed(block: str) -> Library:
    """What is in a block; nothing where it is broken."""
    import logging

    from bibtexparser import Library, parse_string

    # what it has to say about an entry, the reader says with the name of the file
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        return parse_string(block, parse_stack=())
    except Exception:
        # it promises no set of exceptions; whatever it was, the other entries are not to blame
        return Library()


def _entry(fields: dict[str, Any], rank: int, seen: date | None) -> Entry:
    def text(name: str) -> str:
        return text_of(_BRACES.sub(lambda found: found[1] or "", text_of(fields.get(name))))

    authors = fields.get("author")
    names = [name for name in authors if isinstance(name, str)] if isinstance(authors, list) else []
    archive = text("archiveprefix") or text("eprinttype")
    eprint = text("eprint") if archive.lower() in ("", "arxiv") else ""
    urls = [text("url"), text("pdf"), text("code")]
    details = Details(
        authors=names_of([name if name.startswith("{") else given_first(name) for name in names]),
        arxiv_id=arxiv_id_of(eprint)
        or arxiv_id_in(*urls, *map(text, ("doi", "journal", "note", "howpublished"))),
        categories=texts_of(text("primaryclass")),
        links=links_of(urls),
        doi=doi_of(text("doi"), *urls),
        venue=venue_of(*map(text, ("journal", "journaltitle", "booktitle", "series"))),
        published=day_of(text("date")) or day_of("-".join(map(text, ("year", "month", "day")))),
        keywords=texts_of(text("keywords")),
    )
    return Entry(title_of(text("title")), text("abstract"), rank, details, seen)
