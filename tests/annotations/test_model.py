"""Two programs, an editor, sync tools and a disk that fills up, against what a dictionary says."""

import errno
import json
import os
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from paperreader import atomic
from paperreader.annotations import Annotations, Field, Step, form
from paperreader.annotations.history import History

PAPERS = ["p", "q", "r"]
FIELDS: list[Field] = ["starred", "note", "read"]
NOTES = {"": "", "n": "n", "two\nlines\n": "two\nlines", "\x1b[1mm\ud800": "m\ufffd"}
"""What is typed, and what is kept of it."""

Set = tuple[bool | str, str | None]
"""A value, and when it was set."""
State = dict[tuple[str, Field], Set]
Change = tuple[tuple[str, Field], Set, Set]
"""A field of a paper, and its value before and after."""
Record = tuple[str, int, Change | None]
"""What happened to the step with a number, which is this one if it is new."""

programs = st.integers(0, 1)
papers = st.sampled_from(PAPERS)
values = st.sampled_from(FIELDS).flatmap(
    lambda field: st.tuples(
        st.just(field), st.sampled_from(list(NOTES)) if field == "note" else st.booleans()
    )
)


class Program:
    """One that is running, and what it ought to know."""

    def __init__(self, path: Path, disk: State) -> None:
        self.annotations = Annotations(path)
        self.view = dict(disk)
        self.pending: State = {}
        self.records: list[Record] = []
        """What is not in the history on the disk yet."""
        self.disk_is_full = False


