"""What everything else speaks of: papers, and where and when they were sighted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

LATELY: Final = 30
"""Days, the newest one included, that trends are seen in."""

MOST_LINKS: Final = 32
"""How many links of one paper are kept; nobody goes through more."""


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
    upvotes: int = 0
    """What the dump said then; 0 also when it does not say."""
    comments: int = 0
    """Likewise."""


class Details(NamedTuple):
    """What is known of a paper beside its text; empty where no dump says it."""

    authors: tuple[str, ...] = ()
    """Their names, given name first where the dump tells, in the paper's order."""
    arxiv_id: str = ""
    """Such as "2401.01234" or "hep-th/9901001": no prefix, no version."""
    categories: tuple[str, ...] = ()
    """Such as "cs.CL"; the primary one first."""
    links: tuple[str, ...] = ()
    """Web addresses given with it, sorted: code, project page, PDF."""
    doi: str = ""
    """In lower case, beginning with "10."."""
    venue: str = ""
    """The journal, the conference or the book."""
    published: date | None = None
    """When the paper itself appeared, at arXiv or with its publisher."""
    submitted: date | None = None
    """When somebody proposed it for the list, as the list says it."""
    listed: date | None = None
    """When it was on the list."""
    updated: date | None = None
    """Of which day this version of the text is."""
    ai_summary: str = ""
    """One sentence, written by a machine."""
    keywords: tuple[str, ...] = ()


class Paper(NamedTuple):
    """One work, however many dumps it was sighted in."""

    id: str
    """The identity, which does not depend on which dump came first: see `identity`."""
    title: str
    abstract: str
    sightings: tuple[Sighting, ...] = ()
    """Sorted by day, one for each dump."""
    details: Details = Details()
    aliases: tuple[str, ...] = ()
    """The ids of its other titles, sorted; see `keys`."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every id that means this paper, its own first. Annotations may stand under any of them."""
        if not self.details.arxiv_id:
            return (self.id, *self.aliases)
        arxiv = arxiv_key(self.details.arxiv_id)
        return (self.id, *self.aliases, *([arxiv] if arxiv != self.id else []))

    @property
    def upvotes(self) -> int:
        """The most that any dump has counted."""
        return max((s.upvotes for s in self.sightings), default=0)

    @property
    def comments(self) -> int:
        """The most that any dump has counted."""
        return max((s.comments for s in self.sightings), default=0)

    @property
    def seen(self) -> int:
        """In how many lists it was: dumps of one name and day are one list, which had grown."""
        return len({(s.day, s.name) for s in self.sightings})

    def seen_lately(self, newest: date) -> int:
        """In how many of the last `LATELY` days' lists, up to the newest day of all."""
        days = {(s.day, s.name) for s in self.sightings if s.day != date.min}
        return sum(0 <= (newest - day).days < LATELY for day, _ in days)

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
_GREEK: Final = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
_LATEX_LETTERS: Final = {
    **dict(zip(_GREEK, "αβγδεζηθικλμνξπρστυφχψω", strict=True)),
    **{"o": "ø", "l": "ł", "ss": "ß", "ae": "æ", "oe": "œ", "aa": "å", "i": "i", "j": "j", "ell": "l"},
}
_LATEX_LETTER = rf"\\(?:var)?({'|'.join(_LATEX_LETTERS)})(?![A-Za-z])\s?"
_LATIN_ACCENT = "[\u0300-\u036f]"
_NOT_WORD = r"[\W_]+"
_ASCII_NOT_WORD: Final = dict.fromkeys(n for n in range(128) if not chr(n).isalnum())


def title_key(title: str) -> str:
    """The title as it is compared: no case, white space, punctuation, accents or LaTeX mark-up.

    A title made of nothing but punctuation is compared as it stands.
    """
    text = title
    if "\\" in text:
        text = re.sub(_LATEX_ACCENT, lambda m: m[1] or m[2], text)
        text = re.sub(_LATEX_LETTER, lambda m: _LATEX_LETTERS[m[1].lower()], text, flags=re.IGNORECASE)
        text = re.sub(_LATEX_COMMAND, "", text)
    if text.isascii():
        text = text.lower().translate(_ASCII_NOT_WORD)
    else:
        text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKC", re.sub(_LATIN_ACCENT, "", text))
        text = re.sub(_NOT_WORD, "", text)
    return text or " ".join(title.split())


def paper_id(title: str) -> str:
    """16 hex digits that are the same for every spelling of one title, on every machine."""
    return _hashed(title_key(title))


def arxiv_key(arxiv_id: str) -> str:
    """16 hex digits for an arXiv identifier; no title has the same."""
    return _hashed(f"arxiv:{arxiv_id}")


def _hashed(key: str) -> str:
    import hashlib

    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def merge(papers: Iterable[Paper]) -> Paper:
    """One paper out of several that are the same; the order in which they come does not matter.

    The text is that of the latest version, where versions are known, else the longest, so that a
    dump cut short never takes away what another one said. Raises ValueError when there is none.
    """
    known = list(papers)
    best = max(
        known,
        key=lambda p: (p.abstract != "", _ordinal(p.details.updated), len(p.abstract), p.abstract, p.title),
    )
    by_dump: dict[str, Sighting] = {}
    for sighting in sorted(s for p in known for s in p.sightings):
        by_dump.setdefault(sighting.dump, sighting)
    details = merge_details([p.details for p in known])._replace(updated=best.details.updated)
    arxiv = arxiv_key(details.arxiv_id) if details.arxiv_id else ""
    titles = sorted({key for p in known for key in (p.id, *p.aliases)} - {arxiv}) or [arxiv]
    return Paper(
        titles[0], best.title, best.abstract, tuple(sorted(by_dump.values())), details, tuple(titles[1:])
    )


def merge_details(known: Sequence[Details]) -> Details:
    """What all of them say together: of two lists or texts the longer one, of two days the first."""
    if len(set(known)) == 1:
        return known[0]

    def fullest(values: Iterable[Any]) -> Any:
        return max(values, key=lambda value: (len(value), value))

    def first(values: Iterable[date | None]) -> date | None:
        return min(filter(None, values), default=None)

    links = sorted({link for details in known for link in details.links})[:MOST_LINKS]
    return Details(
        authors=fullest(d.authors for d in known),
        arxiv_id=fullest(d.arxiv_id for d in known),
        categories=fullest(d.categories for d in known),
        links=tuple(links),
        doi=fullest(d.doi for d in known),
        venue=fullest(d.venue for d in known),
        published=first(d.published for d in known),
        submitted=first(d.submitted for d in known),
        listed=first(d.listed for d in known),
        updated=first(d.updated for d in known),
        ai_summary=fullest(d.ai_summary for d in known),
        keywords=fullest(d.keywords for d in known),
    )


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()
