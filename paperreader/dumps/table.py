"""Rows with a title and an abstract: CSV, TSV, and JSON objects with such names."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from paperreader.dumps.dump import Entry, NotADump
from paperreader.dumps.fields import (
    Row,
    arxiv_id_in,
    arxiv_id_of,
    count_of,
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

_DELIMITERS: Final = ",\t;|"
_NAMES: Final = {
    "paper title": "title",
    "paper_title": "title",
    "summary": "abstract",
    "abstract note": "abstract",
    "author": "authors",
    "author names": "authors",
    "arxiv": "arxiv_id",
    "arxiv id": "arxiv_id",
    "category": "categories",
    "primary_category": "categories",
    "journal": "venue",
    "conference": "venue",
    "booktitle": "venue",
    "publication title": "venue",
    "date": "published",
    "publication date": "published",
    "published_date": "published",
    "publishedat": "published",
    "links": "url",
    "link": "url",
    "pdf": "url",
    "numcomments": "comments",
    "keyword": "keywords",
    "tags": "keywords",
}
"""What columns are also called, in lower case."""


def fits(row: Row) -> bool:
    """Whether it has a title and an abstract."""
    return {"title", "abstract"} <= {_name(column) for column in row}


def entry(row: Row, rank: int, seen: date | None) -> Entry:
    """The paper of a row. Raises NotADump when it has no title."""
    row = {_name(column): value for column, value in row.items() if value}
    given = row.get("arxiv_id") or row.get("id")
    details = Details(
        authors=names_of(row.get("authors")),
        arxiv_id=arxiv_id_of(given) or arxiv_id_in(row.get("url"), row.get("doi")),
        categories=texts_of(row.get("categories"), " ,;"),
        links=links_of(row.get("url"), row.get("github")),
        doi=doi_of(row.get("doi"), row.get("url")),
        venue=venue_of(row.get("venue")),
        published=day_of(row.get("published")),
        keywords=texts_of(row.get("keywords")),
    )
    return Entry(
        title_of(row.get("title")),
        text_of(row.get("abstract")),
        rank,
        details,
        seen,
        count_of(row.get("upvotes")),
        count_of(row.get("comments")),
    )


def _name(column: object) -> str:
    name = column.strip().lower() if isinstance(column, str) else ""
    return _NAMES.get(name, name)


def delimiter_of(head: str) -> str:
    """What stands between the columns, when the first line names a title and an abstract; "" else."""
    return next((delimiter for delimiter, columns in _columns(head) if fits(columns)), "")


def refuse_incomplete(head: str, name: str) -> None:
    """Raise NotADump for a table without the columns that are needed; its file may say that it is one."""
    found = [{_name(column) for column in columns} for _, columns in _columns(head)]
    if any("title" in columns for columns in found):
        raise NotADump("line 1: a table with titles, but no column is called abstract or summary")
    if re.search(r"\.(?:csv|tsv|tab)(?:\.|$)", name, re.IGNORECASE):
        raise NotADump("line 1: a table, but no column is called title, and none abstract or summary")


def _columns(head: str) -> Iterator[tuple[str, dict[str, None]]]:
    """The columns that the first line may name, with what is between them."""
    first = head.lstrip("\n").partition("\n")[0]
    for delimiter in _DELIMITERS:
        if delimiter in first:
            with suppress(csv.Error):
                yield delimiter, dict.fromkeys(next(csv.reader([first], delimiter=delimiter), []))


def read(text: Text, seen: date | None, problem: Callable[[str], None]) -> Iterator[Entry]:
    """The rows of a table. Raises NotADump."""
    csv.field_size_limit(LONGEST)
    lines = (line.replace("\0", "") for line in text.lines())
    rows = csv.reader(lines, delimiter=delimiter_of(text.head))
    columns: list[str] = []
    rank = 0
    try:
        for cells in rows:
            if not columns or not cells:
                columns = columns or cells
                continue
            if len(cells) < len(columns) and not text.ended_line:
                problem(f"line {text.line}: cut short")
                continue
            try:
                yield entry(dict(zip(columns, cells, strict=False)), rank + 1, seen)
                rank += 1
            except NotADump as error:
                problem(f"line {text.line}: {error}")
    except csv.Error as error:
        raise NotADump(f"line {text.line}: {error}") from None
