"""Finds words in a row: from the places of the rarest, by looking beside each in the forward array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeAlias

import numpy as np

from paperreader.index.adding import added_up
from paperreader.index.arrays import Array, places_of
from paperreader.index.inversion import lanes_of
from paperreader.index.segment import Segment

Member: TypeAlias = "Sequence[int]"
"""The words that may stand at one place of a phrase, by their numbers, ascending; perhaps a range."""

_CHUNK = 1 << 16
"""How many postings are looked at together; more would not stay in the processor's cache."""


def find(segment: Segment, members: Sequence[Member]) -> tuple[Array | None, Array]:
    """The documents that have these words in a row, ascending, and how often.

    None, and how often every document does, when these are many.
    """
    if not all(len(each) for each in members):
        return np.zeros(0, np.uint32), np.zeros(0, segment.layout.frequency)
    if len(members) == 2:
        found = segment.neighbours.after(members[0][0], members[1])
        if found is not None:
            return _sum(segment, *found)
    first, width, rarest = _rarest(segment, members)
    others = sorted(
        (at for at in range(len(members)) if not first <= at < first + width),
        key=lambda at: _count(segment, members[at]),
    )
    if not others:
        return rarest[0], rarest[1]
    (offset, test), *more = [(at - first, segment.forward.test(members[at])) for at in others]
    documents, lanes = [], []
    for some, places, at in _occurrences(segment, rarest):
        kept = test(at + offset)
        for further, another in more:
            kept = kept.take(another(at.take(kept) + further))
        somewhere = places.take(kept) != segment.layout.nowhere
        if not somewhere.all():
            kept = kept.take(places_of(somewhere))
        these = some.take(kept)
        documents.append(these)
        lanes.append(lanes_of(places.take(kept) - first, these, segment.ends))
    return _sum(segment, np.concatenate(documents), np.concatenate(lanes))


def _count(segment: Segment, member: Member) -> int:
    """How many places have one of these words."""
    if isinstance(member, range):
        found = segment.occurrences(member.start, member.stop)
        return int(found.stop - found.start)
    starts = segment.place_starts
    return sum([starts[number + 1] - starts[number] for number in member])


Postings: TypeAlias = "tuple[Array, Array, Array]"
"""Documents, their frequencies, and the places of all."""


def _rarest(segment: Segment, members: Sequence[Member]) -> tuple[int, int, Postings]:
    """Which member, or which of them in a row that are prepared, stand at the fewest places; and at which."""
    counts = [_count(segment, each) for each in members]
    first = min(range(len(members)), key=counts.__getitem__)
    least, width, postings = counts[first], 1, None
    for at in range(len(members) - 1):
        complete = takewhile(lambda member: not isinstance(member, range), members[at:])
        row = segment.prepared.row([member[0] for member in complete])
        if row is None:
            continue
        _, _, documents, frequencies, places = row[1]
        if documents is not None and places is not None and len(places) < least:
            first, width, least = at, row[0], len(places)
            postings = documents, frequencies, places
    return first, width, postings or _postings(segment, members[first])


def _postings(segment: Segment, member: Member) -> Postings:
    if isinstance(member, range):
        postings = segment.postings(member.start, member.stop)
        occurrences = segment.occurrences(member.start, member.stop)
        return segment.documents[postings], segment.frequencies[postings], segment.places[occurrences]
    found = [_postings(segment, range(number, number + 1)) for number in member]
    if len(found) == 1:
        return found[0]
    documents, frequencies, places = map(np.concatenate, zip(*found, strict=True))
    return documents, frequencies, places


def _occurrences(segment: Segment, postings: Postings) -> Iterator[Postings]:
    """The occurrences of words, in chunks: their documents, places, and indexes in the forward array.

    An occurrence without a place has an index that means nothing.
    """
    documents, frequencies, places = postings
    done = 0
    for start in range(0, len(documents), _CHUNK):
        counts = segment.layout.occurrences(frequencies[start : start + _CHUNK], segment.fields)
        these = np.repeat(documents[start : start + _CHUNK], counts)
        where = places[done : done + len(these)]
        done += len(these)
        at = segment.forward_starts.take(these)
        at += where
        yield these, where, at


def _sum(segment: Segment, documents: Array, lanes: Array) -> tuple[Array | None, Array]:
    """Occurrences as frequencies."""
    layout = segment.layout
    ones = layout.one(0) << (lanes.astype(layout.frequency) * layout.frequency(layout.bits))
    return added_up([(documents, ones)], segment.scratch)
