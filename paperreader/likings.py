"""Papers that are like others: near the one that is open, or to the taste of whoever stars and skips."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from paperreader.index import Alike
from paperreader.searched import Searched

STARS_NEEDED: Final = 5
"""So many stars tell a taste; fewer could only be guessed from."""
_WORDS: Final = 120
_WORDS_OF_ONE: Final = 25
_NEAREST: Final = 100
_LESS: Final = 0.5
"""What a paper counts that was noted or put off, beside a starred one."""


def similar(searched: Searched, ordinal: int, cancelled: Callable[[], bool]) -> Alike:
    """The papers nearest to one."""
    liked = {ordinal: 1.0}
    return searched.alike(liked, excluded=liked, words=_WORDS_OF_ONE, most=_NEAREST, cancelled=cancelled)


def for_you(
    searched: Searched, states: Mapping[str, Collection[int]], cancelled: Callable[[], bool]
) -> Alike | None:
    """What is neither read nor judged, by what was starred, noted, put off and skipped.

    None where there are fewer stars than needed.
    """
    starred = states["starred"]
    if len(starred) < STARS_NEEDED:
        return None
    liked = dict.fromkeys((*states["noted"], *states["later"]), _LESS) | dict.fromkeys(starred, 1.0)
    disliked = frozenset(states["skipped"]) - liked.keys()
    excluded = {*states["judged"], *liked, *searched.orphaned}
    return searched.alike(liked, disliked, excluded=excluded, words=_WORDS, cancelled=cancelled)


def words_of(
    searched: Searched, starred: Collection[int], most: int, cancelled: Callable[[], bool]
) -> Mapping[str, float]:
    """The words that set the starred papers apart from all others, at most so many, the heaviest first."""
    if not starred:
        return {}
    liked = dict.fromkeys(starred, 1.0)
    profile = searched.alike(liked, excluded=liked, words=most, most=0, cancelled=cancelled).profile
    return {word: weight for word, weight in profile.words.items() if weight > 0}
