"""The forms of a word: "model", "models" and "modeling" have one stem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from threading import Lock

_alone = Lock()
"""Held by who uses the stemmer, which is not made for several threads."""


@cache
def _porter() -> Callable[[Sequence[str]], list[str]]:
    import Stemmer

    return Stemmer.Stemmer("porter", 0).stemWords  # type: ignore[no-any-return]


def stems(words: Sequence[str]) -> list[str]:
    """The stems of English words, after Porter (1980); all others are their own stems."""
    found = list(words)
    english = [n for n, word in enumerate(found) if len(word) > 2 and word.isascii() and word.isalpha()]
    with _alone:
        stemmed = _porter()([found[n] for n in english])
    for n, each in zip(english, stemmed, strict=True):
        found[n] = each
    return found


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of one word."""
    return stems((word,))[0]


def common_beginning(word: str) -> str:
    """What all words of this word's stem begin with.

    Porter's rules change a word at its end only: they take letters away and put back at most "e",
    "i" or "le".
    """
    stemmed = stem(word)
    return stemmed[: max(2, len(stemmed) - 2)]
