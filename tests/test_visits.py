"""What is new since the last visit."""

from __future__ import annotations

from pathlib import Path

from paperreader.visits import Visits


def test_a_visit_remembers_the_dumps_of_its_library_alone(tmp_path: Path) -> None:
    here, there = Visits(tmp_path / "state", tmp_path / "a"), Visits(tmp_path / "state", tmp_path / "b")
    assert here.known() == frozenset()
    here.end(["1", "2"])
    there.end(["3"])
    assert here.known() == {"1", "2"} and there.known() == {"3"}


def test_a_damaged_file_is_as_none(tmp_path: Path) -> None:
    for content in ("", "[]", "{", '{"x": 3}'):
        (tmp_path / "visits.json").write_text(content)
        visits = Visits(tmp_path, tmp_path / "a")
        assert visits.known() == frozenset()
        visits.end(["1"])
        assert visits.known() == {"1"}


def test_a_state_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Visits(tmp_path / "file" / "state", tmp_path).end(["1"])
