"""An item of CSL-JSON, as reference managers export it."""

from __future__ import annotations

from datetime import date

from paperreader.dumps.dump import Entry
from paperreader.dumps.fields import (
    Row,
    arxiv_id_in,
    day_of,
    doi_of,
    links_of,
    names_of,
    text_of,
    texts_of,
    title_of,
    venue_of,
)
from paperreader.paper import Details


def fits(row: Row) -> bool:
    """Whether it is such an item."""
    return "title" in row and "type" in row and ("issued" in row or "author" in row or "id" in row)


def entry(row: Row, rank: int, seen: date | None) -> Entry:
    """The paper of an item. Raises NotADump when it has no title."""
    details = Details(
        authors=names_of(row.get("author")),
        arxiv_id=arxiv_id_in(*(row.get(key) for key in ("number", "DOI", "URL", "note", "archive_location"))),
        categories=texts_of(row.get("categories")),
        links=links_of(row.get("URL")),
        doi=doi_of(row.get("DOI"), row.get("URL")),
        venue=venue_of(row.get("container-title"), row.get("event-title"), row.get("event")),
        published=_issued(row.get("issued")),
        keywords=texts_of(row.get("keyword")),
    )
    return Entry(title_of(row.get("title")), text_of(row.get("abstract")), rank, details, seen)


def _issued(issued: object) -> date | None:
    """A day, when all of it is known: {"date-parts": [[2024, 5, 1]]}."""
    if not isinstance(issued, dict):
        return day_of(issued)
    try:
        year, month, day = map(int, issued["date-parts"][0])
        return date(year, month, day)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        return day_of(issued.get("raw") or issued.get("literal"))
