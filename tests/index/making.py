"""Papers and indexes for the tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from paperreader.dumps import read_dump
from paperreader.index import Index, Sort, build
from paperreader.index.query import parse
from paperreader.index.reader import Hits
from paperreader.paper import Paper, Sighting, merge, paper_id

SEEDS = Path(__file__).parent.parent.parent / "seeds"
TODAY = date(2026, 8, 7)


def paper(title: str, abstract: str = "", *seen: str) -> Paper:
    """A paper sighted on these days, each "2026-08-01" or, with its rank, "2026-08-01#5"."""
    sightings = []
    for each in seen:
        day, _, rank = each.partition("#")
        sightings.append(Sighting(date.fromisoformat(day), f"dump of {day}", int(rank or 1), day))
    return Paper(paper_id(title), title, abstract, tuple(sorted(sightings)))


def ignore(_: int) -> None:
    """Progress that nobody looks at."""


def make(folder: Path, papers: Iterable[Paper], dumps: Iterable[str] = ()) -> Index:
    """An index of these papers, opened."""
    build(folder, papers, dumps, ignore)
    return Index.open(folder)


def search(
    index: Index,
    text: str,
    *,
    sort: Sort = "relevance",
    states: Mapping[str, Collection[int]] | None = None,
    notes: Mapping[str, str] | None = None,
    notes_version: int = 0,
    orphans: Sequence[Paper] = (),
) -> Hits:
    """The answer to what was typed."""
    return index.search(
        parse(text, TODAY),
        sort=sort,
        states=states or {},
        notes=notes or {},
        notes_version=notes_version,
        cancelled=lambda: False,
        orphans=orphans,
    )


def titles(index: Index, text: str, sort: Sort = "relevance") -> list[str]:
    """The titles of the papers that match what was typed, best first."""
    return [index.paper(n).title for n in search(index, text, sort=sort).ordinals]


@cache
def seeds() -> tuple[Paper, ...]:
    """The papers of the five sample dumps."""
    by_id: dict[str, Paper] = {}
    for file in sorted(SEEDS.glob("*.txt")):
        for found in read_dump(file.read_bytes(), file.name, TODAY, 2025).papers():
            by_id[found.id] = merge([by_id[found.id], found]) if found.id in by_id else found
    return tuple(by_id.values())
