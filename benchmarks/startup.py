"""How soon the reader is there, and what it costs while nothing is done, against a Textual hello-world.

Both run in turn on a pseudo-terminal of 120x40. Measured is the time from exec to the arrival of the
first frame that shows the greeting, or the list with its first paper; and the CPU time of ten idle
seconds (with psutil installed). Compare the ratios: the times vary with the machine and its load.

    python benchmarks/startup.py [--runs N] [--papers N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.pages import SEEDS, write_pages
from paperreader.library import Library
from tests.terminal import Terminal, paperreader

HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("Hello, world")

Hello().run()
"""

IDLE = 10.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Program:
    """What is started, and what its first frame shows."""

    name: str
    command: Sequence[str]
    shows: re.Pattern[str]

    @contextmanager
    def started(self) -> Iterator[tuple[Terminal, float]]:
        """The program in a terminal, and the seconds to its first frame."""
        with Terminal(self.command) as terminal:
            yield terminal, terminal.wait_for(lambda: bool(self.shows.search(terminal.text)))


def program(library: Library) -> Program:
    """The reader on a library."""
    title = library.paper(library.search().ordinals[0]).title
    shows = re.compile(rf"▌. {re.escape(title[:21])}")
    command = paperreader("--library", str(library.folder))
    return Program(f"paperreader, {len(library):,} papers", command, shows)


def reader(folder: Path, pages: Path) -> Program:
    """The reader on a new library with these pages."""
    library = Library(folder)
    library.take_in([str(pages)])
    return program(library)


def idle(program: Program) -> float | None:
    """CPU seconds used in `IDLE` seconds, after a while to calm down; None without psutil."""
    try:
        import psutil  # type: ignore[import-untyped]  # noqa: PLC0415 - the times need it not
    except ImportError:
        return None
    with program.started() as (terminal, _):
        process = psutil.Process(terminal.process.pid)
        _wait(terminal, 3.0)
        before = process.cpu_times()
        _wait(terminal, IDLE)
        after = process.cpu_times()
    used = float(after.user - before.user + after.system - before.system)
    return round(used, 3) + 0.0  # never -0.0


def _wait(terminal: Terminal, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        terminal.settle(quiet=left, timeout=left)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15, help="starts of each program (default: %(default)s)")
    parser.add_argument(
        "--papers", type=int, default=10_000, help="of the larger library (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        os.environ |= {"PAPERREADER_STATE": str(base / "state"), "PAPERREADER_CONFIG": str(base / "config")}
        write_pages(base / "pages", options.papers)
        programs = [
            Program("hello, world", [sys.executable, "-c", HELLO], re.compile("Hello, world")),
            reader(base / "small", SEEDS),
            reader(base / "large", base / "pages"),
        ]
        times: dict[str, list[float]] = {program.name: [] for program in programs}
        for run in range(options.runs + 1):
            for program in programs:
                with program.started() as (_, seconds):
                    if run:  # the first one fills the disk's cache
                        times[program.name].append(seconds)
        cpu = {program.name: idle(program) for program in programs}

    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    floor = medians[programs[0].name]
    results = {
        name: {
            "first_frame_s": round(median, 4),
            "ratio": round(median / floor, 2),
            "idle_cpu_s": cpu[name],
        }
        for name, median in medians.items()
    }
    if options.json:
        print(json.dumps(results, indent=2))
        return
    print(f"{f'median of {options.runs} starts':<28} first frame  ratio   CPU of {IDLE:g} idle s")
    for name, result in results.items():
        first, ratio, used = result.values()
        idle_for_people = "needs psutil" if used is None else f"{1000 * used:.0f} ms"
        print(f"{name:<28} {1000 * (first or 0):>8.0f} ms  {ratio:>5}   {idle_for_people:>16}")


if __name__ == "__main__":
    main()
