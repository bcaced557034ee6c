"""All papers of the library, to be fetched by number, listed in order and searched.

Importing this, opening an index, and reading papers and orders from it take the standard
library only, so that the first screen never waits for Whoosh or numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperreader.index.base import Cancelled, IndexUnusable, Sort, never
from paperreader.index.hiding import without
from paperreader.index.hits import Alike, Hits, Ordinals
from paperreader.index.members import Members, place
from paperreader.index.reader import Index

if TYPE_CHECKING:
    from paperreader.index.building import build, leftovers, sweep, update
    from paperreader.index.manifest import forget
    from paperreader.index.marks import Marks
    from paperreader.index.tidying import tidy, tidy_beside

__all__ = [
    "Alike",
    "Cancelled",
    "Hits",
    "Index",
    "IndexUnusable",
    "Marks",
    "Members",
    "Ordinals",
    "Sort",
    "build",
    "forget",
    "leftovers",
    "never",
    "place",
    "sweep",
    "tidy",
    "tidy_beside",
    "update",
    "without",
]


def __getattr__(name: str) -> object:
    """Imports what takes long only when it is used."""
    if name in ("build", "leftovers", "sweep", "update"):
        from paperreader.index import building

        return getattr(building, name)
    if name in ("tidy", "tidy_beside"):
        from paperreader.index import tidying

        return getattr(tidying, name)
    if name == "forget":
        from paperreader.index.manifest import forget

        return forget
    if name == "Marks":
        from paperreader.index.marks import Marks

        return Marks
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
