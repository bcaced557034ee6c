"""What the library says to a query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from paperreader.index import Members, Ordinals, Sort, never, place, without

if TYPE_CHECKING:
    from paperreader.index import Alike, Marks
    from paperreader.paper import Paper

View = Literal["all", "new", "starred", "noted", "trending", "for you", "later"]
OF_JUDGED: Final = frozenset({"starred", "noted", "later"})
"""The views that hide no paper for being judged."""
MOST_REASONS = 6
"""Words that are given for one paper."""


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
    alike: Alike | None = None
    """What the papers were compared with, where they are listed for what they are like."""
    hidden: int = 0
    """How many more there are that are hidden, because they are judged."""

    def because(self, paper: Paper) -> tuple[str, ...]:
        """The words for which the paper is listed, those that count most first."""
        return self.alike.profile.because(paper, MOST_REASONS) if self.alike else ()

    def complete(self, cancelled: Callable[[], bool] = never) -> None:
        """Put all matches in order, which takes a while where there are many; then any is at hand.

        Raises Cancelled soon after `cancelled()` is true.
        """
        if isinstance(self.ordinals, Ordinals):
            self.ordinals.complete(cancelled)

    def position(self, ordinal: int) -> int | None:
        """Where in `ordinals` a paper stands, or None."""
        ordinals = self.ordinals
        return ordinals.place(ordinal) if isinstance(ordinals, Ordinals) else place(ordinals, ordinal)


def in_order(chosen: Sort | None, view: View, scored: bool) -> Sort:
    """The order that was chosen, or else the one that suits the view and the query."""
    if chosen is not None and (chosen != "relevance" or scored):
        return chosen
    return "trending" if view == "trending" else "relevance" if scored else "date"


def members(view: View, states: Mapping[str, Collection[int]], alike: Alike | None) -> Collection[int] | None:
    """The papers of a view, or those that are alike; None for all."""
    if alike is not None:
        return alike.ordinals
    return None if view in ("all", "trending") else () if view == "for you" else states[view]


def among(members: Collection[int] | None, ordinals: Sequence[int]) -> Sequence[int]:
    """Those of the ordinals that are members, in their order."""
    if members is None or members is ordinals:
        return ordinals
    members = members if isinstance(members, Members) else Members.of(members)
    return members.among(ordinals)


def leave_out(
    hidden: Members, members: Collection[int] | None, listed: Sequence[int]
) -> tuple[Sequence[int], int]:
    """Those of the members, which are listed, that are not hidden; and how many are."""
    if members is None or not hidden.data:
        count = len(hidden)
    elif isinstance(members, Members):
        count = hidden.common(members)
    else:
        count = len(hidden.among(tuple(members)))
    return (without(listed, hidden, count) if count else listed), count
