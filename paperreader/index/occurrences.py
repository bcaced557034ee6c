"""Puts the occurrences of words in order, which is what makes postings of them.

An occurrence is made one number of 64 bits: its word, its document, its lane, its place. numpy sorts such
numbers hardly slower than it makes them. What is done before and after is done a piece at a time, as
pieces fit into the cache of a processor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from paperreader.index.arrays import Array, changes

if TYPE_CHECKING:
    from paperreader.index.inversion import Layout

_BITS = 64
_STEP = 1 << 17


class Postings(NamedTuple):
    """See `Inversion`."""

    starts: Array
    documents: Array
    frequencies: Array
    place_starts: Array
    places: Array


class Occurrences:
    """All that there are, document by document and lane by lane."""

    def __init__(self, count: int, *, words: int, documents: int, lanes: int, places: int) -> None:
        """So many, of less than so many words, documents, lanes and places.

        Raises OverflowError when their names are too long: a word's, a place's and that of one in a billion
        documents are not.
        """
        self._lane = places.bit_length()
        self._document = self._lane + lanes.bit_length()
        self._word = self._document + documents.bit_length()
        if self._word + words.bit_length() > _BITS:
            raise OverflowError("more words than can be inverted at once")
        self.nowhere = places
        """The place of what has none."""
        self._words = words
        self._lanes = lanes
        self._keys = np.empty(count, np.uint64)
        self._count = self._documents = 0

    def add(self, words: Array, places: Array, lengths: Array) -> None:
        """Words of the next documents and their places; of shape (documents, lanes), how many are whose."""
        keys = self._keys[self._count : self._count + len(words)]
        keys[:] = words
        keys <<= np.uint64(self._word - self._lane)
        documents = np.arange(self._documents, self._documents + len(lengths))
        lanes = documents[:, None] << (self._document - self._lane) | np.arange(self._lanes)
        keys |= np.repeat(lanes.ravel().astype(np.uint64), lengths.ravel())
        keys <<= np.uint64(self._lane)
        keys |= places.astype(np.uint64)
        self._count += len(words)
        self._documents += len(lengths)

    def postings(self, layout: Layout) -> Postings:
        """All of them in order; to be called once, at the end."""
        keys = self._keys
        keys.sort()
        places = np.empty(len(keys), layout.place)
        counts = np.empty(len(keys), layout.frequency)
        ones = np.array([layout.one(lane) for lane in range(self._lanes)])
        last = None
        firsts, names = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
        for start in range(0, len(keys), _STEP):
            some = keys[start : start + _STEP]
            place = some & np.uint64((1 << self._lane) - 1)
            place[place == self.nowhere] = layout.nowhere
            places[start : start + _STEP] = place
            some = some >> np.uint64(self._lane)
            lane = (some & np.uint64((1 << self._document - self._lane) - 1)).astype(np.intp)
            counts[start : start + _STEP] = ones.take(lane)
            some >>= np.uint64(self._document - self._lane)
            first = changes(some)
            if start and some[0] == last:
                first = first[1:]
            last = some[-1]
            firsts.append(first + start)
            names.append(some[first])
        first, posting = np.concatenate(firsts), np.concatenate(names)
        every = np.arange(self._words + 1, dtype=np.uint64) << np.uint64(self._word - self._document)
        starts = np.searchsorted(posting, every)
        return Postings(
            starts=starts.astype(np.uint64),
            documents=(posting & np.uint64((1 << self._word - self._document) - 1)).astype(np.uint32),
            frequencies=np.add.reduceat(counts, first, dtype=layout.frequency) if len(first) else counts,
            place_starts=np.append(first, len(keys)).take(starts).astype(np.uint64),
            places=places,
        )
