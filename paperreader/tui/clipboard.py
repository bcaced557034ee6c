"""Copying to the clipboards that this program can reach by itself.

The terminal's own clipboard is reached by OSC 52, which gets no answer: whether a terminal obeys it
is never known, and inside tmux with its default settings it does not. So the screen sends that, and
what is done here is done besides, and only if it certainly worked is it called copied.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from paperreader.text import clean
from paperreader.tui.external import has_desktop, start_apart

TERMINAL_LIMIT = 74_994
"""UTF-8 bytes. What many terminals take by OSC 52 is 100,000 bytes of base64, less the sequence itself."""

_SECONDS = 3.0
_PYPERCLIP = """
import sys, pyperclip
text = sys.stdin.buffer.read().decode()
pyperclip.copy(text)
sys.exit(pyperclip.paste().replace("\\r\\n", "\\n").rstrip("\\n") != text.rstrip("\\n"))
"""


def for_terminal(text: str) -> str:
    """The text as it may be sent to the terminal's clipboard; "" when it is too long for that."""
    text = clean(text)
    return text if len(text.encode()) <= TERMINAL_LIMIT else ""


def copy_locally(text: str) -> str:
    """Copy to tmux's buffer and to the desktop's clipboard, where there are such. Never raises.

    Returns what is known to have happened, to be said after the name of what was copied: "copied to
    the clipboard". Takes some seconds where a clipboard does not answer, so call it in a thread.
    """
    data = clean(text).encode()
    copied = []
    # What pyperclip copied is read back: with a dead display it reports no error.
    if has_desktop() and _status([sys.executable, "-P", "-c", _PYPERCLIP], data) == 0:
        copied.append("the clipboard")
    if os.environ.get("TMUX"):
        status = _status(["tmux", "load-buffer", "-w", "-"], data)
        if status is not None and status != 0:  # tmux before 3.2 cannot pass it on to the terminal
            status = _status(["tmux", "load-buffer", "-"], data)
        if status == 0:
            copied.append("tmux's buffer")
    if copied:
        return f"copied to {' and '.join(copied)}"
    if len(data) > TERMINAL_LIMIT:
        return f"not copied: {len(data) // 1000:,} kB is more than a terminal takes"
    return "sent to the terminal"


def _status(command: list[str], data: bytes) -> int | None:
    """The exit status of a command that took the data; None if it did not start or did not end."""
    try:
        with start_apart(command) as process:
            try:
                process.communicate(data, timeout=_SECONDS)
            except subprocess.TimeoutExpired:
                _kill(process)
                return None
            return process.returncode
    except OSError:
        return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
