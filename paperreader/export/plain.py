"""A paper as plain text."""

from __future__ import annotations

from paperreader.latex import unlatex
from paperreader.paper import Paper
from paperreader.text import clean, one_line


def title_and_abstract(paper: Paper) -> str:
    """The title, an empty line, and the abstract, as the reader shows them."""
    return f"{one_line(unlatex(paper.title))}\n\n{clean(unlatex(paper.abstract)).strip()}\n"
