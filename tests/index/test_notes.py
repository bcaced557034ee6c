"""Notes, and papers in no dump, are searched together with the papers of the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperreader.index import Index

from .making import make, paper, search

FIRST = paper("Sparse attention", "transformers")
SECOND = paper("Dense retrieval", "transformers")
ORPHAN = paper("A forgotten paper")


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return make(tmp_path, [FIRST, SECOND])


def test_a_word_in_the_note_and_one_in_the_abstract_match_one_paper(index: Index) -> None:
    notes = {SECOND.id: "compare with *colbert*"}
    assert list(search(index, "colbert transformers ", notes=notes).ordinals) == [1]
    assert list(search(index, "colb", notes=notes).ordinals) == [1]
    assert list(search(index, "note:transformers ", notes=notes).ordinals) == []
    assert list(search(index, "transformers -note:colbert ", notes=notes).ordinals) == [0]


def test_a_new_version_of_the_notes_is_searched(index: Index) -> None:
    assert list(search(index, "colbert ", notes={SECOND.id: "colbert"}, notes_version=1).ordinals) == [1]
    assert list(search(index, "colbert ", notes={FIRST.id: "colbert"}, notes_version=2).ordinals) == [0]
    assert list(search(index, "colbert ", notes={}, notes_version=3).ordinals) == []


def test_notes_rank(index: Index) -> None:
    notes = {SECOND.id: "transformers"}
    assert list(search(index, "transformers ", notes=notes).ordinals) == [1, 0]


def test_papers_in_no_dump_come_after_the_others(index: Index) -> None:
    notes = {ORPHAN.id: "a note about sparse things"}
    found = search(index, "sparse ", sort="date", notes=notes, orphans=[ORPHAN]).ordinals
    assert found[-1] == 2
    assert len(found) == 2
    assert list(search(index, "forg", orphans=[ORPHAN], notes_version=2).ordinals) == [2]
    assert list(search(index, f"id:{ORPHAN.id} ", orphans=[ORPHAN]).ordinals) == [2]
    assert list(search(index, "seen:0 is:starred", orphans=[ORPHAN], states={"starred": {2}}).ordinals) == [2]
    assert list(search(index, "-transformers ", orphans=[ORPHAN]).ordinals) == [2]


def test_papers_in_no_dump_are_found_without_any_other() -> None:
    found = search(Index.empty(), "sparse forgotten ", notes={ORPHAN.id: "sparse"}, orphans=[ORPHAN])
    assert list(found.ordinals) == [0]


def test_notes_on_papers_that_nobody_knows_are_no_obstacle(index: Index) -> None:
    assert list(search(index, "sparse ", notes={"f" * 16: "sparse", "": "sparse"}).ordinals) == [0]
