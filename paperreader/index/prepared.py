"""Lists that a query would have to sum up from too many postings, summed up when a segment is written.

For every prefix and every stem with more postings than `threshold`: one list of its documents, or,
where these are many, a column with the frequency in every document of the segment. For stems that often
stand in a row, and for every two that are very common: the places where they do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from paperreader.index.arrays import Array, changes, lengths_of, looked_up
from paperreader.index.inversion import NARROW, Inversion
from paperreader.index.lexicon import commonest
from paperreader.index.sections import Sections, SectionWriter

RANGE, FORMS, PAIR, ROW = range(4)
"""Prepared are consecutive words, all words of a stem, two stems in a row, and a row with one more behind it.

A stem is known here by the number of the first word that has it.
"""
_DENSE = 3
"""A column takes as much room as a list of this part of the documents."""
_SMALLEST = 8192
_LARGEST = 1 << 17
_MOST_COMMON = 255
"""How many stems can be in a pair."""
_COMMON = 4
"""Pairs are of stems that occur at least this part of the threshold's times,"""
_OFTEN = 16
"""and stand in a row at least this part of them; those above the threshold however often they do."""
_LONGEST = 4
"""How many stems can be in a row: "state of the art"."""
_STEP = 1 << 20
_COLUMNS = 9


class Prepared(NamedTuple):
    """One list."""

    number: int
    """By which a row that begins with it knows it."""
    papers: int
    """How many documents it has."""
    documents: Array | None
    """None for a column."""
    frequencies: Array
    places: Array | None
    """Of a row: the places of its first word,"""
    followers: Array | None
    """and what stands behind its last one each time, as in the forward array."""


def threshold(documents: int) -> int:
    """From how many postings on a list is prepared, in a segment of so many documents."""
    return min(max(_SMALLEST, documents), _LARGEST)


def write(out: SectionWriter, inversion: Inversion, leaders: Array, forward: Array) -> None:
    """Add the sections that `PreparedLists` reads.

    `leaders` has for each word the first one of its stem, `forward` the words of all documents, coded.
    """
    _Writer(out, inversion, forward).write(leaders)


