"""A byte that is not what it was, in any file, with nothing else to tell it by: disks and memory err so.

Papers, their orders and their ids are right, or the index says that it cannot be used. A search may miss
a paper until `verify`, which runs beside the screen, has read everything; it never breaks.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.index import Index, IndexUnusable, build, manifest, tidy, update
from paperreader.paper import Paper

from .making import contents, ids, ignore, made, paper, rewritten, search
from .paths import forced, small_segments

PAPERS = made(60)
MORE = (*PAPERS, *(paper(f"An addition {n}", "the model of models", "2026-08-06") for n in range(5)))
ASKED = (
    "the",
    "mod",
    "models ",
    '"the of',
    '"of the model"',
    "multi-modal ",
    "-sparse a",
    "title:z",
    "modle~",
)
NAMES = ("manifest.json", "papers-*.catalogue", "_MAIN_*.toc", "MAIN_*.documents", "MAIN_*.postings")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an index of four segments, with a few papers deleted."""
    folder = tmp_path_factory.mktemp("damage")
    with pytest.MonkeyPatch.context() as patch, forced("some are prepared"):
        patch.setenv("PAPERREADER_STATE", str(folder / "state"))
        with small_segments():
            build(folder / "index", [*PAPERS[:40], *map(rewritten, PAPERS[40:50])], [], ignore)
        with forced("some are prepared", pool___MOST_ALIKE=12):
            update(folder / "index", PAPERS[40:], ["all"], ignore)
        yield folder / "index"


@pytest.fixture(autouse=True)
def same_machine(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one whose key is in the index."""
    monkeypatch.setenv("PAPERREADER_STATE", str(whole.parent / "state"))


def files(folder: Path) -> list[Path]:
    """Every file of the index."""
    return sorted(path for pattern in NAMES for path in folder.glob(pattern))


@contextmanager
def damaged(path: Path, place: float, bits: int, length: int = 1) -> Iterator[None]:
    """For a while some bytes of a file are others, and its length and time are what they were."""
    status, data = path.stat(), path.read_bytes()
    at = int(place * (len(data) - length))
    with path.open("rb+") as file:
        file.seek(at)
        file.write(bytes(byte ^ bits for byte in data[at : at + length]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    try:
        yield
    finally:
        with path.open("rb+") as file:
            file.write(data)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


BY_ID = {each.id: each for each in PAPERS}
PLACES = st.floats(0, 1, exclude_max=True)
BITS = st.sampled_from([1, 2, 4, 8, 16, 32, 64, 128, 255]) | st.integers(1, 255)


def looks(index: Index) -> list[Callable[[], object]]:
    """What is asked of an index besides searching."""
    return [
        *(lambda sort=sort: ids(index, index.order(sort)) for sort in ("date", "title", "trending")),
        *(lambda each=each: _paper(index, each) for each in PAPERS),
        lambda: index.find("0" * 16),
        lambda: list(index.days()),
        lambda: ids(index, index.first_sighted_outside(["2026-08-01"])),
        lambda: (len(index), index.end, index.sightings, index.dumps),
    ]


def _paper(index: Index, paper: Paper) -> Paper | None:
    n = index.find(paper.id)
    return None if n is None else index.paper(n)


def test_every_file_is_tried(whole: Path) -> None:
    assert len(files(whole)) == 3 + 2 * 4
    assert {path.name for path in whole.iterdir()} - {path.name for path in files(whole)} == {
        "lock",
        "MAIN_WRITELOCK",
    }
    index = Index.open(whole)
    assert {_paper(index, each) for each in PAPERS} == set(PAPERS)
    index.verify()


@settings(max_examples=150)
@given(st.sampled_from(range(11)), PLACES, BITS, st.sampled_from([1, 1, 1, 8, 100]))
def test_a_damaged_byte_is_noticed_or_harmless(
    whole: Path, number: int, place: float, bits: int, length: int
) -> None:
    expected = [look() for look in looks(Index.open(whole))]
    with damaged(files(whole)[number], place, bits, length):
        try:
            index = Index.open(whole)
        except IndexUnusable:
            return
        for look, right in zip(looks(index), expected, strict=True):
            with suppress(IndexUnusable):
                assert look() == right
        for typed in ASKED:
            with suppress(IndexUnusable):
                hits = search(index, typed, notes={PAPERS[0].id: "the model"})
                assert {index.paper(n) for n in hits.ordinals} <= set(PAPERS)
        if files(whole)[number].name == manifest.NAME:
            return  # white space, which says nothing
        with pytest.raises(IndexUnusable, match=r"^damaged: .* was changed$"):
            index.verify()


@settings(max_examples=60)
@given(st.sampled_from(range(11)), PLACES, BITS, st.sampled_from(["update", "tidy"]))
def test_damage_is_not_carried_into_the_next_state(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, number: int, place: float, bits: int, change: str
) -> None:
    """What is written is right, or the damage is still there to be noticed."""
    folder = tmp_path_factory.mktemp("next") / "index"
    with damaged(files(whole)[number], place, bits):
        shutil.copytree(whole, folder)
    with suppress(IndexUnusable), forced("some are prepared", merging_policy___MOST_SMALL=1):
        if change == "update":
            update(folder, MORE[58:], ["all"], ignore)
        else:
            while tidy(folder):
                pass
    try:
        index = Index.open(folder)
        index.verify()
    except IndexUnusable:
        shutil.rmtree(folder)
        return
    with forced("some are prepared"):
        build(folder.parent / "anew", PAPERS if change == "tidy" else MORE, ["all"], ignore)
    assert contents(index) == contents(Index.open(folder.parent / "anew"))
    shutil.rmtree(folder.parent)


def test_a_damaged_segment_is_named(whole: Path) -> None:
    (path, *_) = whole.glob("MAIN_*.postings")
    index = Index.open(whole)
    with damaged(path, 0.5, 255), pytest.raises(IndexUnusable, match=f"^damaged: {path.name} was changed$"):
        index.verify()
    index.verify()
