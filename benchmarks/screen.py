"""Whether the screen is as quick with 100,000 papers as with a few: the real program on pseudo-terminals.

Two libraries of made papers, of 200 and of 100,000, are read at the same time in terminals of 120x40 and
given the same keys in turn. What is timed, always to the arrival of the bytes that show it:

    typing    from a key in the filter to the last change of the list and its count, when the status line
              says how this very text was read, and nothing has come for 50 ms since; keys that do not
              change how the text is read are not timed
    echo      from a key in the filter to its letter there, while 15 come a second
    j, PgDn   from the key to the last change of the list, when nothing has come for 50 ms since
    G, g      likewise, to the end of all papers and back
    frame     from exec to the first frame with the list in it; the few are the 181 of the sample dumps

The libraries are made by importing pages, and were visited before. Ratios are those of the large one to
the small one.

    python benchmarks/screen.py [--papers N] [--runs N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.libraries import make, workshop
from benchmarks.pages import SEEDS
from benchmarks.startup import Program, program
from benchmarks.typing_times import percentiles
from benchmarks.watching import Watched
from paperreader.index.query import parse
from paperreader.library import Library

FEW = 200
QUERIES = (
    *("neural network", "learning", "diffusion models", "transformer", "graph neural", "image recognition"),
    *("deep representation", "title:training", '"neural network" search', "the paper", "speech -image"),
)
HURRIED = ("neural architecture search", "deep learning for images", "transformer language models")
A_SECOND = 15.0
J, PAGE_DOWN, END, TOP, ESCAPE = "j", "\x1b[6~", "G", "g", "\x1b"
STEPS = 10
"""How often each key of moving is pressed."""


@dataclass(slots=True)
class Seat:
    """A terminal in front of a library."""

    terminal: Watched
    papers: int
    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds, by what was done."""

    def to_filter(self) -> None:
        """Wait for the program to be there and calm, and go to its filter."""
        self.terminal.wait_for(f"{self.papers:,} papers", timeout=120)
        self.terminal.settle(quiet=1.0, timeout=30)
        self.terminal.send("/")
        self.terminal.settle()

    def clear(self) -> None:
        """Have the empty filter again, and all papers."""
        self.terminal.send(ESCAPE)
        self.terminal.wait_for(lambda: f" {self.papers:,} papers" in self.terminal.status)
        self.terminal.settle()

    def press(self, name: str, key: str) -> None:
        """Press a key of the list."""
        self.times[name].append(self.terminal.key(key))

    def type(self, key: str, understood: str, *, timed: bool) -> None:
        """Press a key in the filter, and see how the text is read then."""
        self.times["typing" if timed else ""].append(
            self.terminal.key(key, lambda: f"read as  {understood} " in self.terminal.status)
        )


def type_queries(seats: Sequence[Seat]) -> None:
    """Type every query, a key here and the same key there, after one for warming up."""
    for query in ("warm", *QUERIES):
        before = ""
        for end, key in enumerate(query, 1):
            understood = parse(query[:end], date.today()).understood
            for seat in seats:
                if understood in ("", before):
                    seat.terminal.send(key)
                    seat.terminal.settle()
                else:
                    seat.type(key, understood, timed=query != "warm")
            before = understood
        for seat in seats:
            seat.clear()


def hurry(seats: Sequence[Seat]) -> None:
    """Type as fast as people do, not waiting for answers."""
    for query in HURRIED:
        for seat in seats:
            seat.times["echo"] += seat.terminal.echoes(query, A_SECOND)
            seat.clear()


def move(seats: Sequence[Seat]) -> None:
    """Go down by rows, down by pages, and to the end of all papers and back."""
    for seat in seats:
        seat.terminal.send(ESCAPE)
        seat.terminal.settle()
    for keys in ({"j": J}, {"PgDn": PAGE_DOWN}, {"G": END, "g": TOP}):
        for _ in range(STEPS):
            for name, key in keys.items():
                for seat in seats:
                    seat.press(name, key)
        for seat in seats:
            seat.terminal.send(TOP)
            seat.terminal.settle()


def start(programs: Sequence[Program], seats: Sequence[Seat], runs: int) -> None:
    """Start the programs in turn, once more than is timed, for the disk's cache."""
    for run in range(runs + 1):
        for each, seat in zip(programs, seats, strict=True):
            with each.started() as (_, seconds):
                if run:
                    seat.times["frame"].append(seconds)


def measure(few: Library, samples: Library, many: Library, runs: int) -> list[Seat]:
    """All times of the small library, and those of the large one."""
    with ExitStack() as stack:
        seats = [Seat(Watched(program(library).command), len(library)) for library in (few, many)]
        for seat in seats:
            stack.enter_context(seat.terminal)
        for seat in seats:
            seat.to_filter()
        type_queries(seats)
        hurry(seats)
        move(seats)
    start([program(samples), program(many)], seats, runs)
    return seats


def figures(seats: Sequence[Seat]) -> dict[str, dict[str, dict[str, float]]]:
    """Percentiles of each thing that was done, for both libraries, and their ratios."""
    found = {}
    for name in filter(None, seats[0].times):
        few, many = (
            {part: known[part] for part in ("p50_ms", "p95_ms")}
            for known in (percentiles(1000 * seconds for seconds in seat.times[name]) for seat in seats)
        )
        ratio = {part.removesuffix("_ms"): round(many[part] / few[part], 2) for part in few}
        found[name] = {"few": few, "many": many, "ratio": ratio}
    return found


def table(found: dict[str, dict[str, dict[str, float]]], papers: int) -> str:
    """The figures for people."""
    lines = [f"{'ms: p50, p95':<14}{f'{FEW} papers':>20}{f'{papers:,} papers':>20}{'ratio':>16}"]
    for name, each in found.items():
        cells = (" ".join(f"{value:>7.4g}" for value in part.values()) for part in each.values())
        widths = zip(cells, (20, 20, 16), strict=True)
        lines.append(f"{name:<14}" + "".join(f"{cell:>{width}}" for cell, width in widths))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, default=100_000, metavar="N", help="of the large library")
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="starts of each program")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    if options.papers < FEW or options.runs < 1:
        parser.error(f"at least {FEW} papers, and one run")

    with workshop() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        print(f"making a library of {options.papers:,} papers", file=sys.stderr)
        few, many = make(folder / "few", FEW), make(folder / "many", options.papers)
        samples = Library(folder / "samples")
        samples.take_in([str(SEEDS)])
        for library in (few, many, samples):
            library.end_visit()
        print("typing, moving, starting", file=sys.stderr)
        found = figures(measure(few, samples, many, options.runs))
    if options.json:
        print(json.dumps({"papers": [FEW, options.papers], **found}))
        return
    print(table(found, options.papers))


if __name__ == "__main__":
    main()
