"""Every text of the sample dumps, and of PAPERREADER_DATA where that is set, read as it is shown."""

from __future__ import annotations

import gzip
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.latex import unlatex
from paperreader.latex.lost import _SYMBOLS
from paperreader.latex.tex import GREEK, WORDLESS

SEEDS = Path(__file__).parent.parent / "seeds"
DATA = os.environ.get("PAPERREADER_DATA", "")

NAMES = WORDLESS | GREEK.keys() | _SYMBOLS.keys()
"""What stands for something else."""
WORD = r"(?<![\\A-Za-z'\"`^~=.{])[A-Za-z]{5,}(?![A-Za-z\\{])"
GLUED = "times|mathcal|cdot|infty|bold|wide|left"
"""What has lost its backslash before or behind a letter."""


def paragraphs(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.txt")):
        yield from file.read_text(encoding="utf-8").split("\n\n")


def records(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield from (record["title"], record["abstract"])


def check(text: str) -> None:
    """No word is lost, and nothing comes in that nobody could see."""
    shown = unlatex(text)
    if shown == text:
        return
    words = {word for word in re.findall(WORD, text) if not re.search(GLUED, word)} - NAMES
    assert [word for word in words if word not in shown] == []
    assert [c for c in set(shown) - set(text) if unicodedata.category(c)[0] == "C"] == []


def test_nothing_is_lost_in_the_samples() -> None:
    for text in paragraphs(SEEDS):
        check(text)


@pytest.mark.skipif(not DATA, reason="needs PAPERREADER_DATA")
def test_nothing_is_lost_in_real_data() -> None:
    for text in paragraphs(Path(DATA, "page-text")):
        check(text)
    for text in records(Path(DATA, "arxiv-50k.jsonl.gz")):
        check(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["{", "$", "$$", "\\\\", "\\(", "{\\bf ", "''a", "\\href{http://a}{", "~1", "2^{("]
)
def test_ten_megabytes_of_debris(unit: str) -> None:
    unlatex(unit * (10_000_000 // len(unit)))
