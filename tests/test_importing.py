"""Imports at size: interrupted, continued, and never all in memory."""

from __future__ import annotations

import errno
import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from paperreader import importing
from paperreader.dumps.folder import DumpFolder
from paperreader.importing import bring_up_to_date, take_in
from paperreader.library import Library
from paperreader.paper import Paper
from tests import shelf
from tests.shelf import Shelf


def records(path: Path, first: int, last: int, abstract: str = "It is a text. " * 40) -> str:
    """Write a file of records with these numbers."""
    with path.open("w") as file:
        for n in range(first, last):
            record = {
                "id": f"2401.{n:05}",
                "title": f"Paper {n}",
                "abstract": abstract,
                "categories": "cs.CL",
            }
            file.write(json.dumps(record) + "\n")
    return str(path)


def interrupt(what: str, at: int) -> importing.Progress:
    """A progress that is interrupted like by Ctrl-C."""

    def progress(doing: str, done: int) -> None:
        if doing == what and done >= at:
            raise KeyboardInterrupt

    return progress


def test_an_interrupted_import_keeps_what_was_whole_and_goes_on(tmp_path: Path) -> None:
    files = [records(tmp_path / "a", 0, 10), records(tmp_path / "b", 10, 3000)]
    library = Library(tmp_path / "library")
    with pytest.raises(KeyboardInterrupt):
        library.take_in(files, progress=interrupt("papers read", 1500))
    assert [name[0] for name in library.dumps.names()] == ["a"]
    assert len(list(library.dumps.path.iterdir())) == 1
    again = Library(tmp_path / "library")
    assert "missing" in again.open()
    again.rebuild()
    assert len(again) == 10
    done = again.take_in(files)
    assert (done.dumps, done.known, done.new, len(again)) == (1, 1, 2990, 3000)


def test_an_import_interrupted_while_indexing_is_finished_at_the_next_start(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.take_in([records(tmp_path / "a", 0, 10)])
    with pytest.raises(KeyboardInterrupt):
        library.take_in([records(tmp_path / "b", 10, 1000)], progress=interrupt("papers indexed", 1))
    again = Library(tmp_path / "library")
    assert again.open() == "the dumps have changed"
    again.rebuild()
    assert (len(again), again.open()) == (1000, "")


def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "index", shelf)
    monkeypatch.setattr(importing, "Index", Shelf)
    monkeypatch.setattr(shelf, "build", lambda folder, papers, dumps, progress: sum(1 for _ in papers))
    path = Path(records(tmp_path / "a", 0, 1000, "x" * 12_500))
    folder = DumpFolder(tmp_path / "library" / "dumps")
    tracemalloc.start()
    try:
        done = take_in(folder, [str(path)])
        bring_up_to_date(folder, tmp_path / "library" / "index", done=done)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert done.new == 1000
    assert path.stat().st_size > 12_000_000
    assert peak < 5_000_000


def test_reading_and_indexing_are_timed_apart(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    done = library.take_in([records(tmp_path / "a", 0, 100)])
    assert done.seconds_reading > 0 < done.seconds_indexing
    assert done.timing == f"read in {done.seconds_reading:.1f} s, indexed in {done.seconds_indexing:.1f} s"


def test_a_dump_that_no_longer_can_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.take_in([records(tmp_path / "a", 0, 10), records(tmp_path / "b", 10, 20)])
    (bad,) = library.dumps.path.glob("a~*")
    bad.write_text("nothing")
    (tmp_path / "library" / "index" / "manifest.json").unlink()
    said: list[str] = []
    library.rebuild(said.append)
    assert len(library) == 10
    (line,) = said
    assert line.startswith(f"{bad}: not a list of papers in a known form")
    assert line.endswith("; left out")


def test_what_is_new_is_counted_also_where_the_index_is_a_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path / "library")
    library.take_in([records(tmp_path / "a.jsonl", 0, 20)])
    build = importing.index.build
    full = [OSError(errno.ENOSPC, "No space left on device")]

    def until_full(folder: Path, papers: Iterable[Paper], *rest: Any) -> None:
        papers = list(papers)
        if full:
            raise full.pop()
        build(folder, papers, *rest)

    library.index = None
    importing.index.forget(library.folder / "index")
    monkeypatch.setattr(importing.index, "build", until_full)
    told: list[str] = []
    done = library.take_in([records(tmp_path / "b.jsonl", 15, 30)], report=told.append)
    assert len(told) == 1 and "a temporary one" in told[0]
    assert done.summary == "1 new dump: 10 papers new, 5 seen again"


def test_a_paper_under_a_title_it_had_before_replaces_no_other_one(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    first = records(tmp_path / "a.jsonl", 0, 20)
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"id": "2401.00003", "title": "Paper Three", "abstract": "It is a text."}) + "\n"
    )
    library.take_in([first, str(tmp_path / "b.jsonl")])
    (before,) = (p for p in papers(library) if p.aliases)
    for n, title in enumerate(("Paper 3", "Paper Three")):
        (tmp_path / f"c{n}.csv").write_text(f"title,abstract\n{title},It is a text from {n}\n")
        done = library.take_in([str(tmp_path / f"c{n}.csv")])
        assert done.summary == "1 new dump: 0 papers new, 1 seen again"
    (after,) = (p for p in papers(library) if p.aliases)
    assert after.keys == before.keys and after.seen == before.seen + 2
    assert {p.title for p in papers(library)} - {after.title} == {f"Paper {n}" for n in range(20) if n != 3}
    assert len(papers(library)) == len(library) == 20


def papers(library: Library) -> list[Paper]:
    return [library.paper(ordinal) for ordinal in library.search().ordinals]
