"""The answers of arXiv's API, and other Atom feeds of papers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from paperreader.dumps.dump import Entry, NotADump
from paperreader.dumps.fields import (
    arxiv_id_of,
    day_of,
    doi_of,
    links_of,
    names_of,
    text_of,
    texts_of,
    title_of,
    venue_of,
)
from paperreader.dumps.stream import LONGEST, Text
from paperreader.paper import Details
from paperreader.text import one_line

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ARXIV: Final = "{http://arxiv.org/schemas/atom}"


def is_feed(head: str) -> bool:
    """Whether a text begins as a feed."""
    return "<feed" in head and _ATOM[1:-1] in head


def read(text: Text, seen: date | None, problem: Callable[[str], None]) -> Iterator[Entry]:
    """The entries of a feed. The day is that of the feed. Raises NotADump."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    pieces = _Pieces(text)
    rank = 0
    try:
        events = iterparse(pieces, ("start", "end"))
        _, feed = next(events)
        for event, element in events:
            if event == "start":
                continue
            if element.tag == f"{_ATOM}updated" and rank == 0 and element in list(feed):
                seen = day_of(element.text) or seen
            elif element.tag == f"{_ATOM}entry":
                pieces.since = 0
                try:
                    yield _entry(element, rank + 1, seen)
                    rank += 1
                except NotADump as error:
                    problem(f"entry {rank + 1}: {error}")
                feed.clear()
    except DefusedXmlException:
        raise NotADump("XML that declares entities: not read, they can be bombs") from None
    except ParseError as error:
        line, column = error.position
        if pieces.ended and error.code in _CUT:
            problem(f"line {line}: cut short, the feed does not end")
        else:
            raise NotADump(f"line {line}: not XML (column {column + 1})") from None
    except (ValueError, LookupError, StopIteration) as error:
        if isinstance(error, NotADump):
            raise
        raise NotADump(f"not XML: {one_line(str(error))[:80]}") from None


_CUT: Final = (3, 4, 5, 6, 20, 27)
"""What expat calls a text that ends too early: no element, unclosed token, partial character…"""


class _Pieces(io.RawIOBase):
    """The text as the parser wants it: bytes, and a file."""

    def __init__(self, text: Text) -> None:
        self.since = 0
        """Characters since the last entry."""
        self.ended = False
        self._text = text

    def read(self, size: int = -1) -> Any:
        """Some bytes."""
        piece = self._text.read(size if size > 0 else LONGEST)
        self.ended = not piece
        self.since += len(piece)
        if self.since > LONGEST:
            raise NotADump(f"an entry of more than {LONGEST:,} characters")
        return piece


def _entry(element: Any, rank: int, seen: date | None) -> Entry:
    def text(name: str) -> str:
        return text_of(element.findtext(name))

    links = [link for link in element.findall(f"{_ATOM}link") if link.get("rel") != "self"]
    categories = [each.get("term") for each in element.findall(f"{_ATOM}category")]
    primary = element.find(f"{_ARXIV}primary_category")
    if primary is not None:
        categories.insert(0, primary.get("term"))
    details = Details(
        authors=names_of([each.findtext(f"{_ATOM}name") for each in element.findall(f"{_ATOM}author")]),
        arxiv_id=arxiv_id_of(text(f"{_ATOM}id")),
        categories=texts_of(categories),
        links=links_of([link.get("href") for link in links]),
        doi=doi_of(text(f"{_ARXIV}doi")),
        venue=venue_of(text(f"{_ARXIV}journal_ref")),
        published=day_of(text(f"{_ATOM}published")),
        updated=day_of(text(f"{_ATOM}updated")),
    )
    abstract = text(f"{_ATOM}summary") or text(f"{_ATOM}content")
    return Entry(title_of(text(f"{_ATOM}title")), abstract, rank, details, seen)
