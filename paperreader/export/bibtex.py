"""A paper as a BibTeX entry."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from string import ascii_lowercase

from paperreader.latex import unlatex
from paperreader.links import arxiv_url
from paperreader.paper import Details, Paper
from paperreader.text import one_line

_ESCAPED = str.maketrans(
    {
        **{c: f"\\{c}" for c in "$&#%_"},
        **{"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"},
        # Not \{ and \}: BibTeX counts those too when it looks for the end of a field.
        **{"{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
    }
)
_SMALL_WORDS = frozenset(
    ("a", "an", "the", "on", "of", "in", "at", "to", "for", "from", "with", "and", "is", "are")
)


_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_LONG = 4
"""Letters of a word that tells one paper from another."""


def bibtex(paper: Paper, taken: set[str] | None = None) -> str:
    """One `@misc` entry; where no dump says more, without authors, and of the year of the first sighting.

    Its key is none of those that are `taken`, and is put there.
    """
    title = one_line(unlatex(paper.title))
    # a paper of which more is known may come from anywhere
    known = paper.details != Details()
    fields = {
        "title": f"{{{title.translate(_ESCAPED)}}}",
        **({"howpublished": "Seen on Hugging Face Daily Papers"} if not known else {}),
    }
    year = ""
    if paper.details.authors:
        fields["author"] = " and ".join(one_line(name).translate(_ESCAPED) for name in paper.details.authors)
    if paper.details.venue:
        fields["note"] = one_line(paper.details.venue).translate(_ESCAPED)
    if paper.days and not known:
        fields["howpublished"] += f", {paper.days[0].isoformat()}"
    if dated := paper.details.published or next(iter(paper.days), None):
        fields["year"] = year = str(dated.year)
    if paper.details.doi:
        fields["doi"] = one_line(paper.details.doi).translate(_ESCAPED)
    if paper.details.arxiv_id:
        fields |= {"eprint": paper.details.arxiv_id, "archiveprefix": "arXiv"}
    if url := arxiv_url(paper):
        fields["url"] = url
    if abstract := one_line(unlatex(paper.abstract)):
        fields["abstract"] = abstract.translate(_ESCAPED)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    key = _unlike(_key(title, next(iter(paper.details.authors), ""), year), taken)
    return "\n".join([f"@misc{{{key},", *lines, "}\n"])


def _key(title: str, author: str, year: str) -> str:
    """Such as wang2026learning; without an author, a word of the title and the year."""
    words = [word for word in _words(title) if word not in _SMALL_WORDS]
    first = next(iter(words), "paper")
    if family := _family(author):
        return family + year + next((word for word in words if len(word) >= _LONG), first)
    return first + year


def _family(author: str) -> str:
    """The last part of the family name in ASCII letters, "" where it has none."""
    before, comma, _ = author.partition(",")
    parts = [part for part in map("".join, map(_words, (before if comma else author).split())) if part]
    names = [part for part in parts if part not in _SUFFIXES] or parts
    return names[-1] if names else ""


def _words(text: str) -> list[str]:
    """The words in small ASCII letters and digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


def _unlike(key: str, taken: set[str] | None) -> str:
    """The key, followed by a letter or a number where it is taken."""
    if taken is None:
        return key
    suffixes = chain(("",), ascii_lowercase[1:], map(str, count(2)))
    found = next(each for each in (key + suffix for suffix in suffixes) if each not in taken)
    taken.add(found)
    return found
