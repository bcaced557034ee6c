"""What was done to papers, in words for the status line."""

from __future__ import annotations

from typing import Final

from paperreader.counts import counted
from paperreader.library import Annotation, Change, Field, Mark, Step
from paperreader.tui.rows import cut

_MARKED: Final[dict[tuple[Mark, bool], str]] = {
    ("starred", True): "Starred",
    ("starred", False): "Star taken away",
    ("read", True): "Marked as read",
    ("read", False): "Marked as unread",
    ("skipped", True): "Skipped",
    ("skipped", False): "No longer skipped",
    ("later", True): "Kept for later",
    ("later", False): "No longer kept for later",
}
_NOUNS: Final[dict[Field, str]] = {
    "starred": "star",
    "note": "note",
    "read": "read mark",
    "skipped": "skip",
    "later": "“later”",
    "tags": "tags",
}


def marked(mark: Mark, value: bool, before: Annotation) -> str:
    """What was done to a paper that stood so before."""
    without_star = ", and the star taken away" if mark == "skipped" and value and before.starred else ""
    return _MARKED[mark, value] + without_star


def short(title: str) -> str:
    """A title as it is named in a sentence."""
    return f"“{cut(title, 40)}”"


def undone(step: Step | None) -> str:
    """What was undone."""
    return "Nothing to undo" if step is None else _turned(step, "Undone", "Not undone")


def redone(step: Step | None) -> str:
    """What was made again."""
    return "Nothing to redo" if step is None else _turned(step, "Done again", "Not done again")


def _turned(step: Step, done: str, not_done: str) -> str:
    kept = len({change.paper_id for change in step.kept})
    if len(step.kept) == len(step.changes):
        return f"{not_done}, as it has been changed since: {_named(step)}"
    but = f", but for {counted(kept, 'paper')} changed since" if kept else ""
    return f"{done}{but}: {_named(step)}"


def _named(step: Step) -> str:
    return step.label or _described(step.changes[0])


def _described(change: Change) -> str:
    return f"{_NOUNS[change.field]} {'of' if change.after else 'taken from'} {short(change.title)}"
