"""Other programs: an editor that does what it likes, and browsers that must not touch the terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.tui import external
from paperreader.tui.external import edit, open_url
from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

Program = Callable[[str, str], Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Makes a program of a name and a shell script; it comes first on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)

    def make(name: str, script: str) -> Path:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)
        return file

    return make


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty before each test."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def kept(problem: str) -> Path:
    """The file that a problem says is kept."""
    found = re.search(r"kept in (\S+)", problem)
    assert found, problem
    return Path(found[1])


# -- the editor


def test_what_the_editor_wrote_is_the_note(
    program: Program, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setenv("EDITOR", str(program("ed1", 'printf "second\\n" >> "$1"')))
    assert edit("first") == external.Edited("first\nsecond")
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("text", ["", "one", "two\nlines", "ends in a newline\n", "é 漢 👩‍🔬", "\n\n"])
def test_an_editor_that_changes_nothing_changes_nothing(
    text: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", str(program("ed1", "true")))
    assert edit(text) == external.Edited(text)


def test_nobody_else_can_read_the_file_and_its_name_tells_the_paper(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = f'(ls -ld "$(dirname "$1")" "$1" | cut -c 1-10; basename "$1") > {tmp_path}/seen'
    monkeypatch.setenv("EDITOR", str(program("ed1", script)))
    assert edit("x", "../..//Attention, $(is) `all`\n-you Né[ed]").problem == ""
    seen = (tmp_path / "seen").read_text().splitlines()
    assert seen == ["drwx------", "-rw-------", "Attention-is-all-you-N-ed.md"]


@pytest.mark.parametrize("name", ["", "///", "漢字", "--help", "x" * 500])
def test_any_title_makes_a_safe_file_name(
    name: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", str(program("ed1", 'basename -- "$1" > "$1"')))
    assert re.fullmatch(r"[A-Za-z0-9_][\w-]{0,59}\.md", edit("", name).text)


def test_visual_comes_before_editor_and_both_may_hold_arguments(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = 'for last; do :; done; echo "$# $1" > "$last"'
    monkeypatch.setenv("EDITOR", str(program("ed1", "exit 9")))
    monkeypatch.setenv("VISUAL", f'"{program("my editor", say)}" "-x y" z')
    assert edit("").text == "3 -x y"
    monkeypatch.setenv("VISUAL", str(program("my editor", say)))  # no quotes around its blank
    assert edit("").text.startswith("1 /")
    monkeypatch.setenv("VISUAL", " ")
    assert "status 9" in edit("").problem


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("code", "2 --wait"),
        ("code -n", "3 --wait"),
        ("code --wait", "2 --wait"),
        ("subl -w", "2 -w"),
        ("gvim", "2 --nofork"),
    ],
)
def test_an_editor_with_windows_is_asked_to_wait(
    command: str, wanted: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(command.split(maxsplit=1)[0], 'for last; do :; done; echo "$# $1" > "$last"')
    monkeypatch.setenv("EDITOR", command)
    assert edit("").text == wanted


def test_without_a_choice_only_an_editor_that_explains_itself_is_opened(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(program("vi", 'echo vi > "$1"').parent))
    assert edit("") == external.Edited("", "The note cannot be edited: name your editor in $EDITOR")
    program("nano", 'echo nano > "$1"')
    assert edit("").text == "nano"


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("no-such-editor -x", "$EDITOR names no-such-editor, which is not there"),
        ('"unfinished', "$EDITOR is not a command"),
        ("", "name your editor in $EDITOR"),
    ],
)
def test_no_editor(
    editor: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, temporary: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("EDITOR", editor)
    edited = edit("the note")
    assert edited.text == "the note"
    assert said in edited.problem and "\n" not in edited.problem
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "ed1 ended with status 3; the note is as it was"),
        ('rm "$1"', "ed1 left no file behind; the note is as it was"),
        ('rm "$1"; exit 1', "ed1 ended with status 1; the note is as it was"),
        ("kill -9 $$", "ed1 ended with status -9; the note is as it was"),
    ],
)
def test_an_editor_that_fails_leaves_the_note_as_it_was(
    script: str, said: str, program: Program, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setenv("EDITOR", str(program("ed1", script)))
    assert edit("the note") == external.Edited("the note", said)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "said", "content"),
    [
        ('printf "half" > "$1"; exit 1', "ed1 ended with status 1", b"half"),
        ('printf "\\377\\376" > "$1"', "it is not UTF-8", b"\xff\xfe"),
    ],
)
def test_what_cannot_be_taken_over_is_kept(
    script: str, said: str, content: bytes, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", str(program("ed1", script)))
    edited = edit("the note")
    assert edited.text == "the note"
    assert said in edited.problem
    assert kept(edited.problem).read_bytes() == content


def test_what_the_editor_replaced_by_a_folder_is_kept(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", str(program("ed1", 'rm "$1"; mkdir "$1"')))
    edited = edit("the note")
    assert edited.text == "the note"
    assert kept(edited.problem).is_dir()


def test_a_note_from_an_editor_is_safe_to_show(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    script = r'''printf '\357\273\277a\r\nb\033[31mc\000\342\200\256d\n\n' > "$1"'''
    monkeypatch.setenv("EDITOR", str(program("ed1", script)))
    assert edit("") == external.Edited("a\nbcd")


def test_a_temporary_folder_that_cannot_be_written_is_said(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", str(program("ed1", "true")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    edited = edit("the note")
    assert edited.text == "the note"
    assert "cannot be edited" in edited.problem and "\n" not in edited.problem


def test_the_editor_has_the_terminal_and_its_interrupts(program: Program, tmp_path: Path) -> None:
    script = """
        test -t 0 -a -t 1 -a -t 2 || exit 1
        trap 'echo interrupted > "$1"; exit 0' INT
        echo ready
        while :; do sleep 0.05; done
    """
    command = (
        "from paperreader.tui.external import edit; e = edit('x'); print('came back:', e.text, e.problem)"
    )
    variables = {"EDITOR": str(program("ed1", script)), "TMPDIR": str(tmp_path)}
    with Terminal([sys.executable, "-c", command], variables=variables) as terminal:
        terminal.wait_for("ready")
        terminal.send("\x03")
        terminal.wait_for("came back: interrupted")
        assert terminal.wait_for_end() == 0


# -- the browser


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "SSH_CONNECTION", "SSH_TTY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("TERM", "xterm")


URL = "https://a.b/c?d=e&f=%20g;h"


@pytest.mark.usefixtures("no_desktop")
def test_the_browser_of_the_reader_gets_the_address(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser = program("browser", f'echo "$@" > {tmp_path}/seen')
    monkeypatch.setenv("BROWSER", str(browser))
    assert open_url(URL) == (True, f"Handed to the browser: {URL}")
    assert (tmp_path / "seen").read_text() == f"{URL}\n"


@pytest.mark.usefixtures("no_desktop")
@pytest.mark.parametrize("chosen", ["", "lynx", "w3m %s:/usr/bin/elinks"])
def test_a_browser_for_the_terminal_is_never_started(
    chosen: str, program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("lynx", "w3m", "links", "elinks", "www-browser"):
        program(name, f": > {tmp_path}/started")
    monkeypatch.setenv("BROWSER", chosen)
    assert open_url(URL) == (False, f"There is no browser here to open {URL}")
    monkeypatch.setenv("DISPLAY", ":99")  # a desktop without any browser
    monkeypatch.setenv("PATH", str(program("lynx", f": > {tmp_path}/started").parent))
    assert open_url(URL) == (False, f"No browser would open {URL}")
    assert not (tmp_path / "started").exists()


@pytest.mark.usefixtures("no_desktop")
def test_a_browser_that_does_not_return_is_left_alone(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = f"echo $$ > {tmp_path}/pid; exec sleep 60"
    monkeypatch.setenv("BROWSER", str(program("browser", script)))
    monkeypatch.setattr(external, "_BROWSER_SECONDS", 1.0)
    assert open_url(URL) == (True, f"Handed to the browser: {URL}")
    pid = int((tmp_path / "pid").read_text())
    os.kill(pid, 9)  # raises if it had been ended


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://a.b/c",
        "a.b/c",
        "https://",
        "https:///x",
        "https://a.b/ c",
        "https://a.b/\x1b[31m",
        "https://a.b/\u202ex",
        "--help",
        "",
    ],
)
def test_nothing_but_web_addresses_is_opened(
    url: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", str(program("browser", "true")))
    done, said = open_url(url)
    assert not done and said.startswith("Not an address for a browser")
    assert said.isprintable()
