"""What a reader does to a paper, which may be annotated under several of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, Literal

from paperreader.annotations import Annotation, Annotations, Field, Setting, Value
from paperreader.counts import counted
from paperreader.paper import Paper
from paperreader.tags import cleaned, key

Mark = Literal["starred", "read", "skipped", "later"]

_CONTRADICTED: Final[dict[Mark, tuple[Mark, ...]]] = {
    "starred": ("skipped",),
    "later": ("skipped",),
    "skipped": ("starred", "later"),
}
"""What each mark takes the place of: what is not for the reader is neither starred nor kept for later."""
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


class Annotated:
    """The part of a library that says, and changes, what the reader did to papers."""

    annotations: Annotations

    def annotation(self, paper: Paper) -> Annotation:
        """What the reader did to the paper, under whichever of its keys."""
        entries = self.annotations.entries()
        found = [entries[each] for each in paper.keys if each in entries]
        if len(found) < 2:
            return found[0] if found else Annotation()
        return Annotation(
            paper.title,
            any(each.starred for each in found),
            "\n\n".join(dict.fromkeys(each.note for each in found if each.note)),
            any(each.read for each in found),
            any(each.skipped for each in found),
            any(each.later for each in found),
            cleaned(tag for each in found for tag in each.tags),
        )

    def annotated_as(self, paper: Paper) -> str:
        """The key under which the paper's annotation stands, or would be put when there is none."""
        entries = self.annotations.entries()
        return next((each for each in paper.keys if each in entries), paper.id)

    def mark(self, paper: Paper, mark: Mark, value: bool, *, by_clock: bool = False) -> None:
        """Set a mark of the paper in the place of those that it contradicts, or clear it; under all its keys.

        `by_clock` says that nobody asked for it; see `Annotations.change_all`.
        """
        self.annotations.change_all(self._marking(paper, mark, value), by_clock=by_clock)

    def mark_all(self, papers: Iterable[Paper], mark: Mark, value: bool) -> int:
        """Set or clear a mark of many papers in one step. The number of those that did not have it so."""
        changed = 0
        settings: list[Setting] = []
        for paper in papers:
            if getattr(self.annotation(paper), mark) != value:
                settings += self._marking(paper, mark, value)
                changed += 1
        self.annotations.change_all(settings, marked(changed, mark, value))
        return changed

    def tag_all(self, papers: Iterable[Paper], tags: Iterable[str]) -> int:
        """Give many papers these tags besides their own, in one step. The number of those that lacked one."""
        given, changed = cleaned(tags), 0
        settings: list[Setting] = []
        for paper in papers:
            now = self.annotation(paper).tags
            if {key(tag) for tag in given} - {key(tag) for tag in now}:
                settings += self._setting(paper, "tags", (*now, *given))
                changed += 1
        self.annotations.change_all(settings, tagged(changed, given))
        return changed

    def note(self, paper: Paper, text: str) -> None:
        """Set the note of the paper; what stands under its other keys is part of it, and goes."""
        self.annotations.change_all(self._setting(paper, "note", text))

    def tag(self, paper: Paper, tags: Iterable[str]) -> None:
        """Give the paper these tags, and no others."""
        self.annotations.change_all(self._setting(paper, "tags", tuple(tags)))

    def _setting(self, paper: Paper, field: Field, value: Value) -> Iterator[Setting]:
        first = self.annotated_as(paper)
        yield Setting(first, paper.title, field, value)
        yield from (each for each in self._clearing(paper, field) if each.paper_id != first)

    def _marking(self, paper: Paper, mark: Mark, value: bool) -> Iterator[Setting]:
        if value:
            yield Setting(self.annotated_as(paper), paper.title, mark, True)
            for other in _CONTRADICTED.get(mark, ()):
                yield from self._clearing(paper, other)
        else:
            yield from self._clearing(paper, mark)

    def _clearing(self, paper: Paper, field: Field) -> Iterator[Setting]:
        for paper_id in paper.keys:
            if getattr(self.annotations.get(paper_id), field):
                yield Setting(paper_id, paper.title, field, False)


def with_mark(annotation: Annotation, mark: Mark, value: bool) -> Annotation:
    """What `Annotated.mark` makes of an annotation."""
    cleared = _CONTRADICTED.get(mark, ()) if value else ()
    marks: dict[str, Any] = {mark: value, **dict.fromkeys(cleared, False)}
    return replace(annotation, **marks)


def marked(count: int, mark: Mark, value: bool) -> str:
    """What was done to so many papers: "81 papers marked as read"."""
    return f"{counted(count, 'paper')} {_DONE[mark, value]}"


def tagged(count: int, tags: Iterable[str]) -> str:
    """The same of tags: "81 papers tagged #survey"."""
    return f"{counted(count, 'paper')} tagged {' '.join(f'#{tag}' for tag in tags)}"
