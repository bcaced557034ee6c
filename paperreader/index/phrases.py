"""Finds words in a row: from the places of the rarest, by looking beside each in the forward array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple, TypeAlias

import numpy as np

from paperreader.index.adding import added_up
from paperreader.index.arrays import Array, owners, places_of
from paperreader.index.forward import Test
from paperreader.index.inversion import lanes_of
from paperreader.index.segment import Segment

Member: TypeAlias = "Sequence[int]"
"""The words that may stand at one place of a phrase, by their numbers, ascending; perhaps a range."""

_READ = 8
"""So many codes are read in a row in the time in which one is looked up."""
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
    if width == len(members):
        return rarest.documents, rarest.frequencies
    behind = first + width
    if behind == len(members):
        rarest = rarest._replace(followers=None)
    others = sorted(
        (at for at in range(len(members)) if not first <= at < behind),
        key=lambda at: 0 if at == behind and rarest.followers is not None else _count(segment, members[at]),
    )
    (offset, test), *more = [(at - first, segment.forward.test(members[at])) for at in others]
    documents, lanes = [], []
    for some, places, at, there in _occurrences(segment, rarest, test):
        kept = test(at + offset, there)
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


class Postings(NamedTuple):
    """Where words, or words in a row, are."""

    documents: Array
    frequencies: Array
    places: Array
    """Of all."""
    followers: Array | None
    """What stands behind each, as in the forward array; None where only that tells."""


def _rarest(segment: Segment, members: Sequence[Member]) -> tuple[int, int, Postings]:
    """Where to begin: with which member, or how many of them in a row that are prepared; and their postings.

    It is what stands at the fewest places. Places count less where it is known what stands behind them.
    """
    costs = [
        _count(segment, each) / (_READ if at + 1 < len(members) and _followed(segment, each) else 1)
        for at, each in enumerate(members)
    ]
    first = min(range(len(members)), key=costs.__getitem__)
    least, width, known = costs[first], 1, None
    for at in range(len(members) - 1):
        complete = takewhile(lambda member: not isinstance(member, range), members[at:])
        row = segment.prepared.row([member[0] for member in complete])
        if row is None or row[1].documents is None or row[1].places is None:
            continue
        cost = len(row[1].places) / (_READ if at + row[0] < len(members) else 1)
        if row[0] == len(members) or cost < least:
            first, width, least, known = at, row[0], cost, row[1]
    if known is None or known.documents is None or known.places is None:
        return first, 1, _postings(segment, members[first])
    return first, width, Postings(known.documents, known.frequencies, known.places, known.followers)


def _followed(segment: Segment, member: Member) -> bool:
    """Whether it is known what stands behind these words, which are all of a stem."""
    return not isinstance(member, range) and segment.followers.of(member[0]) is not None


def _postings(segment: Segment, member: Member) -> Postings:
    if isinstance(member, range):
        postings = segment.postings(member.start, member.stop)
        occurrences = segment.occurrences(member.start, member.stop)
        return Postings(
            segment.documents[postings], segment.frequencies[postings], segment.places[occurrences], None
        )
    found = [_postings(segment, range(number, number + 1)) for number in member]
    documents, frequencies, places, _ = found[0]
    if len(found) > 1:
        documents = np.concatenate([each.documents for each in found])
        frequencies = np.concatenate([each.frequencies for each in found])
        places = np.concatenate([each.places for each in found])
    followers = [segment.followers.of(number) for number in member]
    known = [each for each in followers if each is not None]
    return Postings(documents, frequencies, places, np.concatenate(known) if known else None)


def _occurrences(
    segment: Segment, postings: Postings, followed_by: Test
) -> Iterator[tuple[Array, Array, Array, Array | None]]:
    """The occurrences of words, in chunks: their documents, places, and indexes in the forward array.

    An occurrence without a place has an index that means nothing. If it is known what follows, only those
    come behind which what must follow may stand, with the code that does.
    """
    done = 0
    for start in range(0, len(postings.documents), _CHUNK):
        some = postings.documents[start : start + _CHUNK]
        counts = segment.layout.occurrences(postings.frequencies[start : start + _CHUNK], segment.fields)
        ends = np.cumsum(counts)
        where, there = postings.places[done : done + ends[-1]], None
        if postings.followers is None:
            these = np.repeat(some, counts)
        else:
            there = postings.followers[done : done + ends[-1]]
            chosen = followed_by.perhaps(there)
            these = some.take(owners(ends, chosen))
            where, there = where.take(chosen), there.take(chosen)
        done += ends[-1]
        at = segment.forward_starts.take(these)
        at += where
        yield these, where, at, there


def _sum(segment: Segment, documents: Array, lanes: Array) -> tuple[Array | None, Array]:
    """Occurrences as frequencies."""
    layout = segment.layout
    ones = layout.one(0) << (lanes.astype(layout.frequency) * layout.frequency(layout.bits))
    return added_up([(documents, ones)], segment.scratch)
