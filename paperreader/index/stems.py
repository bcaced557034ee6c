"""The forms of a word: "model", "models" and "modeling" have one stem."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache


@cache
def _porter() -> Callable[[str], str]:
    from whoosh.lang.porter import stem

    return stem  # type: ignore[no-any-return]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of an English word, after Porter (1980); other words are their own stems."""
    return _porter()(word) if word.isascii() and word.isalpha() else word


def common_beginning(word: str) -> str:
    """What all words of this word's stem begin with.

    Porter's rules change a word at its end only: they take letters away and put back at most "e",
    "i" or "le".
    """
    stemmed = stem(word)
    return stemmed[: max(2, len(stemmed) - 2)]
