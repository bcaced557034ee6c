"""Every key of the benchmark's queries finds, over the sample papers, what the oracle finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.queries import QUERIES, keystrokes
from paperreader.index import Index, build, tidy, update
from paperreader.index.words import words

from .comparing import Compared
from .making import ignore, make, rewritten, seeds
from .paths import forced, small_segments

STATES = {"starred": {each.id for each in seeds()[::9]}, "read": {each.id for each in seeds()[::2]}}


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compared]:
    """The seeds in one segment, as they are imported."""
    folder = tmp_path_factory.mktemp("keystrokes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(folder / "state"))
        yield Compared(make(folder / "index", seeds()), seeds(), states=STATES)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compared]:
    """The seeds in an index that has grown, with everything that large ones have, and notes."""
    folder = tmp_path_factory.mktemp("grown")
    notes = {each.id: rewritten(each).abstract for each in seeds()[::7]}
    with pytest.MonkeyPatch.context() as patch, forced("some are prepared", merging_policy___MOST_SMALL=1):
        patch.setenv("PAPERREADER_STATE", str(folder / "state"))
        with small_segments():
            build(folder / "index", map(rewritten, seeds()[:120]), [], ignore)
        tidy(folder / "index")
        update(folder / "index", seeds(), [], ignore)
        yield Compared(Index.open(folder / "index"), seeds(), notes, STATES)


def test_the_queries_are_of_every_kind() -> None:
    asked = " ".join(QUERIES)
    assert len(QUERIES) >= 60
    assert all(part in asked for part in ('"', "title:", "abstract:", " -", " OR ", "is:", "date:", "("))


@pytest.mark.parametrize("query", QUERIES)
def test_every_key(compared: Compared, query: str) -> None:
    for typed in (*keystrokes(query), f"{query} "):
        compared.check(typed, ["relevance"])


@pytest.mark.parametrize("query", QUERIES)
def test_every_third_key_of_an_index_that_has_grown(grown: Compared, query: str) -> None:
    for typed in [*keystrokes(query)][::3]:
        grown.check(typed, ["relevance", "date"])


def test_titles_typed_by_their_beginnings(compared: Compared) -> None:
    for each in seeds()[::6]:
        beginnings = [word[: n % 5 + 1] for n, word in enumerate(words(each.title))]
        compared.check(" ".join(beginnings[:4]), ["relevance", "title"])
        compared.check(f'"{" ".join([*words(each.title)[:2], *beginnings[2:3]])}', ["relevance"])
