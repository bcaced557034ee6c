"""What a reader does to a paper, which may be annotated under several of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from paperreader.annotations import Annotation, Annotations, Field, Setting, Value
from paperreader.paper import Paper
from paperreader.tags import cleaned

Mark = Literal["starred", "read", "skipped", "later"]
JUDGING: Final[tuple[Field, ...]] = ("read", "skipped", "later", "starred")
"""A paper with any of these has been judged."""

_NOT_BOTH: Final[dict[Mark, Mark]] = {"skipped": "later", "later": "skipped"}
_DONE: Final = {
    ("starred", True): "starred",
    ("starred", False): "unstarred",
    ("read", True): "marked as read",
    ("read", False): "marked as unread",
    ("skipped", True): "skipped",
    ("skipped", False): "no longer skipped",
    ("later", True): "kept for later",
    ("later", False): "no longer kept for later",
}


class Annotating:
    """The part of a library that knows what its reader did to papers, and does it."""

    annotations: Annotations

    def annotation(self, paper: Paper) -> Annotation:
        """What the reader did to the paper, under whichever of its keys."""
        entries = self.annotations.entries()
        found = [entries[key] for key in paper.keys if key in entries]
        if len(found) < 2:
            return found[0] if found else Annotation()
        return _joined(paper.title, found)

    def mark(self, paper: Paper, field: Mark, value: bool) -> None:
        """Set a mark of the paper, or clear it, under whichever of its keys it stands."""
        self.annotations.change_all(_marking(self.annotations, paper, field, value))

    def mark_all(self, papers: Iterable[Paper], field: Mark, value: bool) -> int:
        """Set or clear a mark of many papers in one step. The number of those that did not have it so."""
        changed = 0
        settings: list[Setting] = []
        for paper in papers:
            if getattr(self.annotation(paper), field) != value:
                settings += _marking(self.annotations, paper, field, value)
                changed += 1
        self.annotations.change_all(settings, _said_of_many(changed, field, value))
        return changed

    def note(self, paper: Paper, text: str) -> None:
        """Set the note of the paper; what stands under its other keys is part of it, and goes."""
        self.annotations.change_all(_setting(self.annotations, paper, "note", text))

    def tag(self, paper: Paper, tags: Iterable[str]) -> None:
        """Give the paper these tags, and no others."""
        self.annotations.change_all(_setting(self.annotations, paper, "tags", tuple(tags)))

    def annotated_as(self, paper: Paper) -> str:
        """The key under which the paper's annotation stands, or would be put when there is none."""
        return _first_key(self.annotations, paper)


def _joined(title: str, found: Sequence[Annotation]) -> Annotation:
    """What is said of a paper under several keys."""
    return Annotation(
        title,
        any(each.starred for each in found),
        "\n\n".join(dict.fromkeys(each.note for each in found if each.note)),
        any(each.read for each in found),
        any(each.skipped for each in found),
        any(each.later for each in found),
        cleaned(tag for each in found for tag in each.tags),
    )


def _first_key(annotations: Annotations, paper: Paper) -> str:
    """The key under which the paper's annotation stands, or would be put when there is none."""
    entries = annotations.entries()
    return next((key for key in paper.keys if key in entries), paper.id)


def _setting(annotations: Annotations, paper: Paper, field: Field, value: Value) -> Iterator[Setting]:
    """Gives a field this value under the first key, and clears it under the others."""
    first = _first_key(annotations, paper)
    yield Setting(first, paper.title, field, value)
    for key in paper.keys:
        if key != first and getattr(annotations.get(key), field):
            yield Setting(key, paper.title, field, False)


def _marking(annotations: Annotations, paper: Paper, mark: Mark, value: bool) -> Iterator[Setting]:
    """Sets a mark, or clears it; a paper is not both skipped and kept for later."""
    if value:
        yield Setting(_first_key(annotations, paper), paper.title, mark, True)
        if other := _NOT_BOTH.get(mark):
            yield from _clearing(annotations, paper, other)
    else:
        yield from _clearing(annotations, paper, mark)


def _clearing(annotations: Annotations, paper: Paper, field: Field) -> Iterator[Setting]:
    for key in paper.keys:
        if getattr(annotations.get(key), field):
            yield Setting(key, paper.title, field, False)


def _said_of_many(count: int, mark: Mark, value: bool) -> str:
    """What was done to so many papers: "81 papers marked as read"."""
    return f"{count:,} paper{'' if count == 1 else 's'} {_DONE[mark, value]}"
