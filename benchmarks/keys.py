"""How long each key takes to be seen: the real program on pseudo-terminals, with 200 and with 100,000 papers.

Two libraries of made papers, with the same stars and skips, are read at the same time in terminals of
120x40 and given the same keys in turn. What is timed is from the key to the arrival of the bytes of the
last change of the part of the screen that it is about, when nothing has come for 50 ms since:

    j          to the next paper: the list and the page
    Space      down the abstract, or to the next paper: the page
    star, later, skip, tag, undo
               to the last change of the screen, which says so when it is on the disk
    view       to the starred papers and back: the list
    similar    to the list of the papers nearest to the one open
    for you    to the unread papers, ranked by the stars and skips

Ratios are those of the large library to the small one.

    python benchmarks/keys.py [--papers N] [--rounds N] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.libraries import make, workshop
from benchmarks.screen import ESCAPE, FEW, TOP, Seat, figures, table
from benchmarks.startup import program
from benchmarks.watching import Watched
from paperreader.library import Library

STARRED, SKIPPED = 60, 40
"""Papers of either library that the reader has judged before."""
WARM = 1
"""Rounds that are not timed: what is imported with the first use of a key, and cached by the disk."""


def annotated(library: Library) -> Library:
    """The library after a while: every other of its newest papers starred, then some skipped."""
    ordinals = library.search().ordinals
    library.mark_all([library.paper(ordinals[n]) for n in range(20, 20 + STARRED)], "starred", True)
    library.mark_all([library.paper(ordinals[n]) for n in range(100, 100 + SKIPPED)], "skipped", True)
    return library


def use(seats: Sequence[Seat], rounds: int) -> None:
    """Press every key in every terminal, in turn, in a round after one for warming up.

    In turn, so that no program has been idle for longer than another: systems take memory and speed
    away from those that are.
    """
    for number in range(WARM + rounds):
        deque(zip(*(_round(seat, number, timed=number >= WARM) for seat in seats), strict=True), maxlen=0)


def _round(seat: Seat, number: int, *, timed: bool) -> Iterator[None]:
    """Presses a key each time it is asked for the next."""
    terminal = seat.terminal

    def press(name: str, keys: str, *, page: bool = False) -> None:
        # a paper that is skipped only becomes dim: the status line says so when it is on the disk
        marked = name in ("star", "later", "skip", "tag", "undo")
        part = (lambda: terminal.page) if page else (lambda: terminal.text) if marked else None
        seconds = terminal.key(keys, part=part)
        if timed:
            seat.times[name].append(seconds)

    yield press("j", "j")
    yield press("Space", " ", page=True)
    for name, key in (("star", "s"), ("later", "l"), ("skip", "x")):
        yield press(name, key)
        yield press("undo", "u")
    for keys in ("t", f"tag{number}\r"):
        terminal.send(keys)
        yield terminal.settle()
    yield press("tag", "\r")
    yield press("undo", "u")
    yield press("view", "3")
    yield press("view", "1")
    yield press("similar", "m")
    yield press("", ESCAPE)
    yield press("for you", "6")
    yield press("", "1")


def measure(few: Library, many: Library, rounds: int) -> list[Seat]:
    """All times of the small library, and those of the large one."""
    with ExitStack() as stack:
        seats = [Seat(Watched(program(library).command), len(library)) for library in (few, many)]
        for seat in seats:
            stack.enter_context(seat.terminal)
        for seat in seats:
            seat.to_filter()
            for key in (ESCAPE, TOP):
                seat.terminal.send(key)
                seat.terminal.settle()
        use(seats, rounds)
    return seats


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, default=100_000, metavar="N", help="of the large library")
    parser.add_argument("--rounds", type=int, default=30, metavar="N", help="how often each key is pressed")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    if options.papers < FEW or options.rounds < 1:
        parser.error(f"at least {FEW} papers, and one round")

    with workshop() as folder:
        print(f"making a library of {options.papers:,} papers", file=sys.stderr)
        few, many = (annotated(make(folder / str(n), n)) for n in (FEW, options.papers))
        for library in (few, many):
            library.end_visit()
        print("pressing keys", file=sys.stderr)
        found = figures(measure(few, many, options.rounds))
    if options.json:
        print(json.dumps({"papers": [FEW, options.papers], **found}))
    else:
        print(table(found, options.papers))


if __name__ == "__main__":
    main()
