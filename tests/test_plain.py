"""Reading line by line: what is said to what is typed, and how it ends."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.annotations import Annotations
from paperreader.cli import main
from paperreader.library import IndexUnusable, Library
from paperreader.paper import Paper
from paperreader.plain import HELP, PAGE, Plain
from tests.commands import Capture
from tests.terminal import Terminal, paperreader

Open = Callable[[], Library]
FIRST = "Domain-Adversarial Training of Neural Networks"
LETTERS = [*"jkgmsrxlntouU?/v"]


def said(library: Library, *lines: str) -> list[list[str]]:
    """What is said first, and to each of the lines."""
    answers: list[list[str]] = [[]]
    typed = iter(lines)

    def ask(_: str) -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError
        answers.append([])
        return line

    def tell(text: str) -> None:
        answers[-1].append(text)

    Plain(library, ask, tell).run()
    return answers


def test_it_begins_with_the_newest_papers(open_library: Open) -> None:
    (begin,) = said(open_library())
    assert begin[0] == "181 papers."
    assert begin[1] == f"1. {FIRST}. Seen September 9, 2026, new."
    assert len(begin) == PAGE + 2 and "? for help" in begin[-1]


def test_enter_goes_on_with_the_list_and_then_with_the_papers(open_library: Open) -> None:
    _, more, third, fourth, again, first = said(open_library(), "", "3", "", "k", "g")
    assert [line.partition(".")[0] for line in more] == [str(n) for n in range(PAGE + 1, 2 * PAGE + 1)]
    assert third[0].startswith("3. Exact Learning of Permutations")
    assert third[2].startswith("The ability of an architecture to realize permutations")
    assert fourth[0].startswith("4. ") and again == third
    assert first[1].startswith(f"1. {FIRST}")


def test_papers_are_found_and_a_misspelling_is_answered(open_library: Open) -> None:
    library = open_library()
    found = library.search("gradient noise")
    answers = said(library, "/gradient noise", "", "/ gradeint nosie", "/nothingofthekind", "/")
    assert answers[1][0] == f"{len(found.ordinals)} papers."
    assert library.paper(found.ordinals[0]).title in answers[1][1]
    assert answers[2] == ["That was the last one; g begins again."]
    assert answers[3][0] == "Nothing matches. These match gradient noise:"
    assert answers[4] == ["No papers."]
    assert answers[5][0] == "181 papers."


def test_what_is_done_to_a_paper_is_kept_and_can_be_undone(open_library: Open) -> None:
    answers = said(open_library(), "1", "s", "s", "l", "r", "x", "u", "U", "u", "v starred", "v later")
    assert [each for (each,) in answers[2:7]] == [
        "Starred.",
        "Not starred any more.",
        "Kept for later.",
        "Read.",
        "Skipped.",
    ]
    assert all(FIRST in each for (each,) in answers[7:10])
    assert [each[:4] for (each,) in answers[7:10]] == ["Undo", "Done", "Undo"]
    assert answers[10] == ["No papers, starred."]
    assert answers[11][0] == "1 paper, later." and "read, kept for later" in answers[11][1]


def test_a_note_grows_and_goes(open_library: Open) -> None:
    library = open_library()
    answers = said(library, "1", "n", "n one", "n two words", "n", "n -", "n -", "u", "v noted")
    assert answers[2:4] == [["No note; n and words write one."], ["Note saved."]]
    assert answers[4:6] == [["Added to the note."], ["Note: one\ntwo words"]]
    assert answers[6:8] == [["Note taken away."], ["There was no note."]]
    assert "with a note" in answers[9][1]
    assert library.annotation(library.paper(library.search().ordinals[0])).note == "one\ntwo words"


def test_tags_are_given_between_commas(open_library: Open) -> None:
    answers = said(open_library(), "1", "t", "t to do, #RL", "t", "t -", "1")
    assert answers[2] == ["No tags; t and words give some."]
    assert answers[3] == answers[4] == ["Tagged #RL #to do."]
    assert answers[5] == ["No tags."]


def test_where_a_paper_leads_and_what_is_near(open_library: Open) -> None:
    library = open_library()
    _, _, where, near = said(library, "1", "o", "m")
    assert where[0].startswith("https://huggingface.co/papers?q=Domain-Adversarial")
    assert near[0].startswith("The papers nearest") and "because of" in near[2]


def test_papers_for_the_reader_need_stars(open_library: Open) -> None:
    few, *_, enough = said(open_library(), "v for you", "/", "1", *"sjsjsjsjs", "v for you")[1:]
    assert few[-1] == "It takes 5 stars to tell what is for you."
    assert enough[0].endswith("papers, for you.") and "because of" in enough[1]


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["hello"], "hello means nothing here; ? tells what does."),
        (["0"], "There is no such number: the list has 181."),
        (["9" * 5000], "There is no such number: the list has 181."),
        (["1", "k"], "This is the first one."),
        (["181", "j"], "That was the last one; g begins again."),
        (["s"], "No paper is open: type the number of one."),
        (["1", "s twice"], "s stands alone; ? tells more."),
        (["v nowhere"], "The views are: all, new, starred, noted, trending, for you, later."),
        (["u"], "Nothing to undo."),
        (["U"], "Nothing to redo."),
    ],
)
def test_what_cannot_be_is_told_in_a_line(open_library: Open, lines: list[str], answer: str) -> None:
    assert said(open_library(), *lines)[-1] == [answer]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=12) | st.sampled_from(["1", "", *LETTERS]), max_size=6))
def test_nothing_that_is_typed_is_an_error(open_library: Open, lines: list[str]) -> None:
    assert all(answer for answer in said(open_library(), *lines) if answer)


def test_the_help_tells_every_letter() -> None:
    assert all(f" {letter} " in HELP for letter in [*LETTERS, "q"])


def test_an_index_that_proves_damaged_is_made_again(
    open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, sound = open_library(), Library.paper
    broken = [True]

    def damaged(library: Library, ordinal: int) -> Paper:
        if broken.pop() if broken else False:
            raise IndexUnusable("damaged: a paper cannot be read")
        return sound(library, ordinal)

    monkeypatch.setattr(Library, "paper", damaged)
    (begin,) = said(library)
    assert begin[1].startswith("The index is damaged: a paper cannot be read: it is made again")
    assert begin[3].startswith(f"1. {FIRST}")


def test_lines_come_from_the_input_and_the_visit_is_told(seeded: Path) -> None:
    command = [sys.executable, "-m", "paperreader", "--plain", "--library", str(seeded)]
    done = subprocess.run(command, input=b"1\ns\nn \xff\xfe\n", capture_output=True, check=True)
    out = done.stdout.decode()
    assert "\nStarred.\n" in out and "> " not in out and "\x1b" not in out
    assert done.stderr.decode() == "This visit: 1 starred, 1 note.\n"
    assert [entry.starred for entry in Annotations(seeded / "annotations.json").entries().values()] == [True]


def test_an_empty_library_says_so(empty: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["--plain"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("No papers.")


@pytest.mark.parametrize("end", ["q\r", "\x04", "\x03"])
def test_it_leaves_quietly(seeded: Path, end: str) -> None:
    with Terminal(paperreader("--plain", "--library", str(seeded))) as terminal:
        terminal.wait_for("q to quit.")
        terminal.send("1\r")
        terminal.wait_for("Seen September 9, 2026, new.")
        terminal.send(end)
        assert terminal.wait_for_end() == 0
        assert "Traceback" not in terminal.text and "interrupted" not in terminal.text
