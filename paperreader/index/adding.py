"""Adds up frequencies of many postings: in a list of the documents that have any, or in a column of all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from paperreader.index.arrays import Array, changes, places_of

_FEW = 100
"""So few postings are sorted with their frequencies."""
_SPARSE = 16
"""More than this part of all documents are added up in a column of their own."""
_DENSE = 3
"""A column that at least this part of the documents may be in is left one."""


def added_up(
    parts: Sequence[tuple[Array, Array]], scratch: Array, columns: Sequence[Array] = ()
) -> tuple[Array | None, Array]:
    """The documents of postings, given as documents and frequencies, ascending, with what each has in all.

    None, and what every document has, when the postings are many, or when there are columns to be added, too.
    `scratch` is a column of 0, and is left so.
    """
    total = sum([len(documents) for documents, _ in parts])
    if columns or total * _SPARSE > len(scratch):
        column = np.zeros_like(scratch)
        for each in columns:
            column += each
        for documents, frequencies in parts:
            np.add.at(column, documents, frequencies)
        if columns or total * _DENSE >= len(scratch):
            return None, column
        listed = places_of(column)
        return listed, column.take(listed)
    documents = np.concatenate([documents for documents, _ in parts])
    frequencies = np.concatenate([frequencies for _, frequencies in parts])
    if total < _FEW:
        return summed(documents, frequencies)
    np.add.at(scratch, documents, frequencies)
    documents.sort()
    documents = documents.take(changes(documents))
    frequencies = scratch.take(documents)
    scratch[documents] = 0
    return documents, frequencies


def summed(documents: Array, frequencies: Array) -> tuple[Array, Array]:
    """Each document once, ascending, with all its frequencies added up."""
    if not len(documents):
        return documents, frequencies
    order = documents.argsort()
    documents = documents.take(order)
    first = changes(documents)
    frequencies = frequencies.take(order)
    return documents.take(first), np.add.reduceat(frequencies, first, dtype=frequencies.dtype)
