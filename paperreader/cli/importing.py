"""`paperreader import PATH ...`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperreader.cli.shared import Failure, library_at, opened, parser_for, say, showing_progress, tidy

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.progress import Report


def run(given: Sequence[str]) -> int:
    """Import; 1 when something was refused."""
    parser = parser_for("import", "Import lists of papers in any form: see the README.")
    add_arguments(parser, "+")
    options = parser.parse_args(given)
    library = library_at(options.library, to_fill=True)
    summary, status = take_in(library, options)
    if summary:
        print(summary, flush=True)
    tidy(library)
    return status


def add_arguments(parser: argparse.ArgumentParser, number: str) -> None:
    """What an import is told: paths, in the `number` that argparse calls nargs, and a year."""
    parser.add_argument(
        "paths", metavar="PATH", nargs=number, help="a file, a folder, or - for standard input"
    )
    parser.add_argument("--year", type=_year, help="the year of the pages: their days have none")
    parser.add_argument("--verbose", action="store_true", help="say how long it took")


def _year(text: str) -> int:
    if not text.isdecimal() or not 1990 <= int(text) <= 9998:
        raise argparse.ArgumentTypeError(f"{text!r} is not a year")
    return int(text)


def take_in(library: Library, options: argparse.Namespace, report: Report = say) -> tuple[str, int]:
    """Import; returns the summary line, "" when all was refused, and the exit status."""
    opened(library, report)
    try:
        with showing_progress() as progress:
            done = library.take_in(options.paths, options.year, report, progress)
    except OSError as error:
        raise Failure(f"cannot write to {library.folder}: {error.strerror or error}") from None
    if options.verbose:
        say(done.timing)
    nothing = done.refused and not (done.dumps or done.known or done.mended)
    return "" if nothing else done.summary, 1 if done.refused else 0