class Library(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "annotations.json"
        self.disk: State = {}
        self.history: list[Record] = []
        self.steps = 0
        self.seconds = 0
        self.unknown: dict[str, int] = {}
        self.is_there = False
        self.programs = [Program(self.path, {}) for _ in range(2)]

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def act(self, program: Program, action: Any) -> Any:
        """What every action does: it takes in what is on the disk, and saves what is unsaved."""
        with ExitStack() as stack:
            stack.enter_context(mock.patch("os.fsync"))
            stack.enter_context(mock.patch.object(form, "now", lambda: self.now))
            for place in ((atomic, "_write"), (History, "_append")) if program.disk_is_full else ():
                stack.enter_context(mock.patch.object(*place, side_effect=OSError(errno.ENOSPC, "full")))
            result = action(program.annotations)
        if not program.disk_is_full:
            self.is_there |= bool(
                program.pending or any(value for value, _ in self.disk.values()) or self.unknown
            )
            self.disk |= program.pending
            self.history += program.records
            program.pending, program.records = {}, []
        program.view = self.disk | program.pending
        return result

    @rule(number=programs, paper=papers, value=values)
    def change(self, number: int, paper: str, value: tuple[Field, bool | str]) -> None:
        program, (field, typed) = self.programs[number], value
        self.seconds += 1
        after = NOTES[typed] if isinstance(typed, str) else typed
        before = (self.disk | program.pending).get((paper, field), (after.__class__(), None))
        if after != before[0]:
            self.steps += 1
            change = (paper, field), before, (after, self.now)
            program.records.append(("step", self.steps, change))
            program.pending[paper, field] = change[2]
        saved = self.act(program, lambda a: a.change(paper, f"Title {paper}", field, typed))
        assert saved == (not program.annotations.problem)

    @property
    def now(self) -> str:
        return f"2026-11-21T{self.seconds // 3600:02}:{self.seconds // 60 % 60:02}:{self.seconds % 60:02}Z"

    @rule(number=programs, back=st.booleans())
    def undo_or_redo(self, number: int, back: bool) -> None:
        program = self.programs[number]

        def travel(annotations: Annotations) -> Step | None:
            return annotations.undo() if back else annotations.redo()

        if not self.history and not program.records:
            assert travel(program.annotations) is None
            return
        expected = self.turned(program, back)
        step = self.act(program, travel)
        if expected is None:
            assert step is None
        else:
            (change,) = step.changes
            where, (before, _), (after, _) = expected[0]
            assert ((change.paper_id, change.field), change.before, change.after) == (where, before, after)
            assert bool(step.kept) == expected[1]

    def turned(self, program: Program, back: bool) -> tuple[Change, bool] | None:
        """The step that is undone, or made again, and whether somebody's newer value is kept; it is done."""
        now = self.disk | program.pending
        done, undone = self.stacks(program)

        def turn(source: list[tuple[int, Change]], target: list[tuple[int, Change]]) -> None:
            target.append(source.pop())
            program.records.append(("undone" if source is done else "redone", target[-1][0], None))

        source, target = (done, undone) if back else (undone, done)

        def made_again(change: Change) -> bool:
            found, after = self.value(now, change), change[2]
            return found == after if after[0] else found[0] == after[0]

        while target and (
            made_again(target[-1][1]) if back else self.value(now, target[-1][1])[0] == target[-1][1][1][0]
        ):
            turn(target, source)
        while source and self.value(now, source[-1][1])[0] == source[-1][1][1 if back else 2][0]:
            turn(source, target)
        if not source:
            return None
        change = source[-1][1]
        turn(source, target)
        where, old, new = change if not back else (change[0], change[2], change[1])
        if kept := self.value(now, change)[0] != old[0]:
            return change, kept
        program.pending[where] = new
        return change, False

    def value(self, now: State, change: Change) -> Set:
        return now.get(change[0], (change[1][0].__class__(), None))

    def stacks(self, program: Program) -> tuple[list[tuple[int, Change]], list[tuple[int, Change]]]:
        done: list[tuple[int, Change]] = []
        undone: list[tuple[int, Change]] = []
        for kind, number, change in [*self.history, *program.records]:
            if change:
                done.append((number, change))
                undone = []
            source, target = (done, undone) if kind == "undone" else (undone, done)
            if kind != "step" and (found := [each for each in source if each[0] == number]):
                source.remove(found[-1])
                target.append(found[-1])
        return done, undone

    @rule(number=programs)
    def refresh(self, number: int) -> None:
        self.act(self.programs[number], lambda a: a.refresh())

    @rule(number=programs)
    def fill_or_free_the_disk(self, number: int) -> None:
        self.programs[number].disk_is_full ^= True

    @rule(number=programs)
    def restart(self, number: int) -> None:
        if not self.programs[number].pending and self.is_there:
            self.programs[number] = Program(self.path, self.disk)

    @rule(paper=papers, value=values, unknown=st.integers())
    def edit_by_hand(self, paper: str, value: tuple[Field, bool | str], unknown: int) -> None:
        if not self.is_there:
            return
        field, typed = value
        document = json.loads(self.path.read_text("utf-8"))
        entry = document["papers"].setdefault(paper, {})
        entry[field] = typed
        entry.pop(form._TIME_KEYS[field], None)
        entry["unknown"] = document["unknown"] = self.unknown[paper] = unknown
        self.disk[paper, field] = (NOTES[typed] if isinstance(typed, str) else typed), None
        self.path.write_text(json.dumps(document), "utf-8")
        # The clock of a file system ticks slowly, and people are slower still.
        os.utime(self.path, ns=(0, time.time_ns()))
        time.sleep(0.01)

    @rule(damage=st.sampled_from([b"", b"{", b"<<<<<<<", None]))
    def damage_or_delete(self, damage: bytes | None) -> None:
        for program in self.programs * 2:  # so that everybody knows what everybody has saved
            self.act(program, lambda a: a.refresh())
        if not self.is_there:
            return
        if damage is None:
            self.path.unlink()
        else:
            self.path.write_bytes(damage)
            os.utime(self.path, ns=(0, 0))
        self.is_there = False

    @invariant()
    def each_program_knows_what_it_ought_to(self) -> None:
        for program in self.programs if hasattr(self, "folder") else []:
            annotations = program.annotations
            for paper in PAPERS:
                for field in FIELDS:
                    expected, _ = program.view.get((paper, field), ("" if field == "note" else False, None))
                    assert getattr(annotations.get(paper), field) == expected
                    assert (paper in annotations.ids(field)) == bool(expected)
            assert annotations.unsaved == {paper for paper, _ in program.pending}
            assert bool(annotations.problem) >= bool(program.pending)

    @invariant()
    def the_file_says_what_was_saved(self) -> None:
        if not hasattr(self, "folder") or not self.is_there:
            return
        found = json.loads(self.path.read_text("utf-8"))["papers"]
        for paper in PAPERS:
            entry = found.get(paper, {})
            assert entry.get("unknown") == self.unknown.get(paper)
            for field in FIELDS:
                raw = entry.get(field, "" if field == "note" else False)
                shown = NOTES.get(raw, raw) if isinstance(raw, str) else raw
                assert shown == self.disk.get((paper, field), ("" if field == "note" else False, None))[0]
        assert list(self.folder.glob("*.tmp")) == []


TestLibrary = Library.TestCase
TestLibrary.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
