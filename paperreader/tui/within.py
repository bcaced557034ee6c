"""Finding a text within a text as one would type it: without case, accents and ways to set a sign."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from paperreader.latex.tex import GREEK

MOST = 10_000
"""Places that are looked for; nobody steps through more."""

_NAMES = {letter: name.removeprefix("var").lower() for name, letter in GREEK.items()}
"""A Greek letter is also found by its name, as in the filter."""
_SIGNS = {
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **{"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"},
}


class Folded(NamedTuple):
    """A text as it is compared."""

    text: str
    starts: Sequence[int]
    """For each character of it, and for its end, where in the original it comes from."""


def occurrences(sought: str, text: str) -> list[tuple[int, int]]:
    """Where the sought text stands in the other, in order and apart from each other; linear in both."""
    needle = _fold(" ".join(sought.split())).text
    if not needle:
        return []
    folded, starts = _fold(text)
    found: list[tuple[int, int]] = []
    at = folded.find(needle)
    while at >= 0 and len(found) < MOST:
        end = at + len(needle)
        # what one character was folded into is matched as a whole: there is no "eta" in β
        whole = (at == 0 or starts[at - 1] != starts[at]) and starts[end - 1] != starts[end]
        if whole:
            found.append((starts[at], starts[end]))
        at = folded.find(needle, end if whole else at + 1)
    return found


@lru_cache(maxsize=4)
def _fold(text: str) -> Folded:
    if text.isascii() and "  " not in (plain := text.translate(_SPACES)):
        return Folded(plain.lower(), range(len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    plain = ""
    for at, character in enumerate(text):
        before, plain = plain, _letter(character)
        if plain == before == " ":
            continue
        letters.append(plain)
        starts += [at] * len(plain)
    return Folded("".join(letters), [*starts, len(text)])


_SPACES = {ord(space): " " for space in "\t\n\v\f\r"}


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if character.isspace():
        return " "
    if name := _NAMES.get(character):
        return name
    plain = unicodedata.normalize("NFKD", _SIGNS.get(character, character)).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(_SIGNS.get(c, c) for c in kept)
