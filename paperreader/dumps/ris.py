"""RIS, the form that most libraries and publishers export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from paperreader.dumps.dump import Entry, NotADump
from paperreader.dumps.fields import (
    arxiv_id_in,
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
from paperreader.dumps.stream import LONGEST, Text
from paperreader.paper import Details

_START = re.compile(r"\s*TY  ?-")
_END = re.compile(r"ER  ?-")


def is_ris(head: str) -> bool:
    """Whether a text begins with a reference."""
    return bool(_START.match(head))


def read(text: Text, seen: date | None, problem: Callable[[str], None]) -> Iterator[Entry]:
    """The references that have a title. Raises NotADump."""
    from rispy import RisParser

    parser = RisParser(skip_unknown_tags=True)
    rank = 0
    for line, reference, whole in _references(text):
        try:
            found = parser.parse_lines(iter(reference))
            if not whole or not found:
                raise NotADump("cut short")
            yield _entry(found[0], rank + 1, seen)
            rank += 1
        except NotADump as error:
            problem(f"line {line}: {error}")
        except (KeyError, TypeError, AttributeError, ValueError, IndexError):
            problem(f"line {line}: not a reference")


def _references(text: Text) -> Iterator[tuple[int, list[str], bool]]:
    """The lines of each reference, the number of the first, and whether its end is there."""
    lines: list[str] = []
    start = size = 0
    for line in text.lines():
        if _START.match(line):
            if lines:
                yield start, lines, False
            lines, start, size = [line.lstrip()], text.line, 0
        elif lines and _END.match(line):
            yield start, [*lines, "ER  - "], True
            lines = []
        elif lines:
            size += len(line)
            if size > LONGEST:
                raise NotADump(f"line {start}: a reference of more than {LONGEST:,} characters")
            lines.append(line.rstrip("\n"))
    if lines:
        yield start, lines, False


def _entry(reference: dict[str, Any], rank: int, seen: date | None) -> Entry:
    def first(*names: str) -> str:
        return next(filter(None, (_joined(reference.get(name)) for name in names)), "")

    authors = reference.get("authors") or reference.get("first_authors") or []
    urls = [*_list(reference.get("urls")), first("file_attachments1"), first("file_attachments2")]
    details = Details(
        authors=names_of([given_first(name) for name in authors if isinstance(name, str)]),
        arxiv_id=arxiv_id_in(
            *urls, *map(first, ("doi", "number", "note", "accession_number", "type_of_work"))
        ),
        links=links_of(urls),
        doi=doi_of(first("doi"), *urls),
        venue=venue_of(
            first(
                "journal_name", "alternate_title3", "secondary_title", "alternate_title1", "alternate_title2"
            )
        ),
        published=day_of(first("date")) or day_of(first("publication_year")),
        keywords=texts_of(reference.get("keywords")),
    )
    title = title_of(first("title", "primary_title"))
    return Entry(title, text_of(first("abstract", "notes_abstract")), rank, details, seen)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _joined(value: object) -> str:
    return " ".join(filter(None, map(text_of, _list(value))))
