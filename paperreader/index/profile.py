"""Words with weights, by which papers can be ranked, and which of them speak for one paper.

What a word counts in a paper is what it counts in a search, see `ranking`, in title and abstract alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

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
        # texts have few different pieces
        self._read = lru_cache(maxsize=1 << 14)(self._of_piece)

    def contributions(self, paper: Paper) -> dict[str, float]:
        """What each word of the paper adds to its score, by the first of its forms there, in order."""
        first: dict[str, str] = {}
        found: dict[str, float] = {}
        for lane in LANES:
            read = [self._read(piece) for piece in pieces((paper.title, paper.abstract)[lane])]
            length = sum(count for count, _ in read)
            once = WEIGHTS[FIELDS[lane]] / (1 - B + B * length / self._averages[lane])
            for stemmed, word in chain.from_iterable(words for _, words in read):
                first.setdefault(stemmed, word)
                found[stemmed] = found.get(stemmed, 0.0) + once
        return {first[each]: self._weights[each] * sum_ / (K1 + sum_) for each, sum_ in found.items()}

    def _of_piece(self, piece: str) -> tuple[int, Sequence[tuple[str, str]]]:
        """How many words there are, and those that have a weight, with their stems before them."""
        words = [word.decode() for kind in indexed(piece) for word in kind]
        stemmed = [(stem(word), word) for word in words]
        return len(words), [each for each in stemmed if each[0] in self._weights]

    def because(self, paper: Paper, most: int) -> tuple[str, ...]:
        """The words that speak most for the paper, at most so many, the strongest first."""
        return self._best(paper)[:most]

    def _sorted(self, paper: Paper) -> tuple[str, ...]:
        found = [(-value, word) for word, value in self.contributions(paper).items() if value > 0]
        return tuple(word for _, word in sorted(found))


def marks(words: Iterable[str]) -> Marks:
    """What finds these words in texts."""
    return Marks([Text((word,)) for word in words])
