"""What a query asks of a paper besides words: `is:starred`, `seen:>2`, `date:2026-08`, `author:hinton`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

STATES = ("starred", "noted", "read", "new", "again", "skipped", "later", "tagged", "judged")


@dataclass(frozen=True, slots=True)
class State:
    """Papers in one of the reader's states."""

    name: str
    """One of `STATES`."""

    @property
    def state(self) -> str:
        """What the state is called where its papers are given."""
        return self.name

    def __str__(self) -> str:
        return f"is:{self.name}"


@dataclass(frozen=True, slots=True)
class Seen:
    """Papers sighted in so many dumps."""

    low: int
    high: int | None
    """Inclusive; None for no bound."""

    def __str__(self) -> str:
        if self.high is None:
            return f"seen:>={self.low}"
        return f"seen:{self.low}" if self.low == self.high else f"seen:{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class Dates:
    """Papers with a sighting on one of these days; papers whose days are all unknown never are."""

    first: date
    last: date
    """Inclusive."""

    def __str__(self) -> str:
        if self.last == date.max:
            return f"date:>={self.first}"
        if self.first == date.min:
            return f"date:<={self.last}"
        return f"date:{self.first}" if self.first == self.last else f"date:{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class Id:
    """Papers whose id, or whose arXiv identifier, begins so."""

    prefix: str

    def __str__(self) -> str:
        return f"id:{self.prefix}"


@dataclass(frozen=True, slots=True)
class Upvotes:
    """Papers that a dump counted so many upvotes of."""

    low: int
    high: int | None
    """Inclusive; None for no bound."""

    def __str__(self) -> str:
        return str(Seen(self.low, self.high)).replace("seen", "upvotes")


@dataclass(frozen=True, slots=True)
class Facet:
    """Papers by an author, from a venue or of a category."""

    field: str
    """"author", "venue" or "cat"."""
    words: tuple[str, ...]
    """At least one; all of them."""
    prefix: bool
    """Whether the last one stands for all that begin with it."""

    def __str__(self) -> str:
        text = " ".join(self.words) + "*" * (self.prefix and self.field != "cat")
        return f'{self.field}:"{text}"' if " " in text else f"{self.field}:{text}"


@dataclass(frozen=True, slots=True)
class Tag:
    """Papers that the reader has put under a tag."""

    name: str
    """As `tags.key` has it."""
    prefix: bool
    """Whether it stands for all that begin with it."""

    @property
    def state(self) -> str:
        """What the state of having this tag is called."""
        return f"tag:{self.name}"

    def __str__(self) -> str:
        text = self.name + "*" * self.prefix
        return f"tag:{text}" if _PLAIN.fullmatch(text) else f'tag:"{text}"'


Filter = State | Seen | Dates | Id | Upvotes | Facet | Tag

_MANY = 10**9 - 2
"""No paper is seen as often: a higher number is as good as this one."""
_NUMBERS = re.compile(
    r"(?P<sign>[<>]=?|=?)(?P<number>\d{1,9})|(?P<low>\d{1,9})\.\.(?P<high>\d{1,9})", re.ASCII
)
_DAY = r"\d{4}(?:-(?:\d{1,2}(?:-\d{0,2})?)?)?"
_DATES = re.compile(rf"(?P<sign>[<>]=?|=?)(?P<low>{_DAY})|(?P<first>{_DAY})?\.\.(?P<last>{_DAY})?", re.ASCII)
_LAST_DAYS = re.compile(r"(?P<count>[1-9]\d{0,8})(?P<unit>[dw])", re.ASCII)
_PLAIN = re.compile(r"[^\s():-][^\s():]*")
"""A tag that needs no quotation marks, which none has within."""
_ID = re.compile(r"[a-z0-9](?:[a-z0-9./-]*[a-z0-9])?", re.ASCII)
_CATEGORY = re.compile(r"[a-z][a-z.-]*", re.ASCII)
_DAYS_IN = {"d": 1, "w": 7}


def parse(name: str, value: str, today: date) -> Filter | None:  # noqa: PLR0911 - one for each
    """The filter `name:value`, in lower case; None when the value has no meaning, or not yet."""
    match name:
        case "is":
            return State(value) if value in STATES else None
        case "seen":
            return Seen(*bounds) if (bounds := _bounds(value)) else None
        case "date":
            return _last_days(value, today) or _dates(value)
        case "id":
            return Id(value) if _ID.fullmatch(value) else None
        case "upvotes":
            return Upvotes(*bounds) if (bounds := _bounds(value)) else None
        case "cat":
            return Facet("cat", (value,), prefix=True) if _CATEGORY.fullmatch(value) else None
    return None


def unfinished(name: str, value: str) -> bool:
    """Whether a value that has no meaning may have one when more has been typed."""
    match name:
        case "is":
            return any(state.startswith(value) for state in (*STATES, "unread"))
        case "seen" | "upvotes":
            return bool(re.fullmatch(r"[<>]=?|=|\d{1,9}\.{1,2}", value, re.ASCII))
        case "date":
            beginning = rf"(?:[<>]=?|=)?\d{{0,3}}|\d{{0,9}}|(?:{_DAY})?\.{{1,2}}\d{{0,3}}"
            return bool(re.fullmatch(beginning, value, re.ASCII))
    return False


def _bounds(value: str) -> tuple[int, int | None] | None:
    """The lowest and the highest of the numbers meant, both inclusive."""
    found = _NUMBERS.fullmatch(value)
    if not found:
        return None
    low, high = sorted(min(int(found[name] or found["number"]), _MANY) for name in ("low", "high"))
    match found["sign"]:
        case ">" | ">=" as sign:
            return low + (sign == ">"), None
        case "<" | "<=" as sign:
            return (0, high - (sign == "<")) if high or sign == "<=" else None
    return low, high


def _last_days(value: str, today: date) -> Dates | None:
    """`7d`: the last seven days, of which today is one; `2w`: the last fourteen."""
    found = _LAST_DAYS.fullmatch(value)
    if not found:
        return None
    back = int(found["count"]) * _DAYS_IN[found["unit"]] - 1
    return Dates(date.fromordinal(max(1, today.toordinal() - back)), today)


def _dates(value: str) -> Dates | None:
    found = _DATES.fullmatch(value)
    if not found or value == "..":
        return None
    try:
        if found["low"] is None:
            ends = [_period(found[name]) for name in ("first", "last") if found[name]]
            first = min(start for start, _ in ends) if found["first"] else date.min
            return Dates(first, max(end for _, end in ends) if found["last"] else date.max)
        start, end = _period(found["low"])
        bounds = {
            ">": (end.toordinal() + 1, date.max.toordinal()),
            ">=": (start.toordinal(), date.max.toordinal()),
            "<": (date.min.toordinal(), start.toordinal() - 1),
            "<=": (date.min.toordinal(), end.toordinal()),
        }.get(found["sign"], (start.toordinal(), end.toordinal()))
        return Dates(*map(date.fromordinal, bounds))
    except ValueError:  # no such day
        return None


def _period(text: str) -> tuple[date, date]:
    """The first and last day of a year, a month or a day; raises ValueError when there is none.

    A part that is still being typed, "2026-" or "2026-0", is left out.
    """
    year, month, day, *_ = [*map(int, filter(None, text.split("-"))), 0, 0]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
