"""Undo and redo in later runs, and a history that others damage."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.annotations import Annotation, Annotations, Change, Setting, Step, history
from paperreader.annotations.steps import opened, written
from paperreader.annotations.store import Store

from .files import edit_in_place, star, starred
from .syscalls import watched


@pytest.fixture
def file(library: Path) -> Path:
    """The history of the library."""
    return library / "history.jsonl"


@contextmanager
def saved_at_its_end(annotations: Annotations) -> Iterator[None]:
    """Nothing can be written for a while, so that a thousand changes are quick."""
    with mock.patch.object(Store, "save", side_effect=OSError):
        yield
    annotations.refresh()
    assert annotations.problem == ""


def undo_all(path: Path) -> list[Step]:
    """Undoes everything, each step in a run of its own."""
    steps = []
    while step := Annotations(path).undo():
        steps.append(step)
    return steps


def papers(steps: Iterable[Step | None]) -> list[str]:
    """The first paper of each step."""
    return [step.changes[0].paper_id if step else "" for step in steps]


def test_a_thousand_steps_are_undone_in_a_later_run_and_made_again_in_another(path: Path) -> None:
    annotations = Annotations(path)
    states = [annotations.entries()]
    with saved_at_its_end(annotations):
        for number in range(1_000):
            annotations.change(f"p{number % 7}", "T", "note", f"{number}")
            states.append(annotations.entries())
    later = Annotations(path)
    with saved_at_its_end(later):
        for state in reversed(states[:-1]):
            assert later.undo()
            assert later.entries() == state
    last = Annotations(path)
    assert last.undo() is None
    for state in states[1:30]:
        assert last.redo()
        assert last.entries() == state


def test_a_step_is_the_same_in_a_later_run(path: Path) -> None:
    annotations = star(path, "p")
    settings = [Setting("p", "T\x1b[1m", "tags", ("b", "a")), Setting("q", "U", "note", "Ω\nzwei\ud800")]
    annotations.change_all(settings, "two\npapers")
    edit_in_place(path, r={"starred": True, "starred_at": "2001-02-03T04:05:06Z"})
    annotations.change("r", "R", "starred", False)
    entries = json.loads(path.read_text("utf-8"))
    (third, second, first) = undo_all(path)
    assert first == Step((Change("p", "Title of p", "starred", False, True),))
    note = Change("q", "U", "note", "", "Ω\nzwei\ufffd")
    assert second == Step((Change("p", "T", "tags", (), ("a", "b")), note), "two papers")
    assert third.changes[0].before_at == "2001-02-03T04:05:06Z"
    assert json.loads(path.read_text("utf-8"))["papers"].keys() == {"r"}
    assert [annotations.redo(), Annotations(path).redo(), annotations.redo()] == [first, second, third]
    assert json.loads(path.read_text("utf-8")) == entries


def test_the_last_step_of_the_library_is_undone_whoever_made_it(path: Path) -> None:
    one, two = star(path, "p"), star(path, "q")
    one.change("r", "R", "starred", True)
    assert papers([two.undo(), one.undo(), two.undo()]) == ["r", "q", "p"]
    assert two.redo()
    assert starred(path) == {"p"}
    one.change("s", "S", "read", True)
    assert two.redo() is None
    assert papers(undo_all(path)) == ["s", "p"]


def test_what_the_clock_did_is_passed_over_and_costs_no_redo(path: Path) -> None:
    annotations = star(path, "p")

    def tick(paper: str) -> None:
        annotations.change_all([Setting(paper, paper, "read", True)], by_clock=True)

    tick("q")
    assert papers([Annotations(path).undo()]) == ["p"]
    tick("r")
    assert papers([Annotations(path).redo(), annotations.undo()]) == ["p", "p"]
    assert Annotations(path).ids("read") == {"q", "r"}
    assert papers(undo_all(path)) == ["r", "q"]
    assert papers([annotations.redo(), annotations.redo(), Annotations(path).redo()]) == ["q", "r", "p"]
    assert annotations.undo() == Step((Change("p", "Title of p", "starred", False, True),))
    annotations.change("s", "S", "starred", True)
    assert annotations.redo() is None


def test_of_those_that_are_too_old_what_the_clock_did_goes_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "STEPS", 5)
    annotations = star(path, *"pqr")
    for number in range(30):
        annotations.change_all([Setting(f"{number}", "T", "read", True)], by_clock=True)
    steps = undo_all(path)
    assert papers(steps)[:4] == ["r", "q", "p", "29"] and len(steps) <= 11


def test_of_several_changes_those_that_somebody_changed_since_are_kept(path: Path) -> None:
    annotations = Annotations(path)
    annotations.change_all([Setting(i, i, "note", f"note of {i}") for i in "pqr"], "three notes")
    edit_in_place(path, q={"note": "newer"}, r={})
    step = Annotations(path).undo()
    assert step
    assert [change.paper_id for change in step.kept] == ["q"]
    assert Annotations(path).entries() == {"q": Annotation(note="newer")}
    step = annotations.redo()
    assert step
    assert [change.paper_id for change in step.kept] == ["q"]
    assert {i: a.note for i, a in annotations.entries().items()} == {
        "p": "note of p",
        "q": "newer",
        "r": "note of r",
    }


def test_what_somebody_else_took_back_is_passed_over(path: Path) -> None:
    annotations = star(path, "p", "q")
    edit_in_place(path, q={})
    step = annotations.undo()
    assert step
    assert step.changes[0].paper_id == "p"
    assert annotations.entries() == {}
    assert papers([annotations.redo(), annotations.redo()]) == ["p", "q"]


def test_a_star_that_somebody_else_set_is_not_taken_away(path: Path) -> None:
    annotations = star(path, "q", "p")
    annotations.undo()
    edit_in_place(path, p={"starred": True, "starred_at": "2001-02-03T04:05:06Z"})
    assert papers([annotations.undo()]) == ["q"]
    assert starred(path) == {"p"}
    assert annotations.undo() is None
    assert starred(path) == {"p"}


def test_lines_that_cannot_be_read_are_left_out_and_told(path: Path, file: Path) -> None:
    star(path, *"pqrstu")
    head, p, q, r, s, t, u = file.read_bytes().splitlines(keepends=True)
    newer = t.replace(b'"starred"', b'"rating"')
    damaged = [b"\xff\0\n", q[:40] + b"\n", b"[" * 9_000 + b"\n"]
    file.write_bytes(b"".join([head, p, *damaged, r, s[2:], newer, u]))
    annotations = Annotations(path)
    undone = [annotations.undo(), annotations.undo(), annotations.undo()]
    assert papers(undone) == ["u", "r", "p"]
    assert annotations.undo() is None
    assert starred(path) == {"q", "s", "t"}
    assert annotations.notice == "A part of history.jsonl cannot be read: what it says cannot be undone."
    assert annotations.problem == ""
    annotations.change("v", "V", "starred", True)
    assert b"\xff" not in file.read_bytes()
    assert Annotations(path).undo()
    assert Annotations(path).notice == ""


@pytest.mark.parametrize("cut", [1, 30, 90])
def test_a_line_without_an_end_harms_no_other(path: Path, file: Path, cut: int) -> None:
    star(path, "p", "q")
    file.write_bytes(file.read_bytes()[:-cut])
    assert Annotations(path).change("r", "R", "starred", True)
    steps = undo_all(path)
    assert papers(steps) == (["r", "q", "p"] if cut == 1 else ["r", "p"])


def test_a_file_of_something_else_is_moved_aside(library: Path, path: Path, file: Path) -> None:
    file.write_text("my diary\n")
    annotations = star(path, "p")
    (aside,) = library.glob("history.damaged-*.jsonl")
    assert aside.read_text() == "my diary\n"
    assert annotations.notice == f"history.jsonl was no history of this program: it is now {aside.name}."
    assert Annotations(path).undo()
    assert starred(path) == set()


def test_something_else_than_a_file_is_told_and_changes_are_saved(path: Path, file: Path) -> None:
    file.mkdir()
    annotations = star(path, "p")
    assert annotations.problem == (
        f"What is done now can be undone in this run only: it is not a file ({file}). "
        "Please check the disk; it is tried again by itself."
    )
    assert starred(path) == {"p"}
    assert annotations.undo()
    assert annotations.problem.startswith(f"What was done before cannot be undone: it is not a file ({file})")
    annotations.refresh()
    assert starred(path) == set()
    annotations.change("q", "Q", "starred", True)
    file.rmdir()
    annotations.refresh()
    assert annotations.problem == ""
    assert papers(undo_all(path)) == ["q"]


def test_a_history_that_is_gone_is_begun_again(path: Path, file: Path) -> None:
    annotations = star(path, "p")
    file.unlink()
    assert annotations.undo() is None
    annotations.change("q", "Q", "starred", True)
    assert papers(undo_all(path)) == ["q"]


@pytest.mark.parametrize(("most", "longest", "left"), [(5, 64_000_000, 5), (2_000, 2_400, 5)])
def test_what_is_too_old_goes(
    path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, most: int, longest: int, left: int
) -> None:
    monkeypatch.setattr(history, "STEPS", most)
    monkeypatch.setattr(history, "LONGEST", longest)
    annotations = Annotations(path)
    sizes = []
    for number in range(60):
        annotations.change(f"{number:02}", "T", "starred", True)
        sizes.append(file.stat().st_size)
        if number % 9 == 0:
            annotations.undo()
            annotations.redo()
    assert max(sizes) < 12 * 250
    annotations.undo()
    annotations.undo()
    steps = undo_all(path)
    assert len(steps) >= left - 2
    names = [f"{number:02}" for number in range(57, 57 - len(steps), -1)]
    assert papers(steps) == names
    while Annotations(path).redo():
        pass
    assert "59" in starred(path)


def test_what_was_undone_survives_that_the_file_is_written_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotations = star(path, *"pqrst")
    for _ in range(3):
        annotations.undo()
    monkeypatch.setattr(history, "LONGEST", 1_000)
    assert annotations.redo()
    assert papers([annotations.redo(), annotations.redo()]) == ["s", "t"]
    assert annotations.redo() is None


def test_the_last_step_can_be_undone_however_long_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LONGEST", 10_000)
    annotations = star(path, "p")
    annotations.change("p", "T", "note", "x" * 100_000)
    annotations.change("p", "T", "note", "")
    assert len(Annotations(path).get("p").note) == 0
    assert Annotations(path).undo()
    assert len(Annotations(path).get("p").note) == 100_000


@pytest.mark.skipif(os.name == "nt", reason="permissions")
def test_private_annotations_have_a_private_history(path: Path, file: Path) -> None:
    annotations = star(path, "p")
    path.chmod(0o600)
    annotations.change("q", "T", "note", "private")
    assert file.stat().st_mode & 0o777 == 0o600


def test_changes_that_differ_in_the_paper_only_are_written_together(path: Path, file: Path) -> None:
    annotations = Annotations(path)
    annotations.change_all([Setting(f"{n:016x}", f"Title {n}", "read", True) for n in range(1_000)], "many")
    assert file.stat().st_size < 40 * 1_000
    with watched(lambda *_: None) as calls:
        assert annotations.undo()
    assert calls.count("os.replace") == 2  # the annotations and their backup


def lines() -> st.SearchStrategy[bytes]:
    """Steps, and what becomes of them when bytes are lost, put in or changed."""
    change = Change("p", "T", "note", "a", "b", None, "2026-11-21T09:14:00Z")
    line = written("0123456789ab", Step((change,), "L"))
    cut = st.tuples(st.integers(0, len(line)), st.integers(0, len(line)), st.binary(max_size=6))
    return cut.map(lambda at: line[: at[0]] + at[2] + line[at[1] :])


@given(lines())
def test_whatever_is_in_a_line_is_a_step_or_none(line: bytes) -> None:
    step = opened(line)
    if step:
        assert opened(written("0123456789ab", step)) == step


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines() | st.binary(max_size=30).map(lambda data: data + b"\n"), max_size=6))
def test_no_history_keeps_a_library_from_being_used(library: Path, hostile: list[bytes]) -> None:
    path, file = library / "annotations.json", library / "history.jsonl"
    for old in (path, file):
        old.unlink(missing_ok=True)
    with mock.patch("os.fsync"):
        star(path, "q")
        file.write_bytes(file.read_bytes() + b"".join(hostile))
        annotations = Annotations(path)
        assert annotations.change("r", "R", "starred", True)
        while annotations.undo():
            pass
        assert annotations.problem == ""
        assert "q" not in starred(path) or hostile
        assert "r" not in starred(path)
