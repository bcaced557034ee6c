"""What a year of days does to a library: how soon a day's papers are found, and what searching costs then.

A library of made papers is given the page of one day after the other, as `paperreader import` would. What
is timed is all there is from the file to the answer: reading the page and storing it, bringing the index
up to date, opening it, and the first search, which must find exactly the day's papers. Then the index is
tidied, as the program does beside the screen. Every 20 days some queries are typed, letter by letter with
nothing remembered, and two readers that opened the index before, one on the first day and one 20 days
ago, must still answer as they did then.

    python benchmarks/growth.py [--papers N] [--days N] [--a-day N] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.corpus import Record, made
from benchmarks.engines.paperreader import Reader
from benchmarks.libraries import make, workshop, write_page
from benchmarks.queries import QUERIES, keystrokes, spread
from benchmarks.typing_times import Typist, percentiles, type_in_turn
from paperreader.library import Library

EVERY = 20
"""Days between two looks at how searching does."""
TYPED = [text for query in spread(QUERIES)[:15] for text in keystrokes(query)]
ASKED = ("learning", "neural n", '"state of the art"', "title:vision -web")
"""What the readers that stay open are asked."""


class Patient:
    """A reader that opened the index at one time and never opens it again."""

    def __init__(self, index: Path) -> None:
        self.reader = Reader(index)
        self.answers = [self.reader.answer(text) for text in ASKED]

    def is_undisturbed(self) -> bool:
        """Whether it still answers as it did at first."""
        return [self.reader.answer(text) for text in ASKED] == self.answers


def add_day(library: Library, page: Path, name: str, expected: int) -> tuple[float, float, float]:
    """Import a page and find its papers; seconds until it was in, until they were found, and to tidy."""
    start = time.perf_counter()
    library.take_in([str(page)])
    imported = time.perf_counter() - start
    found = len(library.search(f"title:{name} ").ordinals)
    seconds = time.perf_counter() - start
    if found != expected:
        raise SystemExit(f"{found} papers were found of the {expected} of {page.name}")
    return imported, seconds, tidied(library)


def tidied(library: Library) -> float:
    """Merge segments as long as there are any to be merged; seconds."""
    start = time.perf_counter()
    while library.tidy():
        pass
    return time.perf_counter() - start


def searched(index: Path) -> dict[str, float]:
    """Percentiles of typing into the index as it is, opened anew and asked once before."""
    typist = Typist(Reader(index), left=600)
    typist.reader.answer("warm")
    type_in_turn([typist], TYPED)
    typist.reader.close()
    return percentiles(typist.times.values())


def on_disk(library: Library) -> dict[str, float]:
    """How many segments the index has, and how many bytes it takes for each paper."""
    index = library.folder / "index"
    size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    return {"segments": len(list(index.glob("*.postings"))), "bytes_a_paper": round(size / len(library))}


def year(folder: Path, library: Library, days: int, a_day: int) -> Iterator[dict[str, Any]]:
    """Add the days one by one; how things stand before, after the first day, and every 20 days."""
    index = library.folder / "index"
    papers = made(days * a_day, seed=2)
    last_day = library.days()[-1]
    before = tidied(library)
    patient_of_all, patient = Patient(index), Patient(index)
    yield {
        "day": 0,
        "papers": len(library),
        "tidy_max_s": round(before, 3),
        **searched(index),
        **on_disk(library),
    }
    times: list[tuple[float, float, float]] = []
    for day in range(1, days + 1):
        name = f"day{day}"
        records = _named(islice(papers, a_day), name)
        page = write_page(folder, last_day + timedelta(day), records)
        times.append(add_day(library, page, name, a_day))
        if day == 1 or day % EVERY == 0 or day == days:
            stands = {"day": day, "papers": len(library), **_summary(times), **searched(index)}
            undisturbed = patient.is_undisturbed() and patient_of_all.is_undisturbed()
            yield {**stands, **on_disk(library), "readers_undisturbed": undisturbed}
            times.clear()
            patient.reader.close()
            patient = Patient(index)


def _named(records: Iterable[Record], name: str) -> Iterator[Record]:
    return (record._replace(title=f"{name} {record.title}") for record in records)


def _summary(times: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    """Seconds a day since the last look: in the middle and at most until found; the first search; tidying."""
    found = sorted(seconds for _, seconds, _ in times)
    first = sorted(seconds - imported for imported, seconds, _ in times)
    return {
        "add_p50_s": round(found[len(found) // 2], 3),
        "add_max_s": round(found[-1], 3),
        "first_search_p50_ms": round(1000 * first[len(first) // 2], 1),
        "tidy_max_s": round(max(tidying for _, _, tidying in times), 3),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, default=100_000, metavar="N", help="at first (%(default)s)")
    parser.add_argument("--days", type=int, default=260, metavar="N", help="that are added (%(default)s)")
    parser.add_argument("--a-day", type=int, default=20, metavar="N", help="papers a day (%(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    if min(options.papers, options.days, options.a_day) < 1:
        parser.error("the numbers must be at least 1")

    looks = []
    with workshop() as folder:
        print(f"making a library of {options.papers:,} papers", file=sys.stderr)
        library = make(folder / "made", options.papers)
        if not options.json:
            print("".join(f"{heading:>{_WIDTH}}" for heading in _COLUMNS.values()))
        for look in year(folder, library, options.days, options.a_day):
            looks.append(look)
            if not options.json:
                print("".join(f"{_cell(look.get(key)):>{_WIDTH}}" for key in _COLUMNS), flush=True)
    if options.json:
        print(json.dumps({"papers": options.papers, "a_day": options.a_day, "looks": looks}))


_WIDTH = 12
_COLUMNS = {
    "day": "day",
    "papers": "papers",
    "add_p50_s": "add p50 s",
    "add_max_s": "max s",
    "first_search_p50_ms": "search ms",
    "tidy_max_s": "tidy max s",
    "p50_ms": "key p50 ms",
    "p95_ms": "p95 ms",
    "p99_ms": "p99 ms",
    "segments": "segments",
    "bytes_a_paper": "bytes each",
    "readers_undisturbed": "readers",
}


def _cell(value: float | None) -> str:
    if isinstance(value, bool):
        return "same" if value else "DISTURBED"
    return "" if value is None else f"{value:,}"


if __name__ == "__main__":
    main()
