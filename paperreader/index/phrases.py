"""Finds words in a row: from the places of the rarest, by looking beside each in the forward array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from paperreader.index.adding import added_up
from paperreader.index.arrays import Array, places_of
from paperreader.index.inversion import lanes_of
from paperreader.index.prepared import PAIR
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
    if width == 2 and not others:
        return rarest[0], rarest[1]
    tests = [(at - first, segment.forward.test(members[at])) for at in others]
    documents, lanes = [], []
    for some, at in _occurrences(segment, rarest):
        left = None
        for offset, test in tests:
            kept = test(at + offset)
            at = at.take(kept)  # noqa: PLW2901 - what is left of them
            left = kept if left is None else left.take(kept)
        these = some if left is None else some.take(left)
        documents.append(these)
        lanes.append(lanes_of(at - first - segment.forward_starts.take(these), these, segment.ends))
    return _sum(segment, np.concatenate(documents), np.concatenate(lanes))


def _count(segment: Segment, member: Member) -> int:
    """How many places have one of these words."""
    if isinstance(member, range):
        found = segment.occurrences(member.start, member.stop)
        return int(found.stop - found.start)
    return sum(_count(segment, range(number, number + 1)) for number in member)


Postings: TypeAlias = "tuple[Array, Array, Array]"
"""Documents, their frequencies, and the places of all."""


def _rarest(segment: Segment, members: Sequence[Member]) -> tuple[int, int, Postings]:
    """Which member, or which two in a row that are prepared, stand at the fewest places; and at which."""
    counts = [_count(segment, each) for each in members]
    first = min(range(len(members)), key=counts.__getitem__)
    least, pair = counts[first], None
    for at, (left, right) in enumerate(pairwise(members)):
        if isinstance(left, range) or isinstance(right, range):
            continue
        known = segment.prepared.get(PAIR, left[0], right[0])
        if known is not None and known.places is not None and len(known.places) < least:
            first, least, pair = at, len(known.places), known
    if pair is not None and pair.documents is not None and pair.places is not None:
        return first, 2, (pair.documents, pair.frequencies, pair.places)
    return first, 1, _postings(segment, members[first])


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


def _occurrences(segment: Segment, postings: Postings) -> Iterator[tuple[Array, Array]]:
    """The occurrences of words, in chunks: their documents, and their indexes in the forward array."""
    layout = segment.layout
    documents, frequencies, places = postings
    done = 0
    for start in range(0, len(documents), _CHUNK):
        counts = layout.occurrences(frequencies[start : start + _CHUNK], segment.fields)
        these = np.repeat(documents[start : start + _CHUNK], counts)
        where = places[done : done + len(these)]
        done += len(these)
        if where.max() == layout.nowhere:
            placed = places_of(where != layout.nowhere)
            these, where = these.take(placed), where.take(placed)
        at = segment.forward_starts.take(these)
        at += where
        yield these, at


def _sum(segment: Segment, documents: Array, lanes: Array) -> tuple[Array | None, Array]:
    """Occurrences as frequencies."""
    ones = np.array([segment.layout.one(lane) for lane in range(segment.fields)]).take(lanes)
    return added_up([(documents, ones)], len(segment))
