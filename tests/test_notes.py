"""All notes: the newest first, found by their words, each paper once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from paperreader import notes
from paperreader.annotations.form import times
from paperreader.library import Library

Open = Callable[[], Library]


def write(folder: Path, papers: dict[str, dict[str, object]]) -> None:
    document = {"format": "paperreader-annotations", "papers": papers, "version": 1}
    (folder / "annotations.json").write_text(json.dumps(document), encoding="utf-8")


def noted(library: Library, *written: tuple[str, str | None]) -> Library:
    """The library with these notes, each with the time that stands beside it, on its first papers."""
    papers: dict[str, dict[str, object]] = {}
    for ordinal, (text, at) in enumerate(written):
        paper = library.paper(ordinal)
        papers[paper.id] = {"title": paper.title, "note": text} | ({"noted_at": at} if at else {})
    write(library.folder, papers)
    library.annotations.refresh()
    return library


def test_the_newest_come_first_and_those_without_a_time_last(open_library: Open) -> None:
    library = noted(
        open_library(),
        ("old", "2025-01-01T12:00:00Z"),
        ("undated", None),
        ("new", "2026-01-01T12:00:00+02:00"),
        ("strange", "yesterday"),
    )
    found = notes.newest_first(library)
    assert [note.text for note in found[:2]] == ["new", "old"]
    assert {note.text for note in found[2:]} == {"undated", "strange"}
    assert found[0].at == datetime(2026, 1, 1, 10, tzinfo=UTC) and found[0].ordinal == 2
    assert found[2].at is None
    together = noted(library, *((f"note {n}", None) for n in range(6)))
    titles = [note.title for note in notes.newest_first(together)]
    assert titles == sorted(titles), "those of one time by their titles"


def test_words_are_sought_in_notes_alone(open_library: Open) -> None:
    library = open_library()
    word = max(library.paper(0).title.split(), key=len)
    library = noted(library, ("nothing of it", None), (f"about {word.lower()} and replay", None))
    assert len(library.search(word).ordinals) >= 2
    assert [note.ordinal for note in notes.find(library, word).notes] == [1]
    assert notes.find(library, "REPL").notes[0].ordinal == 1
    assert notes.find(library, 'title:"' + word).total == 2
    found = notes.find(library, "reply")
    assert found.meant in ("replay", "") and notes.find(library, " ").total == len(notes.find(library).notes)


def test_what_matches_is_marked(open_library: Open) -> None:
    found = notes.find(noted(open_library(), ("a hebbian rule", None)), "hebb")
    assert found.marks is not None
    ((start, end),) = found.marks.spans(found.notes[0].text, "note")
    assert found.notes[0].text[start:end] == "hebbian"


def test_a_misspelt_word_finds_the_nearest(open_library: Open) -> None:
    found = notes.find(noted(open_library(), ("a hebbian rule", None)), "hebbina")
    assert len(found.notes) == 1 and found.meant == "hebbian"


def test_a_paper_under_two_keys_is_listed_once(open_library: Open) -> None:
    library = open_library()
    paper = library.paper(0)
    other = "0123456789abcdef"
    find = library.find
    library.find = lambda key: 0 if key == other else find(key)  # type: ignore[method-assign]
    write(
        library.folder,
        {
            paper.id: {"title": paper.title, "note": "one", "noted_at": "2026-01-01T12:00:00Z"},
            other: {"title": paper.title, "note": "two", "noted_at": "2026-02-01T12:00:00Z"},
        },
    )
    library.annotations.refresh()
    (note,) = notes.newest_first(library)
    assert set(note.text.split("\n\n")) == {"one", "two"} and note.at == datetime(2026, 2, 1, 12, tzinfo=UTC)


def test_a_note_on_a_paper_that_is_in_no_dump_is_listed(open_library: Open) -> None:
    library = open_library()
    write(library.folder, {"0123456789abcdef": {"title": "A lost paper", "note": "remember replay"}})
    library.annotations.refresh()
    (note,) = notes.find(library, "replay").notes
    assert note.title == "A lost paper" and note.ordinal == library.find("0123456789abcdef")


def test_five_thousand_notes(tmp_path: Path) -> None:
    library = Library(tmp_path)
    ids = [f"{n:016x}" for n in range(5000)]
    write(tmp_path, {i: {"title": f"Paper {i}", "note": f"note number {int(i, 16)}"} for i in ids})
    library.annotations.refresh()
    assert len(notes.find(library).notes) == 5000
    assert [note.text for note in notes.find(library, "4711").notes] == ["note number 4711"]


@given(st.text() | st.datetimes().map(datetime.isoformat) | st.none() | st.integers())
def test_any_time_is_a_time_or_none(written: object) -> None:
    found = times({"a": {"note": "x", "noted_at": written}}, "note", ["a", "b"])
    assert all(at.tzinfo and at.astimezone() for at in found.values())


@given(st.text())
def test_nothing_typed_is_an_error(text: str) -> None:
    assert notes.find(_EMPTY, text).notes == []


_EMPTY = Library(Path("no such folder"))
