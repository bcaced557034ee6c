"""What a search must find, worked out paper by paper without an index."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import log

from paperreader.index.base import FIELDS
from paperreader.index.filters import Dates, Id, Seen, State
from paperreader.index.query import And, Node, Not, Or, Query, Text
from paperreader.index.stems import stem
from paperreader.index.words import parts, pieces
from paperreader.paper import Paper

WEIGHT = {"title": 2.0, "abstract": 1.0, "note": 1.0}


class Oracle:
    """Knows all papers with their notes, and asks each of them."""

    def __init__(
        self, papers: Sequence[Paper], notes: Mapping[str, str], states: Mapping[str, Collection[int]]
    ) -> None:
        self.papers = papers
        self.states = states
        self.texts = [
            {"title": each.title, "abstract": each.abstract, "note": notes.get(each.id, "")}
            for each in papers
        ]

    def matches(self, node: Node, n: int) -> bool:
        found = self.papers[n]
        match node:
            case Text():
                return any(self.times(node, n, field) for field in FIELDS)
            case State():
                return n in self.states.get(node.name, ())
            case Seen():
                many = len(found.sightings)
                return node.low <= many and (node.high is None or many <= node.high)
            case Dates():
                return any(node.first <= day <= node.last for day in found.days)
            case Id():
                return found.id.startswith(node.prefix)
            case Not():
                return not self.matches(node.child, n)
            case And():
                return all(self.matches(child, n) for child in node.children)
            case Or():
                return any(self.matches(child, n) for child in node.children)

    def times(self, text: Text, n: int, field: str) -> int:
        """How often a paper has a word or a phrase in a field."""
        if text.field not in ("", field):
            return 0
        return sum(self._times(form, self.texts[n][field]) for form in text.forms())

    def _times(self, text: Text, content: str) -> int:
        found = [parts(piece) for piece in pieces(content)]
        rows = [[word for piece in found for word in piece]]
        rows += [["".join(piece)] for piece in found if len(piece) > 1]
        return sum(
            all(
                there.startswith(asked)
                if text.prefix and place == len(text.words) - 1
                else stem(there) == stem(asked)
                for place, (asked, there) in enumerate(zip(text.words, row[start:], strict=False))
            )
            for row in rows
            for start in range(len(row) - len(text.words) + 1)
        )

    def length(self, n: int, field: str) -> int:
        found = [parts(piece) for piece in pieces(self.texts[n][field])]
        return sum(len(piece) + (len(piece) > 1) for piece in found)

    def score(self, query: Query, n: int) -> float:
        """BM25F by the book."""
        total = 0.0
        for text in query.texts:
            weight = 0.0
            for field in FIELDS:
                lengths = [length for each in range(len(self.papers)) if (length := self.length(each, field))]
                if times := self.times(text, n, field):
                    average = sum(lengths) / len(lengths)
                    weight += WEIGHT[field] * times / (0.25 + 0.75 * self.length(n, field) / average)
            having = sum(self.matches(text, each) for each in range(len(self.papers)))
            total += log(1 + (len(self.papers) - having + 0.5) / (having + 0.5)) * weight / (1.2 + weight)
        return total

    def found(self, query: Query) -> list[int]:
        """All that match, latest first."""
        matching = (n for n in range(len(self.papers)) if self.matches(query.node, n))
        return sorted(matching, key=self._by_date)

    def _by_date(self, n: int) -> tuple[int, int, str]:
        found = self.papers[n]
        last = max((seen.day for seen in found.sightings), default=date.min)
        rank = min((seen.rank for seen in found.sightings if seen.day == last), default=0)
        return -last.toordinal(), rank, found.id
