"""What has changed since certain dumps were all there were."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from datetime import date

import numpy as np

from paperreader.index.arrays import Array, lengths_of
from paperreader.index.catalogue import Catalogue
from paperreader.index.cataloguing import Columns

_DAYS = date.max.toordinal() + 1


def sighted_again(catalogue: Catalogue, known: Collection[str]) -> Array:
    """The ordinals of papers that are in one of these dumps, and in another list besides.

    Another dump of the same name and day is the same list, which has grown.
    """
    columns = Columns([documents for _, documents in catalogue.segments])
    who = np.repeat(np.arange(catalogue.end), lengths_of(columns.starts("sighting_starts")))
    days = columns.numbers("sighting_days").astype(np.int64)
    numbers, names = columns.dumps(lambda _, name: name)
    lists = (who * (len(names) + 1) + numbers) * _DAYS + days
    in_dumps, dumps = columns.dumps(lambda dump, _: dump)
    before = np.array([dump in known for dump in dumps], bool).take(in_dumps)
    again = ~before & ~np.isin(lists, lists[before]) & np.isin(who, who[before])
    found = np.unique(who[again])
    return found[np.isin(found, np.asarray(catalogue.numbers("by_id")))]


def missing(catalogue: Catalogue, papers: array[int]) -> list[str]:
    """Those of the papers, given and returned by their ids, that are there no more, under no id."""
    ids = np.frombuffer(papers, np.uint64)
    gone = np.setdiff1d(ids, np.asarray(catalogue.numbers("ids")))
    named = (f"{number:016x}" for number in gone.tolist())
    return [paper_id for paper_id in named if catalogue.find(paper_id) is None]
