"""Papers for the benchmarks: from a file of records, or made of the sample dumps, in any number.

Made papers are streamed, the same ones each time. Each is a walk through two sample papers in runs of a
few words, so that words stand beside those they belong to, and one word in twenty is drawn from a
vocabulary that grows with the papers as that of real ones does: 10,000 different words in the first
thousand papers, 40,000 in ten thousand.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.pages import seed_papers
from benchmarks.vocabulary import Vocabulary
from paperreader.paper import Paper, Sighting, paper_id, title_key

FIRST_DAY = date(2020, 1, 1)
_DAYS = 2000
_NEW_WORDS = 0.05
_RUN = 12
"""The longest run of words from one place."""


class Record(NamedTuple):
    """A paper as the engines are given it."""

    title: str
    abstract: str
    days: tuple[date, ...]
    """When it was seen, in order; at least one day."""


def made(count: int, seed: int = 1) -> Iterator[Record]:
    """That many made papers, no two with one title, seen one after the other over 2,000 days."""
    return _dated(_unique(_made(random.Random(seed))), count)


def recorded(file: Path, count: int | None = None) -> Iterator[Record]:
    """The first papers of a file of records, no two with one title: all of them when no count is given.

    A record is a line of JSON with a title, an abstract and perhaps days ("2026-08-01"); without days
    each is seen on one of 2,000 days, in turn. Raises SystemExit for anything else.
    """
    papers = _unique(_record(file, number, line) for number, line in enumerate(_lines(file), 1))
    for n, paper in enumerate(islice(papers, count)):
        yield paper if paper.days else paper._replace(days=(FIRST_DAY + timedelta(n % _DAYS),))


def write(records: Iterable[Record], file: Path) -> int:
    """Write records to a plain file, for `read`; returns how many there were."""
    count = 0
    with file.open("w", encoding="utf-8") as out:
        for record in records:
            days = [day.isoformat() for day in record.days]
            line = {"title": record.title, "abstract": record.abstract, "days": days}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def read(file: Path) -> Iterator[Record]:
    """The records of a file written by `write`: nothing is looked at twice."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Record(record["title"], record["abstract"], tuple(map(date.fromisoformat, record["days"])))


def papers(records: Iterable[Record]) -> Iterator[Paper]:
    """The records as the program knows them, one dump for each day."""
    ranks: Counter[date] = Counter()
    for title, abstract, days in records:
        ranks.update(days)
        seen = (Sighting(day, f"{day.toordinal():016x}", ranks[day], dump_name(day)) for day in days)
        yield Paper(paper_id(title), title, abstract, tuple(seen))


def dump_name(day: date) -> str:
    """The name of the dump of a day."""
    return f"{day.isoformat()}.txt"


def _lines(file: Path) -> Iterator[str]:
    with file.open("rb") as data:
        gzipped = data.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(file, "rt", encoding="utf-8") if gzipped else file.open(encoding="utf-8") as lines:
            yield from lines
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise SystemExit(f"{file} cannot be read: {error}") from None


def _record(file: Path, number: int, line: str) -> Record:
    try:
        record = json.loads(line)
        days = tuple(sorted(set(map(date.fromisoformat, record.get("days", ())))))
        return Record(" ".join(record["title"].split()), record["abstract"].strip(), days)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise SystemExit(f"{file}, line {number}: no record with a title and an abstract ({error})") from None


def _unique(records: Iterable[Record]) -> Iterator[Record]:
    known: set[int] = set()
    for record in records:
        key = hash(title_key(record.title))
        if key not in known:
            known.add(key)
            yield record


def _dated(records: Iterator[Record], count: int) -> Iterator[Record]:
    chance = random.Random(1)
    for n, record in enumerate(islice(records, count)):
        first = FIRST_DAY + timedelta(n * _DAYS // count)
        days = {first}
        while chance.random() < 0.15:  # seen again
            days.add(first + timedelta(int(chance.random() * 60)))
        yield record._replace(days=tuple(sorted(days)))


def _made(chance: random.Random) -> Iterator[Record]:
    seeds = seed_papers()
    vocabulary = Vocabulary(abstract for _, abstract in seeds)
    words = [(title.split(), abstract.split()) for title, abstract in seeds]
    draw = chance.random

    def with_new(text: list[str]) -> str:
        for _ in range(round(_NEW_WORDS * len(text) + draw())):
            text[int(draw() * len(text))] = vocabulary.drawn(draw())
        return " ".join(text)

    while True:
        pair = words[int(draw() * len(words))], words[int(draw() * len(words))]
        abstract: list[str] = []
        length = 120 + int(draw() * 140)
        while len(abstract) < length:
            source = pair[draw() < 0.5][1]
            start = int(draw() * len(source))
            abstract += source[start : start + 2 + int(draw() * _RUN)]
        (head, _), (tail, _) = pair
        title = head[: 2 + int(draw() * 6)] + tail[int(draw() * len(tail) * 0.7) :]
        yield Record(with_new(title), with_new(abstract), ())
