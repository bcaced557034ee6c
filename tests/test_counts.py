"""One thing is named in the singular; many are counted in thousands."""

from __future__ import annotations

import pytest

from paperreader.counts import counted


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (0, "0 papers"),
        (1, "1 paper"),
        (2, "2 papers"),
        (999, "999 papers"),
        (1_000, "1,000 papers"),
        (1_234_567, "1,234,567 papers"),
    ],
)
def test_so_many_papers(number: int, wanted: str) -> None:
    assert counted(number, "paper") == wanted


@pytest.mark.parametrize(
    ("number", "wanted"), [(0, "0 papers have"), (1, "1 paper has"), (1_234, "1,234 papers have")]
)
def test_what_takes_no_s(number: int, wanted: str) -> None:
    assert counted(number, "paper has", "papers have") == wanted
