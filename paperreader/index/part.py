"""A segment among others: whose its documents are, which of them count, and what was found in it last."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from paperreader.index.arrays import Array
from paperreader.index.matching import Matcher, Matches
from paperreader.index.query import Text
from paperreader.index.segment import Segment

_REMEMBERED = 32
"""While a query is being typed all of its words but one stay as they are."""


class Part:
    """A segment in an index that has others."""

    def __init__(self, segment: Segment, ordinals: Array, deleted: Array) -> None:
        """`ordinals` are those of its documents, ascending; `deleted` the documents that do not count."""
        self.segment = segment
        self.ordinals = ordinals
        self.deleted = deleted
        self.live: Array | None = None
        """Whether each document counts; None when all do."""
        if len(deleted):
            self.live = np.ones(len(segment), bool)
            self.live[deleted] = False
        self.matcher = Matcher(segment)
        self._known: OrderedDict[Text, tuple[Matches, int]] = OrderedDict()

    def find(self, text: Text) -> tuple[Matches, int]:
        """What matches among all documents, and how many of those that count."""
        known = self._known.pop(text, None)
        if known is None:
            matches = self.matcher.find(text)
            gone = (
                np.count_nonzero(matches.at(self.deleted, self.segment.scratch)) if len(self.deleted) else 0
            )
            known = matches, matches.count - int(gone)
        self._known[text] = known
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return known

    def forget(self) -> None:
        """Let go of what was found."""
        self._known.clear()

    def lengths(self) -> tuple[Array, Array]:
        """How many words the documents that count have in each field, and how many of them have any."""
        columns = self.segment.lengths.T  # one at a time, which is many times quicker
        total = np.array([column.sum(dtype=np.int64) for column in columns])
        having = np.array([np.count_nonzero(column) for column in columns])
        if len(self.deleted):
            gone = self.segment.lengths[self.deleted]
            total -= gone.sum(0, dtype=np.int64)
            having -= np.count_nonzero(gone, axis=0)
        return total, having

    def within(self, mask: Array) -> Array:
        """A mask over all ordinals, as one over the documents."""
        first, last = int(self.ordinals[0]), int(self.ordinals[-1])
        if last - first + 1 == len(self.ordinals):
            return mask[first : last + 1]
        return mask.take(self.ordinals)
