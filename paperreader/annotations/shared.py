"""All annotations of a library: what they are, how they are changed, and how changes are taken back."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from paperreader.annotations import form
from paperreader.annotations.form import Annotation, Edit, Field, Value
from paperreader.annotations.history import History
from paperreader.annotations.snapshot import Snapshot
from paperreader.annotations.steps import Change, Step
from paperreader.annotations.store import Store
from paperreader.annotations.tally import Tally
from paperreader.text import one_line

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
        self._history = History(path.with_name("history.jsonl"))
        self._forgetting = ""
        """What keeps the history from being written."""
        self._snapshot = Snapshot()
        self._sync()

    @property
    def notice(self) -> str:
        """One line about the last thing that happened once, like a damaged file that was moved aside."""
        return self._store.notice or self._history.notice

    @property
    def version(self) -> int:
        """Grows with every change seen, whoever made it."""
        return self._snapshot.version

    def entries(self) -> Mapping[str, Annotation]:
        """Every paper with something set, by its id."""
        return self._snapshot.entries

    @property
    def snapshot(self) -> Snapshot:
        """What everything is at this moment."""
        return self._snapshot

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

    def change_all(self, settings: Iterable[Setting], label: str = "", *, by_clock: bool = False) -> bool:
        """Sets several fields in one step, at one time and with one write; the label says what that was.

        What was done `by_clock`, which nobody asked for, is undone after all that was done by hand, and
        what is undone can still be made again after it.
        """
        with suppress(OSError):  # which `_sync` meets again and reports
            self._store.read()
        now, changes = form.now(), []
        for paper_id, title, field, value in {(s.paper_id, s.field): s for s in settings}.values():
            before, before_at = self._now(paper_id, field)
            after = form.cleaned(field, value)
            if after != before:
                changes.append(Change(paper_id, one_line(title), field, before, after, before_at, now))
        if changes:
            self._history.add(Step(tuple(changes), one_line(label), by_clock))
        for change in changes:
            self._make(change)
        return self._sync()

    def undo(self) -> Step | None:
        """Takes back the last step that is not taken back yet, and says which; None: no more.

        That is the last step by hand, whichever program made it, in this run or before. A field
        that has been given another value since keeps it; the step says so. `unsaved` and `problem` tell
        whether this is on the disk.
        """
        return self._travel(back=True)

    def redo(self) -> Step | None:
        """Makes the step again that was undone last, and says which; None: there is none."""
        return self._travel(back=False)

    def _travel(self, *, back: bool) -> Step | None:
        if self._history.is_empty:
            return None
        step, problem = None, ""
        try:
            with self._store.lock():  # so that no other program takes back the same step
                self._history.read()
                self._store.read()
                step = self._turn(back)
                self._save()
        except (OSError, NotImplementedError) as error:
            problem = self._explain(error)
            if step is None:
                with suppress(OSError):
                    self._history.read()
                with suppress(OSError):
                    step = self._turn(back)
        self._publish(problem)
        return step

    def _turn(self, back: bool) -> Step | None:
        """Undoes the last step that has an effect, or makes the last one again that has none."""
        # what was written to the history may never have reached the annotations, and the other way round
        stale = self._is_made_again if back else self._is_undone
        while (step := self._history.last(done=not back)) and stale(step):
            self._history.turn(back=not back)
        idle = self._is_undone if back else self._is_done
        while (step := self._history.last(done=back)) and idle(step):
            self._history.turn(back)
        if step is None:
            return None
        kept = []
        for change in step.changes:
            wanted = change.turned() if back else change
            now, _ = self._now(change.paper_id, change.field)
            if now == wanted.before:
                self._make(wanted)
            elif now != wanted.after:
                kept.append(change)
        self._history.turn(back)
        return replace(step, kept=tuple(kept))

    def _is_done(self, step: Step) -> bool:
        """Whether all is as after the step."""
        return all(self._now(each.paper_id, each.field)[0] == each.after for each in step.changes)

    def _is_undone(self, step: Step) -> bool:
        """Whether all is as before the step."""
        return all(self._now(each.paper_id, each.field)[0] == each.before for each in step.changes)

    def _is_made_again(self, step: Step) -> bool:
        """Whether all is as after the step, and nobody else has made it so, as far as times tell."""
        times = (self._now(each.paper_id, each.field)[1] for each in step.changes if each.after)
        own = (each.after_at for each in step.changes if each.after)
        return self._is_done(step) and list(times) == list(own)

    def _now(self, paper_id: str, field: Field) -> tuple[Value, str | None]:
        """The value of a field and when it was set, as far as is known here."""
        document = self._store.document
        return form.value(document, paper_id, field), form.set_at(document, paper_id, field)

    def _make(self, change: Change) -> None:
        self.tally.take(change)
        self._store.make(Edit(change.paper_id, change.title, change.field, change.after, change.after_at))

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
            if self._store.is_owing or self._history.is_owing or self._forgetting:
                with self._store.lock():
                    self._store.read()
                    self._save()
        except (OSError, NotImplementedError) as error:
            problem = self._explain(error)
        self._publish(problem)
        return not problem

    def _save(self) -> None:
        """Writes what is owing, the history first; under the lock."""
        self._forgetting = ""
        try:
            self._history.write(self._store.mode)
        except OSError as error:  # which must not keep the annotations from being saved
            what = "What is done now can be undone in this run only"
            self._forgetting = _said(what, error, self._history.path)
        self._store.save()

    def _publish(self, problem: str) -> None:
        self.problem = problem or self._forgetting
        self.unsaved = frozenset(paper_id for paper_id, _ in self._store.pending)
        self._snapshot = self._snapshot.following(self._store.document, self._store.touched)
        self._store.touched = set()

    def _explain(self, error: Exception) -> str:
        """The problem as one line: what is wrong, where, what to do."""
        store, history = self._store, self._history
        if getattr(error, "filename", None) == str(history.path):
            return _said("What was done before cannot be undone", error, history.path)
        what = "Not saved" if store.is_owing else "Stars and notes cannot be read"
        if store.damage:
            what = f"Not saved, and {store.path.name} is damaged ({store.damage})"
        return _said(what, error, store.lock_path if isinstance(error, TimeoutError) else store.path)


def _said(what: str, error: Exception, where: Path) -> str:
    cause = getattr(error, "strerror", None) or str(error)
    remedy = _REMEDIES.get(getattr(error, "errno", None) or 0, "check the disk")
    if isinstance(error, TimeoutError):
        cause, remedy = "another program holds this lock", "close that program"
    return one_line(f"{what}: {cause} ({where}). Please {remedy}; it is tried again by itself.")
