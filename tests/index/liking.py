"""What docs/likeness.md says, word by word in plain Python; and papers on topics of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import log
from random import Random

from paperreader.index.prose import is_general
from paperreader.index.stems import stem
from paperreader.paper import Paper

from .making import paper
from .oracle import WEIGHT, Oracle

OWN = ("title", "abstract")


def profile(oracle: Oracle, liked: Mapping[str, float], disliked: Collection[str]) -> dict[str, float]:
    """The weight of every stem. Papers are known by their ids."""
    judged = (liked, dict.fromkeys(disliked, 1.0))
    words = [
        {field: content.row + content.beside for field, content in contents.items()}
        for contents in oracle.contents
    ]
    stems = [{stem(word) for field in each.values() for word in field} for each in words]
    sums: list[dict[str, float]] = [{}, {}]
    for n, one in enumerate(oracle.papers):
        placed = {field: content.row for field, content in oracle.contents[n].items()}
        for papers, of_papers in zip(judged, sums, strict=True):
            for stemmed, count in counts(oracle, n, placed).items() if one.id in papers else ():
                of_papers[stemmed] = of_papers.get(stemmed, 0.0) + papers[one.id] * count
    total = len(oracle.papers)
    weights = {}
    for stemmed in sums[0] | sums[1]:
        having = sum(stemmed in each for each in stems)
        usual = having / total / 2.2
        surplus = [
            (of_papers.get(stemmed, 0.0) - sum(papers.values()) * usual) / (sum(papers.values()) + 5)
            for papers, of_papers in zip(judged, sums, strict=True)
        ]
        tells = not stemmed.isdigit() and not is_letter(stemmed) and not is_general(stemmed)
        if 2 <= having <= max(2, total / 8) and tells:
            weights[stemmed] = log(1 + (total - having + 0.5) / (having + 0.5)) * (
                surplus[0] - surplus[1] / 2
            )
    return {stemmed: weight for stemmed, weight in weights.items() if weight}


def counts(oracle: Oracle, n: int, words: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """What each stem of a paper counts there, from 0 to 1."""
    found: dict[str, float] = {}
    for field in OWN:
        norm = 0.25 + 0.75 * len(oracle.contents[n][field]) / oracle.averages[field]
        for word in words[field]:
            found[stem(word)] = found.get(stem(word), 0.0) + WEIGHT[field] / norm
    return {stemmed: weight / (1.2 + weight) for stemmed, weight in found.items()}


def scores(oracle: Oracle, weights: Mapping[str, float]) -> dict[str, float]:
    """What these stems say of every paper."""
    found = {}
    for n, one in enumerate(oracle.papers):
        words = {field: content.row + content.beside for field, content in oracle.contents[n].items()}
        there = counts(oracle, n, words)
        found[one.id] = sum(weights[stemmed] * there[stemmed] for stemmed in weights.keys() & there.keys())
    return found


def is_letter(stemmed: str) -> bool:
    """Whether this is a single one."""
    return stemmed.isascii() and len(stemmed) == 1


class Topics:
    """Papers each of which is about one of some topics, in words of it and in words of all."""

    def __init__(self, seed: int, topics: int, papers: int) -> None:
        random = Random(seed)
        made = _words(random)
        self.words = [[next(made) for _ in range(8)] for _ in range(topics)]
        common, rare = [next(made) for _ in range(40)], [next(made) for _ in range(200)]
        self.papers: list[list[Paper]] = [[] for _ in range(topics)]
        for n in range(papers * topics):
            topic = n % topics
            text = random.choices(common, k=60) + random.choices(rare, k=8)
            text += random.choices(self.words[topic], k=12)
            random.shuffle(text)
            title = " ".join([*random.choices(common, k=3), random.choice(self.words[topic]), f"nr{n}"])
            self.papers[topic].append(paper(title, " ".join(text), f"2026-08-{1 + n % 28:02}"))

    @property
    def all(self) -> list[Paper]:
        """The papers of all topics."""
        return [each for topic in self.papers for each in topic]


def _words(random: Random) -> Iterator[str]:
    known: set[str] = set()
    while True:
        word = "a".join("".join(random.choices("bcdfgklmnprtvz", k=3)) for _ in range(2))
        if stem(word) not in known:
            known.add(stem(word))
            yield word
