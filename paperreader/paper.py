"""What everything else speaks of: papers, and where and when they were sighted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Sighting(NamedTuple):
    """One paper in one dump."""

    day: date
    """The day on which the page was seen; not the day of publication. `date.min` when unknown."""
    dump: str
    """The id of the dump: 16 hex digits of the hash of its text."""
    rank: int
    """The paper's place in the dump, from 1."""
    name: str
    """The dump's name as a person knows it, without the hash."""
    inferred: bool = False
    """Whether the year is a guess, because neither the dump nor its name says it."""


class Paper(NamedTuple):
    """One work, however many dumps it was sighted in."""

    id: str
    """The identity, which does not depend on which dump came first: see `paper_id`."""
    title: str
    abstract: str
    sightings: tuple[Sighting, ...] = ()
    """Sorted by day, one for each dump."""

    @property
    def first_day(self) -> date:
        """The day of the first sighting; `date.min` when no dump has the paper or gives a day."""
        return min((s.day for s in self.sightings), default=date.min)

    @property
    def last_day(self) -> date:
        """The day of the latest sighting; `date.min` when no dump has the paper or gives a day."""
        return max((s.day for s in self.sightings), default=date.min)

    @property
    def days(self) -> tuple[date, ...]:
        """The known days of its sightings, without repetition, in order."""
        return tuple(sorted({s.day for s in self.sightings if s.day != date.min}))


# Patterns, and not compiled ones: most runs of the program need none of them to show their first frame.
_LATEX_ACCENT = r"\\[`'^\"~=.]\s*\{?\s*([A-Za-z])\s*\}?|\\[Hckruv]\s*\{\s*([A-Za-z])\s*\}"
_LATEX_COMMAND = r"\\[A-Za-z]+\*?\s?"
_LATIN_ACCENT = "[\u0300-\u036f]"
_NOT_WORD = r"[\W_]+"


def title_key(title: str) -> str:
    """The title as it is compared: no case, white space, punctuation, accents or LaTeX mark-up.

    A title made of nothing but punctuation is compared as it stands.
    """
    text = re.sub(_LATEX_ACCENT, lambda m: m[1] or m[2], title)
    text = re.sub(_LATEX_COMMAND, "", text)
    text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFKC", re.sub(_LATIN_ACCENT, "", text))
    return re.sub(_NOT_WORD, "", text) or " ".join(title.split())


def paper_id(title: str) -> str:
    """16 hex digits that are the same for every spelling of one title, on every machine."""
    import hashlib

    return hashlib.sha256(title_key(title).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def merge(papers: Iterable[Paper]) -> Paper:
    """One paper out of several with one id; the order in which they come does not matter.

    The text is that of the one with the longest abstract, so that a dump cut short never
    takes away what another one said. Raises ValueError when there is none.
    """
    known = list(papers)
    best = max(known, key=lambda p: (len(p.abstract), p.abstract, p.title))
    by_dump: dict[str, Sighting] = {}
    for sighting in sorted(s for p in known for s in p.sightings):
        by_dump.setdefault(sighting.dump, sighting)
    return Paper(best.id, best.title, best.abstract, tuple(sorted(by_dump.values())))
