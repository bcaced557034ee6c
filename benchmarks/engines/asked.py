"""A query of the program in the parts that other engines need: words, what must not match, and filters.

All engines answer the same tree, read by the program's own parser, so that they do the same work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from paperreader.index.filters import Dates, State
from paperreader.index.query import And, Node, Not, Or, Text, parse

SCORED = ("title", "abstract")


class Asked(NamedTuple):
    """All of these must hold."""

    wanted: list[Node]
    """Words and phrases, or alternatives of them."""
    unwanted: list[Node]
    """Such as must not match."""
    filters: list[tuple[State | Dates, bool]]
    """With whether each must hold, or must not."""


def asked(text: str) -> Asked:
    """What a query asks. Raises NotImplementedError for what the other engines have not been taught."""
    node = parse(text, date.today()).node
    parts = Asked([], [], [])
    for child in node.children if isinstance(node, And) else (node,):
        holds = not isinstance(child, Not)
        inner = child.child if isinstance(child, Not) else child
        if isinstance(inner, State | Dates):
            parts.filters.append((inner, holds))
        elif _only_words(inner):
            (parts.wanted if holds else parts.unwanted).append(inner)
        else:
            raise NotImplementedError(text)
    return parts


def _only_words(node: Node) -> bool:
    match node:
        case Text():
            return True
        case And(children) | Or(children):
            return _all_words(children)
    return False


def _all_words(nodes: Iterable[Node]) -> bool:
    return all(map(_only_words, nodes))
