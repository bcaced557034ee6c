"""The command line: read (the default), import, search, info."""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from paperreader import __version__, places

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paper import Paper

_INTERRUPTED = 130
"""The exit status that shells give to a program ended by Ctrl-C."""

_EPILOG = """\
commands:
  paperreader [PATH ...]          import the dumps at these paths, if any, and read
  paperreader import PATH ...     import only
  paperreader search QUERY        find papers, one a line
  paperreader info                count what the library holds

Each command has a --help of its own. A PATH is a file, a folder, or - for standard input.
"""


class Failure(Exception):  # noqa: N818 - an outcome rather than an error
    """What cannot be done, in one line for people."""


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
        _say(str(failure))
    except KeyboardInterrupt:
        _say("interrupted: what was finished stays")
        return _INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has enough; Python must not complain about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return 1


def _run(given: list[str]) -> int:
    at = next((i for i, a in enumerate(given) if not a.startswith("-") and not _is_value(given, i)), None)
    if at is None or given[at] not in _COMMANDS:
        return _read(given)
    return _COMMANDS[given.pop(at)](given)


def _is_value(given: Sequence[str], at: int) -> bool:
    return at > 0 and given[at - 1] in ("--library", "--year", "--limit", "--sort")


def _say(line: str) -> None:
    from paperreader.text import one_line

    print(f"paperreader: {one_line(line)}", file=sys.stderr)


# -- the library


def _parser(name: str, description: str, epilog: str | None = None) -> argparse.ArgumentParser:
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


def _library(given: str | None) -> Library:
    from paperreader.library import Library

    folder = places.home(given) if given else places.library_folder()
    if folder.exists() and not folder.is_dir():
        raise Failure(f"{folder} is not a folder: name one with --library DIR")
    return Library(folder.absolute())


def _opened(library: Library) -> Library:
    for line in filter(None, (library.annotations.notice, library.annotations.problem)):
        _say(line)
    reason = library.open()
    if reason:
        _bring_up_to_date(library, f"{reason}: made again from the dumps")
    return library


def _bring_up_to_date(library: Library, line: str = "") -> None:
    with _progress() as progress:
        library.rebuild(_say, progress)
    if line:
        _say(line)


@contextmanager
def _progress() -> Iterator[_Progress]:
    progress = _Progress()
    try:
        yield progress
    finally:
        progress.clear()


