"""What the reader did to papers: stars, notes and read marks, none of which is ever lost.

A change is made under a lock, on top of what is in annotations.json at that moment, one field of one
paper at a time, so that several programs can be at work on one library. What cannot be written stays
in memory as unsaved and is tried again.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from paperreader import annotations_file as form
from paperreader.annotations_file import Annotation, Edit, Field
from paperreader.annotations_store import Store
from paperreader.text import one_line

__all__ = ["Annotation", "Annotations", "Change", "Field"]

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


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one paper, changed in this run."""

    paper_id: str
    title: str
    field: Field
    before: bool | str
    after: bool | str


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
        self._store = Store(path)
        self._done: list[tuple[Change, str | None]] = []
        """The changes that can be undone, each with the time that stood beside the value before."""
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

    def change(self, paper_id: str, title: str, field: Field, value: bool | str) -> bool:
        """Sets a field; False or "" clears it. Whether everything is on the disk now.

        If not, the change is kept in memory, the paper is one of `unsaved`, and `problem` says why.
        """
        if field == "note":
            value = form.clean_note(str(value))
        with suppress(OSError):  # which `_sync` meets again and reports
            self._store.read()
        before = getattr(form.annotation(self._store.document, paper_id), field)
        if value != before:
            change = Change(paper_id, one_line(title), field, before, value)
            self._done.append((change, form.set_at(self._store.document, paper_id, field)))
            self._store.make(Edit(paper_id, change.title, field, value, form.now()))
        return self._sync()

    def undo(self) -> Change | None:
        """Takes back the last change of this run that is not taken back yet, and says which; None: no more.

        The field gets the value from before that change even if another program has set it since.
        `unsaved` and `problem` tell whether this is on the disk.
        """
        if not self._done:
            return None
        change, set_at = self._done.pop()
        self._store.make(Edit(change.paper_id, change.title, change.field, change.before, set_at))
        self._sync()
        return change

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
