"""Words that are spelled nearly alike.

How far two words are apart is the number of edits between them: to put in, leave out or change one
letter, or to swap two neighbours, no letter being edited twice (Damerau and Levenshtein's distance as
"optimal string alignment" has it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

_CHUNK = 1 << 16
"""How many words are looked at together; a few megabytes."""
_AT_ITS_END = 10
"""How much likelier it is that a word was typed to its end, and wrong, than that more of it is to come."""
_FIRST_RIGHT = 4
"""How much likelier it is that a word was meant for each letter more that was right from the first on."""


class Lexicon(Protocol):
    """The words of a part of the library, sorted, none twice, in UTF-8. It is known by its identity."""

    @property
    def blob(self) -> Any:
        """All of them with nothing between them, in a buffer of bytes."""

    @property
    def offsets(self) -> NDArray[np.uint32]:
        """Where each begins in the blob, and where the last one ends."""

    @property
    def frequencies(self) -> NDArray[np.uint32]:
        """How many papers have each; a word that none has any more is as good as absent."""

    def __len__(self) -> int: ...

    def __getitem__(self, n: int, /) -> bytes: ...


class Near(NamedTuple):
    """A word of the library that is spelled nearly like another one."""

    word: str
    distance: int
    frequency: int
    """How many papers have it."""


def within(one: str, other: str, edits: int) -> bool:
    """Whether two words are at most so many edits apart."""
    return OSA.distance(one, other, score_cutoff=edits) <= edits


def alike(word: str, lexicon: Lexicon, edits: int) -> Iterator[tuple[int, str, int]]:
    """The words of a lexicon within so many edits: the number of each in it, the word, and its distance."""
    numbers = _profile_of(lexicon).like(word, edits)
    spelled = _spelled(lexicon, numbers)
    for other, distance, n in process.extract_iter(word, spelled, scorer=OSA.distance, score_cutoff=edits):
        yield int(numbers[n]), other, int(distance)


def near(word: str, lexicons: Iterable[Lexicon], edits: int) -> list[Near]:
    """The words of the library within so many edits, nearest first, then by frequency, then by letters."""
    distances: dict[str, int] = {}
    frequencies: dict[str, int] = {}
    for lexicon in lexicons:
        for n, other, distance in alike(word, lexicon, edits):
            distances[other] = distance
            frequencies[other] = frequencies.get(other, 0) + int(lexicon.frequencies[n])
    found = [Near(other, distances[other], times) for other, times in frequencies.items() if times]
    return sorted(found, key=lambda near: (near.distance, -near.frequency, near.word))


def near_beginning(word: str, lexicons: Iterable[Lexicon], edits: int) -> list[Near]:
    """The words of the library that begin within so many edits, best first.

    `distance` is that of the nearest beginning. Of words with the same distance, those come first that
    are likely to be meant: frequent ones, and above all those that are as near in full.
    """
    distances: dict[str, int] = {}
    frequencies: dict[str, int] = {}
    for lexicon in lexicons:
        away = _beginnings(word, lexicon, edits)
        numbers = np.flatnonzero(away <= edits)
        for n, other in zip(numbers, _spelled(lexicon, numbers), strict=True):
            distances[other] = int(away[n])
            frequencies[other] = frequencies.get(other, 0) + int(lexicon.frequencies[n])
    found = [Near(other, distances[other], times) for other, times in frequencies.items() if times]

    def likely(near: Near) -> int:
        return likelihood(word, near) * (_AT_ITS_END if within(word, near.word, near.distance) else 1)

    return sorted(found, key=lambda near: (near.distance, -likely(near), near.word))


def likelihood(word: str, near: Near) -> int:
    """How likely, compared with others as far away, it is that a word was meant where another was typed."""
    right = takewhile(lambda letters: letters[0] == letters[1], zip(word, near.word, strict=False))
    return near.frequency * int(_FIRST_RIGHT ** sum(1 for _ in right))


class _Profile(NamedTuple):
    """What tells most words of a lexicon to be far from another one."""

    lengths: NDArray[np.uint8]
    """In letters, not in bytes."""
    letters: NDArray[np.uint32]
    """Which letters each has, as bits."""

    def like(self, word: str, edits: int) -> NDArray[np.intp]:
        """The numbers of all words within so many edits of a word, and of some others."""
        low, high = max(len(word) - edits, 0), len(word) + edits
        numbers = np.flatnonzero((self.lengths >= low) & (self.lengths <= high))
        letters, there = _letters_of(word), self.letters[numbers]
        return numbers[_few(letters & ~there, edits) & _few(there & ~letters, edits)]


_profiles: WeakKeyDictionary[Lexicon, _Profile] = WeakKeyDictionary()

_BIT = np.zeros(256, np.uint32)
"""The bit of each byte. A letter has one, so that an edit takes away one at most, and adds one at most."""
_BIT[:128] = 1 << 31
_BIT[0xC0:] = 1 << 31
_BIT[ord("a") : ord("z") + 1] = 1 << np.arange(26)
_BIT[ord("0") : ord("9") + 1] = 1 << 26 + np.arange(10) % 5


def _profile_of(lexicon: Lexicon) -> _Profile:
    """Five bytes for each word, made in some milliseconds and kept as long as the lexicon is."""
    profile = _profiles.get(lexicon)
    if profile is None:
        profile = _Profile(np.empty(len(lexicon), np.uint8), np.empty(len(lexicon), np.uint32))
        for first in range(0, len(lexicon), _CHUNK):
            some = slice(first, min(first + _CHUNK, len(lexicon)))
            offsets = lexicon.offsets[some.start : some.stop + 1].astype(np.intp)
            text = np.frombuffer(lexicon.blob, np.uint8)[offsets[0] : offsets[-1]]
            starts = offsets[:-1] - offsets[0]
            begins = ((text & 0xC0) != 0x80).view(np.uint8)  # a letter, and not in its midst
            profile.lengths[some] = np.add.reduceat(begins, starts, dtype=np.uint8)
            profile.letters[some] = np.bitwise_or.reduceat(_BIT.take(text), starts)
        _profiles[lexicon] = profile
    return profile


def _beginnings(word: str, lexicon: Lexicon, edits: int) -> NDArray[np.uint8]:
    """How far the nearest beginning of each word is away from a word; more than `edits` if it is farther.

    A letter outside ASCII counts as its bytes. Words that begin alike are worked on as one, a
    letter at a time, as long as they are near enough; so most are left behind after three letters.
    """
    asked = np.frombuffer(word.encode(), np.uint8)
    text, offsets = np.frombuffer(lexicon.blob, np.uint8), lexicon.offsets
    away = np.full(len(lexicon), edits + 1, np.uint8)
    # of each beginning: its words, its last letter, and its distance to all beginnings of the word asked for
    firsts, ends = np.array([0]), np.array([len(lexicon)])
    last = np.zeros(1, np.uint8)
    rows = np.arange(len(asked) + 1, dtype=np.uint8)[:, np.newaxis]
    before = rows
    for depth in range(len(asked) + edits):
        counts = ends - firsts
        parent = np.repeat(np.arange(len(firsts)), counts)
        words = np.arange(len(parent)) + np.repeat(firsts - np.cumsum(counts) + counts, counts)
        at = offsets[words] + np.uint32(depth)
        longer = np.flatnonzero(at < offsets[words + 1])
        parent, words, letters = parent[longer], words[longer], text[at[longer]]
        if not len(words):
            break
        new = np.flatnonzero(np.append(True, (letters[1:] != letters[:-1]) | (parent[1:] != parent[:-1])))
        parent, letter = parent[new], letters[new]
        firsts, ends = words[new], words[np.append(new[1:], len(words)) - 1] + 1
        above, above2, swapped = rows[:, parent], before[:, parent], last[parent]
        rows = np.empty_like(above)
        rows[0] = depth + 1
        for n, typed in enumerate(asked, 1):
            rows[n] = np.minimum(np.minimum(rows[n - 1], above[n]) + 1, above[n - 1] + (letter != typed))
            if n > 1 and depth:
                swap = (letter == asked[n - 2]) & (swapped == typed)
                rows[n][swap] = np.minimum(rows[n], above2[n - 2] + 1)[swap]
        for near in np.flatnonzero(rows[-1] <= edits):
            some = away[firsts[near] : ends[near]]
            np.minimum(some, rows[-1, near], out=some)
        kept = np.flatnonzero(rows.min(axis=0) <= edits)
        firsts, ends, last, rows, before = (
            firsts[kept],
            ends[kept],
            letter[kept],
            rows[:, kept],
            above[:, kept],
        )
    return away


def _letters_of(word: str) -> np.uint32:
    return np.uint32(np.bitwise_or.reduce(_BIT[np.frombuffer(word.encode(), np.uint8)]))


def _few(bits: NDArray[np.uint32], most: int) -> NDArray[np.bool_]:
    """Where at most so many bits are set."""
    for _ in range(most):
        bits = bits & (bits - np.uint32(1))  # without the lowest
    return np.equal(bits, 0)


def _spelled(lexicon: Lexicon, numbers: NDArray[np.intp]) -> list[str]:
    blob = memoryview(lexicon.blob)
    starts, stops = lexicon.offsets[numbers].tolist(), lexicon.offsets[numbers + 1].tolist()
    return [str(blob[start:stop], "utf-8") for start, stop in zip(starts, stops, strict=True)]
