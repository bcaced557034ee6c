"""Turns documents, which are words in a row, into posting lists, which are the documents of a word.

Everything is arrays. A *posting* is a document of a word, and how often the word is there: its
frequencies in the fields stand side by side in one number, each in a *lane* of its own, so that
adding postings adds the frequencies of all fields at once. In a *narrow* segment a lane has eight
bits. That is enough because no document in it has more than 255 words that begin with the same
letter in one field, and whatever a query sums up begins with the same letter; documents that have
more are kept in *wide* segments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from paperreader.index.arrays import Array, lengths_of, starts_of
from paperreader.index.occurrences import Occurrences

FENCE = 0xFFFFFF
"""What stands in the forward array between two fields; no word has this number."""
BESIDE = 1 << 31
"""Marks a word that has no place of its own: "multimodal", where "multi-modal" stands."""


@dataclass(frozen=True)
class Layout:
    """How frequencies and places are kept."""

    bits: int
    """Of a lane; the first field has the lowest."""
    frequency: type[np.unsignedinteger[Any]]
    place: type[np.unsignedinteger[Any]]

    @property
    def nowhere(self) -> int:
        """The place of a word that is `BESIDE`."""
        return int(np.iinfo(self.place).max)

    def one(self, lane: int) -> Any:
        """A frequency of one in a field."""
        return self.frequency(1 << self.bits * lane)

    def mask(self, lane: int) -> Any:
        """The bits of a field."""
        return self.frequency(((1 << self.bits) - 1) << self.bits * lane)

    def lane(self, frequencies: Array, lane: int) -> Array:
        """The frequencies in one field."""
        shifted: Array = frequencies >> self.frequency(self.bits * lane) if lane else frequencies
        in_lane: Array = shifted & self.frequency((1 << self.bits) - 1)
        return in_lane

    def occurrences(self, frequencies: Array, fields: int) -> Array:
        """The frequencies in all fields together."""
        total = self.lane(frequencies, 0)
        for lane in range(1, fields):
            total += self.lane(frequencies, lane)
        return total.astype(np.int64)

    def wide(self, frequencies: Array, fields: int) -> Array:
        """The same frequencies in the layout `WIDE`."""
        result: Array = np.zeros(len(frequencies), WIDE.frequency)
        for lane in range(fields):
            result |= self.lane(frequencies, lane).astype(WIDE.frequency) << np.uint64(WIDE.bits * lane)
        return result


NARROW = Layout(8, np.uint16, np.uint16)
"""For two fields."""
WIDE = Layout(21, np.uint64, np.uint32)
"""For three."""
MOST_WORDS = (1 << 20) - 1
"""How many words of a field are indexed: no lane overflows."""
LAYOUTS = {NARROW.bits: NARROW, WIDE.bits: WIDE}


@dataclass
class Inversion:
    """The postings of some documents, in memory."""

    layout: Layout
    words: list[bytes]
    """In order; a word's number is its place here."""
    starts: Array
    """Where the postings of each word begin, and the last one's end."""
    documents: Array
    """Of all postings, ascending within a word."""
    frequencies: Array
    """Of all postings."""
    place_starts: Array
    """Where the places of each word begin, and the last one's end."""
    places: Array
    """Where in its document each occurrence is, posting by posting; within one, in the order of the text."""
    lengths: Array
    """How many words each document has in each field; of shape (documents, fields)."""
    ends: Array
    """The place of the fence after each field but the last; of shape (documents, fields - 1)."""
    forward: Array
    """The words of all documents in their order, with a fence in front and one after every field."""
    forward_starts: Array
    """Where in `forward` each document begins."""

    def indexes(self, documents: Array, places: Array) -> Array:
        """Where in `forward` these places of documents are."""
        indexes: Array = self.forward_starts.take(documents).astype(np.int64)
        indexes += places
        return indexes

    def locate(self, indexes: Array) -> tuple[Array, Array, Array]:
        """Documents, places in them, and lanes of the words at these indexes of `forward`, which ascend."""
        starts = self.forward_starts.astype(np.int64)
        first, last = np.searchsorted(starts, indexes[[0, -1]], "right") if len(indexes) else (1, 0)
        # there are many more words than documents, so that these are what is looked up
        of_each = np.searchsorted(indexes, starts[first:last])
        counts = lengths_of(np.concatenate([[0], of_each, [len(indexes)]]))
        documents = np.repeat(np.arange(first - 1, last), counts)
        places = indexes - starts.take(documents)
        return documents, places, lanes_of(places, documents, self.ends)


def invert(
    batches: Sequence[Array], lengths: Sequence[Array], vocabulary: Sequence[bytes], layout: Layout
) -> Inversion:
    """The postings of documents given as tokens, document by document and field by field, in batches.

    A token is the index of its word in the vocabulary, with `BESIDE` or without. `lengths`, of shape
    (documents, fields), says how many there are of each.
    """
    of_fields = np.concatenate(lengths) if lengths else np.zeros((0, 2), np.int64)
    count, fields = of_fields.shape
    order = _used(batches, vocabulary)
    number = np.zeros(len(vocabulary), np.uint32)
    number[order] = np.arange(len(order), dtype=np.uint32)
    longest = int(of_fields.sum(1).max(initial=0)) + fields
    found = Occurrences(int(of_fields.sum()), words=len(order), documents=count, lanes=fields, places=longest)
    forward, ends = [np.array([FENCE], np.uint32)], [np.zeros((0, fields), np.int64)]
    for tokens, length in zip(batches, lengths, strict=True):
        words, placed = number.take(tokens & np.uint32(BESIDE - 1)), tokens < BESIDE
        placed_lengths = lengths_of(starts_of(placed).take(starts_of(length.ravel()))).reshape(length.shape)
        fences = np.cumsum(placed_lengths + 1, axis=1) - 1
        starts = starts_of(fences[:, -1] + 1)
        is_word = np.ones(int(starts[-1]), bool)
        is_word[(starts[:-1, None] + fences).ravel()] = False
        in_row = np.full(len(is_word), FENCE, np.uint32)
        in_row[is_word] = words[placed]
        places = np.full(len(tokens), found.nowhere)
        places[placed] = np.flatnonzero(is_word) - np.repeat(starts[:-1], placed_lengths.sum(1))
        found.add(words, places, length)
        forward.append(in_row)
        ends.append(fences)
    of_ends = np.concatenate(ends)
    return Inversion(
        layout,
        [vocabulary[each] for each in order],
        *found.postings(layout),
        lengths=of_fields.astype(layout.place),
        ends=of_ends[:, :-1].astype(layout.place),
        forward=np.concatenate(forward),
        forward_starts=(1 + starts_of(of_ends[:, -1] + 1)[:-1]).astype(np.uint64),
    )


def _used(batches: Iterable[Array], vocabulary: Sequence[bytes]) -> list[int]:
    """The indexes of the words that there are, in the order of the words."""
    used = np.zeros(len(vocabulary), bool)
    for tokens in batches:
        used[tokens & np.uint32(BESIDE - 1)] = True
    return sorted(np.flatnonzero(used).tolist(), key=vocabulary.__getitem__)


def lanes_of(places: Array, documents: Array, ends: Array) -> Array:
    """The lanes of the fields in which these places of documents are; `ends` as in `Inversion`."""
    lanes = np.zeros(len(places), np.uint8)
    for end in ends.T:
        lanes += places > end.take(documents)
    return lanes
