"""The words of all documents in their order, two bytes each.

The words of a segment that are most frequent have a code of their own; at the places of all others
stands `RARE`, and what is there is looked up in a list. `RARE` is also what stands in front of
everything, between two fields and at the end, where the list has nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from paperreader.index.arrays import Array, lengths_of, looked_up, places_of
from paperreader.index.inversion import FENCE, Inversion
from paperreader.index.sections import Sections, SectionWriter

RARE = 0xFFFF
_COMPARED = 8
"""Words are compared with so many codes one by one; more are looked up in a table."""


def coded(inversion: Inversion) -> tuple[Array, Array]:
    """The code of each word, and what stands in the forward array."""
    occurrences = lengths_of(inversion.place_starts)
    frequent = np.argsort(-occurrences, kind="stable")[:RARE]
    codes = np.full(len(occurrences) + 1, RARE, np.uint16)
    codes[frequent] = np.arange(len(frequent), dtype=np.uint16)
    return codes[:-1], looked_up(codes, inversion.forward)


def write(out: SectionWriter, inversion: Inversion, codes: Array, forward: Array) -> None:
    """Add the sections that `Forward` reads, of what is `coded`."""
    numbers = inversion.forward
    rare = np.flatnonzero((forward == RARE) & (numbers != FENCE))
    out.add("forward", forward)
    out.add("forward_codes", codes)
    out.add("rare_indexes", rare.astype(np.uint32))
    out.add("rare_words", numbers[rare])


class Forward:
    """The forward array of a segment."""

    def __init__(self, sections: Sections) -> None:
        self._forward = np.asarray(sections.view("forward"))
        self._codes = np.asarray(sections.view("forward_codes"))
        self._rare_indexes = np.asarray(sections.view("rare_indexes"))
        self._rare_words = np.asarray(sections.view("rare_words"))

    def __len__(self) -> int:
        return len(self._forward)

    @cached_property
    def _numbers(self) -> Array:
        """The words of the codes; `FENCE` for `RARE`."""
        words: Array = np.full(RARE + 1, FENCE, np.uint32)
        frequent = np.flatnonzero(self._codes != RARE)
        words[self._codes[frequent]] = frequent
        return words

    def numbers(self) -> Array:
        """The numbers of all words, with `FENCE` where there is none."""
        numbers = looked_up(self._numbers, self._forward)
        numbers[self._rare_indexes] = self._rare_words
        return numbers

    def numbers_at(self, indexes: Array) -> Array:
        """The same at these indexes."""
        there = self.at(indexes)
        numbers = self._numbers.take(there)
        rare = np.flatnonzero(there == RARE)
        numbers[rare] = self.rare_at(indexes[rare])
        return numbers

    def test(self, words: Sequence[int]) -> Test:
        """What tells where one of these words, ascending, stands."""
        return Test(self, words)

    def at(self, indexes: Array) -> Array:
        """The codes at these indexes; beyond either end there is a fence."""
        return self._forward.take(indexes, mode="clip")

    def rare_at(self, indexes: Array) -> Array:
        """The words at these indexes, where the code is `RARE`; `FENCE` where there is none."""
        if not len(self._rare_indexes):
            return np.full(len(indexes), FENCE, np.uint32)
        place = self._rare_indexes.searchsorted(indexes.astype(np.uint32))
        found = self._rare_indexes.take(place, mode="clip") == indexes
        return np.where(found, self._rare_words.take(place, mode="clip"), FENCE)

    def codes(self, words: Sequence[int]) -> Array:
        """The codes of words."""
        if isinstance(words, range):
            return self._codes[words.start : words.stop]
        return self._codes[np.array(words, np.int64)]


class Test:
    """Tells where one of some words stands."""

    def __init__(self, forward: Forward, words: Sequence[int]) -> None:
        self._forward = forward
        self._words = words
        self._codes = forward.codes(words)
        self._has_rare = bool((self._codes == RARE).any())

    def __call__(self, indexes: Array, there: Array | None = None) -> Array:
        """Which of these indexes of the forward array have one; as indexes into them.

        `there` are the codes at them, for who has these already.
        """
        if there is None:
            there = self._forward.at(indexes)
        among = self._among(there)
        if self._has_rare:
            rare = places_of(there == RARE)
            among[rare] = self._has(self._forward.rare_at(indexes.take(rare)))
        return places_of(among)

    def perhaps(self, codes: Array) -> Array:
        """Which of these codes can be of one of these words, as indexes; of `RARE` ones all, or none."""
        return places_of(self._among(codes))

    def _among(self, codes: Array) -> Array:
        """Where one of our codes is; of `RARE` that says nothing."""
        if len(self._codes) > _COMPARED:
            return self._table.take(codes)
        among = np.zeros(len(codes), bool)
        for code in self._codes:
            among |= codes == code
        return among

    @cached_property
    def _table(self) -> Array:
        """Which of all codes are ours."""
        table = np.zeros(RARE + 1, bool)
        table[self._codes] = True
        return table

    def _has(self, numbers: Array) -> Array:
        """Which of these words are ours."""
        if isinstance(self._words, range):
            return (numbers >= self._words.start) & (numbers < self._words.stop)
        words = np.array(self._words, np.uint32)
        ours: Array = words.take(words.searchsorted(numbers), mode="clip") == numbers
        return ours
