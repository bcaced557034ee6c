"""Sets of ordinals: few or many, with numpy or without, they say what Python's own sets say."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index import Members, Ordinals, members, place

NUMBERS = st.integers(0, 300)
ORDERS = st.lists(NUMBERS, unique=True)


def kinds(order: list[int]) -> list[Sequence[int]]:
    """The same order as all that an answer may have for one."""
    whole = Ordinals(len(order), order[:5], lambda _: np.array(order, np.uint32), lambda _: None)
    return [order, array("I", order), memoryview(array("I", order)), whole]


@pytest.mark.parametrize("many", [0, 1 << 12])
@given(st.sets(NUMBERS), ORDERS)
def test_what_is_among_others(many: int, wanted: set[int], order: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members, "MANY", many)
        for kind in kinds(order):
            assert list(Members.of(wanted).among(kind)) == [n for n in order if n in wanted]


@pytest.mark.parametrize("many", [0, 1 << 12])
@given(ORDERS, NUMBERS)
def test_where_one_stands(many: int, order: list[int], ordinal: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members, "MANY", many)
        for kind in kinds(order):
            assert place(kind, ordinal) == (order.index(ordinal) if ordinal in order else None)


@given(st.sets(NUMBERS), st.dictionaries(NUMBERS, st.booleans()))
def test_a_change_makes_another_set(before: set[int], now: dict[int, bool]) -> None:
    there = Members.of(before)
    after = {n for n in before | now.keys() if now.get(n, n in before)}
    assert set(there.changed(now)) == after
    assert set(there) == before and there.common(Members.of(after)) == len(before & after)
