"""A paper as Markdown."""

from __future__ import annotations

import re

from paperreader.latex import unlatex
from paperreader.links import links
from paperreader.paper import Paper
from paperreader.text import clean, one_line


def markdown(paper: Paper, note: str) -> str:
    """A heading, when it was seen, the abstract as a quotation, and the note as its writer wrote it."""
    parts = [f"# {_escaped(one_line(unlatex(paper.title))) or 'Untitled'}"]
    if paper.days:
        parts.append(f"Seen on {', '.join(day.isoformat() for day in paper.days)}")
    abstract = _escaped(re.sub(r"[ \t]*\n[ \t]*", "\n", clean(unlatex(paper.abstract)).strip()))
    if abstract:
        parts.append("\n".join(f"> {line}".rstrip() for line in abstract.split("\n")))
    if note.strip():
        parts.append(clean(note).strip("\n"))
    return "\n\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    """The text with everything escaped that Markdown or HTML would take for its own, and working links."""
    parts = []
    end = 0
    for link in links(text):
        parts += [_escaped_words(text[end : link.start]), f"<{link.url}>"]
        end = link.end
    parts.append(_escaped_words(text[end:]))
    # At the beginning of a line these make lists and headings.
    return re.sub(r"^(\d+(?=[.)])|(?=[-+=]))", r"\1\\", "".join(parts), flags=re.MULTILINE)


def _escaped_words(text: str) -> str:
    return re.sub(r"[\\`*_\[\]<>#|~$&!]", r"\\\g<0>", text)
