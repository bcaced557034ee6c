"""Makes one inversion of several, without documents that were deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from paperreader.index.arrays import Array, lengths_of, looked_up, starts_of
from paperreader.index.inversion import FENCE, WIDE, Inversion

_STEP = 1 << 20


def merge(inversions: Sequence[Inversion]) -> Inversion:
    """The documents of all of them in one, numbered on from each to the next; at least one, of one layout.

    Nothing is sorted but words: the lists of one word follow one another as the segments do.
    """
    if len(inversions) == 1:
        return inversions[0]
    words = sorted(set().union(*(each.words for each in inversions)))
    number = {word: n for n, word in enumerate(words)}
    maps = [np.array([number[word] for word in each.words], np.int64) for each in inversions]
    counts = [len(each.lengths) for each in inversions]
    bases = starts_of(counts)
    starts, (documents, frequencies) = _interleave(
        [each.starts for each in inversions],
        maps,
        len(words),
        [
            [(each.documents, base) for each, base in zip(inversions, bases.tolist(), strict=False)],
            [(each.frequencies, 0) for each in inversions],
        ],
    )
    place_starts, (places,) = _interleave(
        [each.place_starts for each in inversions],
        maps,
        len(words),
        [[(each.places, 0) for each in inversions]],
    )
    # the fence behind each is the one in front of the next
    forward = np.empty(sum(len(each.forward) - 1 for each in inversions) + 1, np.uint32)
    forward_starts, end = [], 0
    for each, numbers in zip(inversions, maps, strict=True):
        forward[end : end + len(each.forward)] = _renumbered(each.forward, numbers)
        forward_starts.append(each.forward_starts + np.uint64(end))
        end += len(each.forward) - 1
    return Inversion(
        layout=inversions[0].layout,
        words=words,
        starts=starts,
        documents=documents,
        frequencies=frequencies,
        place_starts=place_starts,
        places=places,
        lengths=np.concatenate([each.lengths for each in inversions]),
        ends=np.concatenate([each.ends for each in inversions]),
        forward=forward,
        forward_starts=np.concatenate(forward_starts),
    )


def widened(inversion: Inversion) -> Inversion:
    """The same in the layout `WIDE`."""
    if inversion.layout is WIDE:
        return inversion
    places = inversion.places.astype(WIDE.place)
    places[inversion.places == inversion.layout.nowhere] = WIDE.nowhere
    return replace(
        inversion,
        layout=WIDE,
        frequencies=inversion.layout.wide(inversion.frequencies, inversion.lengths.shape[1]),
        places=places,
        lengths=inversion.lengths.astype(WIDE.place),
        ends=inversion.ends.astype(WIDE.place),
    )


def without(inversion: Inversion, deleted: Sequence[int]) -> Inversion:
    """The same without these documents; those after them move up."""
    if not len(deleted):
        return inversion
    live = np.ones(len(inversion.lengths), bool)
    live[list(deleted)] = False
    moved = np.cumsum(live) - 1
    kept = live[inversion.documents]
    # a document's words are those between two starts in the forward array
    extents = lengths_of(np.append(inversion.forward_starts, len(inversion.forward)))
    placed = inversion.layout.occurrences(inversion.frequencies, inversion.lengths.shape[1])
    kept_places = np.repeat(kept, placed)
    starts = _kept_starts(inversion.starts, kept)
    place_starts = _kept_starts(inversion.place_starts, kept_places)
    forward = inversion.forward[np.concatenate([[True], np.repeat(live, extents)])]
    counts = lengths_of(starts)
    words_left = counts > 0
    numbers = np.cumsum(words_left) - 1
    return replace(
        inversion,
        words=[word for word, left in zip(inversion.words, words_left.tolist(), strict=True) if left],
        starts=np.append(starts[:-1][words_left], starts[-1]),
        documents=moved[inversion.documents[kept]].astype(np.uint32),
        frequencies=inversion.frequencies[kept],
        place_starts=np.append(place_starts[:-1][words_left], place_starts[-1]),
        places=inversion.places[kept_places],
        lengths=inversion.lengths[live],
        ends=inversion.ends[live],
        forward=_renumbered(forward, numbers),
        forward_starts=(1 + np.cumsum(extents[live]) - extents[live]).astype(np.uint64),
    )


def _kept_starts(starts: Array, kept: Array) -> Array:
    return starts_of(kept)[starts.astype(np.int64)].astype(np.uint64)


def _renumbered(forward: Array, numbers: Array) -> Array:
    """The forward array with other numbers for its words."""
    return looked_up(np.append(numbers, FENCE).astype(np.uint32), forward)


def _interleave(
    starts: Sequence[Array], maps: Sequence[Array], words: int, columns: Sequence[Sequence[tuple[Array, int]]]
) -> tuple[Array, list[Array]]:
    """Columns of lists, where the lists of one word come together; and where these begin.

    Each part of a column comes with what is to be added to its numbers.
    """
    lengths = [lengths_of(each) for each in starts]
    totals = np.zeros(words, np.int64)
    for length, numbers in zip(lengths, maps, strict=True):
        totals[numbers] += length
    merged = starts_of(totals)
    results = [np.empty(int(merged[-1]), parts[0][0].dtype) for parts in columns]
    next_free = merged[:-1].copy()
    for n, (length, numbers) in enumerate(zip(lengths, maps, strict=True)):
        begins = starts[n].astype(np.int64)
        # some lists after others, as what is known of each number in them takes more room than they do
        steps = np.unique(np.searchsorted(begins, np.arange(0, begins[-1], _STEP)))
        for first, last in pairwise([*steps.tolist(), len(numbers)]):
            some = slice(begins[first], begins[last])
            target = np.repeat(next_free[numbers[first:last]] - begins[first:last], length[first:last])
            target += np.arange(some.start, some.stop)
            for result, parts in zip(results, columns, strict=True):
                column, added = parts[n]
                result[target] = column[some] + column.dtype.type(added)
        next_free[numbers] += length
    return merged.astype(np.uint64), results
