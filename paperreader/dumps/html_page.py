"""The Daily Papers page as a browser saves it: its data stands as JSON in an attribute."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import islice
from typing import Any, Final

from paperreader.dumps import rows
from paperreader.dumps.dump import Entry, NotADump
from paperreader.dumps.fields import day_of
from paperreader.dumps.stream import Text

_LARGEST: Final = 2**25
"""Characters of a page; real ones have a million."""
_ELEMENT: Final = "DailyPapers"
_TARGET = re.compile(rf"\bdata-target\s*=\s*[\"']?{_ELEMENT}\b", re.IGNORECASE)
_TAG = re.compile(r"<[a-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>", re.IGNORECASE)
_MOST_TRIES: Final = 20
_DAYS: Final = ("date", "dateString", "currentDate", "day")


def is_page(head: str) -> bool:
    """Whether a text is HTML or XML at all."""
    return bool(re.match(r"\s*<(?:!doctype|\?xml|!--|/?[a-z][a-z0-9]*[\s/>:])", head, re.IGNORECASE))


def read(text: Text, seen: date | None, problem: Callable[[str], None]) -> Iterator[Entry]:
    """The papers of a saved page. Raises NotADump."""
    pieces = []
    size = 0
    while piece := text.read(2**18):
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise NotADump(f"an HTML file of more than {_LARGEST >> 20} MB")
    data = _data("".join(pieces))
    day = next(filter(None, (day_of(data.get(name)) for name in _DAYS)), None)
    found = next((value for value in data.values() if _has_papers(value)), None)
    if found is None:
        raise NotADump("a Daily Papers page without papers in its data")
    values = ((f"paper {n}", row) for n, row in enumerate(found, 1))
    yield from rows.entries(values, day or seen, problem)


def _has_papers(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "paper" in value[0]


class _Found(Exception):  # noqa: N818 - the good outcome
    """The attribute has been read; nothing after it matters."""


class _Finder(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("data-target") == _ELEMENT and known.get("data-props"):
            raise _Found(known["data-props"])


def _data(page: str) -> dict[str, Any]:
    finder = _Finder()
    try:
        for tag in _tags(page):
            # the parser gets no more than this: a whole page of nonsense would take it hours
            finder.feed(tag)
            finder.close()
    except _Found as found:
        try:
            data = json.loads(found.args[0])
        except (ValueError, RecursionError):
            raise NotADump("a Daily Papers page whose data is damaged") from None
        if isinstance(data, dict):
            return data
    except AssertionError:  # how the parser says that it is at a loss
        pass
    if _ELEMENT in page:
        raise NotADump("a Daily Papers page without its data, or cut short in it")
    raise NotADump("an HTML file without the data of a Daily Papers page: save the page, or its text")


def _tags(page: str) -> Iterator[str]:
    """The tags that may be the element's."""
    for target in islice(_TARGET.finditer(page), _MOST_TRIES):
        start = target.start()
        for _ in range(_MOST_TRIES):
            start = page.rfind("<", 0, max(start, 0))
            if start < 0:
                break
            tag = _TAG.match(page, start)
            if tag and tag.end() > target.start():
                yield tag[0]
                break
