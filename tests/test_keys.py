"""An annotation is on its paper under whichever of the paper's keys it was made."""

from __future__ import annotations

from pathlib import Path

from paperreader.annotations import Annotation
from paperreader.library import Library
from paperreader.paper import Details, Paper, arxiv_key

PAPER = Paper("1" * 16, "A title", "", details=Details(arxiv_id="2601.00001"), aliases=("2" * 16,))


def test_a_star_under_any_key_is_on_the_paper(tmp_path: Path) -> None:
    for number, key in enumerate(PAPER.keys):
        (tmp_path / str(number)).mkdir()
        library = Library(tmp_path / str(number))
        assert library.annotation(PAPER) == Annotation()
        assert library.annotated_as(PAPER) == PAPER.id
        library.annotations.change(key, "A title", "starred", True)
        assert library.annotation(PAPER).starred
        assert library.annotated_as(PAPER) == key


def test_what_was_said_under_two_keys_is_shown_together(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.annotations.change("2" * 16, "Old title", "note", "First.")
    library.annotations.change(arxiv_key("2601.00001"), "A title", "note", "Second.")
    library.annotations.change("1" * 16, "A title", "starred", True)
    assert library.annotation(PAPER) == Annotation("A title", starred=True, note="First.\n\nSecond.")
    assert library.annotation(PAPER._replace(aliases=(), details=Details())).note == ""


def test_marks_are_cleared_under_all_keys_and_a_paper_is_not_both_skipped_and_for_later(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    for key in PAPER.keys:
        library.annotations.change(key, "A title", "later", True)
    library.mark(PAPER, "skipped", True)
    assert library.annotation(PAPER) == Annotation("A title", skipped=True)
    library.annotations.undo()
    assert library.annotations.ids("later") == set(PAPER.keys)
    library.mark(PAPER, "later", False)
    assert library.annotations.entries() == {}


def test_tags_and_notes_are_set_for_all_keys_at_once(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for key, tag in zip(PAPER.keys, ("b", "a", "B"), strict=True):
        library.annotations.change(key, "A title", "tags", (tag,))
        library.annotations.change(key, "A title", "note", tag)
    assert library.annotation(PAPER) == Annotation("A title", note="b\n\na\n\nB", tags=("a", "b"))
    library.tag(PAPER, ["c", "a"])
    library.note(PAPER, "one")
    assert library.annotation(PAPER) == Annotation("A title", note="one", tags=("a", "c"))
    assert library.annotations.ids("tags") == library.annotations.ids("note") == {PAPER.id}
    library.annotations.undo()
    library.annotations.undo()
    assert library.annotation(PAPER).note == "b\n\na\n\nB"
    assert len(library.annotations.ids("tags")) == 3


def test_many_are_marked_in_one_step(tmp_path: Path) -> None:
    library = Library(tmp_path)
    others = [Paper(f"{n:016x}", f"Paper {n}", "") for n in range(3)]
    library.mark(others[0], "read", True)
    assert library.mark_all([PAPER, *others], "read", True) == 3
    assert len(library.annotations.ids("read")) == 4
    step = library.annotations.undo()
    assert step
    assert (step.label, len(step.changes)) == ("3 papers marked as read", 3)
    assert library.annotations.ids("read") == {others[0].id}
    assert library.mark_all([PAPER], "starred", False) == 0
    assert library.annotations.redo() == step
