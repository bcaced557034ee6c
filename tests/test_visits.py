"""What is remembered of the last visit."""

from __future__ import annotations

import os
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paperreader.history import QueryHistory
from paperreader.visits import Visits


def test_a_visit_remembers_the_dumps_of_its_library_alone(tmp_path: Path) -> None:
    here, there = Visits(tmp_path / "state", tmp_path / "a"), Visits(tmp_path / "state", tmp_path / "b")
    assert here.known() == frozenset()
    here.end(["1", "2"], array("Q", [5, 2**64 - 1]))
    there.end(["3"], array("Q"))
    assert here.known() == {"1", "2"} and there.known() == {"3"}
    assert list(here.papers()) == [5, 2**64 - 1] and list(there.papers()) == []


def test_what_another_reader_has_seen_stays_seen(tmp_path: Path) -> None:
    one, other = (Visits(tmp_path, tmp_path / "a") for _ in range(2))
    one.end(["1", "gone"], array("Q", [5]), {"1", "gone"})
    other.end(["1", "2"], array("Q", [5, 7]), {"1", "2", "unread"})
    one.end(["1"], array("Q", [5, 6]), {"1", "2", "unread"})
    assert other.known() == {"1", "2"} and list(other.papers()) == [5, 6, 7]
    other.end(["1"], array("Q", [5]), {"1"})
    assert one.known() == {"1"} and list(one.papers()) == [5]


def test_libraries_that_are_left_at_once_are_all_remembered(tmp_path: Path) -> None:
    libraries = [Visits(tmp_path / "state", tmp_path / str(n)) for n in range(12)]
    with ThreadPoolExecutor(12) as threads:
        for done in [threads.submit(each.end, [str(n)], array("Q")) for n, each in enumerate(libraries)]:
            done.result()
    assert [each.known() for each in libraries] == [{str(n)} for n in range(12)]


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_library_is_the_same_by_whatever_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, state = tmp_path / "library", tmp_path / "state"
    library.mkdir()
    (tmp_path / "link").symlink_to(library)
    monkeypatch.chdir(tmp_path)
    Visits(state, library).end(["1"], array("Q", [5]))
    QueryHistory(state, library).add(["a"])
    for way in (tmp_path / "link", Path("library/../link"), Path("library")):
        assert Visits(state, way).known() == {"1"} and list(Visits(state, way).papers()) == [5]
        assert QueryHistory(state, way).read() == ["a"]


def test_a_damaged_file_is_as_none(tmp_path: Path) -> None:
    for content in ("", "[]", "{", '{"x": 3}'):
        (tmp_path / "visits.json").write_text(content)
        visits = Visits(tmp_path, tmp_path / "a")
        assert visits.known() == frozenset()
        visits.end(["1"], array("Q"))
        assert visits.known() == {"1"}


def test_a_damaged_list_of_papers_is_as_none(tmp_path: Path) -> None:
    visits = Visits(tmp_path, tmp_path / "a")
    visits.end(["1"], array("Q", [1, 2]))
    (file,) = tmp_path.glob("*.papers")
    file.write_bytes(file.read_bytes()[:-1])
    assert list(visits.papers()) == [] and visits.known() == {"1"}
    file.unlink()
    assert list(visits.papers()) == []


def test_a_state_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Visits(tmp_path / "file" / "state", tmp_path).end(["1"], array("Q"))
