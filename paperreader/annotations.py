"""What the reader did to papers: stars, notes and read marks, none of which is ever lost.

A change is made under a lock, on top of what is in annotations.json at that moment, one field of one
paper at a time, so that several programs can be at work on one library. What cannot be written stays
in memory as unsaved and is tried again.
"""

from __future__ import annotations

import dataclasses
import errno
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from paperreader import annotations_file as form
from paperreader.annotations_file import Annotation, Edit, Field, Value
from paperreader.annotations_store import Store
from paperreader.annotations_tally import Tally
from paperreader.text import one_line

__all__ = ["Annotation", "Annotations", "Change", "Field", "Setting", "Step", "Value"]

_NOTHING: Final = Annotation()
_REMEDIES: Final = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EACCES: "allow access to it",
    errno.EPERM: "allow access to it",
    errno.EROFS: "make its disk writable",
    errno.ENOENT: "bring its folder back",
    errno.ENOTDIR: "bring its folder back",
    errno.EBUSY: "wait a moment",
}


class Setting(NamedTuple):
    """What a field of a paper is to become."""

    paper_id: str
    title: str
    field: Field
    value: Value


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


@dataclass(frozen=True, slots=True)
class Step:
    """What was changed in one go, and is undone and made again in one go."""

    changes: tuple[Change, ...]
    """At least one."""
    label: str = ""
    """What it was, if one change does not say it: "81 papers marked as read"."""
    kept: tuple[Change, ...] = dataclasses.field(default=(), compare=False)
    """Those that were not undone, or made again, because the field has another value by now."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    version: int
    entries: Mapping[str, Annotation]
    ids: Mapping[Field, frozenset[str]]


class Annotations:
    """The annotations of a library, shared with other programs through the file at `path`.

    `change`, `undo` and `refresh` are for one thread at a time; everything else may be asked from any
    thread at any moment, and what was given out never changes. Opening never raises, and a library
    without annotations it leaves without files.

    Text that other programs wrote is made safe when it is read. In the file it stays as it is until
    that field is changed here.
    """

    problem: str
    """One line that stays while it is true; "" when all is well."""
    unsaved: frozenset[str]
    """The ids of the papers with changes that are not on the disk yet."""

    def __init__(self, path: Path) -> None:
        self.problem = ""
        self.unsaved = frozenset()
        self.tally = Tally()
        """What was changed in this run."""
        self._store = Store(path)
        self._done: list[Step] = []
        """What can be undone; the last of them first."""
        self._undone: list[Step] = []
        """What can be made again; the last of them first."""
        self._snapshot = _Snapshot(0, {}, {field: frozenset() for field in form.FIELDS})
        self._sync()

    @property
    def notice(self) -> str:
        """One line about the last thing that happened once, like a damaged file that was moved aside."""
        return self._store.notice

    @property
    def version(self) -> int:
        """Grows with every change seen, whoever made it."""
        return self._snapshot.version

    def entries(self) -> Mapping[str, Annotation]:
        """Every paper with a star, a note or a read mark, by its id."""
        return self._snapshot.entries

    def get(self, paper_id: str) -> Annotation:
        """The paper's annotation; an empty one when it has none."""
        return self._snapshot.entries.get(paper_id, _NOTHING)

    def ids(self, field: Field) -> frozenset[str]:
        """The ids of the papers with this field set."""
        return self._snapshot.ids[field]

    def times(self, field: Field) -> Mapping[str, datetime]:
        """When the field was set, by the paper's id, where that is known."""
        papers = dict(self._store.document["papers"])  # a copy: another thread may be changing it
        return form.times(papers, field, self.ids(field))

    def change(self, paper_id: str, title: str, field: Field, value: Value) -> bool:
        """Sets a field; False, "" or () clears it. Whether everything is on the disk now.

        If not, the change is kept in memory, the paper is one of `unsaved`, and `problem` says why.
        """
        return self.change_all([Setting(paper_id, title, field, value)])

    def change_all(self, settings: Iterable[Setting], label: str = "") -> bool:
        """Sets several fields in one step, at one time and with one write; the label says what that was."""
        with suppress(OSError):  # which `_sync` meets again and reports
            self._store.read()
        now, changes = form.now(), []
        for paper_id, title, field, value in settings:
            before, before_at = self._now(paper_id, field)
            after = form.cleaned(field, value)
            if after != before:
                changes.append(Change(paper_id, one_line(title), field, before, after, before_at, now))
        if changes:
            self._done.append(Step(tuple(changes), one_line(label)))
            self._undone.clear()
            self.tally.take(changes)
        for each in changes:
            self._store.make(Edit(each.paper_id, each.title, each.field, each.after, each.after_at))
        return self._sync()

    def undo(self) -> Step | None:
        """Takes back the last step that is not taken back yet, and says which; None: no more.

        A field that somebody has given another value since keeps it; the step says so. `unsaved` and
        `problem` tell whether this is on the disk.
        """
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        turned = [replace(c, before=c.after, after=c.before, after_at=c.before_at) for c in step.changes]
        return self._make(step, turned)

    def redo(self) -> Step | None:
        """Makes the step again that was undone last, and says which; None: there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return self._make(step, step.changes)

    def _make(self, step: Step, changes: Iterable[Change]) -> Step:
        """Makes changes where the value is still that from before; the step with those where it is not."""
        with suppress(OSError):
            self._store.read()
        kept, made = [], []
        for change, each in zip(step.changes, changes, strict=True):
            now, _ = self._now(each.paper_id, each.field)
            if now == each.before:
                self._store.make(Edit(each.paper_id, each.title, each.field, each.after, each.after_at))
                made.append(each)
            elif now != each.after:
                kept.append(change)
        self.tally.take(made)
        self._sync()
        return replace(step, kept=tuple(kept))

    def _now(self, paper_id: str, field: Field) -> tuple[Value, str | None]:
        """The value of a field and when it was set, as far as is known here."""
        document = self._store.document
        return form.value(document, paper_id, field), form.set_at(document, paper_id, field)

    def refresh(self) -> bool:
        """Takes in what other programs wrote, and saves what is unsaved.

        Whether there was anything to take in, or to notice. Costs one `stat` when nothing has happened:
        ask often.
        """
        store = self._store
        before = store.document, store.notice
        if self.problem or store.is_stale:
            self._sync()
        return (store.document, store.notice) != before

    def _sync(self) -> bool:
        """Makes the file and what is known here the same, and publishes it. Whether that was possible."""
        problem = ""
        try:
            if not self._store.is_owing:
                self._store.read()
            if self._store.is_owing:
                self._store.save()
        except (OSError, NotImplementedError) as error:
            problem = self._explain(error)
        self.problem = problem
        self.unsaved = frozenset(paper_id for paper_id, _ in self._store.pending)
        entries = form.shown(self._store.document)
        if entries != self._snapshot.entries:
            ids = {f: frozenset(i for i, a in entries.items() if getattr(a, f)) for f in form.FIELDS}
            self._snapshot = _Snapshot(self.version + 1, MappingProxyType(entries), ids)
        return not problem

    def _explain(self, error: Exception) -> str:
        """The problem as one line: what is wrong, where, what to do."""
        store = self._store
        where, cause = store.path, getattr(error, "strerror", None) or str(error)
        remedy = _REMEDIES.get(getattr(error, "errno", None) or 0, "check the disk")
        if isinstance(error, TimeoutError):
            where, cause, remedy = store.lock_path, "another program holds this lock", "close that program"
        what = "Not saved" if store.is_owing else "Stars and notes cannot be read"
        if store.damage:
            what = f"Not saved, and {store.path.name} is damaged ({store.damage})"
        return one_line(f"{what}: {cause} ({where}). Please {remedy}; it is tried again by itself.")
