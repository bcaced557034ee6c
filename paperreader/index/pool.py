"""Where the words of documents are collected until they are inverted; what Whoosh calls a posting pool."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

import numpy as np

from paperreader.index.arrays import Array, lengths_of, starts_of
from paperreader.index.inversion import BESIDE, MOST_WORDS, NARROW, Inversion, Layout, invert
from paperreader.index.words import LONGEST, indexed, pieces

_MOST_ALIKE = 255
"""How many words of a field may begin with the same letter in a narrow segment."""
_LAST_PLACE = 60_000
"""Below the places that a narrow segment can name."""


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


class _Pieces(dict[str, int]):
    """Pieces of text, in the order in which they came, and the tokens that each stands for."""

    def __init__(self) -> None:
        super().__init__()
        self.words = _Numbers()
        self.tokens: list[list[int]] = []
        """Of each piece."""
        self.sizes = array("H")
        """How many tokens each has."""

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self.sizes)
        numbers = self.words
        if piece.isascii() and piece.isalpha() and (piece[1:].islower() or piece.isupper()):
            # one word without a seam, as nearly all are
            tokens = [numbers[piece.lower()[:LONGEST].encode()]]
        else:
            words, beside = indexed(piece)
            tokens = [numbers[word] for word in words] + [numbers[word] | BESIDE for word in beside]
        self.tokens.append(tokens)
        self.sizes.append(len(tokens))
        return number


class Pool:
    """Collects documents."""

    def __init__(self, layout: Layout = NARROW) -> None:
        self.layout = layout
        self._begin()

    def _begin(self) -> None:
        self._pieces = _Pieces()
        self._used = array("I")
        """The pieces of all documents."""
        self._counts = array("I")
        """How many each field of each document has."""
        self._fields = 0

    def add(self, fields: Sequence[str]) -> None:
        """Add a document by the texts of its fields.

        Raises TooLong, and adds nothing, when only a wide segment can hold it.
        """
        number_of, sizes = self._pieces.__getitem__, self._pieces.sizes
        texts = [list(map(number_of, pieces(text))) for text in fields]
        lengths = [sum(map(sizes.__getitem__, numbers)) for numbers in texts]
        if max(lengths) > MOST_WORDS:
            texts = [self._cut(numbers) for numbers in texts]
        if self.layout is NARROW and max(lengths) > _MOST_ALIKE:
            self._check(texts)
        for numbers in texts:
            self._used.extend(numbers)
            self._counts.append(len(numbers))
        self._fields = len(fields)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._counts) // self._fields if self._fields else 0

    def _cut(self, numbers: list[int]) -> list[int]:
        """As many pieces as a field can have."""
        ends = accumulate(map(self._pieces.sizes.__getitem__, numbers))
        return [number for number, end in zip(numbers, ends, strict=True) if end <= MOST_WORDS]

    def _check(self, texts: Iterable[list[int]]) -> None:
        places = 0
        for numbers in texts:
            words = chain.from_iterable(map(self._pieces.tokens.__getitem__, numbers))
            letters = bytes(map(self._pieces.words.initials.__getitem__, map((BESIDE - 1).__and__, words)))
            places += len(letters) + 1
            if places > _LAST_PLACE or max(map(letters.count, set(letters)), default=0) > _MOST_ALIKE:
                raise TooLong

    def _expanded(self, numbers: Array) -> tuple[Array, Array]:
        """The tokens of some pieces, and where those of each begin."""
        of_each = np.array(self._pieces.sizes, np.int64)
        sizes = of_each.take(numbers)
        starts = starts_of(sizes)
        tokens = np.fromiter(chain.from_iterable(self._pieces.tokens), np.uint32)
        at = np.repeat(starts_of(of_each)[:-1].take(numbers) - starts[:-1], sizes)
        at += np.arange(len(at))
        return tokens.take(at), starts

    def invert(self) -> Inversion:
        """The postings of all documents."""
        tokens, starts = self._expanded(np.array(self._used, np.uint32))
        edges = starts.take(starts_of(np.array(self._counts, np.int64)))
        lengths = lengths_of(edges).reshape(-1, self._fields or 2)
        return invert(tokens, lengths, list(self._pieces.words), self.layout)
