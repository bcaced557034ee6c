"""What the library says to a query."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from paperreader.index import Ordinals, Sort

if TYPE_CHECKING:
    from paperreader.index import Marks

View = Literal["all", "new", "starred", "noted", "trending", "later"]

WHOLE: Final = frozenset({"all", "trending"})
"""The views of all papers."""
OF_JUDGED: Final = frozenset({"starred", "noted", "later"})
"""The views that hide no paper for being judged."""


class Answer(NamedTuple):
    """What one query found."""

    ordinals: Sequence[int]
    """Every paper that matches, best first; see `Library.paper`."""
    total: int
    """How many papers the library has."""
    sort: Sort
    """The order they are in."""
    understood: str = ""
    """How the query was read, in the language's own form; "" where nothing was asked for."""
    scored: bool = False
    """Whether the query has words by which papers can be ranked."""
    marks: Marks | None = None
    """Where the words of the query stand in a text; None when there are none."""
    meant: str = ""
    """The query in its nearest spelling, where nothing matches it as it is: these are the matches of that."""
    remarks: tuple[str, ...] = ()
    """What there is to say of parts of the query that were not read as they look, in a line each."""

    hidden: int = 0
    """How many more there are that are hidden, because they are judged."""

    def complete(self) -> None:
        """Put all matches in order, which takes a while where there are many; then any is at hand."""
        if isinstance(self.ordinals, Ordinals):
            self.ordinals.complete()

    def position(self, ordinal: int) -> int | None:
        """Where in `ordinals` a paper stands, or None."""
        ordinals = self.ordinals
        if isinstance(ordinals, Ordinals):
            return ordinals.place(ordinal)
        try:
            # array.index runs in C: a million entries take a few milliseconds
            return (ordinals if isinstance(ordinals, array) else array("I", ordinals)).index(ordinal)
        except ValueError:
            return None


def in_order(chosen: Sort | None, view: View, scored: bool) -> Sort:
    """The order that was chosen, or else the one that suits the view and the query."""
    if chosen is not None and (chosen != "relevance" or scored):
        return chosen
    return "trending" if view == "trending" else "relevance" if scored else "date"
