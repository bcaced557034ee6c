"""What stands behind the common words: the quick way from one word of a phrase to the next.

Beside each place of such a word lies the code of the word behind it, as in the forward array. So that a
phrase goes on is seen by reading in a row, and not by looking into every document. The most common words
have lists of their own (`neighbours`).
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from paperreader.index.arrays import Array, lengths_of, starts_of
from paperreader.index.inversion import Inversion
from paperreader.index.sections import Sections, SectionWriter

_RARER = 32
"""A stem is common if its words occur at least once in so many documents, taken together."""


def write(out: SectionWriter, inversion: Inversion, leaders: Array, lefts: Array, forward: Array) -> None:
    """Add the sections that `Followers` reads.

    `leaders` has for each word the first one of its stem, `lefts` the stems that have neighbours, `forward`
    the words of all documents, coded.
    """
    occurrences = lengths_of(inversion.place_starts)
    of_stems = np.bincount(leaders, occurrences, minlength=len(leaders))
    common = of_stems > len(inversion.lengths) // _RARER
    common[lefts] = False
    words = np.flatnonzero(common[leaders])
    out.add("follower_words", words.astype(np.uint32))
    out.add("follower_starts", starts_of(occurrences[words]).astype(np.uint32))
    for word in words.tolist():
        postings = slice(int(inversion.starts[word]), int(inversion.starts[word + 1]))
        counts = inversion.layout.occurrences(inversion.frequencies[postings], inversion.lengths.shape[1])
        places = inversion.places[int(inversion.place_starts[word]) : int(inversion.place_starts[word + 1])]
        at = inversion.indexes(np.repeat(inversion.documents[postings], counts), places)
        # a word without a place has one that means nothing, perhaps behind the end
        out.write(forward.take(at + 1, mode="clip"))
    out.end("followers", forward.itemsize)


class Followers:
    """What stands behind the common words of a segment."""

    def __init__(self, sections: Sections) -> None:
        self._words = sections.view("follower_words")
        self._starts = sections.view("follower_starts")
        self._codes = np.asarray(sections.view("followers"))

    def of(self, word: int) -> Array | None:
        """The codes of what is behind each occurrence of a word, in the order of its places.

        None for a word that is too rare, or has neighbours. Behind what has no place stands anything.
        """
        at = bisect_left(self._words, word)
        if at == len(self._words) or self._words[at] != word:
            return None
        return self._codes[self._starts[at] : self._starts[at + 1]]
