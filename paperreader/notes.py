"""All notes of a library, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from paperreader.library import Library

if TYPE_CHECKING:
    from paperreader.index import Marks

_IN_NOTES = "note:("
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class Note(NamedTuple):
    """What was written about one paper."""

    paper_id: str
    title: str
    text: str
    at: datetime | None
    """When it was written last; None where the file does not say."""
    ordinal: int | None
    """That of the paper, at the library's revision of the moment."""


class FoundNotes(NamedTuple):
    """The notes that match."""

    notes: list[Note]
    total: int
    """How many there are."""
    marks: Marks | None
    """Where the words that were sought stand in them."""
    meant: str
    """The query in its nearest spelling, where nothing matches it as it is."""


def newest_first(library: Library) -> list[Note]:
    """Every note; those of which it is not known when they were written come last."""
    annotations = library.annotations
    times = annotations.times("note")
    notes: dict[int | str, Note] = {}
    for paper_id in sorted(annotations.ids("note")):
        ordinal, entry = library.find(paper_id), annotations.get(paper_id)
        note = Note(paper_id, entry.title, entry.note, times.get(paper_id), ordinal)
        key = paper_id if ordinal is None else ordinal
        notes[key] = _joined(notes[key], note) if key in notes else note
    by_title = sorted(notes.values(), key=lambda note: note.title)
    return sorted(by_title, key=lambda note: note.at or _LONG_AGO, reverse=True)


def find(library: Library, text: str = "", cancelled: Callable[[], bool] = lambda: False) -> FoundNotes:
    """The notes in which the words stand, the newest first; all of them where nothing is sought.

    The text is a query as in the filter, but that its words are sought in notes alone. Raises
    Cancelled soon after `cancelled()` is true.
    """
    notes = newest_first(library)
    if not text.strip():
        return FoundNotes(notes, len(notes), None, "")
    # not closed, so that the last word is still one that is being typed
    answer = library.search(f"{_IN_NOTES}{text}", view="noted", cancelled=cancelled)
    matching: Collection[int | None] = frozenset(answer.ordinals)
    found = [note for note in notes if note.ordinal in matching]
    return FoundNotes(found, len(notes), answer.marks, answer.meant.removeprefix(_IN_NOTES))


def _joined(one: Note, other: Note) -> Note:
    """The notes of a paper that is annotated under two of its keys."""
    text = "\n\n".join(dict.fromkeys((one.text, other.text)))
    return one._replace(text=text, at=max(filter(None, (one.at, other.at)), default=None))
