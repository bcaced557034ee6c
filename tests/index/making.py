"""Papers and indexes for the tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from paperreader.dumps import read_dump
from paperreader.index import Hits, Index, Sort, build
from paperreader.index.query import parse
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
    orphans: Sequence[Paper | None] = (),
    within: Collection[int] | None = None,
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
        within=within,
    )


def titles(index: Index, text: str, sort: Sort = "relevance") -> list[str]:
    """The titles of the papers that match what was typed, best first."""
    return [index.paper(n).title for n in search(index, text, sort=sort).ordinals]


def ids(index: Index, ordinals: Iterable[int]) -> list[str]:
    """The ids of papers."""
    return [index.paper(n).id for n in ordinals]


QUERIES = (
    *("model", "a", '"language model', "-the ", "title:v", "multi-modal ", "seen:>1"),
    *("attention OR sparse ", "the of and", '"of the', "we propose ", "language model -vision"),
)


def contents(index: Index) -> object:
    """All that can be asked of an index, whatever the numbers of its papers are."""
    papers = {index.paper(n).id: index.paper(n) for n in index.order("date")}
    orders = [ids(index, index.order(sort)) for sort in ("date", "title", "trending")]
    found = [ids(index, search(index, text).ordinals) for text in QUERIES]
    outside = set(ids(index, index.first_sighted_outside([seen.dump for seen in seeds()[0].sightings])))
    return papers, orders, found, outside, index.days(), index.sightings, index.dumps, len(index)


@cache
def seeds() -> tuple[Paper, ...]:
    """The papers of the five sample dumps."""
    by_id: dict[str, Paper] = {}
    for file in sorted(SEEDS.glob("*.txt")):
        for found in read_dump(file.read_bytes(), file.name, TODAY, 2025).papers():
            by_id[found.id] = merge([by_id[found.id], found]) if found.id in by_id else found
    return tuple(by_id.values())


VOCABULARY = (
    *("the", "of", "model", "models", "modeling", "mode", "attention", "attend", "attended", "sparse"),
    *("multi-modal", "multimodal", "multi", "modal", "sparsity", "GPT-4", "gpt", "4", "naïve", "naive"),
    *("Poincar\\'e", "poincare", "3D", "注意力", "注意", "意", "state-of-the-art", "state", "art", "studies"),
    *("study", "a", "A-B", "ab", "DeepSeek", "deep", "GPT-4-based", "β-VAE", "beta", "LLMs", "zebra"),
    *("модель", "мода", "zoë", "ß", "x", "Über", "½"),
)
"""Words of every kind; the first are the most frequent."""
DAYS = ("2026-08-01", "2026-08-02#2", "2026-08-05", "2026-08-05#7", "2025-12-31", "0001-01-01")


@cache
def made(count: int, seed: int = 0) -> tuple[Paper, ...]:
    """Papers of `VOCABULARY`, whose words follow Zipf's law; the same for the same seed."""
    random = Random(seed)
    weights = [1 / place for place in range(1, len(VOCABULARY) + 1)]

    def text(longest: int) -> str:
        return " ".join(random.choices(VOCABULARY, weights, k=random.randrange(longest)))

    days = [random.sample(DAYS[:3] + DAYS[4:], random.randrange(4)) for _ in range(count)]
    return tuple(paper(f"{text(7)} {n % 40} {n}", text(50), *days[n]) for n in range(count))


def rewritten(some: Paper, seed: int = 0) -> Paper:
    """The same paper with another abstract, and seen on another day."""
    other = made(50, seed + 1)[int(some.id, 16) % 50]
    return some._replace(abstract=other.abstract, sightings=other.sightings)
