"""Leaving out of an answer the papers that the reader has judged, unless these are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from paperreader.index.hits import Ordinals
from paperreader.index.members import Members

if TYPE_CHECKING:
    from paperreader.index.query import Node, Query

HIDDEN: Final = "hidden"
"""The state of the papers that are left out; nobody can type it."""

_OF_JUDGED: Final = {"starred", "noted", "read", "skipped", "later", "tagged", "judged"}
"""States that only somebody names who asks for papers that were dealt with before."""
_FIRST = 200
"""So many are looked for at once; the others when somebody goes there."""


def asks_for_judged(query: Query) -> bool:
    """Whether a query names a judged state, a tag, or what is in notes, other than to exclude it."""
    from paperreader.index.filters import State, Tag
    from paperreader.index.query import And, Or, Text

    def names_it(node: Node) -> bool:
        match node:
            case State():
                return node.name in _OF_JUDGED
            case Tag():
                return True
            case Text():
                return node.field == "note"
            case And() | Or():
                return any(map(names_it, node.children))
            case _:
                return False

    return names_it(query.node)


def shown(query: Query) -> Query:
    """The same query, but for the hidden papers."""
    from paperreader.index.filters import State
    from paperreader.index.query import Not

    return _with(query, Not(State(HIDDEN)))


def concealed(query: Query) -> Query:
    """The same query among the hidden papers."""
    from paperreader.index.filters import State

    return _with(query, State(HIDDEN))


def _with(query: Query, node: Node) -> Query:
    from paperreader.index.query import And

    root = query.node
    return replace(query, node=And((*(root.children if isinstance(root, And) else (root,)), node)))


def without(order: Sequence[int], hidden: Members, count: int) -> Ordinals:
    """An order without the hidden papers, `count` of which are in it. What comes first needs no numpy."""
    data = hidden.data

    def everyone(_cancelled: Callable[[], bool]) -> Any:
        import numpy as np

        ordinals = np.asarray(order)
        mask = np.zeros(int(ordinals.max(initial=0)) + 1, bool)
        gone = np.frombuffer(data, bool)[: len(mask)]
        mask[: len(gone)] = gone
        return ordinals[~mask[ordinals]]

    def place(ordinal: int) -> int | None:
        at = (ordinals.complete() == ordinal).nonzero()[0]
        return int(at[0]) if len(at) else None

    first = list(islice((n for n in order if n >= len(data) or not data[n]), _FIRST))
    ordinals = Ordinals(len(order) - count, first, everyone, place)
    return ordinals
