"""The day on which a page was seen: the page gives month and day, other things the year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from paperreader.dumps.dump import NotADump

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?"
_YEAR = r"(?:,?\ (?P<year>[0-9]{4}))?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\ )?"
_DAY_LINE = tuple(
    re.compile(_WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\ {_DAY}{_YEAR}",
        rf"{_DAY}\ {_MONTH}{_YEAR}",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    )
)
_LONGEST_DAY_LINE = len("Wednesday, September 30th, 2026")
_LEAP_YEAR = 2000

_HASH = re.compile(r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{12,}(?![0-9A-Za-z])")
_NAME_DATE = re.compile(
    r"(?<![0-9])(?:([0-9]{4})([-_.])([0-9]{2})\2([0-9]{2})|((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2}))(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class PageDay:
    """A day as a page says it."""

    month: int
    day: int
    year: int | None = None

    @property
    def month_name(self) -> str:
        """The month as a page abbreviates it."""
        return _MONTHS[self.month - 1].title()

    def in_year(self, year: int) -> date | None:
        """This day in a year; None when that year does not have it."""
        return _date(year, self.month, self.day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_day(line: str) -> PageDay | None:
    """The day that a line consists of ("Sep 9", "September 9, 2025", "9 Sep", "2025-09-09"), or None."""
    if len(line) > _LONGEST_DAY_LINE:
        return None
    for pattern in _DAY_LINE:
        if found := pattern.fullmatch(line):
            month = found["month"].casefold()[:3]
            year = int(found["year"]) if found["year"] else None
            number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
            page_day = PageDay(number, int(found["day"]), year)
            return page_day if page_day.in_year(_LEAP_YEAR if year is None else year) else None
    return None


def date_in_name(name: str) -> date | None:
    """The first date in a file's name (2026-01-05, 2026_01_05, 20260105), or None."""
    for found in _NAME_DATE.finditer(_HASH.sub(" ", name)):
        numbers = found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)
        if day := _date(*map(int, numbers)):
            return day
    return None


def modification_day(mtime: float) -> date:
    """The day, in UTC as on the page, of a modification time in seconds since 1970.

    Today for a time that no calendar has.
    """
    try:
        return datetime.fromtimestamp(mtime, UTC).date()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC).date()


def seen_on(
    page_day: PageDay | None, name_date: date | None, modified: date, year: int | None
) -> tuple[date, bool]:
    """The day on which a page was seen, and whether its year is a guess; `date.min` when unknown.

    The year is, in this order: the one a person gave; that of a file name with the same month and
    day; the page's own; the one that brings the page's day nearest to the date in the file name; the
    latest one that does not put it in the future of the file. Raises NotADump when the given year
    does not have the day.
    """
    if page_day is None:
        if name_date is None:
            return date.min, False
        page_day = PageDay(name_date.month, name_date.day)
    if year is not None:
        if day := page_day.in_year(year):
            return day, False
        raise NotADump(f"its day, {page_day.month_name} {page_day.day}, does not exist in the year {year}")
    if name_date and (name_date.month, name_date.day) == (page_day.month, page_day.day):
        return name_date, False
    if page_day.year is not None:
        return date(page_day.year, page_day.month, page_day.day), False
    if name_date:
        around = _days(page_day, range(name_date.year - 8, name_date.year + 2))
        return min(around, key=lambda day: abs(day - name_date)), False
    past = (day for day in _days(page_day, range(modified.year, modified.year - 9, -1)) if day <= modified)
    day = next(past, date.min)
    return day, day != date.min


def _days(page_day: PageDay, years: Iterable[int]) -> Iterable[date]:
    """This day in those of the years that have it: February 29 is at most eight years away."""
    return (day for year in years if (day := page_day.in_year(year)))