class _Progress:
    """A line on the terminal that says how far a long work has come."""

    EVERY = 0.1
    """Seconds between two changes of the line; short works show none at all."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 2 * self.EVERY
        self._shown = not sys.stderr.isatty()
        self._silent = self._shown

    def __call__(self, what: str, done: int) -> None:
        """Say how many of something are done."""
        now = time.monotonic()
        if not self._silent and now >= self._next:
            self._next, self._shown = now + self.EVERY, True
            sys.stderr.write(f"\r\x1b[K{done:,} {what}  (Ctrl-C interrupts)")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and not self._silent:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


# -- the commands


def _add_import_arguments(parser: argparse.ArgumentParser, number: str) -> None:
    parser.add_argument(
        "paths", metavar="PATH", nargs=number, help="a file, a folder, or - for standard input"
    )
    parser.add_argument("--year", type=_year, help="the year of the pages: their days have none")


def _year(text: str) -> int:
    if not text.isdecimal() or not 1990 <= int(text) <= 9998:
        raise argparse.ArgumentTypeError(f"{text!r} is not a year")
    return int(text)


def _take_in(library: Library, paths: Sequence[str], year: int | None) -> tuple[str, int]:
    """Import; returns the summary line and the exit status."""
    _opened(library)
    try:
        with _progress() as progress:
            done = library.take_in(paths, year, _say, progress)
    except OSError as error:
        raise Failure(f"cannot write to {library.folder}: {error.strerror or error}") from None
    return done.summary, 1 if done.refused else 0


def _read(given: Sequence[str]) -> int:
    parser = _parser("", "Read, search, star and annotate papers in the terminal, offline.", _EPILOG)
    parser.add_argument("--version", action="version", version=f"paperreader {__version__}")
    _add_import_arguments(parser, "*")
    options = parser.parse_args(given)
    library = _library(options.library)
    status, summary = 0, ""
    if options.paths:
        summary, status = _take_in(library, options.paths, options.year)
        print(summary, file=sys.stderr)
        if status and not len(library):
            return status
    elif reason := library.open():
        summary = f"{reason}: made again from the dumps"
        _bring_up_to_date(library, summary)
    _take_terminal()
    # Textual reads it when it is imported: at the usual 60 a key waits up to 16 ms for its frame
    os.environ.setdefault("TEXTUAL_FPS", "120")
    # what is made up to the first frame stays: looking for garbage in it would only hold it up
    gc.disable()
    from paperreader.tui.app import ReaderApp

    app = ReaderApp(library, said=summary)
    app.run()
    return app.return_code or status


def _take_terminal() -> None:
    """Read keys from the terminal even where standard input was a dump. Raises Failure without a terminal."""
    if sys.stdin is not None and not sys.stdin.isatty() and os.name == "posix":
        with suppress(OSError):
            os.dup2(os.open("/dev/tty", os.O_RDWR), 0)
    # Textual paints on standard error
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__)):
        raise Failure("the reader needs a terminal; without one, use: paperreader search QUERY")


def _import(given: Sequence[str]) -> int:
    parser = _parser("import", "Import dumps of the Daily Papers page.")
    _add_import_arguments(parser, "+")
    options = parser.parse_args(given)
    summary, status = _take_in(_library(options.library), options.paths, options.year)
    print(summary)
    return status


def _search(given: Sequence[str]) -> int:
    from typing import get_args

    from paperreader.library import Sort

    parser = _parser("search", "Find papers, as the filter of the reader does.")
    parser.add_argument(
        "query", metavar="QUERY", nargs="+", help='such as: attention title:"neural network" -bert'
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--limit", type=_count, metavar="N", help="at most N papers")
    parser.add_argument(
        "--sort", choices=get_args(Sort), default="relevance", help="relevance, where the query has words"
    )
    # -word leaves papers with that word out; with a space before it, argparse takes it for no option
    words = [f" {a}" if a.startswith("-") and a[1:2] not in ("", "-") and a != "-h" else a for a in given]
    options = parser.parse_args(words)
    library = _opened(_library(options.library))
    answer = library.search(" ".join(options.query), sort=options.sort)
    for ordinal in answer.ordinals[: options.limit]:
        paper = library.paper(ordinal)
        print(_as_json(library, paper) if options.json else _as_line(library, paper))
    sys.stdout.flush()
    if not answer.ordinals:
        _say("nothing matches")
    return 0


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of papers")
    return int(text)


def _as_json(library: Library, paper: Paper) -> str:
    annotation = library.annotation(paper)
    return json.dumps(
        {
            "id": paper.id,
            "title": paper.title,
            "abstract": paper.abstract,
            "dates": [day.isoformat() for day in paper.days],
            "dumps": [sighting.name for sighting in paper.sightings],
            "starred": annotation.starred,
            "note": annotation.note,
        },
        # a letter that the encoding lacks is escaped: this is read by programs
        ensure_ascii=not (sys.stdout.encoding or "").lower().startswith("utf"),
    )


def _as_line(library: Library, paper: Paper) -> str:
    day = paper.days[-1].isoformat() if paper.days else " " * 10
    return f"{day}  {'★' if library.annotation(paper).starred else ' '}  {paper.title}"


def _info(given: Sequence[str]) -> int:
    parser = _parser("info", "Count what the library holds, and say where it is.")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    options = parser.parse_args(given)
    library = _opened(_library(options.library))
    facts = {
        "dumps": len(library.dumps.names()),
        "papers": len(library.index or ()),
        "sightings": library.sightings,
        "starred": len(library.annotations.ids("starred")),
        "noted": len(library.annotations.ids("note")),
        "library": str(library.folder),
        "annotations": str(library.folder / "annotations.json"),
        "config": str(places.config_file()),
    }
    if options.json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        from paperreader.text import one_line

        for name, value in facts.items():
            print(f"{name:<12} {one_line(str(value))}")
    return 0


_COMMANDS = {"import": _import, "search": _search, "info": _info}

if __name__ == "__main__":
    sys.exit(main())
