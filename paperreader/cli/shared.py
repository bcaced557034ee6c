"""What the commands have in common: their options, the library, and how they speak."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from paperreader import places
from paperreader.progress import ProgressLine, Report

if TYPE_CHECKING:
    from paperreader.library import Library


class Failure(Exception):  # noqa: N818 - an outcome rather than an error
    """What cannot be done, in one line for people."""


def say(line: str) -> None:
    """One line for people, on standard error."""
    from paperreader.text import one_line

    print(f"paperreader: {one_line(line)}", file=sys.stderr)


def parser_for(name: str, description: str, epilog: str | None = None) -> argparse.ArgumentParser:
    """What a command understands: so far, which library it is about."""
    parser = argparse.ArgumentParser(
        prog=f"paperreader {name}".strip(),
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--library", metavar="DIR", help="the folder with everything (or PAPERREADER_LIBRARY)"
    )
    return parser


def library_at(given: str | None, *, to_fill: bool = False) -> Library:
    """The library in the folder that was given, or in the usual one; not opened yet.

    Raises Failure, also when one that was named is not there, unless it is `to_fill`.
    """
    from paperreader.library import Library

    say_config_problems()
    folder = places.home(given) if given else places.library_folder()
    if folder.exists() and not folder.is_dir():
        raise Failure(f"{folder} is not a folder: name one with --library DIR")
    if not to_fill and (missing := missing_library(given)):
        raise Failure(missing)
    return Library(folder.absolute())


def missing_library(given: str | None) -> str:
    """What is to be said when a library was named that is not there, in a line; else "".

    The usual one need not be there: it is made when the first papers come in.
    """
    named = places.home(given) if given else places.named_library()
    if named is None or named.exists():
        return ""
    return f"there is no library in {named.absolute()}{'' if given else ' (PAPERREADER_LIBRARY)'}"


def say_config_problems() -> None:
    """What is wrong with the settings, but for the keys, which only the reader knows."""
    file = places.config_file()
    if file.exists():
        from paperreader.config import usable

        for line in usable(file)[1]:
            say(line)


def opened(library: Library, report: Report = say) -> Library:
    """The library with its index, which is made again where that is needed."""
    for line in filter(None, (library.annotations.notice, library.annotations.problem)):
        say(line)
    reason = library.open()
    if reason:
        bring_up_to_date(library, f"{reason}: made again from the dumps", report)
    return library


def bring_up_to_date(library: Library, line: str, report: Report = say) -> None:
    """Make the index follow the dumps, and say why."""
    with showing_progress() as progress:
        library.rebuild(report, progress)
    say(line)


@contextmanager
def showing_progress() -> Iterator[ProgressLine]:
    """A line that says how far the work is, as long as it goes on."""
    progress = ProgressLine()
    try:
        yield progress
    finally:
        progress.clear()


def above(progress: ProgressLine) -> Report:
    """Lines that stay, while the progress goes on below them."""

    def report(line: str) -> None:
        progress.clear()
        say(line)

    return report


def tidy(library: Library) -> None:
    """What keeps searches quick though papers come in a few at a time; it can wait for another time."""
    from paperreader.library import IndexUnusable

    with suppress(OSError, IndexUnusable):
        library.tidy(briefly=True)
