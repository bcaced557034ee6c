"""`paperreader [PATH ...]`: read, after an import if paths are given."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from paperreader import __version__
from paperreader.cli.commands import COMMANDS, SUMMARY
from paperreader.cli.importing import add_arguments, take_in
from paperreader.cli.shared import Failure, bring_up_to_date, library_at, missing_library, parser_for, say

if TYPE_CHECKING:
    from paperreader.library import Library


def run(given: Sequence[str]) -> int:
    """Open the screen; gives its exit status, or 1 when something was refused."""
    parser = parser_for("", "Read, search, star and annotate papers in the terminal, offline.", SUMMARY)
    parser.add_argument("--version", action="version", version=f"paperreader {__version__}")
    parser.add_argument(
        "--triage", action="store_true", help="begin by going through the papers, one at a time"
    )
    parser.add_argument(
        "--plain", action="store_true", help="line by line, for screen readers: nothing is drawn"
    )
    add_arguments(parser, "*")
    options = parser.parse_args(given)
    library = library_at(options.library, to_fill=True)
    status, summary, told = 0, "", _Told()
    if options.paths:
        _refuse_commands(options.paths)
        summary, status = take_in(library, options, told)
        if summary:
            print(summary, file=sys.stderr)
        if status and not len(library):
            return status
    elif missing := missing_library(options.library):
        summary = f"{missing[:1].upper()}{missing[1:]}: one is made there with the first papers"
    elif reason := library.open():
        summary = f"{reason}: made again from the dumps"
        bring_up_to_date(library, summary, told)
    if options.plain:
        from paperreader.plain import read

        read(library, summary)
        _say_visit(library)
        return status
    _take_terminal()
    # Textual reads it when it is imported: at the usual 60 a key waits up to 16 ms for its frame
    os.environ.setdefault("TEXTUAL_FPS", "120")
    # numpy lets go of the interpreter at every step; the screen, when it paints, is to give it back soon
    sys.setswitchinterval(0.0001)
    # what is made up to the first frame stays: looking for garbage in it would only hold it up
    gc.disable()
    from paperreader.tui.app import ReaderApp

    app = ReaderApp(library, said=told.before(summary), triage=options.triage)
    app.run()
    _say_visit(library)
    return app.return_code or status


def _say_visit(library: Library) -> None:
    """Say in a line what this visit did, if anything."""
    if library.visit:
        with suppress(OSError):  # the terminal may have gone away
            print(f"This visit: {library.visit}.", file=sys.stderr)


class _Told:
    """What went wrong before the screen opened: said at once, and on the screen, which hides that."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def __call__(self, line: str) -> None:
        say(line)
        self._lines.append(line)

    def before(self, summary: str) -> str:
        """The first of the lines and how many more there are, before the summary."""
        more = len(self._lines) - 1
        counted = [f"({more:,} more: they are on the terminal when you leave)"] if more > 0 else []
        return "   ".join(filter(None, [*self._lines[:1], *counted, summary]))


def _refuse_commands(paths: Sequence[str]) -> None:
    """Raise Failure when the first path is none, but nearly the name of a command."""
    if not os.path.lexists(paths[0]):
        import difflib

        if near := difflib.get_close_matches(paths[0], COMMANDS, 1):
            raise Failure(f"{paths[0]}: neither a file nor a command; did you mean: paperreader {near[0]}")


def _take_terminal() -> None:
    """Read keys from the terminal even where standard input was a dump. Raises Failure without a terminal."""
    if sys.stdin is not None and not sys.stdin.isatty() and os.name == "posix":
        with suppress(OSError):
            os.dup2(os.open("/dev/tty", os.O_RDWR), 0)
    # Textual paints on standard error
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__)):
        raise Failure("the reader needs a terminal; without one, use: paperreader search QUERY")
