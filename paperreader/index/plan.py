"""What a query asks for, in the parts in which it is worked off."""

from __future__ import annotations

from dataclasses import dataclass, field

from paperreader.index.query import And, Node, Not, Query, Text


@dataclass
class Plan:
    """What a query asks for."""

    texts: list[Text]
    """What matches are ranked by, each once."""
    required: list[int] = field(default_factory=list)
    """Of these, by their places, what every match has."""
    forbidden: list[Text] = field(default_factory=list)
    others: list[Node] = field(default_factory=list)
    """What every match must satisfy besides."""


def plan(query: Query) -> Plan:
    """The parts of a query."""
    parts = Plan(list(query.texts))
    root = query.node
    for node in dict.fromkeys(root.children if isinstance(root, And) else (root,)):
        match node:
            case Text():
                parts.required.append(parts.texts.index(node))
            case Not(child=Text() as text):
                parts.forbidden.append(text)
            case And(children=()):
                pass
            case _:
                parts.others.append(node)
    return parts
