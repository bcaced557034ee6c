"""Turns documents, which are words in a row, into posting lists, which are the documents of a word.

Everything is arrays. A *posting* is a document of a word, and how often the word is there: its
frequencies in the fields stand side by side in one number, each in a *lane* of its own, so that
adding postings adds the frequencies of all fields at once. In a *narrow* segment a lane has eight
bits. That is enough because no document in it has more than 255 words that begin with the same
letter in one field, and whatever a query sums up begins with the same letter; documents that have
more are kept in *wide* segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from paperreader.index.arrays import Array, changes, lengths_of, starts_of

FENCE = 0xFFFFFF
"""What stands in the forward array between two fields; no word has this number."""
_KEY = 64
"""How many bits are sorted at once."""
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
        shifted: Array = frequencies >> self.frequency(self.bits * lane)
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

    def locate(self, indexes: Array) -> tuple[Array, Array, Array]:
        """The documents, the places in them, and the lanes of words at these indexes of `forward`."""
        starts = self.forward_starts.astype(np.int64)
        documents = np.searchsorted(starts, indexes, "right") - 1
        places = indexes - starts[documents]
        return documents, places, lanes_of(places, documents, self.ends)


def invert(tokens: Array, lengths: Array, vocabulary: Sequence[bytes], layout: Layout) -> Inversion:
    """The postings of documents given as tokens, document by document and field by field.

    A token is the index of its word in the vocabulary, with `BESIDE` or without. `lengths`, of shape
    (documents, fields), says how many there are of each.
    """
    count, fields = lengths.shape
    used = np.bincount(tokens & np.uint32(BESIDE - 1), minlength=len(vocabulary))
    order = sorted(np.flatnonzero(used).tolist(), key=vocabulary.__getitem__)
    number = np.zeros(len(vocabulary), np.uint32)
    number[order] = np.arange(len(order), dtype=np.uint32)
    placed = tokens < BESIDE
    token = number.take(tokens & np.uint32(BESIDE - 1))

    placed_lengths = lengths_of(starts_of(placed).take(starts_of(lengths.ravel()))).reshape(count, fields)
    ends = np.cumsum(placed_lengths + 1, axis=1) - 1
    forward_starts = 1 + starts_of(placed_lengths.sum(1) + fields)[:-1]
    has_word = np.ones(1 + int(placed_lengths.sum()) + fields * count, bool)
    has_word[0] = False
    has_word[(forward_starts[:, None] + ends).ravel()] = False
    forward = np.full(len(has_word), FENCE, np.uint32)
    forward[has_word] = token[placed]
    nowhere = int(ends.max(initial=0))
    place = np.full(len(token), nowhere, np.uint32)
    place[placed] = np.flatnonzero(has_word) - np.repeat(forward_starts, placed_lengths.sum(1))

    document = np.repeat(np.arange(count, dtype=np.uint32), lengths.sum(1, dtype=np.int64))
    lane = np.repeat(np.tile(np.arange(fields, dtype=np.uint8), count), lengths.ravel())
    bounds = len(order), count, fields, nowhere + 1
    place_starts = np.bincount(token, minlength=len(order))
    token, document, lane, place = in_order((token, document, lane, place), bounds)
    first = changes(token, document)
    ones = np.array([layout.one(each) for each in range(fields)])
    per_posting = np.add.reduceat(ones.take(lane), first, dtype=layout.frequency) if len(first) else ones[:0]
    places = place.astype(layout.place)
    places[place == nowhere] = layout.nowhere
    return Inversion(
        layout=layout,
        words=[vocabulary[each] for each in order],
        starts=_starts(np.bincount(token[first], minlength=len(order))),
        documents=document[first],
        frequencies=per_posting,
        place_starts=_starts(place_starts),
        places=places,
        lengths=lengths.astype(layout.place),
        ends=ends[:, :-1].astype(layout.place),
        forward=forward,
        forward_starts=forward_starts.astype(np.uint64),
    )


def in_order(columns: Sequence[Array], bounds: Sequence[int]) -> list[Array]:
    """Rows of numbers, each column below its bound, in order of the first column, then of the others.

    Mostly a row fits into 64 bits, which numpy sorts several times as fast as anything else.
    """
    widths = [(bound - 1).bit_length() for bound in bounds]
    if sum(widths) > _KEY:
        order = np.lexsort(columns[::-1])
        return [column.take(order) for column in columns]
    rows = columns[0].astype(np.uint64)
    for column, width in zip(columns[1:], widths[1:], strict=True):
        rows <<= np.uint64(width)
        rows |= column
    rows.sort()
    sorted_columns = []
    for column, width in zip(columns[::-1], widths[::-1], strict=True):
        sorted_columns.append((rows & np.uint64((1 << width) - 1)).astype(column.dtype))
        rows >>= np.uint64(width)
    return sorted_columns[::-1]


def lanes_of(places: Array, documents: Array, ends: Array) -> Array:
    """The lanes of the fields in which these places of documents are; `ends` as in `Inversion`."""
    lanes = np.zeros(len(places), np.uint8)
    for end in ends.T:
        lanes += places > end.take(documents)
    return lanes


def stable_order(numbers: Array, bound: int) -> Array:
    """What puts numbers below a bound into order; numpy sorts 16 bits at a time in linear time."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if bound > 1 << 16:
        high = (numbers >> np.uint32(16)).astype(np.uint16)
        order = order.take(np.argsort(high.take(order), kind="stable"))
    return order


def _starts(counts: Array) -> Array:
    return starts_of(counts).astype(np.uint64)
