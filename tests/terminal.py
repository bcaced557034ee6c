"""A terminal for tests: runs a program on a pseudo-terminal, shows its screen, and keeps what was written."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType, TracebackType

import pyte

SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC
    rb"|[P_^X][^\x1b]*\x1b\\"  # DCS, APC, PM, SOS
    rb"|[ -/]*[0-OQ-WYZ\\`-~])"
)
"""One whole control sequence, as ECMA-48 defines them."""

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?|[ -/]*)\Z")
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[>\d+u")
_KNOWN_TO_PYTE = re.compile(rb"\x1b\[(?:[\d;]*[A-Za-z@`]|\?[\d;]+[hl])")

_ASKS_FOR_MODE = re.compile(rb"\x1b\[\?(\d+)\$p")
_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[0c": b"\x1b[?62;22c",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[>q": b"\x1bP>|tests(1)\x1b\\",
    b"\x1b]10;?\x07": b"\x1b]10;rgb:dddd/dddd/dddd\x1b\\",
    b"\x1b]11;?\x07": b"\x1b]11;rgb:1111/1111/1111\x1b\\",
}
_SYNCHRONIZED_OUTPUT = b"2026"

_OF_OUR_TERMINAL = {"COLUMNS", "LINES", "TMUX", "STY", "NO_COLOR"}
_OF_THIS_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}

USUAL_MODES = frozenset({7, 25})
"""The DEC private modes that are set before a program starts: lines wrap, the cursor shows."""

QUIET = 0.05
"""Seconds without output after which what came is put on the screen: parsing must not delay a time stamp."""


def _enter(slave: int) -> None:
    # whoever runs the tests in the background has them ignore Ctrl-C, and the program would inherit that
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.login_tty(slave)


class Terminal:
    """A program on a pseudo-terminal of its own. Use it as a context: leaving kills the program."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Start the command in our environment, with these variables and those that name this terminal."""
        ours = {k: v for k, v in os.environ.items() if k not in _OF_OUR_TERMINAL}
        self.output = b""
        """Everything that was written, whole sequences only."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._waiting: list[tuple[float, bytes]] = []
        self._unfinished = b""
        self._master, slave = os.openpty()
        self._set_size(columns, rows)
        self._slave = os.dup(slave)  # holds the line settings when the program has gone
        self.settings = termios.tcgetattr(self._slave)
        """The line settings before the program started."""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            env=ours | _OF_THIS_TERMINAL | dict(variables),
            preexec_fn=partial(_enter, slave),  # noqa: PLW1509 - a few system calls, and no threads here
            pass_fds=(slave,),
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)
        os.close(self._slave)

    # -- what the program sees

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Drag the corner of the window."""
        self._show_all()
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)  # which the system tells the program

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # -- what a person sees

    @property
    def text(self) -> str:
        """The screen, a line for each row."""
        return "\n".join(self._screen.display)

    @property
    def modes(self) -> set[int]:
        """The DEC private modes that are set."""
        modes = set(USUAL_MODES)
        for numbers, action in _MODE.findall(self.output):
            change = modes.update if action == b"h" else modes.difference_update
            change(int(number) for number in numbers.split(b";"))
        return modes

    @property
    def left_clean(self) -> bool:
        """Whether modes, keyboard and line settings are those from before the program started."""
        keyboards = self.output.count(b"\x1b[<u") - len(_KEYBOARD.findall(self.output))
        as_before = termios.tcgetattr(self._slave) == self.settings
        return as_before and keyboards == 0 and self.modes == USUAL_MODES

    def wait_for(self, wanted: str | Callable[[], bool], timeout: float = 30.0) -> float:
        """Wait until a text is on the screen, or something holds.

        Returns the seconds from the start to the arrival of the output that made it so. Raises
        AssertionError with the screen after `timeout` seconds, or when the program has ended before.
        """
        holds = wanted if callable(wanted) else lambda: wanted in self.text
        if holds():
            return time.perf_counter() - self.started
        deadline = time.perf_counter() + timeout
        while True:
            ended = self.process.poll() is not None
            came = self._read(QUIET)
            if came and time.perf_counter() < deadline:
                continue
            while self._waiting:
                at = self._show_next()
                if holds():
                    return at - self.started
            if not came and holds():
                return time.perf_counter() - self.started
            if ended or time.perf_counter() >= deadline:
                why = "the program ended" if ended else f"not within {timeout:g} s"
                raise AssertionError(f"{why}: {wanted!r}\n{self.text}")

    def wait_for_end(self, timeout: float = 30.0) -> int:
        """Wait until the program has ended; returns its exit status, negative for a signal."""
        deadline = time.perf_counter() + timeout
        while self.process.poll() is None and time.perf_counter() < deadline:
            self._read(QUIET)
        status = self.process.wait(max(0.0, deadline - time.perf_counter()))
        while self._read(QUIET):
            pass
        self._show_all()
        return status

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> None:
        """Wait until nothing has been written for `quiet` seconds."""
        deadline = time.perf_counter() + timeout
        while self._read(quiet) and time.perf_counter() < deadline:
            pass
        self._show_all()

    # -- reading

    def _read(self, timeout: float) -> bool:
        """Keep what comes next, answer what it asks; False when nothing came."""
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        data = os.read(self._master, 1 << 20)
        at = time.perf_counter()
        data = self._unfinished + data
        cut = _UNFINISHED.search(data)
        data, self._unfinished = (data[: cut.start()], data[cut.start() :]) if cut else (data, b"")
        self.output += data
        for sequence in SEQUENCE.findall(data):
            answer = self._answer(sequence)
            if answer:
                os.write(self._master, answer)
        self._waiting.append((at, data))
        return True

    @staticmethod
    def _answer(sequence: bytes) -> bytes | None:
        if mode := _ASKS_FOR_MODE.fullmatch(sequence):
            return b"\x1b[?%b;%d$y" % (mode[1], 2 if mode[1] == _SYNCHRONIZED_OUTPUT else 0)
        return _ANSWERS.get(sequence.replace(b"\x1b\\", b"\x07"))

    def _show_next(self) -> float:
        at, data = self._waiting.pop(0)
        # pyte prints the sequences it does not know
        self._stream.feed(SEQUENCE.sub(lambda m: m[0] if _KNOWN_TO_PYTE.fullmatch(m[0]) else b"", data))
        return at

    def _show_all(self) -> None:
        while self._waiting:
            self._show_next()


def paperreader(*arguments: str) -> list[str]:
    """The command that runs the program with these arguments, in this Python."""
    return [sys.executable, "-m", "paperreader", *arguments]
