"""Fetched lists become dumps of a library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from paperreader import fetch, places
from paperreader.fetch import Asked, Fetched, Problem
from paperreader.importing import Keep
from paperreader.progress import Progress, Report, quiet
from paperreader.text import one_line

_NAME = "daily-papers-{}.json"
_DAY = re.compile(_NAME.format("([0-9]{4}-[0-9]{2}-[0-9]{2})").removesuffix(".json"))


def fetch_into(
    library: Path,
    names: Iterable[str],
    keep: Keep,
    asked: Asked | None = None,
    *,
    report: Report = quiet,
    progress: Progress = quiet,
) -> Fetched:
    """Store the lists that are asked for, or without `asked` all that came since the last fetch.

    `library` is the folder of the library, `names` are those of the dumps in it, and `keep` puts
    others there. The rest is as with `fetch.fetch`. Raises OSError when nothing can be written.
    """

    def store(day: date, body: bytes) -> None:
        # by way of a file, and so exactly like a dump that a person saved
        with TemporaryDirectory(prefix="paperreader-") as place:
            file = Path(place) / _NAME.format(day)
            file.write_bytes(body)
            said: list[str] = []
            done = keep(str(file), said.append)
        # the file is gone: what is said of it, is said of the day
        said = [line.replace(f"{one_line(str(file))}: ", "") for line in said]
        if done.refused:
            raise Problem(f"sent what cannot be read: {said[0]}")
        for line in said:
            report(f"{day}: {line}")

    record = fetch.Record(places.state_folder(), library, _days(names))
    try:
        site = fetch.Site()
    except Problem as problem:
        report(str(problem))
        return Fetched(problems=[str(problem)])
    with site:
        return fetch.fetch(asked, site, record, store, report=report, progress=progress)


def _days(names: Iterable[str]) -> set[date]:
    """The days of which there are fetched dumps."""
    days = set()
    for found in filter(None, map(_DAY.match, names)):
        try:
            days.add(date.fromisoformat(found[1]))
        except ValueError:
            continue
    return days
