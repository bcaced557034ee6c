"""What one field of a record says, made harmless; what makes no sense there says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from paperreader.dumps.dump import NotADump
from paperreader.latex import unlatex
from paperreader.paper import MOST_LINKS
from paperreader.text import one_line

_LONGEST_TITLE: Final = 2000
_LONGEST_NAME: Final = 20_000
"""Characters; some records have all authors in one name."""
_LONGEST_URL: Final = 2000
_MOST_NAMES: Final = 10_000
_LARGEST: Final = 2**53

_ID = r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Za-z-]+)?/[0-9]{7})(?:v[0-9]+)?"
_ARXIV_ID = re.compile(_ID, re.IGNORECASE)
_ARXIV = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|\barxiv[:.]\s?|10\.48550/arxiv\.){_ID}(?![0-9])", re.IGNORECASE
)
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)?(10\.[0-9]{4,9}/[^\s\"<>{}\\^`]{1,300})", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s\"<>{}\\^`|\x00-\x20\x7f-\xa0]+", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?![0-9])")
_AND = re.compile(r"\s+and\s+")
_COMMA = re.compile(r",\s+and\s+|\s+and\s+|,\s*")


def text_of(value: object) -> str:
    """A text on one line; "" for what is none."""
    return one_line(value) if isinstance(value, str) else ""


def title_of(value: object) -> str:
    """A title. Raises NotADump when there is none."""
    title = text_of(value)
    if not title:
        raise NotADump("no title")
    if len(title) > _LONGEST_TITLE:
        raise NotADump(f"a title of {len(title):,} characters")
    return title


def count_of(value: object) -> int:
    """How many; 0 for what is no number of things. Tables have numbers as texts."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 18:
        value = int(value)
    return min(value, _LARGEST) if type(value) is int and value > 0 else 0


def day_of(value: object) -> date | None:
    """The day with which a text such as "2026-08-03T00:00:00.000Z" begins."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        pass
    found = _DAY.match(value.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def texts_of(value: object, separators: str = ",;") -> tuple[str, ...]:
    """A list of short texts, or one text that separates them."""
    if isinstance(value, str):
        value = re.split(f"[{separators}]", value)
    if not isinstance(value, list | tuple):
        return ()
    return _kept([one_line(each) for each in value[:_MOST_NAMES] if isinstance(each, str)])


def name_of(value: object) -> str:
    """One author: a text, or an object with a name or the parts of one."""
    if isinstance(value, dict):
        given, family = (value.get(key) for key in ("given", "family"))
        value = value.get("name") or value.get("literal") or value.get("fullname")
        if not value and isinstance(family, str):
            value = f"{given} {family}" if isinstance(given, str) else family
    name = one_line(value) if isinstance(value, str) else ""
    if "\\" in name or "{" in name:
        name = one_line(unlatex(name).replace("{", "").replace("}", ""))
    return name


def given_first(name: str) -> str:
    """The name "Family, Given" or "Family, Jr, Given" in the order in which it is spoken."""
    family, *rest = (part.strip() for part in name.split(","))
    return " ".join(filter(None, [*rest[::-1][:1], family, *rest[:-1]]))


def names_of(value: object) -> tuple[str, ...]:
    """The authors in a list, or in one text that separates them by semicolons, "and" or commas."""
    if isinstance(value, str):
        value = one_line(value)  # what separates names is looked for in time that grows with the white space
        if ";" in value:
            value = list(map(given_first, value.split(";")))
        else:
            parts = _AND.split(value)
            inverted = all(part.count(",") in (1, 2) for part in parts)
            value = list(map(given_first, parts)) if inverted else _COMMA.split(value)
    if not isinstance(value, list | tuple):
        return ()
    return _kept([name_of(each) for each in value[:_MOST_NAMES]])


def _kept(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that say something, each once."""
    return tuple(dict.fromkeys([text for text in texts if 0 < len(text) <= _LONGEST_NAME]))


def arxiv_id_of(value: object) -> str:
    """The identifier, without its version, where a field consists of one or an address of its page."""
    if not isinstance(value, str):
        return ""
    found = _ARXIV_ID.fullmatch(value.strip()) or _ARXIV.search(value[:_LONGEST_URL])
    return _plain(found[1]) if found else ""


def arxiv_id_in(*values: object) -> str:
    """The first identifier that stands after the word arXiv in one of these texts."""
    for value in values:
        if isinstance(value, str) and (found := _ARXIV.search(value[:_LONGEST_URL])):
            return _plain(found[1])
    return ""


def _plain(arxiv_id: str) -> str:
    if "/" not in arxiv_id:
        return arxiv_id
    archive, slash, number = arxiv_id.lower().rpartition("/")
    return archive.partition(".")[0] + slash + number


def doi_of(*values: object) -> str:
    """The first DOI, in lower case; not those that arXiv gives to everything."""
    for value in values:
        if isinstance(value, str) and (found := _DOI.search(value[:_LONGEST_URL])):
            doi = one_line(found[1]).lower().rstrip(".,;")
            if not doi.startswith("10.48550/arxiv."):
                return doi
    return ""


def links_of(*values: object) -> tuple[str, ...]:
    """The addresses in these fields, sorted, without the pages at arXiv and the DOIs that are known."""
    found = set()
    for value in values:
        for each in value if isinstance(value, list | tuple) else (value,):
            link = each.strip() if isinstance(each, str) else ""
            if len(link) <= _LONGEST_URL and _URL.fullmatch(link) and not _is_known(link):
                found.add(one_line(link))
    return tuple(sorted(found)[:MOST_LINKS])


def _is_known(link: str) -> bool:
    return "arxiv.org/abs/" in link or "//doi.org/" in link or "//dx.doi.org/" in link


def venue_of(*values: object) -> str:
    """The first name of a journal, a conference or a book; arXiv is none of them."""
    venues = (text_of(value) for value in values)
    return next((v for v in venues if v and not v.lower().startswith(("arxiv", "corr"))), "")[:_LONGEST_NAME]


Row = Mapping[str, Any]
"""A record as a JSON object or a row of a table has it."""
