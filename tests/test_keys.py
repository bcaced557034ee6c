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
