"""What a reader does to a paper, which may be annotated under several of its keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from paperreader.annotations import Annotation, Annotations, Field, Setting, Value
from paperreader.paper import Paper
from paperreader.tags import cleaned

Mark = Literal["starred", "read", "skipped", "later"]
JUDGING: Final[tuple[Field, ...]] = ("read", "skipped", "later", "starred")
"""A paper with any of these has been judged."""

_NOT_BOTH: Final[dict[Mark, Mark]] = {"skipped": "later", "later": "skipped"}
_INSTEAD_OF: Final[dict[Mark, tuple[Mark, ...]]] = {"starred": ("skipped", "later"), "skipped": ("starred",)}
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


def joined(title: str, found: Sequence[Annotation]) -> Annotation:
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


def annotated_as(annotations: Annotations, paper: Paper) -> str:
    """The key under which the paper's annotation stands, or would be put when there is none."""
    entries = annotations.entries()
    return next((key for key in paper.keys if key in entries), paper.id)


def setting(annotations: Annotations, paper: Paper, field: Field, value: Value) -> Iterator[Setting]:
    """Gives a field this value under the first key, and clears it under the others."""
    first = annotated_as(annotations, paper)
    yield Setting(first, paper.title, field, value)
    for key in paper.keys:
        if key != first and getattr(annotations.get(key), field):
            yield Setting(key, paper.title, field, False)


def marking(annotations: Annotations, paper: Paper, mark: Mark, value: bool) -> Iterator[Setting]:
    """Sets a mark, or clears it; a paper is not both skipped and kept for later."""
    if value:
        yield Setting(annotated_as(annotations, paper), paper.title, mark, True)
        if other := _NOT_BOTH.get(mark):
            yield from _clearing(annotations, paper, other)
    else:
        yield from _clearing(annotations, paper, mark)


def deciding(annotations: Annotations, paper: Paper, mark: Mark) -> Iterator[Setting]:
    """Sets a mark as the newest decision on a paper, which takes the place of one that contradicts it."""
    yield from marking(annotations, paper, mark, True)
    for other in _INSTEAD_OF.get(mark, ()):
        yield from _clearing(annotations, paper, other)


def _clearing(annotations: Annotations, paper: Paper, field: Field) -> Iterator[Setting]:
    for key in paper.keys:
        if getattr(annotations.get(key), field):
            yield Setting(key, paper.title, field, False)


def said_of_many(count: int, mark: Mark, value: bool) -> str:
    """What was done to so many papers: "81 papers marked as read"."""
    return f"{count:,} paper{'' if count == 1 else 's'} {_DONE[mark, value]}"
