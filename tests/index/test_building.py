"""Building an index and adding to it."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.index import Index, IndexUnusable, build, building, update
from paperreader.paper import Paper

from .making import ignore, make, paper, search, seeds

QUERIES = (
    "model",
    "a",
    '"language model',
    "-the ",
    "title:v",
    "multi-modal ",
    "seen:>1",
    "attention OR sparse ",
)


def contents(index: Index) -> object:
    """All that can be asked of an index, whatever the numbers of its papers are."""
    papers = {index.paper(n).id: index.paper(n) for n in range(len(index))}
    orders = [[index.paper(n).id for n in index.order(sort)] for sort in ("date", "title", "trending")]
    found = [[index.paper(n).id for n in search(index, text).ordinals] for text in QUERIES]
    return papers, orders, found, index.days(), index.sightings, index.dumps


@pytest.fixture
def few_changes_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small indexes are updated as large ones are."""
    monkeypatch.setattr(building, "_LARGEST_CHANGE", 100)


CHANGES = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["keep", "see", "write"])), max_size=8), max_size=4
)


@pytest.mark.usefixtures("few_changes_are_too_many")
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_an_updated_index_is_like_one_built_anew(
    tmp_path: Path, changes: list[list[tuple[int, str]]]
) -> None:
    papers = {each.id: each for each in seeds()[:20]}
    make(tmp_path / "updated", papers.values(), ["start"]).close()
    for step, change in enumerate(changes):
        given_papers = []
        for number, what in change:
            new = seeds()[number]
            known = papers.get(new.id, new)
            if what == "see":
                known = known._replace(sightings=seeds()[-1].sightings)
            if what == "write":
                known = known._replace(abstract=f"attention, rewritten {step}")
            papers[new.id] = known
            given_papers.append(known)
        update(tmp_path / "updated", given_papers, ["start", "more"], ignore)
    if changes:
        updated = Index.open(tmp_path / "updated")
        assert contents(updated) == contents(make(tmp_path / "built", papers.values(), ["start", "more"]))
        updated.close()


def test_many_papers_are_written_in_several_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_SEGMENT", 50)
    index = make(tmp_path / "several", seeds())
    assert len(list(tmp_path.glob("several/generation-*/*.words"))) == 4
    monkeypatch.undo()
    assert contents(index) == contents(make(tmp_path / "one", seeds()))


@pytest.mark.usefixtures("few_changes_are_too_many")
def test_segments_do_not_grow_without_end(tmp_path: Path) -> None:
    make(tmp_path, seeds()[:3]).close()
    for number in range(3, 30):
        update(tmp_path, [seeds()[number]], [], ignore)
        assert len(list(tmp_path.glob("generation-*/*.words"))) <= building._MOST_SEGMENTS
    index = Index.open(tmp_path)
    assert contents(index) == contents(make(tmp_path / "other", seeds()[:30]))


def test_an_open_index_stays_as_it_was(tmp_path: Path) -> None:
    index = make(tmp_path, seeds(), ["a"])
    index.warm_up()
    before = contents(index)
    build(tmp_path, seeds()[:1], ["b"], ignore)
    assert contents(index) == before
    assert len(Index.open(tmp_path)) == 1


def test_an_index_replaced_before_its_first_search_says_so(tmp_path: Path) -> None:
    index = make(tmp_path, seeds())
    build(tmp_path, seeds()[:1], [], ignore)
    with pytest.raises(IndexUnusable, match="another process"):
        search(index, "model")


def test_progress_counts_the_papers(tmp_path: Path) -> None:
    counts: list[int] = []
    build(tmp_path, seeds(), [], counts.append)
    assert counts == sorted(counts)
    assert len(counts) >= 2
    assert counts[-1] <= 181


def test_nothing_to_index(tmp_path: Path) -> None:
    index = make(tmp_path, [], ["empty"])
    assert (len(index), index.sightings, index.dumps) == (0, 0, {"empty"})
    assert list(search(index, "a").ordinals) == []
    update(tmp_path, seeds(), ["full"], ignore)
    assert len(Index.open(tmp_path)) == 181


def test_an_update_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="missing"):
        update(tmp_path / "new", [], [], ignore)


def interrupted(papers: tuple[Paper, ...]) -> Iterator[Paper]:
    yield from papers
    raise KeyboardInterrupt


@pytest.mark.parametrize("kept", [0, 1, 100])
def test_an_interrupted_build_leaves_the_old_index(tmp_path: Path, kept: int) -> None:
    before = contents(make(tmp_path, seeds()[:20], ["a"]))
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, interrupted(seeds()[:kept]), ["b"], ignore)
    assert contents(Index.open(tmp_path)) == before
    assert len(list(tmp_path.glob("generation-*"))) == 1


KILLED = """
import os, sys
from pathlib import Path
from paperreader import atomic
from paperreader.index import build, building, manifest, update
from tests.index.making import ignore, seeds

building._LARGEST_CHANGE = 100
folder, what, where, countdown = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
module, name = {
    "papers": (building.CatalogueWriter, "add"),
    "commit": (building.Writer, "commit"),
    "manifest": (manifest, "describe"),
    "replace": (atomic, "replace"),
    "done": (atomic, "replace"),
}[where]
original = getattr(module, name)

def deadly(*arguments, **named):
    global countdown
    countdown -= 1
    if countdown == 0 and where != "done":
        os._exit(9)
    result = original(*arguments, **named)
    if countdown == 0:
        os._exit(9)
    return result

setattr(module, name, deadly)
(build if what == "build" else update)(folder, seeds()[:100], ["new"], ignore)
"""


@pytest.mark.parametrize("what", ["build", "update"])
@pytest.mark.parametrize(
    ("where", "countdown"), [("papers", 50), ("commit", 1), ("manifest", 1), ("replace", 1), ("done", 1)]
)
def test_a_killed_writer_leaves_the_old_index_or_the_new_one(
    tmp_path: Path, what: str, where: str, countdown: int
) -> None:
    old = contents(make(tmp_path / "index", seeds()[:20], ["old"]))
    new = contents(make(tmp_path / "other", seeds()[:100], ["new"]))
    command = [sys.executable, "-c", KILLED, str(tmp_path / "index"), what, where, str(countdown)]
    assert subprocess.run(command, check=False, timeout=60).returncode == 9
    assert contents(Index.open(tmp_path / "index")) == (new if where == "done" else old)
    assert contents(make(tmp_path / "index", seeds()[:100], ["new"])) == new
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


def build_often(folder: Path, times: int) -> None:
    for number in range(times):
        build(folder, seeds()[: 20 + number], [f"{os.getpid()}"], ignore)


def test_two_writers_wait_for_each_other_and_readers_for_none(tmp_path: Path) -> None:
    make(tmp_path, seeds()[:20]).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=build_often, args=(tmp_path, 8)) for _ in range(2)]
    for writer in writers:
        writer.start()
    opened = 0
    deadline = time.monotonic() + 60
    while any(writer.is_alive() for writer in writers) and time.monotonic() < deadline:
        index = Index.open(tmp_path)
        assert index.paper(0) == seeds()[0]
        index.close()
        opened += 1
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert opened > 0
    assert len(Index.open(tmp_path)) == 27


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    make(tmp_path, [paper("a")])
    assert (tmp_path / "thesis.txt").read_text() == "precious"
