"""The other way round: which words a document has, and what each of them counts there."""

from __future__ import annotations

import numpy as np

from paperreader.index.arrays import Array, starts_of
from paperreader.index.base import FIELDS
from paperreader.index.inversion import FENCE, lanes_of
from paperreader.index.part import Part
from paperreader.index.profile import LANES
from paperreader.index.ranking import K1, WEIGHTS, Ranking


def vectors(ranking: Ranking, part: Part, documents: Array) -> tuple[Array, Array, Array]:
    """What the stems of these documents count in them: saturated, and not yet by how rare they are.

    Gives for each stem of each document, in no order, the place of the document among those given, the
    stem by the number of its first word, and what it counts, from 0 to 1. Other spellings, which have
    no place in the text, are left out.
    """
    segment = part.segment
    ends = np.append(segment.forward_starts[1:], len(segment.forward))
    starts = segment.forward_starts.take(documents)
    lengths = ends.take(documents) - starts
    which = np.repeat(np.arange(len(documents)), lengths)
    places = np.arange(len(which)) - starts_of(lengths)[:-1].take(which)
    numbers = segment.forward.numbers_at(places + starts.take(which))
    lanes = lanes_of(places, documents.take(which), segment.ends)
    counts = np.flatnonzero((numbers != FENCE) & (lanes <= LANES[-1]))
    which, lanes = which[counts], lanes[counts]
    stems = segment.lexicon.leading.take(numbers[counts])

    weights = np.array([WEIGHTS[FIELDS[lane]] for lane in LANES])
    once = weights / ranking.norms(part.segment.lengths[documents])[:, : len(LANES)]
    of_each, at = np.unique(which * len(segment.lexicon.words) + stems, return_inverse=True)
    weight = np.bincount(at.ravel(), once[which, lanes], len(of_each))
    which, stems = np.divmod(of_each, max(1, len(segment.lexicon.words)))
    return which, stems, weight / (K1 + weight)
