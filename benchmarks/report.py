"""The figures of `search.py` as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_ROWS = {
    "docs_per_s": "papers a second, built",
    "build_peak_mb": "  most memory, MB",
    "settle_s": "merged when it was there, s",
    "settle_peak_mb": "  most memory until then, MB",
    "size_mb": "size, MB",
    "bytes_a_paper": "  bytes a paper",
    "first_ms": "first answer, ms",
    "first_from_disk_ms": "  with nothing cached, ms",
    "rss_mb": "memory of a reader, MB",
    "private_mb": "  private",
    "mapped_mb": "  mapped from files",
    "p50_ms": "a keystroke, ms: p50",
    "p95_ms": "  p95",
    "p99_ms": "  p99",
    "max_ms": "  max",
    "max_after_first_ms": "  max but for the first key",
    "best_p50_ms": "  best of all rounds: p50",
    "best_p95_ms": "  p95",
    "best_p99_ms": "  p99",
    "best_max_ms": "  max",
    "parse_p50_ms": "  of which reading the query, p50",
    "keystrokes": "  keystrokes",
}
_MARKED = ("p50", "p95", "p99", "max", "keystrokes")
"""What the keys of figures contain that are of what was typed."""


def table(papers: int, figures: Mapping[str, Mapping[str, Any]]) -> str:
    """A column for each engine, and below them how many times ours theirs are."""
    names = list(figures)
    lines = [_line(f"{papers:,} papers", names)]
    lines += (
        _line(label, (_cell(figures[name], key) for name in names))
        for key, label in _ROWS.items()
        if any(key in figures[name] for name in names)
    )
    for kind in next((f["filters_add"] for f in figures.values() if "filters_add" in f), ()):
        for part in ("p50_ms", "p95_ms", "p99_ms"):
            cells = (_number(f.get("filters_add", {}).get(kind, {}).get(part)) for f in figures.values())
            lines.append(_line(f"a filter by {kind} adds, ms: {part[:3]}", cells))
    return "\n".join([*lines, *_compared(figures), *_remarks(papers, figures)])


def _compared(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    ours, *rivals = figures.items()
    for name, rival in rivals:
        rate = ours[1]["docs_per_s"] / rival["docs_per_s"]
        yield f"\nbuilt {rate:.2f} times as fast as {name}"
        if times := rival.get("times_ours"):
            yield f"{name} takes " + ", ".join(f"{ratio:g} times ({part})" for part, ratio in times.items())
            finds = ", ".join(f"{how} at {100 * part:.0f} %" for how, part in rival["finds"].items())
            yield f"and finds as many papers or not: {finds} of the keystrokes"


def _remarks(papers: int, figures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    if any(engine.get("cut_short") for engine in figures.values()):
        yield "\n* used up its time and was asked no more; ratios are over what both have answered"
    for name, engine in figures.items():
        if engine["built"] < papers:
            yield f"\n{name} was built of {engine['built']:,} papers"


def _line(label: str, cells: Iterable[str]) -> str:
    return f"{label:<36}" + "".join(f"{cell:>14}" for cell in cells)


def _cell(engine: Mapping[str, Any], key: str) -> str:
    cut = "*" if engine.get("cut_short") and any(part in key for part in _MARKED) else ""
    return _number(engine.get(key)) + cut


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return (
        f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
    )
