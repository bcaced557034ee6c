"""A record of arXiv's metadata, in the form of its bulk snapshot or in those that are made from it."""

from __future__ import annotations

from datetime import date
from email.utils import parsedate

from paperreader.dumps.dump import Entry
from paperreader.dumps.fields import (
    Row,
    arxiv_id_of,
    day_of,
    doi_of,
    name_of,
    names_of,
    text_of,
    texts_of,
    title_of,
    venue_of,
)
from paperreader.paper import Details


def fits(row: Row) -> bool:
    """Whether it is such a record."""
    return "abstract" in row and "categories" in row and "id" in row


def entry(row: Row, rank: int, seen: date | None) -> Entry:
    """The paper of a record. Raises NotADump when it has no title."""
    days = row.get("days")
    listed = day_of(days[0]) if isinstance(days, list) and days else None
    updated = day_of(row.get("update_date"))
    details = Details(
        authors=_parsed(row.get("authors_parsed")) or names_of(row.get("authors")),
        arxiv_id=arxiv_id_of(row.get("id")),
        categories=texts_of(row.get("categories"), " ,;"),
        doi=doi_of(row.get("doi")),
        venue=venue_of(row.get("journal-ref")),
        published=_first_version(row.get("versions")),
        listed=listed,
        updated=updated,
    )
    return Entry(
        title_of(row.get("title")), text_of(row.get("abstract")), rank, details, listed or updated or seen
    )


def _parsed(authors: object) -> tuple[str, ...]:
    """From lists of family name, given name and what follows, such as "Jr"."""
    if not isinstance(authors, list):
        return ()
    spoken = [
        " ".join(part for part in (*name[1:2], *name[:1], *name[2:3]) if isinstance(part, str) and part)
        for name in authors
        if isinstance(name, list)
    ]
    return names_of(list(map(name_of, spoken)))


def _first_version(versions: object) -> date | None:
    """The day of "Mon, 2 Apr 2007 19:18:42 GMT", when the first version was sent."""
    first = versions[0] if isinstance(versions, list) and versions else None
    created = first.get("created") if isinstance(first, dict) else None
    if isinstance(created, str) and len(created) < 80:
        try:
            found = parsedate(created)
            return date(*found[:3]) if found else None
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None