class _Writer:
    def __init__(self, out: SectionWriter, inversion: Inversion, forward: Array) -> None:
        self._out = out
        self._inversion = inversion
        self._forward = forward
        self._count = len(inversion.lengths)
        self._threshold = threshold(self._count)
        self._starts: list[int] = inversion.starts.tolist()
        self._rows: list[tuple[int, ...]] = []
        self._documents: list[Array] = []
        self._frequencies: list[Array] = []
        self._places: list[Array] = []
        self._followers: list[Array] = []
        self._at = [0, 0]

    def write(self, leaders: Array) -> None:
        if self._inversion.layout is NARROW:
            for first, last in _nodes(self._inversion.words, self._starts, self._threshold):
                self._add(RANGE, first, last, self._sum([(first, last)]))
            sizes = lengths_of(self._inversion.starts)
            of_stems = np.bincount(leaders, sizes, minlength=len(leaders))
            of_stems[np.bincount(leaders, minlength=len(leaders)) < 2] = 0
            for leader in np.flatnonzero(of_stems > self._threshold).tolist():
                members = np.flatnonzero(leaders == leader).tolist()
                self._add(FORMS, leader, 0, self._sum([(n, n + 1) for n in members]))
            for word in np.flatnonzero(sizes > self._count // _DENSE).tolist():
                self._add(RANGE, word, word + 1, self._sum([(word, word + 1)]))
            self._add_rows(leaders)
        self._out.add("prepared", np.array(self._rows, np.int64).astype(np.uint64).reshape(-1))
        self._write("prepared_documents", self._documents, np.uint32)
        self._write("prepared_frequencies", self._frequencies, self._inversion.layout.frequency)
        self._write("prepared_places", self._places, self._inversion.layout.place)
        self._write("prepared_followers", self._followers, self._forward.dtype.type)

    def _write(self, name: str, parts: Sequence[Array], dtype: type[Any]) -> None:
        for part in parts:
            self._out.write(np.ascontiguousarray(part, dtype))
        self._out.end(name, np.dtype(dtype).itemsize)

    def _sum(self, ranges: Sequence[tuple[int, int]]) -> Array:
        """The frequencies of all words in these ranges together, for every document."""
        column = np.zeros(self._count, self._inversion.layout.frequency)
        for first, last in ranges:
            these = slice(self._starts[first], self._starts[last])
            np.add.at(column, self._inversion.documents[these], self._inversion.frequencies[these])
        return column

    def _add(self, kind: int, first: int, second: int, column: Array) -> None:
        papers = int(np.count_nonzero(column))
        if papers > self._count // _DENSE:
            self._append((kind, first, second), papers, None, column)
        else:
            documents = np.flatnonzero(column)
            self._append((kind, first, second), papers, documents, column[documents])

    def _append(
        self,
        key: tuple[int, int, int],
        papers: int,
        documents: Array | None,
        frequencies: Array,
        places: tuple[int, int] = (0, 0),
    ) -> None:
        self._rows.append((*key, papers, documents is None, *self._at, *places))
        if documents is not None:
            self._documents.append(documents)
            self._at[0] += len(documents)
        self._frequencies.append(frequencies)
        self._at[1] += len(frequencies)

    def _add_rows(self, leaders: Array) -> None:
        """Every two of the most common stems, and rows of common ones that are frequent."""
        occurrences = lengths_of(self._inversion.place_starts)
        common, codes = commonest(leaders, occurrences, _MOST_COMMON, self._threshold // _COMMON)
        if not len(common):
            return
        of_stems = np.bincount(leaders, occurrences, minlength=len(leaders))
        always = np.append(False, of_stems[common] > self._threshold)
        rows = _adjacent(self._inversion, codes, always, self._threshold // _OFTEN)
        first_row = len(self._rows)
        self._add_places(PAIR, common, rows, 2)
        for length in range(3, _LONGEST + 1):
            rows, first_row = self._longer(rows, length, first_row, codes), len(self._rows)
            self._add_places(ROW, common, rows, length)

    def _longer(self, rows: _Rows, length: int, first_row: int, codes: Array) -> _Rows:
        """Where one more word with a code often stands behind rows, so that they get this length.

        The rows were added as the lists from `first_row` on.
        """
        new = np.zeros(len(rows.keys), np.int64)
        new[changes(rows.keys)[1:]] = 1
        last = self._inversion.forward.take(self._inversion.indexes(rows.documents, rows.places) + length - 1)
        keys = np.cumsum(new) << 8 | looked_up(codes, last)
        kept = np.bincount(keys, minlength=1) >= self._threshold // _OFTEN
        return rows._replace(keys=keys + (first_row << 8)).sorted(kept[keys] & (keys & 255 > 0))

    def _add_places(self, kind: int, common: Array, rows: _Rows, length: int) -> None:
        """Rows of one length."""
        at = sum(map(len, self._places))
        self._places.append(rows.places)
        behind = self._inversion.indexes(rows.documents, rows.places) + length
        self._followers.append(self._forward.take(behind))
        if not len(rows.keys):
            return
        fields = self._inversion.lengths.shape[1]
        ones = np.array([self._inversion.layout.one(each) for each in range(fields)])
        first = changes(rows.keys, rows.documents)
        frequencies = np.add.reduceat(ones[rows.lanes], first, dtype=ones.dtype)
        documents, keys = rows.documents[first], rows.keys[first]
        ends = np.append(first, len(rows.keys))
        for start, end in pairwise([*changes(keys).tolist(), len(keys)]):
            before, last = int(keys[start]) >> 8, int(common[(int(keys[start]) & 255) - 1])
            key = kind, int(common[before - 1]) if kind == PAIR else before, last
            extent = (at + int(ends[start]), int(ends[end] - ends[start]))
            self._append(key, end - start, documents[start:end], frequencies[start:end], extent)


class _Rows(NamedTuple):
    """Where stems stand in a row; in the order of the keys, and of the documents."""

    keys: Array
    """The code of the last stem in the low byte; above it that of the one before, or the row before it."""
    documents: Array
    places: Array
    lanes: Array

    def sorted(self, kept: Array) -> _Rows:
        """Those that are kept, in order."""
        these = np.flatnonzero(kept)
        order = these[np.argsort(self.keys[these], kind="stable")]
        return _Rows(*(column.take(order) for column in self))


def _adjacent(inversion: Inversion, codes: Array, always: Array, least: int) -> _Rows:
    """Where two words with a code stand in a row.

    Left out are those that do so less than `least` times, unless both are among those that count `always`.
    """
    forward = inversion.forward
    steps: list[tuple[Array, ...]] = []
    for start in range(0, len(forward) - 1, _STEP):
        some = looked_up(codes, forward[start : start + _STEP + 1])
        at = np.flatnonzero((some[:-1] > 0) & (some[1:] > 0))
        pairs = some[at].astype(np.uint16) << np.uint16(8) | some[at + 1]
        document, place, lane = inversion.locate(at + start)
        steps.append((pairs, document.astype(np.uint32), place.astype(inversion.layout.place), lane))
    rows = _Rows(*(np.concatenate(column) for column in zip(*steps, strict=True)))
    kept = np.bincount(rows.keys, minlength=1 << 16) >= least
    kept[: len(always) << 8].reshape(-1, 256)[always, : len(always)] |= always
    return rows.sorted(kept[rows.keys])


def _nodes(words: Sequence[bytes], starts: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """Every range of at least two words that is all that begin with something, and has so many postings."""
    seen = set()
    waiting = [(0, len(words), 0)]
    while waiting:
        first, last, depth = waiting.pop()
        at = first + (first < last and len(words[first]) == depth)
        while at < last:
            end = bisect_left(words, words[at][: depth + 1] + b"\xff", at, last)
            if end - at > 1 and starts[end] - starts[at] > least:
                if (at, end) not in seen:
                    seen.add((at, end))
                    yield at, end
                waiting.append((at, end, depth + 1))
            at = end


class PreparedLists:
    """The prepared lists of a segment."""

    def __init__(self, sections: Sections) -> None:
        rows = np.asarray(sections.view("prepared")).astype(np.int64).reshape(-1, _COLUMNS)
        self._rows = {tuple(row[:3]): (n, *row[3:]) for n, row in enumerate(rows.tolist())}
        self._documents = np.asarray(sections.view("prepared_documents"))
        self._frequencies = np.asarray(sections.view("prepared_frequencies"))
        self._places = np.asarray(sections.view("prepared_places"))
        self._followers = np.asarray(sections.view("prepared_followers"))
        self._count = len(sections.view("forward_starts"))
        dense = (key for key, row in self._rows.items() if row[2])
        self._in_columns = sorted(at for kind, at, end in dense if kind == RANGE and end == at + 1)

    def columns(self, first: int, last: int) -> Iterator[tuple[int, Array]]:
        """Those of consecutive words that have columns of their own, with these."""
        words = self._in_columns
        for word in words[bisect_left(words, first) : bisect_left(words, last)]:
            if known := self.get(RANGE, word, word + 1):
                yield word, known.frequencies

    def get(self, kind: int, first: int, second: int = 0) -> Prepared | None:
        """One list, if there is one."""
        row = self._rows.get((kind, first, second))
        if row is None:
            return None
        number, papers, dense, document, frequency, place, places = row
        if dense:
            column = self._frequencies[frequency : frequency + self._count]
            return Prepared(number, papers, None, column, None, None)
        return Prepared(
            number,
            papers,
            self._documents[document : document + papers],
            self._frequencies[frequency : frequency + papers],
            self._places[place : place + places],
            self._followers[place : place + places],
        )

    def row(self, stems: Sequence[int]) -> tuple[int, Prepared] | None:
        """The longest of these stems, from the first one on, that is prepared, and of how many it is."""
        known = self.get(PAIR, stems[0], stems[1]) if len(stems) > 1 else None
        if known is None:
            return None
        width = 2
        while width < len(stems) and (longer := self.get(ROW, known.number, stems[width])):
            known, width = longer, width + 1
        return width, known
