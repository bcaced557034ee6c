"""Where the words of documents are collected until they are inverted; what Whoosh calls a posting pool."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from paperreader.index.arrays import Array, lengths_of, starts_of
from paperreader.index.interning import Interned
from paperreader.index.inversion import BESIDE, MOST_WORDS, NARROW, Inversion, Layout, invert
from paperreader.index.words import LONGEST, apart, indexed, is_plain, pieces, seams, whole

_MOST_ALIKE = 255
"""How many words of a field may begin with the same letter in a narrow segment."""
_LAST_PLACE = 60_000
"""Below the places that a narrow segment can name."""
_SEVERAL = 1 << 30
"""More than there are words."""
_BARE = bytes(n for n in range(128) if not chr(n).isalnum() and chr(n) not in "-{}$^_\\")
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


def _bare(chunk: bytes) -> bytes:
    """The same without what is no part of a word at either end."""
    bare = chunk.rstrip(b"\\")
    return bare if b"\\" in bare else bare.strip(_BARE)


class _Chunks(dict[bytes, int]):
    """Chunks of text, and for each its token or, from `_SEVERAL` on, the number of its list of tokens.

    All are read as `pieces` and `indexed` do, most of them in a quicker way.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = _Numbers()
        self._lists = array("I")
        self._ends = array("I", [0])

    def __missing__(self, chunk: bytes) -> int:
        if chunk.isalpha() and (chunk[1:].islower() or chunk.isupper()):
            known = self.words[chunk.lower()[:LONGEST]]
        elif is_plain(chunk):
            parts = chunk.split(b"-")
            known = self._joined(parts) if len(parts) > 1 else self._put_together(chunk)
        elif (bare := _bare(chunk)) != chunk:
            known = self[bare]
        else:
            known = self._any(chunk)
        self[chunk] = known
        return known

    def _put_together(self, part: bytes) -> int:
        word = self.words[part.lower()[:LONGEST]]
        beside = [self.words[word] | BESIDE for word in seams(part)]
        return self.add([word, *beside]) if beside else word

    def _joined(self, parts: Sequence[bytes]) -> int:
        words, beside = [], []
        for part in parts:
            known = self[part]
            if known >= _SEVERAL:
                known, *others = self._list(known)
                beside += others
            words.append(known)
        if len(parts) > 2:
            pairs = [a + b for a, b in pairwise(parts) if a.isalpha() and b[:1].isdigit()]
            beside += [self.words[pair[:LONGEST].lower()] | BESIDE for pair in pairs]
        beside.append(self.words[b"".join(parts)[:LONGEST].lower()] | BESIDE)
        return self.add(words + beside)

    def _any(self, chunk: bytes) -> int:
        tokens: list[int] = []
        for piece in pieces(whole(chunk)):
            if piece.isascii() and is_plain(plain := piece.encode()):
                known = self[plain]
                tokens += (known,) if known < _SEVERAL else self._list(known)
            else:
                words, beside = indexed(piece)
                tokens += [self.words[word] for word in words]
                tokens += [self.words[word] | BESIDE for word in beside]
        return tokens[0] if len(tokens) == 1 else self.add(tokens)

    def _list(self, number: int) -> Sequence[int]:
        return self._lists[self._ends[number - _SEVERAL] : self._ends[number - _SEVERAL + 1]]

    def add(self, tokens: Iterable[int]) -> int:
        """What stands for these tokens."""
        self._lists.extend(tokens)
        self._ends.append(len(self._lists))
        return _SEVERAL + len(self._ends) - 2

    def tokens(self, numbers: Array) -> tuple[Array, Array]:
        """The tokens of chunks, and where those of each begin."""
        several = np.flatnonzero(numbers >= _SEVERAL)
        lists = numbers[several] - np.uint32(_SEVERAL)
        ends = np.array(self._ends, np.int64)
        of_lists = lengths_of(ends).take(lists)
        sizes = np.ones(len(numbers), np.int64)
        sizes[several] = of_lists
        starts = starts_of(sizes)
        tokens = np.repeat(numbers, sizes)
        each = np.arange(of_lists.sum()) - np.repeat(starts_of(of_lists)[:-1], of_lists)
        found = np.array(self._lists, np.uint32).take(each + np.repeat(ends.take(lists), of_lists))
        tokens[each + np.repeat(starts.take(several), of_lists)] = found
        return tokens, starts


class Pool:
    """Collects documents."""

    def __init__(self, layout: Layout = NARROW) -> None:
        self.layout = layout
        self._begin()

    def _begin(self) -> None:
        self._chunks = _Chunks()
        self._interned = Interned(self._chunks.__getitem__)
        self._tokens: list[Array] = []
        """Those of all documents."""
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
        numbers, edges = self._interned.numbers([apart(text) for texts in documents for text in texts])
        tokens, starts = self._chunks.tokens(numbers)
        edges = starts.take(edges)
        lengths = lengths_of(edges).reshape(len(documents), len(documents[0]) if documents else 2)
        long = self._long(tokens, lengths) if self.layout is NARROW else np.zeros(len(lengths), bool)
        kept = np.where(long[:, None], 0, np.minimum(lengths, MOST_WORDS))
        if (kept < lengths).any():
            place = np.arange(len(tokens)) - np.repeat(edges[:-1], lengths.ravel())
            tokens = tokens[place < np.repeat(kept.ravel(), lengths.ravel())]
            lengths = kept[~long]
        self._tokens.append(tokens)
        self._lengths.append(lengths)
        self._count += len(lengths)
        return np.flatnonzero(long).tolist()

    def _long(self, tokens: Array, lengths: Array) -> Array:
        """Which documents no narrow segment can hold."""
        long: Array = lengths.sum(1) + lengths.shape[1] > _LAST_PLACE
        sizes = lengths.ravel()
        fields = np.flatnonzero(sizes > _MOST_ALIKE)
        if len(fields):
            words = tokens[np.repeat(sizes > _MOST_ALIKE, sizes)] & np.uint32(BESIDE - 1)
            initials = np.frombuffer(self._chunks.words.initials, np.uint8).take(words)
            letters = np.repeat(np.arange(len(fields)) << 8, sizes[fields]) + initials
            alike = np.bincount(letters, minlength=len(fields) << 8).reshape(-1, 256).max(1)
            long[fields[alike > _MOST_ALIKE] // lengths.shape[1]] = True
        return long

    def invert(self) -> Inversion:
        """The postings of all documents."""
        return invert(self._tokens, self._lengths, list(self._chunks.words), self.layout)
