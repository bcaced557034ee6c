"""The ordinals of an answer behave like the list of all, though only the first are worked out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index import Cancelled, Ordinals, reader

from .making import make, search, seeds


class Asked:
    """An answer of which so many are known, and how often the others were asked for."""

    def __init__(self, everyone: list[int], known: int) -> None:
        self.times = 0

        def complete(cancelled: Callable[[], bool]) -> object:
            if cancelled():
                raise Cancelled
            self.times += 1
            return np.array(everyone, np.int64)

        def place(ordinal: int) -> int | None:
            return everyone.index(ordinal) if ordinal in everyone else None

        self.ordinals = Ordinals(len(everyone), everyone[:known], complete, place)


LISTS = st.lists(st.integers(0, 99), max_size=20, unique=True)
NUMBERS = st.none() | st.integers(-25, 25)


@given(LISTS, st.integers(0, 20), st.slices(20) | st.builds(slice, NUMBERS, NUMBERS))
def test_any_part(everyone: list[int], known: int, part: slice) -> None:
    assert list(Asked(everyone, known).ordinals[part]) == everyone[part]


@given(LISTS, st.integers(0, 20), st.integers(-25, 25))
def test_any_place(everyone: list[int], known: int, at: int) -> None:
    ordinals = Asked(everyone, known).ordinals
    if -len(everyone) <= at < len(everyone):
        assert ordinals[at] == everyone[at]
    else:
        with pytest.raises(IndexError):
            ordinals[at]


@given(LISTS, st.integers(0, 20))
def test_everyone(everyone: list[int], known: int) -> None:
    ordinals = Asked(everyone, known).ordinals
    assert (len(ordinals), list(ordinals), list(reversed(ordinals))) == (
        len(everyone),
        everyone,
        everyone[::-1],
    )
    assert ordinals.complete().tolist() == everyone
    for n in range(100):
        assert (n in ordinals) == (n in everyone)
        assert ordinals.place(n) == (everyone.index(n) if n in everyone else None)


def test_the_others_are_worked_out_once_and_only_when_they_are_asked_for() -> None:
    asked = Asked(list(range(20)), 10)
    assert list(asked.ordinals[:10]) == list(range(10))
    assert (asked.ordinals[9], asked.ordinals[-11], len(asked.ordinals)) == (9, 9, 20)
    assert asked.ordinals.place(15) == 15
    assert asked.times == 0
    assert (asked.ordinals[19], asked.ordinals[-1], list(asked.ordinals)) == (19, 19, list(range(20)))
    assert asked.times == 1


def test_working_out_the_others_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_BEST", 5)
    index = make(tmp_path, seeds())
    expected = list(search(index, "model").ordinals)
    ordinals = search(index, "model").ordinals
    given_up = 0
    for patience in range(100):
        asked = iter(range(patience))
        try:
            everyone = ordinals.complete(lambda asked=asked: next(asked, None) is None)
        except Cancelled:
            given_up += 1
        else:
            assert everyone.tolist() == expected
            break
    assert given_up >= 3
    assert list(ordinals) == expected


def test_an_answer_stays_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the others are worked out after the notes have changed."""
    monkeypatch.setattr(reader, "_BEST", 5)
    index = make(tmp_path, seeds())
    before = list(search(index, "model", notes={seeds()[0].id: "model"}, notes_version=1).ordinals)
    hits = search(index, "model", notes={seeds()[0].id: "model"}, notes_version=1)
    other = search(index, "model", notes={seeds()[50].id: "model " * 9}, notes_version=2)
    assert list(hits.ordinals) == before
    assert list(other.ordinals) != before
    index.close()
    assert list(hits.ordinals) == before
