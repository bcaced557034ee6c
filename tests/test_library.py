"""A library whose index is damaged, or whose papers are annotated under several keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader import importing
from paperreader.index.sections import Sections
from paperreader.library import Annotation, Library, Mark, with_mark
from tests.test_importing import records

Open = Callable[[], Library]


def damage(library: Path, section: str) -> None:
    """Turn over bits in a section of the catalogue; its length and time stay."""
    (path,) = (library / "index").glob("*.catalogue")
    status, data = path.stat(), bytearray(path.read_bytes())
    start, length, _, _ = Sections(bytes(data))._sections[section]
    data[start + length // 2] ^= 85
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("section", ["date", "ids", "by_id"])
def test_damage_to_what_the_first_frame_needs_is_met_while_opening(
    open_library: Open, seeded: Path, section: str
) -> None:
    before = open_library()
    count = len(before)
    before.annotations.change(before.paper(3).id, before.paper(3).title, "starred", True)
    damage(seeded, section)
    library = Library(seeded)
    assert library.open().startswith("the index is damaged")
    assert library.index is None
    library.rebuild()
    assert (len(library), len(library.states["starred"]), library.open()) == (count, 1, "")


def test_damage_is_remembered_until_the_index_is_made_again(
    open_library: Open, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(seeded, "date")
    library = Library(seeded)
    assert library.open()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    asked: list[bool] = []
    with monkeypatch.context() as patch:
        patch.setattr(importing, "bring_up_to_date", interrupted)
        with pytest.raises(KeyboardInterrupt):
            library.rebuild()
    made = importing.bring_up_to_date

    def watched(*args: object, anew: bool = False, **more: object) -> None:
        asked.append(anew)
        made(*args, anew=anew, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "bring_up_to_date", watched)
    library.rebuild()
    library.rebuild()
    assert asked == [True, False]


def test_an_index_that_proves_to_be_damaged_counts_nothing_twice(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.take_in([records(tmp_path / "a", 0, 50)])
    (documents,) = (tmp_path / "library" / "index").glob("*.documents")
    status, data = documents.stat(), bytearray(documents.read_bytes())
    start, length, _, _ = Sections(bytes(data))._sections["records"]
    data[start + length // 2] ^= 85
    documents.write_bytes(data)
    os.utime(documents, ns=(status.st_atime_ns, status.st_mtime_ns))
    done = library.take_in([records(tmp_path / "b", 0, 51)])
    assert (done.new, done.again, len(library)) == (1, 50, 51)


def test_notes_under_two_keys_of_one_paper_are_both_found(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.take_in([records(tmp_path / "a", 0, 3)])
    paper = library.paper(0)
    assert len(paper.keys) > 1
    for key, note in zip(paper.keys, ("apricot", "quince"), strict=False):
        library.annotations.change(key, paper.title, "note", note)
    for word in ("apricot", "quince"):
        assert list(library.search(f"note:{word} ").ordinals) == [0]


def test_a_paper_that_is_skipped_is_neither_starred_nor_kept_for_later(open_library: Open) -> None:
    library = open_library()
    one, two = library.paper(3), library.paper(5)

    def marks(noted: Annotation) -> str:
        return " ".join(mark for mark in ("starred", "later", "skipped", "read") if getattr(noted, mark))

    steps: list[tuple[Mark, bool, str]] = [
        ("later", True, "later"),
        ("starred", True, "starred later"),
        ("read", True, "starred later read"),
        ("skipped", True, "skipped read"),
        ("skipped", False, "read"),
        ("skipped", True, "skipped read"),
        ("later", True, "later read"),
        ("skipped", True, "skipped read"),
        ("starred", True, "starred read"),
    ]
    for mark, value, expected in steps:
        foreseen = with_mark(library.annotation(one), mark, value)
        library.mark(one, mark, value)
        library.mark_all([two], mark, value)
        assert [marks(foreseen), *(marks(library.annotation(each)) for each in (one, two))] == [expected] * 3
    library.annotations.undo()
    assert marks(library.annotation(two)) == "skipped read", "one decision is one step"


def test_states_and_tags_are_searched_for(open_library: Open) -> None:
    library = open_library()
    one, two, three = (library.paper(n) for n in (3, 5, 8))
    library.mark(one, "skipped", True)
    library.mark(two, "later", True)
    library.mark(three, "read", True)
    library.tag(one, ["RL", "to do"])
    library.tag(three, ["rlhf"])

    def found(text: str) -> list[int]:
        return sorted(library.search(text).ordinals)

    assert [found(f"is:{state} ") for state in ("skipped", "later", "tagged")] == [[3], [5], [3, 8]]
    assert found("is:judged ") == [3, 5, 8] == sorted({*range(len(library))} - {*found("-is:judged ")})
    assert [found(text) for text in ("tag:rl", "tag:rl ", 'tag:"To', "tag:rl -tag:r")] == [
        [3, 8],
        [3],
        [3],
        [3],
    ]
    assert sorted(library.search("", view="later").ordinals) == [5]
    library.tag(one, ["other"])
    library.mark(two, "later", False)
    assert [found(text) for text in ("tag:rl", "tag:rl ", "is:judged ")] == [[8], [], [3, 8]]
