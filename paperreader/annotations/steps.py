"""Steps: what was changed in one go, and is undone and made again in one go; and a step as a line of text."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from paperreader.annotations import form
from paperreader.annotations.form import Field, Value
from paperreader.text import one_line


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field of one paper."""

    paper_id: str
    title: str
    field: Field
    before: Value
    after: Value
    before_at: str | None = dataclasses.field(default=None, compare=False)
    after_at: str | None = dataclasses.field(default=None, compare=False)
    """When it was set so, as in the file."""

    def turned(self) -> Change:
        """The change that takes this one back."""
        title, before, after = self.title, self.after, self.before
        return Change(self.paper_id, title, self.field, before, after, self.after_at, self.before_at)


@dataclass(frozen=True, slots=True)
class Step:
    """What was changed in one go, each field of a paper at most once."""

    changes: tuple[Change, ...]
    """At least one."""
    label: str = ""
    """What it was, if one change does not say it: "81 papers marked as read"."""
    by_clock: bool = False
    """Whether nobody asked for it: a paper was taken for read as it was open for long enough."""
    kept: tuple[Change, ...] = dataclasses.field(default=(), compare=False)
    """Those that were not undone, or made again, because the field has another value by now."""


def written(step_id: str, step: Step) -> bytes:
    """The line of a step, of which `opened` makes the step again.

    Changes that differ in nothing but the paper stand together, so that it is short where they are many.
    """
    changes = [
        {
            "field": field,
            **{key: value for key, value in zip(_VALUES, values, strict=True) if value is not None},
            "papers": {each.paper_id: each.title for each in these},
        }
        for (field, *values), these in groupby(step.changes, key=_in_common)
    ]
    clock = {"by": "clock"} if step.by_clock else {}
    label = {"label": step.label} if step.label else {}
    return line({"step": step_id, **clock, **label, "changes": changes})


def line(record: Mapping[str, Any]) -> bytes:
    """A record of a file of lines."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return (text + "\n").encode("utf-8", "backslashreplace")


def opened(data: bytes) -> Step | None:
    """The step in a line, made safe; None when there is none that can be made out."""
    try:
        record = json.loads(data)
        changes = tuple(_changes(record["changes"]))
        label = record.get("label", "")
        return Step(changes, one_line(label), record.get("by") == "clock") if changes else None
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None


_VALUES = ("before", "before_at", "after", "after_at")


def _in_common(change: Change) -> tuple[Any, ...]:
    return change.field, change.before, change.before_at, change.after, change.after_at


def _changes(groups: Any) -> Iterator[Change]:
    for group in groups:
        field = group["field"]
        if field not in form.FIELDS:
            raise ValueError(field)
        before, after = (form.cleaned(field, _value(group[key])) for key in ("before", "after"))
        before_at, after_at = (_time(group.get(key)) for key in ("before_at", "after_at"))
        for paper_id, title in group["papers"].items():
            if one_line(paper_id) == paper_id != "" and before != after:
                yield Change(paper_id, one_line(title), field, before, after, before_at, after_at)


def _value(value: Any) -> Value:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if isinstance(value, bool | str):
        return value
    raise TypeError(value)


def _time(value: Any) -> str | None:
    return value if isinstance(value, str) else None
