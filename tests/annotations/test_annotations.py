"""Stars, notes and read marks, as one program or several make and see them."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from paperreader.annotations import Annotation, Annotations, Change, Setting, Step

from .files import edit_in_place
from .syscalls import watched


def papers(path: Path) -> dict[str, dict[str, object]]:
    """Read without the code under test."""
    found = json.loads(path.read_text("utf-8"))["papers"]
    assert isinstance(found, dict)
    return found


def test_a_library_that_is_only_opened_gets_no_files(library: Path, path: Path) -> None:
    annotations = Annotations(path)
    assert not annotations.refresh()
    assert annotations.undo() is None
    assert list(library.iterdir()) == []
    assert (annotations.problem, annotations.notice, annotations.version) == ("", "", 0)
    assert annotations.get("p") == Annotation()
    assert annotations.entries() == {}


def test_a_change_is_on_the_disk_and_seen(path: Path) -> None:
    annotations = Annotations(path)
    assert annotations.change("p", "A\n title", "starred", True)
    assert annotations.change("p", "A title", "note", "Two\nlines\n")
    assert annotations.change("q", "Another", "read", True)
    for seen in (annotations, Annotations(path)):
        assert seen.entries() == {
            "p": Annotation("A title", starred=True, note="Two\nlines"),
            "q": Annotation("Another", read=True),
        }
        assert seen.get("p") is seen.entries()["p"]
        assert seen.ids("starred") == seen.ids("note") == {"p"}
        assert seen.ids("read") == {"q"}
    assert papers(path)["p"].keys() == {"title", "starred", "starred_at", "note", "noted_at"}
    assert annotations.change("p", "A title", "starred", False)
    assert annotations.change("p", "A title", "note", " \n")
    assert papers(path).keys() == {"q"}


def test_a_note_may_hold_anything_and_be_huge(path: Path) -> None:
    annotations = Annotations(path)
    assert annotations.change("p", "T\x1b[2J\ud800", "note", "a\x00\x1b]52;c;x\x07b\ud800[red]👩‍👩‍👧中")
    assert annotations.change("q", "", "note", "x" * 3_000_000)
    assert Annotations(path).get("p") == Annotation("T\ufffd", note="ab\ufffd[red]👩‍👩‍👧中")
    assert len(Annotations(path).get("q").note) == 3_000_000


def test_a_change_to_what_is_there_is_none(path: Path) -> None:
    annotations = Annotations(path)
    assert annotations.change("p", "T", "starred", False)
    assert not path.exists()
    annotations.change("p", "T", "starred", True)
    before, version = path.stat(), annotations.version
    assert annotations.change("p", "T", "starred", True)
    assert path.stat().st_ino == before.st_ino
    assert annotations.version == version
    assert annotations.undo() is not None
    assert annotations.undo() is None


def test_the_version_grows_with_every_change_seen_and_only_then(path: Path) -> None:
    one, two = Annotations(path), Annotations(path)
    versions = [two.version]
    for value in (True, False):
        one.change("p", "T", "starred", value)
        assert two.refresh()
        assert not two.refresh()
        versions.append(two.version)
    two.change("p", "T", "read", True)
    two.undo()
    versions += [two.version - 1, two.version]
    assert versions == [0, 1, 2, 3, 4]


def test_what_was_given_out_never_changes(path: Path) -> None:
    annotations = Annotations(path)
    annotations.change("p", "T", "starred", True)
    entries, ids = annotations.entries(), annotations.ids("starred")
    annotations.change("q", "T", "starred", True)
    assert entries == {"p": Annotation("T", starred=True)}
    assert ids == {"p"}
    with pytest.raises(TypeError):
        entries["q"] = Annotation()  # type: ignore[index]


def test_two_programs_change_one_paper_and_keep_each_others_fields(path: Path) -> None:
    one, two = Annotations(path), Annotations(path)
    one.change("p", "T", "starred", True)
    two.change("p", "T", "note", "two's")
    one.change("p", "T", "read", True)
    two.change("q", "U", "starred", True)
    one.refresh()
    two.refresh()
    assert (
        one.entries()
        == two.entries()
        == {
            "p": Annotation("T", starred=True, note="two's", read=True),
            "q": Annotation("U", starred=True),
        }
    )


def test_undo_goes_back_to_the_first_change_of_all(path: Path) -> None:
    earlier = Annotations(path)
    earlier.change("p", "T", "note", "first")
    annotations = Annotations(path)
    annotations.change("p", "T", "note", "second")
    annotations.change("p", "T", "note", "")
    annotations.change("p", "T", "starred", True)
    states = [annotations.get("p")]
    undone = []
    while change := annotations.undo():
        undone.append(change.changes[0])
        states.append(annotations.get("p"))
        assert Annotations(path).get("p") == states[-1]
    assert undone == [
        Change("p", "T", "starred", False, True),
        Change("p", "T", "note", "second", ""),
        Change("p", "T", "note", "first", "second"),
        Change("p", "T", "note", "", "first"),
    ]
    assert [(state.starred, state.note) for state in states] == [
        (True, ""),
        (False, ""),
        (False, "second"),
        (False, "first"),
        (False, ""),
    ]


def test_undo_brings_back_when_it_was_starred(path: Path) -> None:
    Annotations(path).change("p", "T", "starred", True)
    path.write_text(path.read_text().replace(str(papers(path)["p"]["starred_at"]), "2001-02-03T04:05:06Z"))
    annotations = Annotations(path)
    annotations.change("p", "T", "starred", False)
    assert papers(path) == {}
    annotations.undo()
    assert papers(path) == {"p": {"title": "T", "starred": True, "starred_at": "2001-02-03T04:05:06Z"}}


def test_undo_brings_back_what_another_program_had_written_unseen(path: Path) -> None:
    one, two = Annotations(path), Annotations(path)
    two.change("p", "T", "note", "two's, long thought about")
    one.change("p", "T", "note", "one's")
    assert one.undo() == Step((Change("p", "T", "note", "two's, long thought about", "one's"),))
    assert Annotations(path).get("p").note == "two's, long thought about"


def test_undo_leaves_what_somebody_else_wrote_since_and_says_so(path: Path) -> None:
    one = Annotations(path)
    one.change("p", "T", "note", "one's")
    edit_in_place(path, p={"title": "T", "note": "by hand"})
    undone = one.undo()
    assert undone
    assert undone.kept == undone.changes == (Change("p", "T", "note", "", "one's"),)
    assert Annotations(path).get("p").note == "by hand"
    assert one.undo() is None


def test_what_was_undone_can_be_made_again_until_something_else_is_changed(path: Path) -> None:
    annotations = Annotations(path)
    assert annotations.redo() is None
    annotations.change("p", "T", "starred", True)
    annotations.change("p", "T", "note", "n")
    at = papers(path)["p"]["starred_at"]
    steps = [annotations.undo(), annotations.undo()]
    assert papers(path) == {}
    assert [annotations.redo(), annotations.redo(), annotations.redo()] == [*steps[::-1], None]
    assert annotations.get("p") == Annotations(path).get("p") == Annotation("T", starred=True, note="n")
    assert papers(path)["p"]["starred_at"] == at
    annotations.undo()
    annotations.change("q", "T", "read", True)
    assert annotations.redo() is None


def test_several_changes_are_one_step_and_one_write(path: Path) -> None:
    annotations = Annotations(path)
    annotations.change("p", "P", "later", True)
    settings = [Setting(i, i.upper(), "read", True) for i in "pqr"] + [Setting("p", "P", "later", False)]
    with watched(lambda *_: None) as calls:
        assert annotations.change_all(settings, "3 papers marked as read")
    assert calls.count("os.replace") == 2  # the file and its backup
    assert annotations.ids("read") == set("pqr")
    step = annotations.undo()
    assert step
    assert (step.label, len(step.changes), step.kept) == ("3 papers marked as read", 4, ())
    assert annotations.entries() == {"p": Annotation("P", later=True)}
    annotations.redo()
    assert Annotations(path).ids("read") == set("pqr")
    assert not annotations.ids("later")


def test_tags_are_cleaned_before_they_are_kept(path: Path) -> None:
    annotations = Annotations(path)
    typed = ("rl ", "RL", "two\n words,  third", "\x1b[31mred", ", ", 'a"b', "e\u0301", "", "x" * 99)
    assert annotations.change("p", "T", "tags", typed)
    kept = ("a b", "red", "rl", "third", "two words", "x" * 60, "é")
    assert annotations.get("p").tags == Annotations(path).get("p").tags == kept
    assert papers(path)["p"].keys() == {"title", "tags", "tagged_at"}
    before = path.stat().st_ino
    assert annotations.change("p", "T", "tags", tuple(reversed(kept)))
    assert path.stat().st_ino == before
    assert annotations.change("p", "T", "tags", ())
    assert papers(path) == {}


def test_a_refresh_with_nothing_changed_costs_one_stat(path: Path) -> None:
    annotations = Annotations(path)
    for _ in range(2):
        with watched(lambda *_: None) as calls:
            assert not annotations.refresh()
        assert calls == ["os.stat"]
        annotations.change("p", "T", "starred", True)


def test_the_screen_sees_whole_states_while_another_thread_changes(path: Path) -> None:
    annotations = Annotations(path)
    torn: list[object] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            time.sleep(0)
            entries = annotations.entries()
            if len(entries) not in (0, 1) or any(not (a.starred or a.note) for a in entries.values()):
                torn.append(entries)

    screen = threading.Thread(target=look)
    screen.start()
    for _ in range(20):
        annotations.change("p", "T", "starred", True)
        annotations.change("p", "T", "note", "n")
        annotations.undo()
        annotations.undo()
    done.set()
    screen.join()
    assert torn == []


def test_opening_imports_nothing_that_is_slow(path: Path) -> None:
    Annotations(path).change("p", "T", "starred", True)
    code = f"""
import sys
from pathlib import Path
from paperreader.annotations import Annotations
assert Annotations(Path({str(path)!r})).ids("starred") == {{"p"}}
slow = {{"filelock", "asyncio", "logging", "whoosh", "numpy", "tempfile", "socket", "platformdirs"}}
print(sorted(slow & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    if "No module named 'paperreader'" in run.stderr:
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n{code}"
        run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("[]\n", "")
