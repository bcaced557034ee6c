"""How long it takes to find what is near a paper, and what is for the reader, with few papers and with many.

Indexes of made papers are built, of 200 and of 100,000. Similar papers are asked for of papers drawn at
random; papers for the reader with 5, 50 and 500 stars and as many skips, drawn anew each time, as after
every star (with as many as there can be where papers are few). Nothing is remembered from one time to the
next. The first of all is left out: it opens what every search opens.

    python benchmarks/likeness.py [--papers N] [--times N] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.corpus import made, papers
from benchmarks.libraries import workshop
from benchmarks.typing_times import percentiles
from paperreader.index import Index, build, never
from paperreader.likings import for_you, similar
from paperreader.searched import Searched

FEW = 200
STARS = (5, 50, 500)
_SHOWN = ("p50_ms", "p95_ms", "processor_p50_ms", "processor_p95_ms")


def times(index: Index, count: int) -> dict[str, dict[str, float]]:
    """Percentiles, in milliseconds, of everything that is asked, so many times each."""
    searched = Searched(index, {}, [], 0)
    draw = random.Random(1)
    index.warm_up()

    def one() -> None:
        similar(searched, draw.randrange(index.end), never)

    def reader(stars: int) -> Callable[[], None]:
        most = min(stars, index.end // 4)

        def ask() -> None:
            drawn = draw.sample(range(index.end), 2 * most)
            starred, skipped = frozenset(drawn[:most]), frozenset(drawn[most:])
            states = {"starred": starred, "skipped": skipped, "judged": starred | skipped}
            if for_you(searched, {"noted": (), "later": (), **states}, never) is None:
                raise SystemExit("too few stars")

        return ask

    asked = {"similar": one, **{f"for you, {stars} stars": reader(stars) for stars in STARS}}
    return {name: _timed(index, ask, count) for name, ask in asked.items()}


def _timed(index: Index, ask: Callable[[], None], count: int) -> dict[str, float]:
    seconds = []
    for _ in range(count + 1):
        index.forget()
        start = time.perf_counter(), time.thread_time()
        ask()
        seconds.append((time.perf_counter() - start[0], time.thread_time() - start[1]))
    wall, processor = (
        percentiles(1000 * each for each in column) for column in zip(*seconds[1:], strict=True)
    )
    return {**wall, "processor_p50_ms": processor["p50_ms"], "processor_p95_ms": processor["p95_ms"]}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, default=100_000, metavar="N", help="of the large index")
    parser.add_argument("--times", type=int, default=50, metavar="N", help="that each thing is asked")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    if options.papers < FEW or options.times < 1:
        parser.error(f"at least {FEW} papers, and one time")

    found = {}
    with workshop() as folder:
        for count in (FEW, options.papers):
            print(f"building an index of {count:,} papers", file=sys.stderr)
            build(folder / str(count), papers(made(count)), [], lambda _: None)
            found[count] = times(Index.open(folder / str(count)), options.times)
    if options.json:
        print(json.dumps(found))
        return
    few, many = found.values()
    print(f"{'ms: p50, p95; processor':<24}{f'{FEW} papers':>36}{f'{options.papers:,} papers':>36}")
    for name in few:
        cells = (f"{each[name][part]:>9.1f}" for each in (few, many) for part in _SHOWN)
        print(f"{name:<24}" + "".join(cells))


if __name__ == "__main__":
    main()
