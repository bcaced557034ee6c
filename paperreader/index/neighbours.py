"""What follows the most common words: the quick way to phrases of two words, one of which is everywhere.

The occurrences of such a word, or of all words of its stem, are kept in the order of the words that
follow them. So what follows "of" and begins with "th" is one piece of the list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from paperreader.index.arrays import Array, changes, lengths_of
from paperreader.index.inversion import FENCE, NARROW, Inversion
from paperreader.index.lexicon import commonest
from paperreader.index.sections import Sections, SectionWriter

_MOST = 255
_RARER = 1
"""A word has a list if it occurs at least once in so many documents, taken together."""
_STEP = 1 << 20
_WORD, _WHERE = 24, 32
"""Bits of a word's number, of which `FENCE` is the highest, and of where it stands."""


def write(out: SectionWriter, inversion: Inversion, leaders: Array) -> Array:
    """Add the sections that `Neighbours` reads; `leaders` has for each word the first one of its stem.

    Kept are the stems that occur more often than every `_RARER`-th document; by their first words, these are
    what is given back.
    """
    most = _MOST if inversion.layout is NARROW else 0
    occurrences = lengths_of(inversion.place_starts)
    lefts, codes = commonest(leaders, occurrences, most, len(inversion.lengths) // _RARER)
    keys = _keys(inversion, codes)
    keys.sort()
    pairs = keys >> np.uint64(_WHERE)
    first = changes(pairs)
    pairs = pairs[first]
    out.add("neighbour_lefts", lefts.astype(np.uint32))
    left_starts = np.searchsorted(pairs >> np.uint64(_WORD), np.arange(1, len(lefts) + 2, dtype=np.uint64))
    out.add("neighbour_left_starts", left_starts.astype(np.uint32))
    out.add("neighbour_rights", (pairs & np.uint64((1 << _WORD) - 1)).astype(np.uint32))
    out.add("neighbour_starts", np.append(first, len(keys)).astype(np.uint32))
    out.add("neighbour_documents", keys.astype(np.uint32))
    return lefts


def _keys(inversion: Inversion, codes: Array) -> Array:
    """For every coded word that is followed by another one: its code, that word, and where, in one number.

    Where is twice the document's number, and one more if it is not in the first field.
    """
    forward = inversion.forward
    keys = [np.zeros(0, np.uint64)]
    for start in range(0, len(forward) - 1, _STEP):
        some = forward[start : start + _STEP + 1]
        left = codes.take(np.minimum(some[:-1], np.uint32(len(codes) - 1)))
        at = np.flatnonzero((left > 0) & (some[1:] != FENCE))
        of_step = left[at].astype(np.uint64)
        of_step <<= np.uint64(_WORD)
        of_step |= some[1:][at]
        of_step <<= np.uint64(_WHERE)
        document, _, lane = inversion.locate(at + start)
        of_step |= (document * 2 + lane).astype(np.uint64)
        keys.append(of_step)
    return np.concatenate(keys)


class Neighbours:
    """What follows the most common words of a segment."""

    def __init__(self, sections: Sections) -> None:
        lefts = np.asarray(sections.view("neighbour_lefts")).tolist()
        bounds = np.asarray(sections.view("neighbour_left_starts")).tolist()
        self._extents = {left: bounds[n : n + 2] for n, left in enumerate(lefts)}
        self._rights = sections.view("neighbour_rights")
        self._starts = sections.view("neighbour_starts")
        self._documents = np.asarray(sections.view("neighbour_documents"))

    def after(self, left: int, rights: Sequence[int]) -> tuple[Array, Array] | None:
        """The documents in which one of some words, ascending, follows a stem, and the lanes of all.

        A stem is known by its first word. None when it is not among the most common ones.
        """
        extent = self._extents.get(left)
        if extent is None:
            return None
        places = self._places(extent, rights)
        found = [self._documents[self._starts[first] : self._starts[last]] for first, last in places]
        documents = found[0] if len(found) == 1 else np.concatenate([self._documents[:0], *found])
        return documents >> np.uint32(1), documents & np.uint32(1)

    def _places(self, extent: Sequence[int], wanted: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Where some words are among those that follow one, from and to."""
        # bisection reads a few pages of the file, where numpy would read them all
        if isinstance(wanted, range):
            first = bisect_left(self._rights, wanted.start, *extent)
            yield first, bisect_left(self._rights, wanted.stop, first, extent[1])
            return
        for word in wanted:
            place = bisect_left(self._rights, word, *extent)
            if place < extent[1] and self._rights[place] == word:
                yield place, place + 1
