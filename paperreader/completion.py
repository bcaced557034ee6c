"""What somebody who types a query may want to type next: fields, and the values that they have here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from paperreader.index import Index, IndexUnusable
from paperreader.index.fields import FIELDS
from paperreader.index.filters import STATES
from paperreader.tags import key

if TYPE_CHECKING:
    from paperreader.states import States

MOST = 12
"""How many are offered."""
_SHORTEST = 2
"""Letters of a word that may become the name of a field; fewer begin too many other words."""

_QUOTES = '"“”„'
_PHRASE = re.compile(f"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]")
_LAST = re.compile(
    rf"(?:\A|[\s(])-*"
    rf"(?P<token>(?:(?P<field>{'|'.join(FIELDS)}):(?P<quote>))?(?P<value>[^\s():]*))\Z"
)
_LAST_QUOTED = re.compile(
    rf"(?:\A|[\s(])-*(?P<token>(?P<field>{'|'.join(FIELDS)}):(?P<quote>[{_QUOTES}])(?P<value>[^{_QUOTES}]*))\Z"
)


class Offer(NamedTuple):
    """One way in which a text may go on."""

    value: str
    """What it would say there: "starred", "title:", "to read"."""
    rest: str
    """What is still to be typed of it."""
    text: str
    """The whole text, if the offer is taken."""


class Known(Protocol):
    """A library, as far as it knows what can be asked for."""

    def days(self) -> Sequence[date]:
        """The days of its dumps, oldest first."""

    @property
    def states(self) -> States:
        """Which papers have which tags."""

    @property
    def index(self) -> Index | None:
        """Where its authors, venues and categories are found."""


def offers(text: str, known: Known) -> list[Offer]:
    """How the text may go on, the likeliest first; nothing where it is complete, or could be anything.

    What is offered begins with what is typed, in whatever case.
    """
    # a phrase that is closed is complete, and says nothing about what follows
    open_ = _PHRASE.sub(lambda phrase: "_" * len(phrase[0]), text)
    match = (_LAST_QUOTED if set(open_) & set(_QUOTES) else _LAST).search(open_)
    if not match:
        return []
    before, field, typed = text[: match.start("token")], match["field"], match["value"]
    found = _values(field, typed, known) if field else _fields(typed)
    made = (_offer(before, field, typed, value, quoted=bool(match["quote"])) for value in found)
    return list(islice((offer for offer in made if offer), MOST))


def _offer(before: str, field: str | None, typed: str, value: str, *, quoted: bool) -> Offer | None:
    if not value.casefold().startswith(typed.casefold()) or len(value) <= len(typed):
        return None
    if field is None:
        whole = value
    else:
        # what has a space is one value only within quotation marks
        whole = f'{field}:"{value}"' if quoted or re.search(r"[\s()]|\A-", value) else f"{field}:{value}"
    return Offer(value, value[len(typed) :], before + whole)


def _fields(typed: str) -> Iterator[str]:
    if len(typed) >= _SHORTEST:
        yield from (f"{field}:" for field in FIELDS if field.startswith(typed))


def _values(field: str, typed: str, known: Known) -> Iterable[str]:
    match field:
        case "is":
            return (*STATES, "unread")
        case "tag":
            return _tags(typed, known.states.tags)
        case "date":
            return _dates(typed, known.days())
        case "author" | "venue" | "cat":
            with suppress(IndexUnusable):  # the search itself meets it, too
                return known.index.facets(field, typed.casefold(), MOST) if known.index else ()
    return ()


def _tags(typed: str, tags: Mapping[str, Collection[str]]) -> list[str]:
    beginning = key(typed)
    fit = [tag for tag in tags if tag.startswith(beginning)]
    return sorted(fit, key=lambda tag: (-len(tags[tag]), tag))


def _dates(typed: str, days: Sequence[date]) -> Iterator[str]:
    """The last seven days, the months, then the days of a month that is typed; the latest first."""
    sign = re.match(r"[<>]?=?", typed)
    before = sign[0] if sign else ""
    if not typed:
        yield "7d"
    latest = [day.isoformat() for day in reversed(days)]
    yield from (before + month for month, _ in groupby(latest, key=lambda day: day[:7]))
    if len(typed) - len(before) >= len("2026-08"):
        yield from (before + day for day in latest)
