"""The words of a segment in order, and which of them have one stem.

Words are known by their numbers, their places in the order of their UTF-8. So those that begin
alike are a range of numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import ne
from typing import NamedTuple

import numpy as np

from paperreader.index.arrays import Array, lengths_of, starts_of
from paperreader.index.sections import Sections, SectionWriter
from paperreader.index.stems import stem, stems

_STRIDE = 32
"""Words between two that are at hand; the others are read from the file."""


class Words(Sequence[bytes]):
    """Words or stems in order, in one piece of memory."""

    def __init__(self, blob: memoryview, offsets: memoryview, starts: memoryview | None = None) -> None:
        self.blob = blob
        """All of them, one after another."""
        self._offsets = offsets
        self._starts = starts

    @property
    def offsets(self) -> Array:
        """Where in `blob` each begins, and where the last one ends."""
        return np.asarray(self._offsets)

    @cached_property
    def frequencies(self) -> Array:
        """How many documents have each; nothing for stems."""
        return lengths_of(self._starts if self._starts is not None else memoryview(b"")).astype(np.uint32)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        return bytes(self.blob[self._offsets[number] : self._offsets[number + 1]])

    @cached_property
    def _signposts(self) -> list[bytes]:
        """Every so many words one, where they can be compared without being read."""
        blob = bytes(self.blob)  # read at once rather than word by word
        starts, ends = self._offsets[:-1:_STRIDE].tolist(), self._offsets[1::_STRIDE].tolist()
        return [blob[start:end] for start, end in zip(starts, ends, strict=True)]

    def place(self, word: bytes) -> int:
        """The number of the first word that is not before this one."""
        past = bisect_left(self._signposts, word) * _STRIDE
        return bisect_left(self, word, max(0, past - _STRIDE + 1), min(past, len(self)))

    def find(self, word: bytes) -> int | None:
        """The number of a word, or None."""
        at = self.place(word)
        return at if at < len(self) and self[at] == word else None


class Lexicon:
    """The words of a segment and their stems."""

    def __init__(self, sections: Sections) -> None:
        self.words = Words(sections.view("words"), sections.view("word_offsets"), sections.view("starts"))
        self._stems = Words(sections.view("stems"), sections.view("stem_offsets"))
        self._starts = sections.view("stem_starts")
        self._members = sections.view("stem_members")

    @cached_property
    def leading(self) -> Array:
        """For each word the number of the first one of its stem."""
        members, starts = np.asarray(self._members), np.asarray(self._starts)
        leading = np.arange(len(self.words))
        if len(members):
            leading[members] = np.repeat(members.take(starts[:-1]), lengths_of(self._starts))
        return leading

    @cached_property
    def having(self) -> Array:
        """For the first word of each stem how many documents have its words, those with two of them twice."""
        return np.bincount(self.leading, self.words.frequencies, len(self.words))

    def beginning_with(self, prefix: str) -> range:
        """The numbers of the words that begin so."""
        encoded = prefix.encode()
        first = self.words.place(encoded)
        # no byte of UTF-8 is 0xff
        return range(first, self.words.place(encoded + b"\xff"))

    def forms(self, word: str) -> Sequence[int]:
        """The numbers of the words that have the stem of this one, ascending."""
        stemmed = stem(word)
        encoded = stemmed.encode()
        group = self._stems.find(encoded)
        if group is not None:
            return self._members[self._starts[group] : self._starts[group + 1]].tolist()
        # stems that are words, and of no other word, are not in the table
        number = self.words.find(encoded) if stem(stemmed) == stemmed else None
        return () if number is None else (number,)


class Forms(NamedTuple):
    """Which words have one stem."""

    leaders: Array
    """For each word the number of the first one of its stem."""
    stems: list[bytes]
    """In order, and without those that are words and of no other word."""
    starts: Array
    """Where the words of each of these begin, and the last one's end."""
    members: Array
    """The numbers of these words, ascending within a stem."""


def forms(words: Sequence[bytes]) -> Forms:
    """The stems of words in order."""
    decoded = b" ".join(words).decode().split(" ") if words else []
    stemmed = stems(decoded)
    count = len(decoded)
    first: dict[str, int] = {}
    leaders = np.fromiter(map(first.setdefault, stemmed, range(count)), np.int64, count)
    sizes = np.bincount(leaders, minlength=count)
    is_other = np.fromiter(map(ne, stemmed, decoded), bool, count)
    wanted = np.flatnonzero((sizes > 1) | (sizes == 1) & is_other)
    listed = sorted((stemmed[n].encode(), n) for n in wanted.tolist())
    numbers = np.array([n for _, n in listed], np.int64)
    together = np.argsort(leaders, kind="stable")
    starts = starts_of(sizes.take(numbers))
    at = np.repeat(starts_of(sizes)[:-1].take(numbers) - starts[:-1], lengths_of(starts))
    members = together.take(at + np.arange(len(at)))
    return Forms(leaders, [each for each, _ in listed], starts, members)


def commonest(leading: Array, occurrences: Array, most: int, above: int) -> tuple[Array, Array]:
    """The stems, by their first words, that occur more than `above` times: at most so many, ascending.

    With them, for every word and for what is none, the place of its stem among them from 1 on, or 0.
    """
    of_stems = np.bincount(leading, occurrences, minlength=len(leading))
    stems = np.argsort(-of_stems, kind="stable")[:most]
    stems = np.sort(stems[of_stems[stems] > above])
    codes = np.zeros(len(leading) + 1, np.uint8)
    codes[stems] = np.arange(1, len(stems) + 1)
    codes[:-1] = codes[leading]
    return stems, codes


def write(out: SectionWriter, words: Sequence[bytes], forms: Forms) -> None:
    """Add the sections that `Lexicon` reads."""
    _add_words(out, "words", "word_offsets", words)
    _add_words(out, "stems", "stem_offsets", forms.stems)
    out.add("stem_starts", forms.starts.astype(np.uint32))
    out.add("stem_members", forms.members.astype(np.uint32))


def _add_words(out: SectionWriter, blob: str, offsets: str, words: Sequence[bytes]) -> None:
    out.add(blob, b"".join(words))
    out.add(offsets, starts_of(map(len, words)).astype(np.uint32))
