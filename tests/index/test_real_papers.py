"""Real papers, so many that the engine takes every path by itself; a folder with them must be named."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.queries import QUERIES, keystrokes
from paperreader.index import Index, build, tidy, update
from paperreader.paper import Paper

from .comparing import Compared
from .making import ignore, paper, rewritten

CORPUS = Path(os.environ.get("PAPERREADER_DATA", "/nonexistent"), "arxiv-50k.jsonl.gz")
COUNT = 25_000
DAYS = [f"2026-0{month}-{day:02}" for month in range(1, 8) for day in range(1, 29)]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.exists(), reason="PAPERREADER_DATA names no folder with papers"),
]


def papers() -> list[Paper]:
    """The first of them, each sighted on one to three days."""
    found = {}
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for n, record in enumerate(map(json.loads, islice(lines, COUNT))):
            seen = [f"{DAYS[(n * 31 + k) % len(DAYS)]}#{n % 50 + 1}" for k in range(n % 3 + 1)]
            each = paper(record["title"], record["abstract"], *seen)
            found[each.id] = each
    return list(found.values())


@pytest.fixture(scope="module", params=["built", "grown"])
def compared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compared]:
    folder, everyone = tmp_path_factory.mktemp("real"), papers()
    states = {"starred": {each.id for each in everyone[::50]}, "read": {each.id for each in everyone[::2]}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(folder / "state"))
        if request.param == "built":
            build(folder / "index", everyone, [], ignore)
            yield Compared(Index.open(folder / "index"), everyone, states=states)
            return
        build(folder / "index", [*map(rewritten, everyone[:500]), *everyone[500:20_000]], [], ignore)
        for start in range(20_000, len(everyone), 600):
            update(folder / "index", everyone[start : start + 600], [], ignore)
            tidy(folder / "index")
        update(folder / "index", everyone[:500], [], ignore)
        notes = {each.id: f"compare with {each.title}" for each in everyone[::200]}
        yield Compared(Index.open(folder / "index"), everyone, notes, states)


@pytest.mark.parametrize("query", QUERIES)
def test_every_fifth_key(compared: Compared, query: str) -> None:
    for typed in [*keystrokes(query)][::-5]:
        compared.check(typed, ["relevance"])
