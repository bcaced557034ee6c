"""A search finds exactly what the oracle finds, in its order and with its scores, by whatever path.

The oracle asks every paper in plain Python. Small constants send a hundred papers through what the
engine has for a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.index import Index, build, tidy, update
from paperreader.paper import Paper

from .asking import EVERY_KIND
from .comparing import Compared
from .making import ignore, made, paper, rewritten
from .paths import PATHS, forced, small_segments

PAPERS = made(120)
STATES = {
    "starred": {each.id for each in PAPERS[::5]},
    "read": {each.id for each in PAPERS[::3]},
    "noted": {each.id for each in PAPERS[::7]},
    "skipped": {each.id for each in PAPERS[1::9]},
    "tag:rl": {each.id for each in PAPERS[::4]},
    "tag:rlhf": {each.id for each in PAPERS[::6]},
    "tag:to do": {each.id for each in PAPERS[2::5]},
}
NEW = {each.id for each in PAPERS[50:90]}
"""What the list shows when it shows new papers only."""
ORPHANS = (paper("A model of zebra modes", "sparse"), None, paper("Attention, forgotten"))
NOTES = {
    **{each.id: rewritten(each).abstract for each in PAPERS[::7]},
    ORPHANS[0].id: "multi-modal the the of",
    "f" * 16: "about a paper that nobody knows: model",
}


def one_segment(folder: Path) -> Compared:
    build(folder, PAPERS, [], ignore)
    return Compared(Index.open(folder), PAPERS, states=STATES)


def several_segments_and_notes(folder: Path) -> Compared:
    with small_segments():
        build(folder, PAPERS, [], ignore)
    return Compared(Index.open(folder), PAPERS, NOTES, STATES, ORPHANS)


def changed(folder: Path) -> Compared:
    """Papers were added, and a third of the old ones written again."""
    build(folder, [rewritten(each) for each in PAPERS[:80]], [], ignore)
    update(folder, PAPERS[:27], [], ignore)
    update(folder, PAPERS[20:], [], ignore)
    return Compared(Index.open(folder), PAPERS, states=STATES)


def merged_with_wide_ones(folder: Path) -> Compared:
    """Some papers have more words that begin alike than they may; everything was merged that can be."""
    with forced("as it is", pool___MOST_ALIKE=12, merging_policy___MOST_SMALL=1):
        with small_segments():
            build(folder, [rewritten(each) for each in PAPERS], [], ignore)
        update(folder, PAPERS[60:], [], ignore)
        tidy(folder)
        update(folder, PAPERS[:60], [], ignore)
        while tidy(folder):
            pass
    return Compared(Index.open(folder), PAPERS, NOTES, STATES, ORPHANS)


LIBRARIES = (one_segment, several_segments_and_notes, changed, merged_with_wide_ones)


@pytest.fixture(scope="module", params=LIBRARIES, ids=lambda library: library.__name__.replace("_", " "))
def compared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Compared]]:
    """A library as each path writes it, by the name of the path. What is right does not depend on that."""
    folder = tmp_path_factory.mktemp("exactness")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(folder / "state"))
        all_of_them = {}
        for path in PATHS:
            with forced(path):
                all_of_them[path] = request.param(folder / path)
            all_of_them[path].oracle = all_of_them["as it is"].oracle
        yield all_of_them


@settings(max_examples=150)
@given(
    EVERY_KIND,
    st.sampled_from((None, None, NEW)),
    st.sets(st.sampled_from(list(PATHS)), min_size=3, max_size=3),
)
def test_finds_and_ranks_what_the_oracle_does(
    compared: dict[str, Compared], asked: list[str], within: set[str] | None, paths: set[str]
) -> None:
    for path in sorted(paths):
        with forced(path):
            for typed in asked:
                compared[path].check(typed, within=within)


WORDS = st.lists(st.sampled_from(["model", "models", "mode", "the", "of", "of-the", "a", "½"]), max_size=9)
TEXTS = WORDS.map(" ".join)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.builds(paper, TEXTS, TEXTS), max_size=8, unique_by=lambda found: found.id),
    st.sampled_from(list(PATHS)),
    st.dictionaries(st.integers(0, 7), TEXTS, max_size=3),
    EVERY_KIND,
)
def test_any_few_papers(
    tmp_path: Path, papers: list[Paper], path: str, notes: dict[int, str], asked: list[str]
) -> None:
    with forced(path):
        build(tmp_path, papers, [], ignore)
        by_id = {papers[n].id: note for n, note in notes.items() if n < len(papers)}
        compared = Compared(Index.open(tmp_path), papers, by_id)
        for typed in asked:
            compared.check(typed)
