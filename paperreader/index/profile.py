"""Words with weights, by which papers can be ranked, and which of them speak for one paper.

What a word counts in a paper is what it counts in a search, see `ranking`, in title and abstract alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from paperreader.index.base import FIELDS
from paperreader.index.marks import Marks
from paperreader.index.query import Text
from paperreader.index.ranking import K1, WEIGHTS, B
from paperreader.index.stems import stem
from paperreader.index.words import indexed, pieces
from paperreader.paper import Paper

LANES = (0, 1)
"""The fields that count: title and abstract. What somebody noted is no word of the paper's own."""


class Profile:
    """What papers are compared with."""

    def __init__(self, words: Mapping[str, float], averages: Sequence[float]) -> None:
        """`words` have their weights, and no two of them one stem; `averages` are the lengths of fields."""
        self.words = words
        """The heaviest first."""
        self._weights = {stem(word): weight for word, weight in words.items()}
        self._averages = averages
        # a paper's row, its page and the marks in both ask for the same
        self._best = lru_cache(maxsize=256)(self._sorted)

    def contributions(self, paper: Paper) -> dict[str, float]:
        """What each word of the paper adds to its score, by the first of its forms there, in order."""
        first: dict[str, str] = {}
        found: dict[str, float] = {}
        for lane in LANES:
            text = (paper.title, paper.abstract)[lane]
            words = [word.decode() for piece in map(indexed, pieces(text)) for kind in piece for word in kind]
            once = WEIGHTS[FIELDS[lane]] / (1 - B + B * len(words) / self._averages[lane])
            for word in words:
                stemmed = stem(word)
                if stemmed in self._weights:
                    first.setdefault(stemmed, word)
                    found[stemmed] = found.get(stemmed, 0.0) + once
        return {first[each]: self._weights[each] * sum_ / (K1 + sum_) for each, sum_ in found.items()}

    def because(self, paper: Paper, most: int) -> tuple[str, ...]:
        """The words that speak most for the paper, at most so many, the strongest first."""
        return self._best(paper)[:most]

    def _sorted(self, paper: Paper) -> tuple[str, ...]:
        found = [(-value, word) for word, value in self.contributions(paper).items() if value > 0]
        return tuple(word for _, word in sorted(found))


def marks(words: Iterable[str]) -> Marks:
    """What finds these words in texts."""
    return Marks([Text((word,)) for word in words])
