"""Finding words in short texts as they are typed: a help's lines, say, of which there are a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

_INNER = 3
"""Letters that a word needs to be found inside of others."""
_SHORTEST = 4
"""Letters that it needs to be found although it is misspelt."""
_LIKE = 0.75
"""How much of a misspelt word must be right: one letter of four, two of eight."""


def find(query: str, *texts: str) -> list[list[tuple[int, int]]] | None:
    """Where the words of the query stand in each of the texts; None unless each stands in one of them.

    A word is found where a word of a text begins with it, else anywhere, else where one begins nearly so.
    """
    folded = [_fold(text) for text in texts]
    found: list[list[tuple[int, int]]] = [[] for _ in texts]
    for word in _fold(query).split():
        for look in (_beginning, _within, _nearly):
            spans = [list(look(word, text)) for text in folded]
            if any(spans):
                break
        else:
            return None
        for those, new in zip(found, spans, strict=True):
            those.extend(new)
    return found


def _fold(text: str) -> str:
    """The text without case, letter by letter, so that places in it stay what they are."""
    return "".join(folded if len(folded := c.casefold()) == 1 else c for c in text)


def _beginning(word: str, text: str) -> Iterator[tuple[int, int]]:
    return (span for span in _all(word, text) if not text[: span[0]][-1:].isalnum())


def _within(word: str, text: str) -> Iterator[tuple[int, int]]:
    return _all(word, text) if len(word) >= _INNER else iter(())


def _all(word: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _nearly(word: str, text: str) -> Iterator[tuple[int, int]]:
    if len(word) < _SHORTEST:
        return
    pieces: Sequence[str] = text.split(" ")
    starts = accumulate((len(piece) + 1 for piece in pieces), initial=0)
    for piece, start in zip(pieces, starts, strict=False):
        begins = piece[: len(word)]
        if SequenceMatcher(None, word, begins, autojunk=False).ratio() >= _LIKE:
            yield start, start + len(begins)
