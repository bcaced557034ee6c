"""The clipboard, among clipboard programs that succeed, fail, lie, hang and scribble."""

from __future__ import annotations

import base64
import os
import sys
import time
from pathlib import Path

import pytest

from paperreader.tui import clipboard
from paperreader.tui.clipboard import TERMINAL_LIMIT, copy_locally, for_terminal
from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stand-ins are those of Linux")

TEXT = "Title: “naïve” 漢字 👩‍🔬\nand a second line\n"

COPIES = 'f=$(dirname "$0")/board; case "$*" in *-o*) cat "$f" ;; *) cat > "$f" ;; esac'
"""An xclip that works."""
SCRIBBLES = "(echo SCRIBBLE; echo SCRIBBLE >&2; echo SCRIBBLE > /dev/tty) || true"
STAYS = f"{COPIES}; case $* in *-o*) ;; *) sleep 5 & ;; esac"
"""An xclip that leaves a process behind which keeps hold of its output, as the real one does."""


class Programs:
    """Stand-ins for tmux and xclip, and nothing else of the kind, on PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("cat", "dirname", "sleep", "which", "env"):
            (folder / name).symlink_to(f"/usr/bin/{name}")

    def add(self, name: str, script: str) -> None:
        """Put a shell script there."""
        file = self.folder / name
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def got(self, name: str) -> str:
        """The text in a file that a program wrote beside itself."""
        return (self.folder / name).read_bytes().decode()


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither tmux nor a desktop."""
    for name in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Programs(folder)


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")


@pytest.fixture
def tmux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")


def test_without_tmux_or_desktop_only_the_terminal_was_asked(programs: Programs) -> None:
    for name in ("tmux", "xclip", "xsel"):
        programs.add(name, 'echo started > "$0.started"')
    assert copy_locally(TEXT) == "sent to the terminal"
    assert not list(programs.folder.glob("*.started"))


@pytest.mark.usefixtures("desktop")
@pytest.mark.parametrize("script", [COPIES, f"{SCRIBBLES}\n{COPIES}", STAYS])
def test_a_desktop_that_gives_back_what_it_got_has_copied(script: str, programs: Programs) -> None:
    quiet = script.replace(SCRIBBLES, "echo SCRIBBLE >&2")  # on its output it would change what is read back
    programs.add("xclip", quiet)
    assert copy_locally(TEXT) == "copied to the clipboard"
    assert programs.got("board") == TEXT


@pytest.mark.usefixtures("desktop")
@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        'echo "Error: Can\'t open display: :99" >&2; exit 1',
        "cat > /dev/null; echo something else",
        "cat > /dev/null; printf '\\377'",
        "exec 0<&-; exit 0",
        "kill -9 $$",
    ],
)
def test_a_desktop_that_does_not_is_not_called_copied(script: str, programs: Programs) -> None:
    programs.add("xclip", script)
    assert copy_locally(TEXT) == "sent to the terminal"


@pytest.mark.usefixtures("desktop")
def test_a_desktop_without_clipboard_programs(programs: Programs) -> None:
    assert copy_locally(TEXT) == "sent to the terminal"


@pytest.mark.usefixtures("desktop")
@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY"])
def test_a_desktop_elsewhere_is_not_used(
    variable: str, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("xclip", COPIES)
    monkeypatch.setenv(variable, "x")
    assert copy_locally(TEXT) == "sent to the terminal"
    assert not (programs.folder / "board").exists()


@pytest.mark.usefixtures("tmux")
def test_tmux_is_asked_to_pass_it_on(programs: Programs) -> None:
    programs.add("tmux", f'echo "$*" > "$0.args"; cat > "$0.buffer"; {SCRIBBLES}')
    assert copy_locally(TEXT) == "copied to tmux's buffer"
    assert programs.got("tmux.args") == "load-buffer -w -\n"
    assert programs.got("tmux.buffer") == TEXT


@pytest.mark.usefixtures("tmux")
def test_an_old_tmux_keeps_it_for_itself(programs: Programs) -> None:
    programs.add("tmux", '[ "$2" = -w ] && { echo "unknown option -- w"; exit 1; }; cat > "$0.buffer"')
    assert copy_locally(TEXT) == "copied to tmux's buffer"
    assert programs.got("tmux.buffer") == TEXT


@pytest.mark.usefixtures("tmux", "desktop")
def test_both_are_said(programs: Programs) -> None:
    programs.add("tmux", "cat > /dev/null")
    programs.add("xclip", COPIES)
    assert copy_locally(TEXT) == "copied to the clipboard and tmux's buffer"


@pytest.mark.usefixtures("tmux", "desktop")
@pytest.mark.parametrize(
    "script", ["sleep 60", "cat > /dev/null; sleep 60", 'trap "" TERM INT HUP; sleep 60 & wait']
)
def test_a_program_that_hangs_is_ended_with_all_it_started(
    script: str, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "_SECONDS", 0.7)
    for name in ("tmux", "xclip"):
        programs.add(name, f'echo $$ > "$0.pid"; {script}')
    assert copy_locally("x" * 200_000) == "not copied: 200 kB is more than a terminal takes"
    for name in ("tmux", "xclip"):
        assert gone(int(programs.got(f"{name}.pid")))


def gone(group: int) -> bool:
    """Whether the process and the group that it leads or belongs to have ended."""
    for _ in range(200):
        stat = Path(f"/proc/{group}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


@pytest.mark.usefixtures("tmux")
def test_no_tmux_there(programs: Programs) -> None:
    assert copy_locally(TEXT) == "sent to the terminal"


@pytest.mark.usefixtures("tmux")
def test_what_is_copied_is_only_text(programs: Programs) -> None:
    programs.add("tmux", 'cat > "$0.buffer"')
    assert copy_locally("a\0b\x1b]52;c;eA==\x07c\ud800d\u202ee") == "copied to tmux's buffer"
    assert programs.got("tmux.buffer") == "abc\ufffdde"
    assert for_terminal("a\0b\x1b[31mc\ud800") == "abc\ufffd"


def test_a_terminal_is_not_sent_more_than_it_takes(programs: Programs) -> None:
    longest = "é" * (TERMINAL_LIMIT // 2)
    assert for_terminal(longest) == longest
    assert len(base64.b64encode(longest.encode())) < 100_000
    assert for_terminal(longest + "e") == ""
    assert copy_locally(longest) == "sent to the terminal"
    assert copy_locally(longest + "e") == "not copied: 74 kB is more than a terminal takes"


SHOW = """
import sys
from paperreader.tui.clipboard import copy_locally
print("before", flush=True)
print("|", copy_locally("x" * 3000), "|", flush=True)
"""


@pytest.mark.usefixtures("tmux", "desktop")
@pytest.mark.parametrize("status", [0, 1])
def test_nothing_is_written_on_the_terminal(status: int, programs: Programs) -> None:
    """On a terminal of its own, where a program could open /dev/tty too."""
    for name in ("tmux", "xclip", "xsel", "wl-copy"):
        programs.add(name, f'echo started > "$0.started"; {SCRIBBLES}; cat > /dev/null; exit {status}')
    variables = {name: os.environ[name] for name in ("TMUX", "DISPLAY")}
    variables["PYTHONPATH"] = os.pathsep.join(sys.path)
    with Terminal([sys.executable, "-c", SHOW], variables=variables) as terminal:
        assert terminal.wait_for_end() == 0
    assert (programs.folder / "tmux.started").exists() and (programs.folder / "xclip.started").exists()
    said = "copied to tmux's buffer" if status == 0 else "sent to the terminal"
    assert terminal.output == f"before\r\n| {said} |\r\n".encode()
