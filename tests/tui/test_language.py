"""The language of the filter is told to people as it is read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from paperreader.index.fields import FIELDS
from paperreader.index.filters import STATES
from paperreader.index.query import parse
from paperreader.tui.language import HINT, LANGUAGE, Phrase

README = Path(__file__).parents[2] / "README.md"
EXAMPLES = [example for phrase in LANGUAGE for example in phrase.typed]


def row(phrase: Phrase) -> str:
    """A row of the table in the README."""
    return f"| {' '.join(f'`{example}`' for example in phrase.typed)} | {phrase.finds} |"


def test_the_readme_tells_all_of_it() -> None:
    table = "\n".join(["| typed | finds |", "|---|---|", *map(row, LANGUAGE), ""])
    assert table in README.read_text(encoding="utf-8")


def test_every_field_is_told() -> None:
    told = {example.partition(":")[0] for example in EXAMPLES if ":" in example}
    assert told == set(FIELDS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_means_something(example: str) -> None:
    query = parse(f"{example} ", date(2026, 8, 7))
    assert not query.typed.ignored
    assert query.understood or example.endswith(":")


def test_every_state_is_told() -> None:
    assert {f"is:{state}" for state in STATES} < set(EXAMPLES)


def test_the_hint_is_part_of_it() -> None:
    assert set(re.findall(r"[a-z]+:", HINT)) <= set(re.findall(r"[a-z]+:", " ".join(EXAMPLES)))
