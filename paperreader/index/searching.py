"""Answers queries: the papers that match, best first."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping, Set

from paperreader.index.base import Cancelled, Sort
from paperreader.index.corpus import Corpus
from paperreader.index.filters import Dates, Id, Seen, State
from paperreader.index.query import And, Node, Not, Or, Query, Text

_CHUNK = 1 << 14


def search(
    corpus: Corpus,
    query: Query,
    sort: Sort,
    states: Mapping[str, Collection[int]],
    cancelled: Callable[[], bool],
) -> array[int]:
    """The ordinals of all papers that match, best first; equals by date, then by id. Raises Cancelled."""
    found = _Matching(corpus, states, cancelled).papers(query.node)
    order = corpus.order("date" if sort == "relevance" else sort)
    papers: list[int] = []
    for start in range(0, len(order), _CHUNK):
        if cancelled():
            raise Cancelled
        papers += [n for n in order[start : start + _CHUNK] if n in found]
    if sort == "relevance" and query.scored and papers:
        leaves = [corpus.leaves.find(text, cancelled) for text in query.texts]
        papers = corpus.ranking.best_first(papers, leaves, cancelled)
    return array("I", papers)


class _Matching:
    """Which papers match the nodes of a query."""

    def __init__(
        self, corpus: Corpus, states: Mapping[str, Collection[int]], cancelled: Callable[[], bool]
    ) -> None:
        self._corpus = corpus
        self._states = states
        self._cancelled = cancelled

    def papers(self, node: Node) -> Set[int]:  # noqa: PLR0911 - one for each kind of node
        match node:
            case Text():
                return self._corpus.leaves.find(node, self._cancelled).papers
            case State():
                return frozenset(self._states.get(node.name, ()))
            case Seen():
                return self._corpus.seen(node.low, node.high)
            case Dates():
                return self._corpus.catalogue.seen_between(node.first, node.last)
            case Id():
                return self._corpus.beginning_with(node.prefix)
            case Or():
                return frozenset().union(*map(self.papers, node.children))
            case Not():
                return self._without(self._everything, [node])
            case And():
                return self._and(node)

    @property
    def _everything(self) -> Set[int]:
        return frozenset(range(self._corpus.total))

    def _and(self, node: And) -> Set[int]:
        asked = [child for child in node.children if not isinstance(child, Not)]
        asked.sort(key=lambda child: isinstance(child, Text | And | Or))  # filters cost least
        found = self.papers(asked[0]) if asked else self._everything
        for child in asked[1:]:
            if not found:
                break
            found = found & self.papers(child)
        return self._without(found, [child for child in node.children if isinstance(child, Not)])

    def _without(self, found: Set[int], nodes: list[Not]) -> Set[int]:
        for node in nodes:
            if not found:
                break
            found = found - self.papers(node.child)
        return found
