"""Which papers are like others: those near one paper, and those that somebody may like.

Words speak for what is liked as far as they are more frequent there than in the library, and against it
as far as they are more frequent in what is disliked: the feedback of J. J. Rocchio, "Relevance feedback
in information retrieval" (1971), as in Manning, Raghavan and Schütze, "Introduction to Information
Retrieval" (2008), chapter 9. docs/likeness.md has the formulas, and the reasons for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from paperreader.index.arrays import Array
from paperreader.index.base import Cancelled
from paperreader.index.corpus import Corpus
from paperreader.index.matching import Matches
from paperreader.index.part import Part
from paperreader.index.profile import LANES, Profile
from paperreader.index.prose import is_general
from paperreader.index.query import Text
from paperreader.index.ranking import K1, saturate, sum_up
from paperreader.index.stems import stem
from paperreader.index.vectors import vectors

SHRINK = 5.0
"""So many papers that are like all others are thought to be among the liked, and among the disliked."""
DISLIKED = 0.5
"""What the disliked papers count beside the liked ones."""
COMMONEST = 1 / 8
"""A word that a larger part of the papers has tells nothing."""
ONCE = 1 / (1 + K1)
"""What a word counts that stands once in an abstract of average length."""
FAR = 1 / 20
"""What is not near any more, beside what is liked itself."""
_LOOKED_UP = 250
"""So many words of each segment are looked up in all the others."""
_SMALL = 4
"""What part of the papers a segment must have to tell how rare its words are, as a divisor."""


class Likeness:
    """Finds what sets some papers apart from the others, and the papers that have it, too."""

    def __init__(
        self,
        corpus: Corpus,
        liked: Mapping[int, float],
        disliked: Collection[int],
        cancelled: Callable[[], bool],
    ) -> None:
        """Papers are given by their ordinals, and those that are liked with what they count."""
        self._corpus = corpus
        self._judged = (liked, dict.fromkeys(disliked, 1.0))
        self._totals = [sum(papers.values()) for papers in self._judged]
        self._cancelled = cancelled
        self._known: dict[tuple[Part, str], tuple[Matches, int]] = {}
        """What was found of words that may be asked for again."""

    # -- the words

    def profile(self, most: int) -> Profile:
        """The words, at most so many, that tell what is liked from what is disliked and from all else.

        Raises Cancelled.
        """
        corpus = self._corpus
        sums = [np.array([self._sum(part, papers) for papers in self._judged]) for part in corpus.parts]
        words = self._words(sums)
        counted = np.array([_counted(corpus.parts, sums, word) for word in words]).reshape(-1, 4)
        roughly, in_judged, is_exact = counted[:, 0], counted[:, 1:3].T, counted[:, 3]
        weights = self._weights(roughly, in_judged) * self._tell(roughly, 2 * COMMONEST)
        having: dict[int, int] = {}
        for n in _largest(weights, len(words)):
            exactly = int(roughly[n]) if is_exact[n] else self._having(words[n])
            if self._tell(exactly, COMMONEST):
                having[n] = exactly
            if len(having) == most + most // 2:
                break
        chosen = sorted(having)  # of equals, the same ones in whatever segments they are
        weights = self._weights(np.array([having[n] for n in chosen]), in_judged[:, chosen])
        heaviest = {words[chosen[n]]: float(weights[n]) for n in _largest(weights, most)}
        return Profile(heaviest, corpus.ranking.averages)

    def _words(self, sums: Sequence[Array]) -> list[str]:
        """The words in question, one of each stem and in their order; `sums` as in `_sum`, by segment."""
        words: dict[str, str] = {}
        for part, of_part in zip(self._corpus.parts, sums, strict=True):
            for word in self._promising(part, of_part):
                stemmed = stem(word)
                words[stemmed] = min(word, words.get(stemmed, word))
        return [words[stemmed] for stemmed in sorted(words)]

    def _sum(self, part: Part, papers: Mapping[int, float]) -> Array:
        """How much of each stem, by its first word, is in these papers, as far as this segment has them."""
        ordinals = np.array(sorted(papers), np.int64)
        documents = np.minimum(np.searchsorted(part.ordinals, ordinals), len(part.ordinals) - 1)
        here = part.ordinals[documents] == ordinals
        ordinals, documents = ordinals[here], documents[here]
        if part.live is not None:
            alive = part.live[documents]
            ordinals, documents = ordinals[alive], documents[alive]
        counting = np.array([papers[n] for n in ordinals.tolist()])
        which, stems, count = vectors(self._corpus.ranking, part, documents)
        return np.bincount(stems, count * counting.take(which), len(part.segment.lexicon.words))

    def _promising(self, part: Part, sums: Array) -> Iterator[str]:
        """The words of a segment that would weigh most if all segments were like this one."""
        lexicon = part.segment.lexicon
        there = np.flatnonzero(sums.any(0))
        share = self._corpus.total / len(part.segment)
        having = lexicon.having.take(there) * share
        if share > _SMALL:
            weights = self._surplus(having, sums[:, there])
        else:
            weights = self._weights(having, sums[:, there]) * (having > 1)
        for n in _largest(weights, _LOOKED_UP):
            word = lexicon.words[int(there[n])].decode()
            if not word.isdigit() and (len(word) > 1 or not word.isascii()) and not is_general(stem(word)):
                yield word

    def _tell(self, having: Any, most: float) -> Any:
        """Whether words tell papers apart: not those of one paper alone, or of more than this part of all."""
        return (having > 1) & (having <= max(2, most * self._corpus.total))

    def _weights(self, having: Array, in_judged: Array) -> Array:
        """What stems say of a paper, given how many papers have them and how much is in what is judged."""
        total = self._corpus.total
        having = np.minimum(having, total)
        rarities = np.log1p((total - having + 0.5) / (having + 0.5))
        return np.asarray(rarities * self._surplus(having, in_judged))

    def _surplus(self, having: Array, in_judged: Array) -> Array:
        """How much more there is in what is liked, and less in what is disliked, than elsewhere."""
        usual = having * (ONCE / self._corpus.total)
        liked, disliked = (
            (of_all - count * usual) / (count + SHRINK)
            for of_all, count in zip(in_judged, self._totals, strict=True)
        )
        return np.asarray(liked - DISLIKED * disliked)

    def _having(self, word: str) -> int:
        return sum(self._find(part, word)[1] for part in self._corpus.parts)

    def _find(self, part: Part, word: str) -> tuple[Matches, int]:
        if self._cancelled():
            raise Cancelled
        if (part, word) not in self._known:
            self._known[part, word] = part.find(Text((word,)))
        return self._known[part, word]

    # -- the papers

    def ranked(self, profile: Profile, excluded: Collection[int], most: int | None = None) -> Array:
        """The ordinals of the papers, but for those excluded, that the words speak for: the best first.

        If `most` is given, at most so many, and none that is far from what is liked. Equals are by date, then
        by id. Raises Cancelled.
        """
        corpus = self._corpus
        scores = np.zeros(corpus.end, np.float32)
        for part in corpus.parts:
            scores[part.ordinals] += self._scores(part, profile)
        far = max((float(scores[n]) for n in self._judged[0] if n < corpus.end), default=0.0) * FAR
        scores[[n for n in excluded if n < corpus.end]] = 0
        order = corpus.order("date")
        scores = scores.take(order)
        found = np.flatnonzero(scores > (far if most else 0))
        scores = scores.take(found)
        if most is not None and len(found) > most:
            best = np.flatnonzero(scores >= np.partition(scores, -most)[-most])
            found, scores = found.take(best), scores.take(best)
        return order.take(found.take(_descending(scores)))[:most]

    def _scores(self, part: Part, profile: Profile) -> Array:
        """What the words say of each document, in single precision."""
        factors = self._corpus.ranking.factors(part)
        scores = np.zeros(len(part.segment), np.float32)
        for word, weight in profile.words.items():
            matches = self._find(part, word)[0]
            documents, frequencies = matches.listed()
            count = sum_up(
                matches.layout, frequencies, {lane: factors[lane].take(documents) for lane in LANES}
            )
            saturate(count, weight)
            scores[documents] += count
        if part.live is not None:
            scores[~part.live] = 0
        return scores


def _counted(parts: Sequence[Part], sums: Sequence[Array], word: str) -> tuple[float, float, float, bool]:
    """About how many papers have a word's stem, how much of it is in what is judged; and if that is exact.

    It is not where a paper that has two words of the stem is counted twice, or one that was deleted once.
    """
    having, liked, disliked, is_exact = 0.0, 0.0, 0.0, True
    for part, of_part in zip(parts, sums, strict=True):
        forms = part.segment.lexicon.forms(word)
        if forms:
            having += part.segment.lexicon.having[forms[0]]
            liked += of_part[0, forms[0]]
            disliked += of_part[1, forms[0]]
            is_exact = is_exact and len(forms) == 1 and part.live is None
    return having, liked, disliked, is_exact


def _largest(weights: Array, count: int) -> list[int]:
    """Where the heaviest so many are, for or against: the first of those that only rounding tells apart."""
    rounded = np.round(np.abs(weights), 9)
    return np.argsort(-rounded, kind="stable")[:count].tolist()  # type: ignore[no-any-return]


def _descending(scores: Array) -> Array:
    """Where the largest are, in order, of equals the first: of numbers above 0, in single precision."""
    # whole numbers, in which the place comes after the score, are sorted many times faster than an index
    keys = (~scores.view(np.uint32)).astype(np.uint64) << np.uint64(32) | np.arange(
        len(scores), dtype=np.uint64
    )
    keys.sort()
    return (keys & np.uint64(0xFFFF_FFFF)).astype(np.int64)
