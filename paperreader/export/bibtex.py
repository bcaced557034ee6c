"""A paper as a BibTeX entry."""

from __future__ import annotations

import re
import unicodedata

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


def bibtex(paper: Paper) -> str:
    """One `@misc` entry; where no dump says more, without authors, and of the year of the first sighting."""
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
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{_key(title)}{year},", *lines, "}\n"])


def _key(title: str) -> str:
    """The first word of the title that says something, in ASCII letters and digits."""
    words = re.findall(
        r"[a-z0-9]+", unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    )
    return next((word for word in words if word not in _SMALL_WORDS), "paper")
