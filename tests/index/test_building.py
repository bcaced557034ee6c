"""Building an index and adding to it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir

from paperreader.index import Index, IndexUnusable, build, manifest, tidy, update
from paperreader.index.codec import PaperWriter
from paperreader.paper import Paper

from .making import contents, ignore, made, make, paper, rewritten, search, seeds
from .paths import forced

STEPS = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["keep", "see", "write"])), max_size=8)
    | st.just("tidy"),
    max_size=5,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_an_updated_index_is_like_one_built_anew(
    tmp_path: Path, steps: list[list[tuple[int, str]] | str]
) -> None:
    """In whatever order papers are added, changed and tidied."""
    papers = {each.id: each for each in seeds()[:20]}
    dumps = ["start"]
    with forced("as it is", merging_policy___MOST_SMALL=1):
        make(tmp_path / "updated", papers.values(), dumps).close()
        for number, step in enumerate(steps):
            if isinstance(step, str):
                tidy(tmp_path / "updated")
                continue
            dumps = ["start", f"more {number}"]
            change = dict(_changed(papers, each, number) for each in step)
            papers |= change
            update(tmp_path / "updated", change.values(), dumps, ignore)
    updated = Index.open(tmp_path / "updated")
    assert contents(updated) == contents(make(tmp_path / "built", papers.values(), dumps))


def _changed(papers: dict[str, Paper], change: tuple[int, str], step: int) -> tuple[str, Paper]:
    number, what = change
    new = seeds()[number]
    known = papers.get(new.id, new)
    if what == "see":
        known = known._replace(sightings=seeds()[-1].sightings)
    if what == "write":
        known = known._replace(abstract=f"attention, rewritten {step}")
    return new.id, known


def test_papers_that_are_there_already_are_not_written_again(tmp_path: Path) -> None:
    make(tmp_path, seeds(), ["a"])
    update(tmp_path, seeds(), ["a", "b"], ignore)
    index = Index.open(tmp_path)
    assert index.end == len(index) == 181
    assert index.dumps == {"a", "b"}


def test_papers_that_are_written_again_are_there_once(tmp_path: Path) -> None:
    make(tmp_path, made(50))
    update(tmp_path, map(rewritten, made(50)), [], ignore)
    index = Index.open(tmp_path)
    assert (len(index), index.end) == (50, 100)
    assert len(search(index, "").ordinals) == 50
    assert {index.paper(n) for n in index.order("title")} == set(map(rewritten, made(50)))


def test_an_open_index_stays_as_it_was(tmp_path: Path) -> None:
    """Before its first search and after, whatever becomes of its files."""
    with forced("as it is", merging_policy___MOST_SMALL=1):
        make(tmp_path, seeds()[:100], ["a"]).close()
        update(tmp_path, seeds()[50:], ["a"], ignore)
        new, warm, asked = (Index.open(tmp_path) for _ in range(3))
        warm.warm_up()
        before = contents(asked)
        assert tidy(tmp_path)
        update(tmp_path, map(rewritten, seeds()), ["b"], ignore)
        assert tidy(tmp_path)
        build(tmp_path, seeds()[:1], ["c"], ignore)
    for index in (new, warm, asked):
        assert contents(index) == before
        index.verify()
    assert len(Index.open(tmp_path)) == 1


def test_progress_counts_the_papers(tmp_path: Path) -> None:
    counts: list[int] = []
    build(tmp_path, seeds(), [], counts.append)
    assert counts == sorted(counts)
    assert len(counts) >= 2
    assert counts[-1] == 181


def test_nothing_to_index(tmp_path: Path) -> None:
    index = make(tmp_path, [], ["empty"])
    assert (len(index), index.end, index.sightings, index.dumps) == (0, 0, 0, {"empty"})
    assert list(search(index, "a").ordinals) == []
    assert not tidy(tmp_path)
    update(tmp_path, seeds(), ["full"], ignore)
    assert len(Index.open(tmp_path)) == 181


def test_a_change_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="missing"):
        update(tmp_path / "new", [], [], ignore)
    with pytest.raises(IndexUnusable, match="missing"):
        tidy(tmp_path / "new")


def interrupted(papers: tuple[Paper, ...]) -> Iterator[Paper]:
    yield from papers
    raise KeyboardInterrupt


@pytest.mark.parametrize("kept", [0, 1, 100])
@pytest.mark.parametrize("change", [build, update])
def test_an_interrupted_change_leaves_the_old_index(
    tmp_path: Path, kept: int, change: Callable[..., None]
) -> None:
    folder = tmp_path / "index"
    before = contents(make(folder, seeds()[:20], ["a"]))
    with pytest.raises(KeyboardInterrupt):
        change(folder, interrupted(seeds()[:kept]), ["b"], ignore)
    assert contents(Index.open(folder)) == before
    update(folder, [], ["a"], ignore)
    assert_only_its_own_files(folder)
    assert contents(Index.open(folder)) == before


def assert_only_its_own_files(folder: Path) -> None:
    """Nothing is left of earlier states and of what was not finished."""
    lasting = {manifest.NAME, manifest.LOCK, "MAIN_WRITELOCK"}
    assert {path.name for path in folder.iterdir()} - lasting == set(manifest.read(folder).files)


def test_nothing_is_left_of_earlier_states(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with forced("as it is", merging_policy___MOST_SMALL=1):
        for count in (20, 30):
            build(folder, seeds()[:count], [], ignore)
            assert_only_its_own_files(folder)
            update(folder, seeds()[:50], [], ignore)
            assert_only_its_own_files(folder)
            assert tidy(folder)
            assert_only_its_own_files(folder)


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    (tmp_path / "MAINLY.txt").write_text("precious, too")
    make(tmp_path, [paper("a")])
    update(tmp_path, [paper("b")], [], ignore)
    assert (tmp_path / "thesis.txt").read_text() == "precious"
    assert (tmp_path / "MAINLY.txt").read_text() == "precious, too"


def test_an_index_as_earlier_versions_kept_it_makes_room(tmp_path: Path) -> None:
    earlier = tmp_path / "generation-0123456789abcdef"
    earlier.mkdir()
    (earlier / "catalogue").write_text("old")
    assert len(make(tmp_path, seeds())) == 181
    assert not earlier.exists()


def test_the_same_seed_of_random_numbers_names_no_segment_twice(tmp_path: Path) -> None:
    state = random.getstate()
    try:
        for count in (3, 5):
            random.seed(1)
            before = make(tmp_path, seeds()[:count])
            assert len(Index.open(tmp_path)) == count
            random.seed(1)
            update(tmp_path, seeds()[:10], [], ignore)
            assert len(Index.open(tmp_path)) == 10
            assert [before.paper(n) for n in range(count)] == list(seeds()[:count])
    finally:
        random.setstate(state)


@pytest.mark.parametrize("change", [build, update])
def test_an_index_that_whoosh_writes_for_somebody_else_is_left_alone(
    tmp_path: Path, change: Callable[..., None]
) -> None:
    index = make(tmp_path, seeds()[:20])
    writer = PaperWriter(open_dir(tmp_path))
    with pytest.raises(OSError, match="another program is writing"):
        change(tmp_path, seeds(), [], ignore)
    writer.cancel()
    assert contents(Index.open(tmp_path)) == contents(index)
    change(tmp_path, seeds(), [], ignore)
    assert len(Index.open(tmp_path)) == 181
