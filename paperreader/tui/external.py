"""Other programs: the reader's editor, on this terminal, and those that must never touch it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from paperreader.links import web_address
from paperreader.text import clean, one_line

_FALLBACKS = ("notepad",) if sys.platform == "win32" else ("nano", "micro")
"""Editors that say how they are left: nobody is to find themselves in another without having named it."""
_WAIT = {
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "windsurf", "zed", "subl"), "--wait"),
    **{"mate": "--wait", "gedit": "--wait", "kate": "--block", "gvim": "--nofork", "mvim": "--nofork"},
}
"""What asks an editor with windows to wait until its file is closed; else it returns at once."""
_TEXT_BROWSERS = frozenset(("lynx", "w3m", "links", "links2", "elinks", "browsh", "carbonyl", "www-browser"))
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_BROWSER_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back from the editor."""

    text: str
    """The note as it is now; as it was before, if anything went wrong."""
    problem: str = ""
    """One line for people; "" when all went well."""


def edit(text: str, name: str = "note", suffix: str = ".md") -> Edited:
    """Open a text in the reader's editor, on this terminal, and wait until it is closed. Never raises.

    The file is called after `name`, so that the editor shows what is being written about. Whatever
    was written and cannot be taken over stays on disk, and `problem` says where.
    """
    written = (text if not text or text.endswith("\n") else text + "\n").encode("utf-8", "replace")
    try:
        command = _editor()
        file = Path(tempfile.mkdtemp(prefix="paperreader-")) / (_safe(name) + suffix)  # for this user alone
        file.touch(mode=0o600, exist_ok=False)
        file.write_bytes(written)
    except (ValueError, OSError) as error:
        return Edited(text, f"The note cannot be edited: {one_line(str(error))}")
    editor = Path(command[0]).name
    problem = _run(editor, [*command, str(file)])
    try:
        after = file.read_bytes()
        edited = clean(after.decode("utf-8-sig"))
    except FileNotFoundError:
        after, edited, problem = written, text, problem or f"{editor} left no file behind"
    except (UnicodeDecodeError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return Edited(text, f"What {editor} wrote cannot be read ({why}); it is kept in {file}")
    if problem and after != written:
        return Edited(text, f"{problem}; what it wrote is kept in {file}")
    shutil.rmtree(file.parent, ignore_errors=True)
    if problem or after == written:
        return Edited(text, problem and f"{problem}; the note is as it was")
    return Edited(edited if text.endswith("\n") else edited.rstrip("\n"))


def _editor() -> list[str]:
    """The reader's editor with its arguments. Raises ValueError, for people, when there is none."""
    for variable in ("VISUAL", "EDITOR"):
        value = os.environ.get(variable, "").strip()
        if not value:
            continue
        try:
            command = [value] if shutil.which(value) else shlex.split(value, posix=os.name != "nt")
        except ValueError as error:
            raise ValueError(f"${variable} is not a command: {error}") from error
        program, arguments = command[0].strip('"'), command[1:]
        if not shutil.which(program):
            raise ValueError(f"${variable} names {program}, which is not there")
        wait = _WAIT.get(Path(program).stem)
        if wait and {wait, "-w", "-f", "-b"}.isdisjoint(arguments):
            arguments = [wait, *arguments]
        return [program, *arguments]
    for program in _FALLBACKS:
        if shutil.which(program):
            return [program]
    raise ValueError("name your editor in $EDITOR")


def _safe(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name, flags=re.ASCII)[:60].strip("-") or "note"


def _run(editor: str, command: list[str]) -> str:
    """Run the editor on this terminal; what went wrong, or ""."""
    try:
        with _interrupts_left_to_the_editor():
            status = subprocess.run(command, check=False).returncode  # noqa: S603 - the reader's own choice
    except OSError as error:
        return f"{editor} cannot be started ({error.strerror})"
    return f"{editor} ended with status {status}" if status != 0 else ""


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Ctrl+C reaches every program on the terminal; while the editor runs it is meant for the editor.

    A handler that does nothing, and not SIG_IGN, which the editor would inherit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _signal, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def has_terminal() -> bool:
    """Whether the terminal that the program was started in is still there."""
    if sys.platform == "win32":
        return True
    import termios

    try:
        termios.tcgetattr(0)
    except (termios.error, OSError):
        return False
    return True


class Opened(NamedTuple):
    """What came of an address that was to be opened."""

    done: bool
    said: str
    """What happened, for people: the address is in it."""


def open_url(url: str) -> Opened:
    """Open an address in the browser, if there is one with a window.

    A browser for the terminal is never started: it would fight with this program for the screen. No shell
    sees the address. Returns within a few seconds, and never raises.
    """
    if not (address := web_address(url)):
        return Opened(False, f"Not an address for a browser: {one_line(url[:200])}")
    chosen = [
        command
        for command in os.environ.get("BROWSER", "").split(os.pathsep)
        if command.strip() and Path(command.split()[0]).name not in _TEXT_BROWSERS
    ]
    if not chosen and not has_desktop():
        return Opened(False, f"There is no browser here to open {address}")
    # Without TERM, webbrowser knows no browsers for the terminal either.
    env = {name: value for name, value in os.environ.items() if name not in ("TERM", "BROWSER")}
    if chosen:
        env["BROWSER"] = os.pathsep.join(chosen)
    try:
        process = start_apart([sys.executable, "-P", "-c", _OPEN, address], env)
    except OSError as error:
        return Opened(False, f"No browser can be started ({error.strerror}) to open {address}")
    try:
        process.communicate(timeout=_BROWSER_SECONDS)
    except subprocess.TimeoutExpired:  # some browsers return only when they are closed
        process.kill()
        process.wait()
        return Opened(True, f"Handed to the browser: {address}")
    if process.returncode:
        return Opened(False, f"No browser would open {address}")
    return Opened(True, f"Handed to the browser: {address}")


def has_desktop() -> bool:
    """Whether windows opened and texts copied here appear before the person who is reading."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return False
    if sys.platform in ("darwin", "win32") or os.environ.get("WSL_DISTRO_NAME"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start_apart(command: list[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a program that has a pipe to read from and no way to this terminal. Raises OSError.

    It leads a session of its own: it cannot open /dev/tty, its process id is that of its group,
    and Ctrl+C does not reach it.
    """
    return subprocess.Popen(  # noqa: S603 - no shell, and our own commands
        command,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
