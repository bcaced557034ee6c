"""How long to wait before asking again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

TRIES = 4
"""How often one list is asked for, at most."""
LONGEST = 120.0
"""Seconds; whoever is asked to wait for longer is told so, and may come back."""
_FIRST, _CAP = 1.0, 30.0


def back_off(attempt: int, random: Callable[[], float]) -> float:
    """Seconds to wait after the attempt with this number, from 1: twice as long each time, but never
    the same for everybody who was turned away at one moment. `random` gives numbers from 0 to 1."""
    return min(_CAP, _FIRST * 2.0 ** (attempt - 1)) * (0.5 + random() / 2)


def retry_after(header: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, in either of its forms; None when in neither."""
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # the header's dates are in GMT, also where they forget to say so
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    try:
        return max(0.0, (then - now).total_seconds())
    except OverflowError:
        return None


def in_words(seconds: float) -> str:
    """A length of time for people: "30 seconds", "5 minutes", "3 hours"."""
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}s"
    return f"{max(1, round(seconds))} second{'s' if round(seconds) > 1 else ''}"
