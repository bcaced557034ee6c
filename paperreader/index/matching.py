"""Which documents of a segment have a word or a phrase, and how often: exactly, whatever they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paperreader.index.adding import added_up, summed
from paperreader.index.arrays import Array, places_of
from paperreader.index.base import FIELDS
from paperreader.index.inversion import WIDE, Layout
from paperreader.index.phrases import Member, find
from paperreader.index.prepared import FORMS, RANGE, Prepared
from paperreader.index.query import Text
from paperreader.index.segment import Segment

_SPARSE = 16
"""A document is looked up in a list that is so many times longer than the list of documents asked for."""


@dataclass(frozen=True)
class Matches:
    """The documents that have something: a list, ascending, or a column of all documents."""

    layout: Layout
    documents: Array | None
    """None for a column."""
    frequencies: Array
    """Of the listed documents, never 0; of every document, in a column."""
    count: int
    """How many documents there are."""

    @classmethod
    def of(cls, layout: Layout, documents: Array | None, frequencies: Array) -> Matches:
        """A list, or a column where `documents` is None."""
        count = int(np.count_nonzero(frequencies)) if documents is None else len(documents)
        return cls(layout, documents, frequencies, count)

    def at(self, documents: Array, scratch: Array) -> Array:
        """The frequencies in these documents, ascending, perhaps 0; `scratch` is a column of 0."""
        if self.documents is None:
            return self.frequencies.take(documents)
        if not self.count:
            return np.zeros(len(documents), self.frequencies.dtype)
        if len(documents) * _SPARSE < self.count or self.frequencies.dtype != scratch.dtype:
            place = np.searchsorted(self.documents, documents.astype(np.uint32))
            place[place == self.count] = self.count - 1
            found = self.frequencies.take(place)
            found[self.documents.take(place) != documents] = 0
            return found
        scratch[self.documents] = self.frequencies
        found = scratch.take(documents)
        scratch[self.documents] = 0
        return found

    def listed(self) -> tuple[Array, Array]:
        """The documents, ascending, and their frequencies."""
        if self.documents is not None:
            return self.documents, self.frequencies
        documents = places_of(self.frequencies)
        return documents, self.frequencies.take(documents)


class Matcher:
    """Finds words and phrases in one segment."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    def find(self, text: Text) -> Matches:
        """The documents that have what a query asks for."""
        found = [self._form(form) for form in text.forms()]
        matches = found[0] if len(found) == 1 else self._together(found)
        return self._in_field(matches, text.field) if text.field else matches

    def _form(self, text: Text) -> Matches:
        lexicon = self.segment.lexicon
        if len(text.words) == 1:
            word = text.words[0]
            if text.fuzzy:
                return self._any_of(self._alike(word, text.fuzzy))
            if text.prefix:
                return self._range(lexicon.beginning_with(word))
            return self._forms(lexicon.forms(word))
        members: list[Member] = [lexicon.forms(word) for word in text.words]
        if text.prefix:
            members[-1] = lexicon.beginning_with(text.words[-1])
        return self._matches(*find(self.segment, members))

    def _range(self, numbers: range) -> Matches:
        """All words of a range."""
        if not numbers:
            return self._none()
        known = self.segment.prepared.get(RANGE, numbers.start, numbers.stop)
        return self._prepared(known) if known else self._sum([(numbers.start, numbers.stop)])

    def _forms(self, numbers: Sequence[int]) -> Matches:
        """All words of a stem."""
        if not numbers:
            return self._none()
        if len(numbers) == 1:
            return self._range(range(numbers[0], numbers[0] + 1))
        known = self.segment.prepared.get(FORMS, numbers[0])
        return self._prepared(known) if known else self._sum([(n, n + 1) for n in numbers])

    def _none(self) -> Matches:
        return self._matches(np.zeros(0, np.uint32), np.zeros(0, self.segment.layout.frequency))

    def _matches(self, documents: Array | None, frequencies: Array) -> Matches:
        return Matches.of(self.segment.layout, documents, frequencies)

    def _prepared(self, known: Prepared) -> Matches:
        return Matches(self.segment.layout, known.documents, known.frequencies, known.papers)

    def _sum(self, ranges: Sequence[tuple[int, int]]) -> Matches:
        """The postings of several words together."""
        segment = self.segment
        columns: list[Array] = []
        others: list[slice] = []
        for first, last in ranges:
            start = first
            for word, column in segment.prepared.columns(first, last):
                columns.append(column)
                others.append(segment.postings(start, word))
                start = word + 1
            others.append(segment.postings(start, last))
        parts = [(segment.documents[each], segment.frequencies[each]) for each in others]
        alone = len(ranges) == 1 and ranges[0][1] - ranges[0][0] == 1
        return self._matches(*(parts[0] if alone else added_up(parts, segment.scratch, columns)))

    def _together(self, found: Sequence[Matches]) -> Matches:
        """What has any of several things, which all begin with the same letter."""
        return self._matches(*added_up([each.listed() for each in found], self.segment.scratch))

    def _in_field(self, matches: Matches, field: str) -> Matches:
        """The same in one field only."""
        lane = FIELDS.index(field)
        if lane >= self.segment.fields:
            return self._none()
        frequencies = matches.frequencies & matches.layout.mask(lane)
        if matches.documents is None:
            return Matches.of(matches.layout, None, frequencies)
        kept = places_of(frequencies)
        return Matches.of(matches.layout, matches.documents.take(kept), frequencies.take(kept))

    def _alike(self, word: str, edits: int) -> Sequence[int]:
        from paperreader.index.spelling import alike

        return sorted(number for number, _, _ in alike(word, self.segment.lexicon.words, edits))

    def _any_of(self, numbers: Sequence[int]) -> Matches:
        """All of these words, which need not begin alike: their frequencies are given in a wide layout."""
        segment = self.segment
        slices = [segment.postings(n, n + 1) for n in numbers]
        if not slices:
            return self._none()
        documents = np.concatenate([segment.documents[each] for each in slices])
        frequencies = np.concatenate([segment.frequencies[each] for each in slices])
        documents, frequencies = summed(documents, segment.layout.wide(frequencies, segment.fields))
        return Matches.of(WIDE, documents, frequencies)
