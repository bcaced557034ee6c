"""What a search must find and in which order, worked out paper by paper without an index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from math import log
from typing import NamedTuple

from paperreader.index import Sort
from paperreader.index.base import FIELDS
from paperreader.index.filters import Dates, Id, Seen, State, Tag
from paperreader.index.query import And, Node, Not, Or, Query, Text
from paperreader.index.stems import stem
from paperreader.index.words import indexed, pieces, words
from paperreader.paper import Paper

WEIGHT = {"title": 2.0, "abstract": 1.0, "note": 1.0}


class Content(NamedTuple):
    """The words of a field."""

    row: list[str]
    """One after another."""
    beside: list[str]
    """Other ways to type some of it."""

    @classmethod
    def of(cls, text: str) -> Content:
        found = [indexed(piece) for piece in pieces(text)]
        return cls(
            [word.decode() for piece in found for word in piece.words],
            [word.decode() for piece in found for word in piece.beside],
        )

    def __len__(self) -> int:
        return len(self.row) + len(self.beside)

    def times(self, wanted: Sequence[Collection[str]]) -> int:
        """How often words stand here in a row each of which is one of those wanted at its place."""
        if len(wanted) == 1:
            return sum(map(wanted[0].__contains__, self.row + self.beside))
        starts = [at for at, word in enumerate(self.row[: 1 - len(wanted)]) if word in wanted[0]]
        for place, these in enumerate(wanted):
            starts = [at for at in starts if self.row[at + place] in these]
        return len(starts)


class Oracle:
    """Knows all papers with their notes, and asks each of them. Papers are known by their ids here."""

    def __init__(
        self,
        papers: Sequence[Paper],
        notes: Mapping[str, str] | None = None,
        states: Mapping[str, Collection[str]] | None = None,
        orphans: Sequence[Paper] = (),
    ) -> None:
        notes = notes or {}
        self.states = states or {}
        self.papers = [*sorted(papers, key=by_date), *orphans]
        self.orphans = frozenset(orphans)
        self.trending = trending(papers)
        self.contents = [
            {field: Content.of(text) for field, text in _texts(each, notes).items()} for each in self.papers
        ]
        self.vocabulary = {
            word
            for each in self.contents
            for content in each.values()
            for word in content.row + content.beside
        }
        self.averages = {}
        for field in FIELDS:
            lengths = [len(each[field]) for each in self.contents if each[field]]
            self.averages[field] = sum(lengths) / len(lengths) if lengths else 1.0
        self.times = cache(self._times)
        self.matching = cache(self._matching)
        self._scored = cache(self._scores)

    def found(self, query: Query, sort: Sort = "date") -> list[str]:
        """The ids of all papers that match, in order."""
        matching = list(self.matching(query.node))
        if sort == "relevance" and query.texts:
            scores = self._scored(query)
            matching.sort(key=lambda n: -scores[n])
        elif sort in ("title", "trending"):
            key = by_title if sort == "title" else self.trending
            matching.sort(key=lambda n: (1,) if self.papers[n] in self.orphans else (0, *key(self.papers[n])))
        return [self.papers[n].id for n in matching]

    def scores(self, query: Query) -> dict[str, float]:
        """The scores of all papers that match, BM25F by the book."""
        scores = self._scored(query)
        return {self.papers[n].id: scores[n] for n in self.matching(query.node)}

    def _scores(self, query: Query) -> dict[int, float]:
        times = [self.times(text) for text in query.texts]
        rarities = [self._rarity(each) for each in times]
        return {n: self._score(n, [each[n] for each in times], rarities) for n in self.matching(query.node)}

    def _score(self, n: int, times: Sequence[Mapping[str, int]], rarities: Sequence[float]) -> float:
        score = 0.0
        for each, rarity in zip(times, rarities, strict=True):
            weight = 0.0
            for field in FIELDS:
                length = len(self.contents[n][field])
                norm = (1 - 0.75) + 0.75 * length / self.averages[field]
                weight += WEIGHT[field] * each[field] / norm
            score += rarity * weight / (1.2 + weight)
        return score

    def _rarity(self, times: Sequence[Mapping[str, int]]) -> float:
        having = sum(any(each.values()) for each in times)
        return log(1 + (len(self.papers) - having + 0.5) / (having + 0.5))

    def _times(self, text: Text) -> list[dict[str, int]]:
        """How often each paper has a word or a phrase in each field."""
        forms = [[set(filter(fits, self.vocabulary)) for fits in _wanted(form)] for form in text.forms()]
        return [
            {
                field: sum(map(contents[field].times, forms)) if text.field in ("", field) else 0
                for field in FIELDS
            }
            for contents in self.contents
        ]

    def _matching(self, node: Node) -> list[int]:
        return [n for n in range(len(self.papers)) if self._matches(node, n)]

    def _matches(self, node: Node, n: int) -> bool:
        found = self.papers[n]
        match node:
            case Text():
                return any(self.times(node)[n].values())
            case State():
                return found.id in self.states.get(node.name, ())
            case Tag():
                tags = {name[4:]: ids for name, ids in self.states.items() if name.startswith("tag:")}
                wanted = [tag for tag in tags if tag[: len(node.name) if node.prefix else None] == node.name]
                return any(found.id in tags[tag] for tag in wanted)
            case Seen():
                many = found.seen
                return node.low <= many and (node.high is None or many <= node.high)
            case Dates():
                return any(node.first <= day <= node.last for day in found.days)
            case Id():
                return found.id.startswith(node.prefix)
            case Not():
                return not self._matches(node.child, n)
            case And():
                return all(self._matches(child, n) for child in node.children)
            case Or():
                return any(self._matches(child, n) for child in node.children)
        raise AssertionError(f"a new kind of node: {node}")


def _texts(paper: Paper, notes: Mapping[str, str]) -> dict[str, str]:
    return {"title": paper.title, "abstract": paper.abstract, "note": notes.get(paper.id, "")}


def _wanted(text: Text) -> list[Callable[[str], bool]]:
    """What the words must be, one after another."""
    if text.fuzzy:
        return [_within(text.words[0], text.fuzzy)]
    complete = text.words[:-1] if text.prefix else text.words
    wanted = [_of_stem(stem(word)) for word in complete]
    return [*wanted, _beginning(text.words[-1])] if text.prefix else wanted


_stem = cache(stem)


def _of_stem(wanted: str) -> Callable[[str], bool]:
    return lambda word: _stem(word) == wanted


def _beginning(wanted: str) -> Callable[[str], bool]:
    return lambda word: word.startswith(wanted)


def _within(wanted: str, most: int) -> Callable[[str], bool]:
    return cache(lambda word: edits(wanted, word) <= most)


def edits(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or swapped with a neighbour, none of them twice."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, there in enumerate(other, 1):
            row.append(min(row[j - 1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (letter != there)))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], there):
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def by_date(paper: Paper) -> tuple[int, int, str]:
    """Latest first, then by the best rank on that day, then by id."""
    last = max((seen.day for seen in paper.sightings), default=date.min)
    rank = min((seen.rank for seen in paper.sightings if seen.day == last), default=0)
    return -last.toordinal(), rank, paper.id


def by_title(paper: Paper) -> tuple[object, ...]:
    """By the words of the title, then by id."""
    return " ".join(words(paper.title)), paper.id


def trending(papers: Iterable[Paper]) -> Callable[[Paper], tuple[object, ...]]:
    """Those in most lists of the last thirty days first, then by upvotes, by all lists, by date."""
    newest = max((seen.day for paper in papers for seen in paper.sightings), default=date.min)

    def key(paper: Paper) -> tuple[object, ...]:
        lists = {(seen.day, seen.name) for seen in paper.sightings}
        lately = [day for day, _ in lists if date.min < day and (newest - day).days < 30]
        return -len(lately), -paper.upvotes, -len(lists), *by_date(paper)

    return key
