"""What has been fetched already, so that it is not asked for again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from paperreader.fetch.answer import Listing
from paperreader.fetch.days import AT_FIRST, Asked
from paperreader.remembered import Remembered, name_of

_SETTLED_AFTER = timedelta(days=2)
"""A list may grow on its day and on the next: what was fetched then is asked for again."""


class _Known(NamedTuple):
    asked: date
    """The day on which it was asked for last."""
    digest: str
    """Which papers there were; "" for none."""


class Record:
    """The days that were fetched for one library.

    Kept beside the program's state, as it speaks of what this machine did; losing it costs no more
    than asking again. A day whose dump is not in the library any more counts as not fetched.
    """

    def __init__(self, state_folder: Path, library: Path, held: Collection[date]) -> None:
        """`held` are the days of which the library holds a fetched dump."""
        self._library = name_of(library)
        self._file = Remembered(state_folder / "fetched.json")
        self._held = set(held)
        mine = _table(self._file.read().get(self._library))
        self._since = _date(mine.get("since"))
        self._days = _known_days(mine)

    def missing(self, asked: Asked | None, today: date) -> list[date]:
        """The days to ask for, newest first; when nothing is `asked` for, all since the first fetch."""
        if asked is None:
            self._since = self._since or today - timedelta(AT_FIRST - 1)
            asked = Asked(min(self._since, today), today)
        return [day for day in asked.days(today) if asked.again or not self._settled(day)]

    def same(self, day: date, listing: Listing) -> bool:
        """Whether the library holds just these papers of that day."""
        return day in self._held and day in self._days and self._days[day].digest == listing.digest

    def add(self, day: date, listing: Listing, today: date) -> None:
        """Remember what was fetched today. A state folder that cannot be written is not worth a word."""
        if listing.papers:
            self._held.add(day)
        self._days[day] = _Known(today, listing.digest if listing.papers else "")

        def join(whole: dict[str, object]) -> None:
            # another program may have fetched other days meanwhile
            self._days = _known_days(_table(whole.get(self._library))) | self._days
            whole[self._library] = {
                "since": self._since.isoformat() if self._since else None,
                "days": {
                    day.isoformat(): {"asked": known.asked.isoformat(), "papers": known.digest}
                    for day, known in self._days.items()
                },
            }

        self._file.change(join)

    def _settled(self, day: date) -> bool:
        known = self._days.get(day)
        if known is None or known.asked < day + _SETTLED_AFTER:
            return False
        return not known.digest or day in self._held


def _known_days(mine: dict[str, Any]) -> dict[date, _Known]:
    """The days that are remembered of a library."""
    days = _table(mine.get("days"))
    read = [(_date(text), _date(_table(known).get("asked")), known) for text, known in days.items()]
    return {day: _Known(asked, str(known.get("papers") or "")) for day, asked, known in read if day and asked}


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
