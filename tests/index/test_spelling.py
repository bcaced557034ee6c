"""Words that are spelled nearly alike."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index.spelling import Near, alike, near, near_beginning, within
from paperreader.index.words import indexed, pieces

from .making import seeds
from .oracle import edits


class Words:
    """A lexicon in memory."""

    def __init__(self, frequencies: dict[str, int]) -> None:
        known = sorted((word.encode(), times) for word, times in frequencies.items())
        self._words = [word for word, _ in known]
        self.blob = memoryview(b"".join(self._words))
        self.offsets = np.cumsum([0, *map(len, self._words)]).astype(np.uint32)
        self.frequencies = np.array([times for _, times in known], np.uint32)

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, n: int) -> bytes:
        return self._words[n]


def texts_of(title: str, abstract: str = "") -> set[str]:
    """What a paper is found by."""
    found = [indexed(piece) for text in (title, abstract) for piece in pieces(text)]
    return {word.decode() for each in found for word in (*each.words, *each.beside)}


def lexicon(texts: Iterable[set[str]]) -> Words:
    """The words of these texts, and in how many each is."""
    frequencies: dict[str, int] = {}
    for text in texts:
        for word in text:
            frequencies[word] = frequencies.get(word, 0) + 1
    return Words(frequencies)


LETTERS = "abcz19\u03b2\u0436注"
VOCABULARIES = st.dictionaries(st.text(LETTERS, min_size=1, max_size=7), st.integers(0, 9), max_size=30)


@given(st.text(LETTERS, min_size=1, max_size=7), st.lists(VOCABULARIES, max_size=3), st.integers(0, 2))
def test_all_near_words_are_found(word: str, vocabularies: list[dict[str, int]], most: int) -> None:
    frequencies = {
        other: sum(known.get(other, 0) for known in vocabularies)
        for known in vocabularies
        for other in known
        if edits(word, other) <= most
    }
    expected = [Near(other, edits(word, other), times) for other, times in frequencies.items() if times]
    expected.sort(key=lambda near: (near.distance, -near.frequency, near.word))
    lexicons = [*map(Words, vocabularies)]
    assert near(word, lexicons, most) == expected
    for known in lexicons:
        for n, other, distance in alike(word, known, most):
            assert known[n].decode() == other
            assert distance == edits(word, other)


ASCII = st.text("abcz1", min_size=1, max_size=7)


@given(ASCII, st.lists(st.dictionaries(ASCII, st.integers(1, 9), max_size=40), max_size=3), st.integers(0, 2))
def test_all_words_with_a_near_beginning_are_found(
    word: str, vocabularies: list[dict[str, int]], most: int
) -> None:
    expected = {}
    for other in {other for known in vocabularies for other in known}:
        nearest = min(edits(word, other[:length]) for length in range(1, len(other) + 1))
        if nearest <= most:
            expected[other] = nearest, sum(known.get(other, 0) for known in vocabularies)
    found = near_beginning(word, map(Words, vocabularies), most)
    assert {near.word: (near.distance, near.frequency) for near in found} == expected
    assert [near.distance for near in found] == sorted(near.distance for near in found)


@given(st.text(LETTERS, max_size=9), st.text(LETTERS, max_size=9), st.integers(0, 3))
def test_two_words_are_compared_in_the_same_way(one: str, other: str, most: int) -> None:
    assert within(one, other, most) is (edits(one, other) <= most)


@pytest.fixture(scope="module")
def seeded() -> Words:
    return lexicon(texts_of(each.title, each.abstract) for each in seeds())


def misspelled(word: str, chance: random.Random) -> str:
    """The word with one mistake in it."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def test_planted_mistakes_are_seen_through(seeded: Words) -> None:
    chance = random.Random(7)
    long = [word for n in range(len(seeded)) if len(word := seeded[n].decode()) >= 5 and word.isalpha()]
    for word in chance.sample(long, 200):
        once = misspelled(word, chance)
        assert word in [found.word for found in near(once, [seeded], 1)]
        assert word in [found.word for found in near_beginning(once, [seeded], 1)]
        twice = misspelled(word[:2], chance) + misspelled(word[2:], chance)
        assert word in [found.word for found in near(twice, [seeded], 2)]


def test_nothing_is_held_when_it_is_done() -> None:
    known = Words({"model": 1})
    assert near("modle", [known], 1) == near_beginning("modle", [known], 1) == [("model", 1, 1)]
    known.blob.release()  # fails when anything still looks at it


def test_the_more_frequent_of_two_is_suggested() -> None:
    known = Words({"model": 12, "models": 15, "mode": 3, "modem": 3})
    assert [found.word for found in near("modle", [known], 1)] == ["model", "mode"]
    assert [found.word for found in near_beginning("modle", [known], 1)] == [
        "model",
        "mode",
        "models",
        "modem",
    ]
