"""The best are chosen by estimates, without losing one of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.index.ranking import best, rarity

from .comparing import Compared
from .making import VOCABULARY, made, make
from .paths import forced


@settings(max_examples=300)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 3_000),
    st.integers(1, 12),
    st.sampled_from([0.0, 0.5, 0.99]),
    st.sampled_from([3, 1_000, 10**9]),
    st.sampled_from([1, 10, 3_000]),
)
def test_none_of_the_best_is_lost(
    seed: int, size: int, count: int, missing: float, kinds: int, words: int
) -> None:
    """Each of the numbers that are summed up is rounded, and so is each sum."""
    random = np.random.default_rng(seed)
    scores = random.integers(0, kinds, size) / kinds
    scores[random.random(size) < missing] = 0
    count = min(count, int(np.count_nonzero(scores)))
    if not count:
        return
    error = 1 + (random.random(size) - 0.5) * (1.5e-5 + words * 2**-23)
    (chosen,) = best([(scores * error).astype(np.float32)], count, words)
    least = np.sort(scores)[-count]
    assert set(np.flatnonzero(scores >= least)) <= set(chosen.tolist())
    assert len(set(chosen.tolist())) == len(chosen)


def test_few_are_chosen_of_many() -> None:
    """Which is what estimating is for."""
    scores = np.random.default_rng(0).random(100_000).astype(np.float32)
    assert 200 <= sum(map(len, best([scores], 200))) <= 300


def test_rarity_is_never_nothing() -> None:
    values = [rarity(1_000, having) for having in range(1_001)]
    assert values == sorted(values, reverse=True)
    assert values[-1] > 0


@pytest.mark.parametrize(
    "path", ["as it is", "columns are prepared, the best chosen", "lists are prepared, the best chosen"]
)
def test_a_query_of_very_many_words(tmp_path: Path, path: str) -> None:
    papers = made(150)
    asked = [f"title:{word} abstract:{word} {word}" for word in VOCABULARY]
    with forced(path, searching___FEW=0, reader___BEST=2, part___REMEMBERED=1):
        compared = Compared(make(tmp_path, papers), papers)
        compared.check(f"{' OR '.join(asked).replace(' ', ' OR ')} ")
        compared.check(" OR ".join(f"{word[:n]}*" for word in VOCABULARY for n in range(1, len(word))))
