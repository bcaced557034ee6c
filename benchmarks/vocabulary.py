"""Words that nobody has ever written, in the shape and the frequencies of those that people write."""

from __future__ import annotations

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

SIZE = 1_000_000
_LOG = math.log(SIZE)
_WORD = re.compile(r"[a-z]{4,}")
_SHORTEST, _LONGEST = 4, 16


class Vocabulary:
    """A million words, the word of rank r as frequent as 1/r, so that new ones never cease to come.

    Most are chains of letters, each drawn by the two before it as in the text given; some are such words
    joined to a real one by a hyphen, acronyms, and numbers.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._real = sorted({word for text in texts for word in _WORD.findall(text.lower())})
        after = defaultdict(list)
        for word in self._real:
            for at, letter in enumerate(word + "$"):
                after["^^"[at:] + word[max(0, at - 2) : at]].append(letter)
        self._after = dict(after)
        self.word = lru_cache(maxsize=1 << 18)(self._word)
        """The word of a rank from 1 to `SIZE`; always the same."""

    def drawn(self, chance: float) -> str:
        """The word for a number from 0 to 1."""
        return self.word(int(math.exp(chance * _LOG)))

    def _word(self, rank: int) -> str:
        chance = random.Random(rank)
        match chance.random():
            case kind if kind < 0.80:
                return self._chain(chance)
            case kind if kind < 0.90:
                return f"{chance.choice(self._real)}-{self._chain(chance)}"
            case kind if kind < 0.96:
                return "".join(chance.choices("ABCDEFGHIJKLMNOPRSTUVWXYZ", k=chance.randint(3, 5)))
        return str(chance.randint(1, 99_999))

    def _chain(self, chance: random.Random) -> str:
        while True:
            word = "^^"
            while (letter := chance.choice(self._after[word[-2:]])) != "$" and len(word) < _LONGEST + 2:
                word += letter
            if len(word) >= _SHORTEST + 2:
                return word[2:]
