"""Types queries into several engines, in turn at each key, and keeps how long each answer took."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.engines import Reader

PERCENTILES = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99, "max_ms": 1.0}


@dataclass(slots=True)
class Typist:
    """What one engine answered."""

    reader: Reader
    left: float
    """Seconds that it may still take; after these it is asked no more."""
    times: dict[int, float] = field(default_factory=dict)
    """Milliseconds, by the number of the keystroke."""
    counts: dict[int, int] = field(default_factory=dict)
    """How many papers matched."""

    def type(self, number: int, text: str) -> None:
        """Ask as the program does, with nothing remembered."""
        if self.left <= 0:
            return
        self.reader.forget()
        start = time.perf_counter()
        count, _ = self.reader.answer(text)
        taken = time.perf_counter() - start
        self.left -= taken
        self.times[number] = 1000 * taken
        self.counts[number] = count


def type_in_turn(typists: Collection[Typist], texts: Sequence[str]) -> None:
    """Give each text to each engine; who comes first changes from text to text."""
    order = list(typists)
    shown = sys.stderr.isatty()
    for number, text in enumerate(texts):
        order.append(order.pop(0))
        for typist in order:
            typist.type(number, text)
        if shown and number % 50 == 0:
            print(f"\r{number:,} of {len(texts):,} keystrokes", end="", file=sys.stderr)
    if shown:
        print("\r", end="", file=sys.stderr)


def percentiles(times: Iterable[float]) -> dict[str, float]:
    """Those of `PERCENTILES`; nothing of no times."""
    ordered = sorted(times)
    if not ordered:
        return {}
    return {name: round(ordered[round(part * (len(ordered) - 1))], 3) for name, part in PERCENTILES.items()}


def quietest(typist: Typist, texts: int, rounds: int) -> dict[str, float]:
    """Percentiles of the best of each keystroke's rounds: what the machine's other work takes is left out."""
    of_texts = ([typist.times.get(at + turn * texts) for turn in range(rounds)] for at in range(texts))
    best = percentiles(min(filter(None, times)) for times in of_texts if any(times))
    return {f"best_{name}": value for name, value in best.items()}


def reading(texts: Iterable[str]) -> float:
    """Milliseconds that it takes to read a query, in the middle; it is part of every engine's time."""
    from paperreader.index.query import parse  # noqa: PLC0415 - what engines import counts as theirs

    def taken(text: str) -> float:
        start = time.perf_counter()
        parse(text, date.today())
        return 1000 * (time.perf_counter() - start)

    return percentiles(map(taken, texts))["p50_ms"]


def ratios(ours: Typist, theirs: Typist) -> dict[str, float]:
    """How many times our percentile theirs is, over what both have answered."""
    common = ours.times.keys() & theirs.times.keys()
    mine, other = (percentiles(typist.times[number] for number in common) for typist in (ours, theirs))
    return {name.removesuffix("_ms"): round(other[name] / mine[name], 2) for name in mine}


def counts_compared(ours: Typist, theirs: Typist) -> dict[str, float]:
    """The parts of the keystrokes at which theirs found as many papers as ours, fewer, and more."""
    common = ours.counts.keys() & theirs.counts.keys()
    differences = [theirs.counts[number] - ours.counts[number] for number in common]
    parts = {
        "same": sum(d == 0 for d in differences),
        "fewer": sum(d < 0 for d in differences),
        "more": sum(d > 0 for d in differences),
    }
    return {name: round(count / max(1, len(differences)), 3) for name, count in parts.items()}


def added(typist: Typist, every: int, offset: int) -> dict[str, float]:
    """What the texts at an offset took longer than those before which they were typed.

    Texts come in groups of `every`, the first of each without a filter. p50 and p95 are those of the
    differences; p99 is the difference of the two 99th percentiles, where pairs say more about noise.
    """
    pairs = [
        (typist.times[number], typist.times[number + offset])
        for number in range(0, max(typist.times, default=0) + 1, every)
        if number + offset in typist.times
    ]
    if not pairs:
        return {}
    plain, filtered = (percentiles(times) for times in zip(*pairs, strict=True))
    differences = percentiles(after - before for before, after in pairs)
    return {
        "p50_ms": differences["p50_ms"],
        "p95_ms": differences["p95_ms"],
        "p99_ms": round(filtered["p99_ms"] - plain["p99_ms"], 3),
    }
