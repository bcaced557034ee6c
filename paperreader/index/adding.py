"""Adds up frequencies of many postings: in a list of the documents that have any, or in a column of all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from paperreader.index.arrays import Array, changes, places_of

_FEW = 300
_SPARSE = 64
"""More postings than so many, and than this part of all documents, are added up in a column."""
_DENSE = 3
"""A column that at least this part of the documents may be in is left one."""


def added_up(parts: Sequence[tuple[Array, Array]], size: int) -> tuple[Array | None, Array]:
    """The documents of postings, given as documents and frequencies, ascending, with what each has in all.

    None, and what every one of `size` documents has, when the postings are many.
    """
    total = sum([len(documents) for documents, _ in parts])
    if total < _FEW or total * _SPARSE < size:
        return summed(
            np.concatenate([documents for documents, _ in parts]),
            np.concatenate([frequencies for _, frequencies in parts]),
        )
    column = np.zeros(size, parts[0][1].dtype)
    for documents, frequencies in parts:
        np.add.at(column, documents, frequencies)
    if total * _DENSE >= size:
        return None, column
    listed = places_of(column)
    return listed, column.take(listed)


def summed(documents: Array, frequencies: Array) -> tuple[Array, Array]:
    """Each document once, ascending, with all its frequencies added up."""
    if not len(documents):
        return documents, frequencies
    order = documents.argsort()
    documents = documents.take(order)
    first = changes(documents)
    frequencies = frequencies.take(order)
    return documents.take(first), np.add.reduceat(frequencies, first, dtype=frequencies.dtype)
