"""How soon a keystroke in the filter has its answer, against other engines on the same papers.

Queries are typed letter by letter into each engine, in turn at each key. What is timed is all that the
program does for a key: reading the query, the search, how many papers match, and reading the first 50 of
them. Nothing is remembered from one key to the next, and nothing is warmed up: the first key after the
opening counts like any other. Only the files are read once before, of all engines, so that it is these and
not the disk that are compared. Building, the first answer after a cold start, also with everything on the
disk, and the memory of a reader are measured in a new process each.

    python benchmarks/search.py [--corpus FILE] [--papers N] [--against fts5,tantivy,whoosh] [--json]

The papers are made of the sample dumps, unless a file of records is named: JSON lines, plain or gzipped,
with a title, an abstract, and perhaps days (["2026-08-01"]). tantivy is `pip install tantivy`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import corpus, engines, processes
from benchmarks.engines import OURS, RIVALS
from benchmarks.queries import FILTERS, PLAIN, QUERIES, keystrokes, spread
from benchmarks.report import table
from benchmarks.typing_times import (
    Typist,
    added,
    counts_compared,
    percentiles,
    quietest,
    ratios,
    reading,
    type_in_turn,
)

FIRST = "d"
"""What the first answer is to: the first letter that is typed."""
STARTS = 5
BUILD_ONLY = {"whoosh": 3_000}
"""Engines that are built only, and of how many papers: their rate hardly changes with more."""

Figures = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    names = [OURS, *options.against]
    for name in names:
        if missing := processes.apart(processes.missing, name):
            raise SystemExit(f"{name} cannot be measured: {missing} is not installed")
    with _folder(options.folder) as folder:
        os.environ["PAPERREADER_STATE"] = str(folder / "state")
        records, count = _records(options.corpus, options.papers, folder)
        figures = {name: _built(name, records, count, folder) for name in names}
        typed = [name for name in names if name not in BUILD_ONLY]
        for name in typed:
            figures[name] |= _started(name, folder / name)
        _type(typed, folder, figures, options)
    if options.json:
        print(json.dumps({"papers": count, "engines": figures}))
    else:
        print(table(count, figures))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--corpus", type=Path, metavar="FILE", help="records; without it papers are made")
    add("--papers", type=int, metavar="N", help="how many (default: all of the file, or 100,000)")
    add("--against", type=_rivals, default=[], metavar="NAMES", help=f"of {','.join(RIVALS)}")
    add("--queries", type=int, metavar="K", help=f"how many are typed (default: all {len(QUERIES)})")
    add(
        "--rounds",
        type=int,
        default=1,
        metavar="R",
        help="how often; then also the best time of each key (default: once)",
    )
    add("--seconds", type=float, default=300.0, metavar="S", help="for which one engine may be typed into")
    add("--folder", type=Path, metavar="DIR", help="keep papers and the rivals' indexes here, and use them")
    add("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    for name in ("papers", "queries", "rounds"):
        if (number := getattr(options, name)) is not None and number < 1:
            parser.error(f"--{name} must be at least 1")
    if options.corpus and not options.corpus.is_file():
        parser.error(f"there is no file {options.corpus}")
    return options


def _rivals(names: str) -> list[str]:
    found = list(dict.fromkeys(filter(None, names.split(","))))
    if unknown := set(found) - set(RIVALS):
        raise argparse.ArgumentTypeError(
            f"unknown: {', '.join(sorted(unknown))} (known: {', '.join(RIVALS)})"
        )
    return found


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        yield Path(folder)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _records(file: Path | None, count: int | None, folder: Path) -> tuple[Path, int]:
    """The papers in one plain file that all engines read, and their number."""
    origin = f"{file.stem}-{file.stat().st_size}" if file else "made"
    records = folder / f"{origin}-{count or 'all'}.jsonl"
    if not records.exists():
        _say(f"writing {records.name}")
        found = corpus.recorded(file, count) if file else corpus.made(count or 100_000)
        part = records.with_suffix(".part")
        if not corpus.write(found, part):
            raise SystemExit(f"{file}: no papers in it")
        part.replace(records)
    with records.open("rb") as lines:
        return records, sum(1 for _ in lines)


def _built(name: str, records: Path, count: int, folder: Path) -> Figures:
    """Build the index of one engine, or find a rival's as an earlier run of the same papers has left it."""
    kept = folder / f"{name}.json"
    if name != OURS and kept.exists():
        known: Figures = json.loads(kept.read_text())
        if known.pop("of") == records.name:
            _say(f"{name}: the index is there")
            return known
    _say(f"{name}: building")
    shutil.rmtree(folder / name, ignore_errors=True)
    kept.unlink(missing_ok=True)
    papers = min(count, BUILD_ONLY.get(name, count))
    figures = processes.apart(processes.built, name, folder / name, records, papers)
    kept.write_text(json.dumps({**figures, "of": records.name}))
    return figures


