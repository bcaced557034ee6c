"""Which days are asked for."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

FIRST = date(2023, 5, 4)
"""The first day that has a list."""
AT_FIRST = 7
"""How many days a first fetch brings."""


class Asked(NamedTuple):
    """The days that a person asks for, from the first to the last."""

    first: date
    last: date
    again: bool = False
    """Whether also those are asked for that are settled."""

    def days(self, today: date) -> list[date]:
        """The days up to today, newest first: today's list is what one waits for."""
        last = min(self.last, today)
        count = (last - max(self.first, FIRST)).days + 1
        return [last - timedelta(n) for n in range(count)]


def utc_today() -> date:
    """The day it is where the lists are made: they have the days of UTC."""
    return datetime.now(UTC).date()


def add_arguments(parser: ArgumentParser) -> None:
    """Let a command line say which days."""

    def reader(read: Callable[[str, date], Asked]) -> Callable[[str], Asked]:
        def checked(text: str) -> Asked:
            try:
                return read(text, utc_today())
            except ValueError as error:
                raise ArgumentTypeError(str(error)) from None

        return checked

    days = parser.add_mutually_exclusive_group()
    days.add_argument("day", metavar="DAY", nargs="?", type=reader(one_day), help="this day, as 2026-08-21")
    days.add_argument("--since", metavar="DAY", type=reader(since), help="from this day until today")
    days.add_argument("--month", metavar="MONTH", type=reader(month), help="this month, as 2026-08")


def asked(options: Namespace) -> Asked | None:
    """What such a command line asked for; None for nothing in particular."""
    chosen: Asked | None = options.day or options.since or options.month
    return chosen


def one_day(text: str, today: date) -> Asked:
    """The day in a text such as 2026-08-21. Raises ValueError."""
    day = _day(text, today)
    _check(day, day, today, text)
    return Asked(day, day, again=True)


def since(text: str, today: date) -> Asked:
    """From the day in a text such as 2026-08-01 until today. Raises ValueError."""
    day = _day(text, today)
    _check(day, today, today, text)
    return Asked(day, today)


def month(text: str, today: date) -> Asked:
    """The month in a text such as 2026-08, as far as it has come. Raises ValueError."""
    if not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", text) or text < "0001":
        raise ValueError(f"{text!r} is not a month such as {today:%Y-%m}")
    year, number = int(text[:4]), int(text[5:])
    last = date(year, number, monthrange(year, number)[1])
    _check(last.replace(day=1), last, today, text)
    return Asked(last.replace(day=1), last)


def _day(text: str, today: date) -> date:
    try:
        # fromisoformat takes other forms, too, and this one is all that is promised
        return date.fromisoformat(text if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else "")
    except ValueError:
        raise ValueError(f"{text!r} is not a day such as {today}") from None


def _check(first: date, last: date, today: date, text: str) -> None:
    if first > today:
        raise ValueError(f"{text} is yet to come")
    if last < FIRST:
        raise ValueError(f"there are no lists before {FIRST}")
