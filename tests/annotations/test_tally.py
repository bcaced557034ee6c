"""What a visit did, counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.annotations import Annotations, Setting
from paperreader.annotations.form import Field, Value

A, B, C = "a" * 16, "b" * 16, "c" * 16


@pytest.fixture
def annotations(tmp_path: Path) -> Annotations:
    return Annotations(tmp_path / "annotations.json")


def said(annotations: Annotations) -> str:
    return annotations.tally.summary(annotations.unsaved)


def test_nothing_is_said_of_nothing(annotations: Annotations) -> None:
    assert said(annotations) == ""
    annotations.change(A, "A", "starred", True)
    annotations.change(A, "A", "starred", False)
    assert said(annotations) == ""


def test_every_field_is_counted(annotations: Annotations) -> None:
    fields: dict[Field, Value] = {
        "read": True,
        "starred": True,
        "later": True,
        "skipped": True,
        "note": "text",
        "tags": ("rl",),
    }
    for field, value in fields.items():
        annotations.change(A, "A", field, value)
    assert said(annotations) == "1 read, 1 starred, 1 for later, 1 skipped, 1 note, 1 tagged"
    annotations.change_all([Setting(p, p, "read", True) for p in (A, B, C)])
    annotations.change(B, "B", "note", "text")
    assert said(annotations).startswith("3 read, ") and "2 notes" in said(annotations)


def test_what_is_undone_was_not_done_and_what_is_made_again_was(annotations: Annotations) -> None:
    annotations.change_all([Setting(p, p, "read", True) for p in (A, B, C)])
    annotations.change(A, "A", "note", "text")
    annotations.undo()
    assert said(annotations) == "3 read"
    annotations.undo()
    assert said(annotations) == ""
    annotations.redo()
    assert said(annotations) == "3 read"


def test_what_was_there_before_and_what_others_do_does_not_count(tmp_path: Path) -> None:
    before = Annotations(tmp_path / "annotations.json")
    before.change(A, "A", "starred", True)
    before.change(A, "A", "later", True)
    now = Annotations(tmp_path / "annotations.json")
    now.change(B, "B", "read", True)
    before.change(C, "C", "read", True)
    now.refresh()
    assert now.get(C).read and said(now) == "1 read"
    now.change(A, "A", "starred", False)
    assert said(now) == "1 read, 1 taken back"
    now.change_all([Setting(A, "A", "later", False), Setting(A, "A", "skipped", True)])
    assert said(now) == "1 read, 1 skipped"


def test_what_is_not_saved_is_not_said(tmp_path: Path) -> None:
    (tmp_path / "annotations.json").mkdir()
    annotations = Annotations(tmp_path / "annotations.json")
    annotations.change(A, "A", "starred", True)
    assert annotations.unsaved == {A} and said(annotations) == ""


STEPS = st.one_of(
    st.tuples(st.sampled_from([A, B, C]), st.sampled_from(["read", "starred", "skipped"]), st.booleans()),
    st.sampled_from(["undo", "redo"]),
)


@settings(max_examples=30)
@given(st.lists(STEPS, max_size=25))
def test_the_count_is_the_difference(tmp_path_factory: pytest.TempPathFactory, steps: list[object]) -> None:
    annotations = Annotations(tmp_path_factory.mktemp("tally") / "annotations.json")
    for step in steps:
        if isinstance(step, tuple):
            annotations.change(step[0], step[0], step[1], step[2])
        else:
            getattr(annotations, str(step))()
    counted = [f"{len(annotations.ids(f))} {f}" for f in ("read", "starred", "skipped") if annotations.ids(f)]
    assert said(annotations) == ", ".join(counted)
