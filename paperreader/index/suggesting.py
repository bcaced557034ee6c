"""What a query without hits may have meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from paperreader.index.query import Query, parse, reach
from paperreader.index.spelling import Lexicon, Near, likelihood, near, near_beginning
from paperreader.index.stems import common_beginning, stem, stems
from paperreader.index.words import joined

_CHOICES = 3
"""How many corrections of a word are tried with those of others."""
_ATTEMPTS = 9
"""How many corrections of a query are tried."""
_MOST_UNKNOWN = 3
"""A query of which more is unknown is no misspelling."""
_MOST_DOUBTED = 2
"""How many of the words that the library has are doubted, the rarest first."""
_SELDOM = 100
"""Papers; a word that more of them have is taken for what was meant."""
_OFTENER = 10
"""How much oftener a word must be there than one spelled nearly like it, for the other to be doubted."""


class Suggestion(NamedTuple):
    """What a query without hits may have meant."""

    text: str
    """What was typed, with other words in the places of those that the library does not have."""
    query: Query
    hits: int
    """How many papers match it; at least one."""
    spans: tuple[tuple[int, int], ...]
    """Where the other words begin and end."""


def suggest(query: Query, lexicons: Sequence[Lexicon], found: Callable[[Query], int]) -> Suggestion | None:
    """The nearest spelling of a query without hits.

    Other words are put in the places of those that the library does not have, and of those that it
    hardly has while a word that is spelled nearly so is common in it: dumps have misspellings, too.
    `found` tells how many papers match a query; what is suggested has hits. Fields, quotes, signs and
    filters stay as they were typed.
    """
    seldom = sorted(_seldom(query, lexicons), key=lambda asked: asked.frequency)
    unknown = sum(not asked.frequency for asked in seldom)
    if unknown > _MOST_UNKNOWN:
        return None
    seldom = seldom[: unknown + _MOST_DOUBTED]
    choices = [list(enumerate(_choices(each, lexicons))) for each in seldom]
    attempts = sorted(product(*choices), key=lambda ranked: sum(rank for rank, _ in ranked))
    for ranked in attempts[:_ATTEMPTS]:
        words = [(asked.span, word) for asked, (_, word) in zip(seldom, ranked, strict=True) if word]
        if not words:
            continue
        text, spans = _replaced(query.typed.text, sorted(words))
        corrected = parse(text, query.typed.today)
        if hits := found(corrected):
            return Suggestion(text, corrected, hits, spans)
    return None


class _Asked(NamedTuple):
    """A word of a query that is hardly in the library."""

    word: str
    prefix: bool
    """Whether it is still being typed."""
    span: tuple[int, int]
    """Where it stands in the query."""
    frequency: int
    """How many papers have it, at most."""


def _choices(asked: _Asked, lexicons: Sequence[Lexicon]) -> list[str]:
    """What a word may have meant, the likeliest first; "" for itself."""
    nearest: list[Near] = []
    for edits in range(1, reach(asked.word) + 1):
        found = (near_beginning if asked.prefix else near)(asked.word, lexicons, edits)
        if nearest := [other for other in found if other.frequency >= _OFTENER * asked.frequency]:
            break
    if not asked.prefix:
        nearest.sort(key=lambda other: (other.distance, -likelihood(asked.word, other), other.word))
    itself = [""] if asked.frequency else []
    return [*itself, *(other.word for other in nearest[:_CHOICES])]


def _seldom(query: Query, lexicons: Sequence[Lexicon]) -> Iterator[_Asked]:
    """The words of a query that the library does not have, or hardly."""
    asked = frozenset(query.texts)
    for text, spans in query.typed.words:
        if text not in asked or text.fuzzy:
            continue
        if text.hyphenated and _frequency(joined(text.words), text.prefix, lexicons):
            continue
        for n, (word, span) in enumerate(zip(text.words, spans, strict=True), 1):
            prefix = text.prefix and n == len(text.words)
            frequency = _frequency(word, prefix, lexicons)
            if frequency <= _SELDOM:
                yield _Asked(word, prefix, span, frequency)


def _frequency(word: str, prefix: bool, lexicons: Iterable[Lexicon]) -> int:
    """How many papers, at most, have a word that begins so, or, when it is complete, one of the same stem.

    Segments behind that in which it becomes known are not counted.
    """
    stemmed, frequency = stem(word), 0
    for lexicon in lexicons:
        numbers = _beginning_with(word if prefix else common_beginning(word), lexicon)
        having = lexicon.frequencies[numbers.start : numbers.stop]
        if not prefix:
            alike = [each == stemmed for each in stems([lexicon[n].decode() for n in numbers])]
            having = having[alike]
        frequency += int(having.sum())
        if frequency > _SELDOM:
            break
    return frequency


def _beginning_with(word: str, lexicon: Lexicon) -> range:
    first = word.encode()
    return range(bisect_left(lexicon, first), bisect_left(lexicon, first + b"\xff"))


def _replaced(
    text: str, words: Iterable[tuple[tuple[int, int], str]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with words in the places of others, and where they stand in it."""
    spans: list[tuple[int, int]] = []
    moved = 0
    for (first, last), word in words:
        start = first + moved
        text = text[:start] + word + text[last + moved :]
        spans.append((start, start + len(word)))
        moved += len(word) - (last - first)
    return text, tuple(spans)