def _started(name: str, folder: Path) -> Figures:
    """The first answer in new processes, then after the disk's cache was emptied; and a reader's memory."""
    _say(f"{name}: starting")
    first = [processes.apart(processes.first_answer, name, folder, FIRST) for _ in range(STARTS)]
    figures: Figures = {"first_ms": round(statistics.median(first), 1)}
    if processes.off_the_disk_cache(folder):
        figures["first_from_disk_ms"] = round(processes.apart(processes.first_answer, name, folder, FIRST), 1)
    return figures


def _type(
    names: Sequence[str], folder: Path, figures: Mapping[str, Figures], options: argparse.Namespace
) -> None:
    """Type everything into everyone, and add what comes out to the figures."""
    texts = [text for query in spread(QUERIES)[: options.queries] for text in keystrokes(query)]
    once = len(texts)
    texts *= options.rounds
    words = [text for text in texts if "is:" not in text]  # which papers are starred is not the index's
    for name in names:
        _say(f"{name}: memory")
        figures[name].update(processes.apart(processes.memory, name, folder / name, words, options.seconds))
    _say(f"typing {len(texts):,} keystrokes")
    for name in names:
        processes.into_the_disk_cache(folder / name)
    typists = _typists(names, folder, options.seconds)
    type_in_turn(typists.values(), texts)
    for name, typist in typists.items():
        figures[name].update(percentiles(typist.times.values()))
        if options.rounds > 1:
            figures[name].update(quietest(typist, once, options.rounds))
        figures[name]["max_after_first_ms"] = percentiles(list(typist.times.values())[1:])["max_ms"]
        figures[name]["keystrokes"] = len(typist.times)
        figures[name]["cut_short"] = len(typist.times) < len(texts)
        if name != OURS:
            figures[name]["times_ours"] = ratios(typists[OURS], typist)
            figures[name]["finds"] = counts_compared(typists[OURS], typist)
        typist.reader.close()

    figures[OURS]["parse_p50_ms"] = reading(texts)

    plain = [text for query in PLAIN for text in keystrokes(query)]
    pairs = [typed for text in plain for typed in (text, *(f"{f} {text}" for f in FILTERS.values()))]
    _say(f"typing {len(pairs):,} keystrokes with and without filters")
    typists = _typists(names, folder, options.seconds)
    for typist in typists.values():
        typist.reader.answer("warm")
    type_in_turn(typists.values(), pairs)
    for name, typist in typists.items():
        figures[name]["filters_add"] = {
            kind: added(typist, len(FILTERS) + 1, offset) for offset, kind in enumerate(FILTERS, 1)
        }
        typist.reader.close()


def _typists(names: Sequence[str], folder: Path, seconds: float) -> dict[str, Typist]:
    typists = {name: Typist(engines.load(name).open(folder / name), seconds) for name in names}
    for typist in typists.values():
        typist.reader.prepare()
    return typists


if __name__ == "__main__":
    main()
