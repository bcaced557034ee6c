"""Real processes: killed at any moment, and several at once on one library."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paperreader.annotations import Annotations

from .files import star, starred, temporary_files

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="kill -9 and fork")


def start(*arguments: str | Path, stdout: int | None = None) -> subprocess.Popen[str]:
    """One of the programs of writer.py."""
    command = [sys.executable, "-m", "tests.annotations.writer", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=stdout, text=True)


@posix
def test_a_writer_killed_at_a_random_moment_leaves_a_whole_file_with_all_it_promised(path: Path) -> None:
    promised = -1
    for _ in range(12):
        with start("forever", path, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            said = [int(writer.stdout.readline())]
            time.sleep(random.uniform(0, 0.03))
            writer.kill()
            said += [int(line) for line in writer.stdout]
        promised = max(promised, *said)
        stars = starred(path)
        assert stars == {f"{number:016x}" for number in range(len(stars))}
        assert promised < len(stars) <= promised + 2
        assert len(temporary_files(path.parent)) <= 2
    annotations = Annotations(path)
    assert annotations.notice == "" == annotations.problem
    assert annotations.change("after", "After", "starred", True)
    assert temporary_files(path.parent) == []


@posix
@pytest.mark.parametrize("scenario", ["second change", "damaged", "gone"])
def test_a_writer_killed_at_each_call_leaves_the_old_state_or_the_new_one(
    library: Path, scenario: str
) -> None:
    assert start("die", library, scenario).wait(60) == 0
    libraries = sorted(library.iterdir())
    assert len(libraries) > 15
    for one in libraries:
        path = one / "annotations.json"
        if scenario == "second change":
            assert starred(path) in ({"old"}, {"old", "new"})
        annotations = Annotations(path)
        assert {"old"} <= annotations.ids("starred") <= {"old", "new"}
        assert annotations.change("after", "After", "starred", True)
        assert {"old", "after"} <= starred(path)
        assert temporary_files(one) == []
        if scenario == "damaged":
            assert [file.read_text() for file in one.glob("annotations.damaged-*.json")] == ["{"]


def test_five_programs_lose_nothing_of_each_other(path: Path) -> None:
    count = 8
    watching = Annotations(path)
    names = ["ann", "bob", "cyd", "dan", "eve"]
    writers = [start("crowd", path, name, str(count)) for name in names]
    for writer in writers:
        assert writer.wait(60) == 0
    watching.refresh()
    for annotations in (watching, Annotations(path)):
        own = {f"{name}{number}" for name in names for number in range(count)}
        assert annotations.ids("starred") == own
        assert annotations.ids("note") == own | {"everybody's"}
        assert {annotations.get(i).note for i in own} == {f"by {name}" for name in names}
        assert annotations.get("everybody's").note in {f"{name} {count - 1}" for name in names}


def test_three_programs_undo_no_step_twice_and_leave_none(path: Path) -> None:
    names = [f"{number:02}" for number in range(40)]
    annotations = star(path, *names)
    programs = [start("back", path, stdout=subprocess.PIPE) for _ in range(3)]
    undone = [
        line.strip() for program in programs for line in program.communicate(timeout=60)[0].splitlines()
    ]
    assert sorted(undone) == names
    assert starred(path) == set()
    while annotations.redo():
        pass
    assert starred(path) == set(names)
