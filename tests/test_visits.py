"""What is remembered of the last visit."""

from __future__ import annotations

from array import array
from pathlib import Path

from paperreader.visits import Visits


def test_a_visit_remembers_the_dumps_of_its_library_alone(tmp_path: Path) -> None:
    here, there = Visits(tmp_path / "state", tmp_path / "a"), Visits(tmp_path / "state", tmp_path / "b")
    assert here.known() == frozenset()
    here.end(["1", "2"], array("Q", [5, 2**64 - 1]))
    there.end(["3"], array("Q"))
    assert here.known() == {"1", "2"} and there.known() == {"3"}
    assert list(here.papers()) == [5, 2**64 - 1] and list(there.papers()) == []


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
