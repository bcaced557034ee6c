"""The command line: finds the command, and says in one line what went wrong."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from paperreader.cli.commands import COMMANDS, WITH_VALUE
from paperreader.cli.shared import Failure, say

_INTERRUPTED = 130
"""The exit status that shells give to a program ended by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a letter that the terminal's encoding lacks must not cost the rest of the output
            stream.reconfigure(errors="replace")
    try:
        try:
            return _run(list(sys.argv[1:] if arguments is None else arguments))
        finally:
            sys.stdout.flush()
    except Failure as failure:
        say(str(failure))
    except KeyboardInterrupt:
        say("interrupted: what was finished stays")
        return _INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has enough; Python must not complain about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return 1


def _run(given: list[str]) -> int:
    at = next((i for i, a in enumerate(given) if not a.startswith("-") and not _is_value(given, i)), None)
    if at is not None and given[at] == "help" and not os.path.lexists("help"):
        return _run([*given[:at], *given[at + 1 :], "--help"])
    module = "read" if at is None or given[at] not in COMMANDS else COMMANDS[given.pop(at)][0]
    # only the module that is asked for: start-up pays for no other
    run: Callable[[Sequence[str]], int] = import_module(f"paperreader.cli.{module}").run
    return run(given)


def _is_value(given: Sequence[str], at: int) -> bool:
    return at > 0 and given[at - 1] in WITH_VALUE
