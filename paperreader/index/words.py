"""What counts as a word, in papers, in queries and on the screen alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

_LONGEST = 64
"""A word is known by its first 64 characters; nobody types more, and a 10 MB "word" must not hurt."""

_CJK = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that put no space between words: each character is a word, and a run of them a phrase."""

_LETTER = r"(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])"
_ACCENTED = rf"\\[`'^\"~=.]{_LETTER}|\\[Hcdkruv](?:\{{[A-Za-z]\}}|\ [A-Za-z])"
_LIGATURE = r"\\(?:[lLoOi]|ae|AE|oe|OE|aa|AA|ss)(?![A-Za-z])(?:\{\})?"
_LATEX = rf"\{{(?:{_ACCENTED}|{_LIGATURE})\}}|{_ACCENTED}|{_LIGATURE}"
_LATEX_LETTERS = re.compile(_LATEX)
_MACRO = re.compile(r"\\[`'^\"~=.]|\\[Hcdkruv](?=[{ ])|[\\{} ]")

_PART = rf"(?:[^\W_{_CJK}]|{_LATEX})(?:[^\W_{_CJK}]+|[\u0300-\u036f]|{_LATEX})*"
_HYPHEN = "[-\u2010\u2011]"
_NO_HYPHEN = re.compile("[^-\u2010\u2011]+")
MOST_JOINED = 8
"""How many words hyphens can make one of."""
_PLAIN_PIECE = re.compile(f"[a-z0-9]+(?:-[a-z0-9]+){{0,{MOST_JOINED - 1}}}")
"""A word, or several joined by hyphens, in lower-case ASCII without LaTeX, which most text is."""


@cache
def _any_piece() -> re.Pattern[str]:
    """The same in any text; a third as fast, and not compiled before it is needed, which takes 5 ms."""
    return re.compile(rf"[{_CJK}]|{_PART}(?:{_HYPHEN}{_PART}){{0,{MOST_JOINED - 1}}}")


_ACCENT = re.compile("[\u0300-\u036f]")
_INDIVISIBLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart into a plain one and an accent."""


def pieces(text: str) -> list[str]:
    """The words of a text in order, as they stand there (or in lower case); those joined by hyphens in one.

    Only `parts` makes them comparable.
    """
    if text.isascii() and "\\" not in text:
        return _PLAIN_PIECE.findall(text.lower())
    return _any_piece().findall(text)


def word_spans(text: str) -> list[list[tuple[str, int, int]]]:
    """For each of `pieces` its words, with where they begin and end in the text."""
    return [
        [
            (word, piece.start() + part.start(), piece.start() + part.end())
            for part in _NO_HYPHEN.finditer(piece[0])
            for word in parts(part[0])
        ]
        for piece in _any_piece().finditer(text)
    ]


@lru_cache(maxsize=1 << 16)
def parts(piece: str) -> tuple[str, ...]:
    """The words of a piece as they are compared: without case, accents and LaTeX, taken apart at hyphens.

    Every word is a fixed point: `parts(word) == (word,)`.
    """
    if _PLAIN_PIECE.fullmatch(piece):
        return tuple(word[:_LONGEST] for word in piece.split("-"))
    known: tuple[str, ...] = ()
    found = tuple(_folded(piece))
    while found != known:  # folding can bring out more than one word: "½" is "1⁄2"
        known, found = found, tuple(word for part in found for word in _folded(part))
    return found


@lru_cache(maxsize=1 << 16)
def indexed(piece: str) -> tuple[bytes, ...]:
    """What a piece is found by, in UTF-8: its words, and those joined by hyphens also as one."""
    found = parts(piece)
    return tuple(word.encode() for word in (*found, joined(found)) if word)


def joined(found: Sequence[str]) -> str:
    """Several words written as one, "multi" and "modal" as "multimodal"; nothing for a single one."""
    return "".join(found)[:_LONGEST] if len(found) > 1 else ""


def words(text: str) -> list[str]:
    """The words of a text in order."""
    return [word for piece in pieces(text) for word in parts(piece)]


def _folded(piece: str) -> Iterator[str]:
    text = _LATEX_LETTERS.sub(lambda match: _MACRO.sub("", match[0]), piece)
    text = _ACCENT.sub("", unicodedata.normalize("NFKD", text).casefold())
    text = unicodedata.normalize("NFKC", text).casefold().translate(_INDIVISIBLE)
    for found in _any_piece().findall(text):
        for word in _NO_HYPHEN.findall(found):
            yield word[:_LONGEST]
