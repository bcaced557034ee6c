"""Where the words of documents are collected until they are inverted; what Whoosh calls a posting pool."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from paperreader.index.arrays import Array, lengths_of, starts_of
from paperreader.index.inversion import BESIDE, MOST_WORDS, NARROW, Inversion, Layout, invert
from paperreader.index.words import LONGEST, chunks, indexed, pieces

_MOST_ALIKE = 255
"""How many words of a field may begin with the same letter in a narrow segment."""
_LAST_PLACE = 60_000
"""Below the places that a narrow segment can name."""
_BARE = ".'\"`~="
"""What is no part of a word where there is no LaTeX."""


class TooLong(Exception):  # noqa: N818 - an outcome rather than an error
    """A document belongs into a wide segment."""


class _Numbers(dict[bytes, int]):
    """Words, and the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self.initials = bytearray()
        """The first byte of each word."""

    def __missing__(self, word: bytes) -> int:
        number = self[word] = len(self)
        self.initials.append(word[0])
        return number


class _Chunks(dict[str, int]):
    """Chunks of text, in the order in which they came, and the tokens that each stands for."""

    def __init__(self) -> None:
        super().__init__()
        self.words = _Numbers()
        self._tokens = array("I")
        """Those of all chunks, one after another."""
        self._sizes = array("I")
        """How many tokens each has."""

    def __missing__(self, chunk: str) -> int:
        bare = chunk.rstrip("\\")
        if "\\" not in bare:
            bare = bare.strip(_BARE)
        if bare != chunk:
            number = self[chunk] = self[bare]
            return number
        before, numbers = len(self._tokens), self.words
        if chunk.isascii() and chunk.isalpha() and (chunk[1:].islower() or chunk.isupper()):
            # one word without a seam, as nearly all are
            self._tokens.append(numbers[chunk.lower()[:LONGEST].encode()])
        else:
            for piece in pieces(chunk):
                words, beside = indexed(piece)
                self._tokens.extend([numbers[word] for word in words])
                self._tokens.extend([numbers[word] | BESIDE for word in beside])
        number = self[chunk] = len(self._sizes)
        self._sizes.append(len(self._tokens) - before)
        return number

    def add(self, tokens: Array) -> int:
        """A chunk that is met once: its number."""
        self._tokens.frombytes(tokens.astype(np.uint32).tobytes())
        self._sizes.append(len(tokens))
        return len(self._sizes) - 1

    def sizes(self, numbers: Array) -> Array:
        """How many tokens these chunks have."""
        return np.array(self._sizes, np.uint32).take(numbers)

    def tokens(self, numbers: Array) -> Array:
        """The tokens of these chunks."""
        of_each = np.array(self._sizes, np.int64)
        sizes = of_each.take(numbers)
        at = np.repeat(starts_of(of_each)[:-1].take(numbers) - starts_of(sizes)[:-1], sizes)
        at += np.arange(len(at))
        return np.array(self._tokens, np.uint32).take(at)


class Pool:
    """Collects documents."""

    def __init__(self, layout: Layout = NARROW) -> None:
        self.layout = layout
        self._begin()

    def _begin(self) -> None:
        self._chunks = _Chunks()
        self._used: list[Array] = []
        """The chunks of all documents."""
        self._lengths: list[Array] = []
        """How many tokens each field of each document has."""
        self._count = 0

    def __len__(self) -> int:
        """How many documents there are."""
        return self._count

    def add(self, fields: Sequence[str]) -> None:
        """Add a document by the texts of its fields.

        Raises TooLong, and adds nothing, when only a wide segment can hold it.
        """
        if self.add_all([fields]):
            raise TooLong

    def add_all(self, documents: Sequence[Sequence[str]]) -> list[int]:
        """Add documents by the texts of their fields, which are as many in all.

        Returns which of these documents, as only a wide segment can hold them, were not added.
        """
        found: list[str] = []
        counts = []
        for texts in documents:
            for text in texts:
                some = chunks(text)
                found += some
                counts.append(len(some))
        numbers = np.fromiter(map(self._chunks.__getitem__, found), np.uint32, len(found))
        sizes = np.array(counts, np.int64).reshape(len(documents), len(documents[0]) if documents else 2)
        starts = starts_of(sizes.ravel())
        lengths = lengths_of(starts_of(self._chunks.sizes(numbers)).take(starts)).reshape(sizes.shape)
        long = self._long(numbers, starts, lengths) if self.layout is NARROW else []
        if long:
            kept = np.ones(len(documents), bool)
            kept[long] = False
            numbers = numbers[np.repeat(kept, sizes.sum(1))]
            sizes, lengths = sizes[kept], lengths[kept]
        if lengths.max(initial=0) > MOST_WORDS:
            numbers, lengths = self._cut(numbers, starts_of(sizes.ravel()), lengths)
        self._used.append(numbers)
        self._lengths.append(lengths)
        self._count += len(lengths)
        return long

    def _long(self, numbers: Array, starts: Array, lengths: Array) -> list[int]:
        """Which documents no narrow segment can hold."""
        fields = np.flatnonzero(lengths.ravel() > _MOST_ALIKE)
        if not len(fields):
            return []
        texts = [numbers[starts[field] : starts[field + 1]] for field in fields.tolist()]
        tokens = self._chunks.tokens(np.concatenate(texts)) & np.uint32(BESIDE - 1)
        initials = np.array(self._chunks.words.initials, np.uint8).take(tokens)
        letters = np.repeat(np.arange(len(fields)) << 8, lengths.ravel()[fields]) + initials
        alike = np.bincount(letters, minlength=len(fields) << 8).reshape(-1, 256).max(1)
        long = lengths.sum(1) + lengths.shape[1] > _LAST_PLACE
        long[fields[alike > _MOST_ALIKE] // lengths.shape[1]] = True
        return np.flatnonzero(long).tolist()

    def _cut(self, numbers: Array, starts: Array, lengths: Array) -> tuple[Array, Array]:
        """The same with no more than the most words of each field."""
        texts = [numbers[first:last] for first, last in pairwise(starts.tolist())]
        for field in np.flatnonzero(lengths.ravel() > MOST_WORDS).tolist():
            tokens = self._chunks.tokens(texts[field])[:MOST_WORDS]
            texts[field] = np.array([self._chunks.add(tokens)], np.uint32)
        return np.concatenate(texts), np.minimum(lengths, MOST_WORDS)

    def invert(self) -> Inversion:
        """The postings of all documents."""
        tokens = self._chunks.tokens(np.concatenate([np.zeros(0, np.uint32), *self._used]))
        lengths = np.concatenate(self._lengths) if self._lengths else np.zeros((0, 2), np.int64)
        return invert(tokens, lengths, list(self._chunks.words), self.layout)
