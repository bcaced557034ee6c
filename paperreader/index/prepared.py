"""Lists that a query would have to sum up from too many postings, summed up when a segment is written.

For every prefix and every stem with more postings than `threshold`: one list of its documents, or,
where these are many, a column with the frequency in every document of the segment. For two stems
that are very common, or often stand in a row: the places where they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from paperreader.index.arrays import Array, changes, lengths_of
from paperreader.index.inversion import NARROW, Inversion
from paperreader.index.lexicon import commonest
from paperreader.index.sections import Sections, SectionWriter

RANGE, FORMS, PAIR = range(3)
"""Prepared are consecutive words, all words of a stem, and two stems in a row.

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
_STEP = 1 << 20
_COLUMNS = 9


class Prepared(NamedTuple):
    """One list."""

    papers: int
    """How many documents it has."""
    documents: Array | None
    """None for a column."""
    frequencies: Array
    places: Array | None
    """Of a pair: the places of its first word."""


def threshold(documents: int) -> int:
    """From how many postings on a list is prepared, in a segment of so many documents."""
    return min(max(_SMALLEST, documents), _LARGEST)


def write(out: SectionWriter, inversion: Inversion, leaders: Array) -> None:
    """Add the sections that `PreparedLists` reads; `leaders` has for each word the first one of its stem."""
    _Writer(out, inversion).write(leaders)


class _Writer:
    def __init__(self, out: SectionWriter, inversion: Inversion) -> None:
        self._out = out
        self._inversion = inversion
        self._count = len(inversion.lengths)
        self._threshold = threshold(self._count)
        self._starts: list[int] = inversion.starts.tolist()
        self._rows: list[tuple[int, ...]] = []
        self._documents: list[Array] = []
        self._frequencies: list[Array] = []
        self._at = [0, 0]

    def write(self, leaders: Array) -> None:
        places: list[Array] = []
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
            places = self._add_pairs(leaders)
        self._out.add("prepared", np.array(self._rows, np.int64).astype(np.uint64).reshape(-1))
        self._write("prepared_documents", self._documents, np.uint32)
        self._write("prepared_frequencies", self._frequencies, self._inversion.layout.frequency)
        self._write("prepared_places", places, self._inversion.layout.place)

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

    def _add_pairs(self, leaders: Array) -> list[Array]:
        """Every two of the most common stems, and common ones that often stand in a row; gives the places."""
        occurrences = lengths_of(self._inversion.place_starts)
        common, codes = commonest(leaders, occurrences, _MOST_COMMON, self._threshold // _COMMON)
        if not len(common):
            return []
        of_stems = np.bincount(leaders, occurrences, minlength=len(leaders))
        always = np.append(False, of_stems[common] > self._threshold)
        least = self._threshold // _OFTEN
        pairs, document, place, lane = _adjacent(self._inversion, codes, always, least)
        fields = self._inversion.lengths.shape[1]
        ones = np.array([self._inversion.layout.one(each) for each in range(fields)])
        first = changes(pairs, document)
        frequencies = np.add.reduceat(ones[lane], first, dtype=ones.dtype) if len(first) else ones[:0]
        documents, keys = document[first], pairs[first]
        bounds = [*changes(keys).tolist(), len(keys)] if len(keys) else []
        ends = np.append(first, len(pairs))
        for start, end in pairwise(bounds):
            left, right = common[(int(keys[start]) >> 8) - 1], common[(int(keys[start]) & 255) - 1]
            extent = (int(ends[start]), int(ends[end] - ends[start]))
            these = slice(start, end)
            key = PAIR, int(left), int(right)
            self._append(key, end - start, documents[these], frequencies[these], extent)
        return [place]


def _adjacent(inversion: Inversion, codes: Array, always: Array, least: int) -> list[Array]:
    """The codes of two words that stand in a row, in order, the left one's in the high byte; and where.

    That is the documents, places and lanes. Left out are those that do so less than `least` times, unless
    both are among those that count `always`.
    """
    forward = inversion.forward
    steps: list[tuple[Array, ...]] = []
    for start in range(0, len(forward) - 1, _STEP):
        some = codes.take(np.minimum(forward[start : start + _STEP + 1], np.uint32(len(codes) - 1)))
        at = np.flatnonzero((some[:-1] > 0) & (some[1:] > 0))
        pairs = some[at].astype(np.uint16) << np.uint16(8) | some[at + 1]
        document, place, lane = inversion.locate(at + start)
        steps.append((pairs, document.astype(np.uint32), place.astype(inversion.layout.place), lane))
    columns = [np.concatenate(column) for column in zip(*steps, strict=True)]
    kept = np.bincount(columns[0], minlength=1 << 16) >= least
    kept[: len(always) << 8].reshape(-1, 256)[always, : len(always)] |= always
    these = np.flatnonzero(kept[columns[0]])
    order = these[np.argsort(columns[0][these], kind="stable")]
    return [column.take(order) for column in columns]


def _nodes(words: Sequence[bytes], starts: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """Every range of at least two words that is all that begin with something, and has so many postings."""
    from bisect import bisect_left

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
        self._rows = {tuple(row[:3]): row[3:] for row in rows.tolist()}
        self._documents = np.asarray(sections.view("prepared_documents"))
        self._frequencies = np.asarray(sections.view("prepared_frequencies"))
        self._places = np.asarray(sections.view("prepared_places"))
        self._count = len(sections.view("forward_starts"))

    def get(self, kind: int, first: int, second: int = 0) -> Prepared | None:
        """One list, if there is one."""
        row = self._rows.get((kind, first, second))
        if row is None:
            return None
        papers, dense, document, frequency, place, places = row
        if dense:
            return Prepared(papers, None, self._frequencies[frequency : frequency + self._count], None)
        return Prepared(
            papers,
            self._documents[document : document + papers],
            self._frequencies[frequency : frequency + papers],
            self._places[place : place + places],
        )
