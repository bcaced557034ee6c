"""The language of the filter as it is told to people: in the help, in the line of keys, in the README."""

from __future__ import annotations

from typing import NamedTuple


class Phrase(NamedTuple):
    """Something that can be typed in the filter."""

    typed: tuple[str, ...]
    """Examples, each of them a query or the beginning of one."""
    finds: str


LANGUAGE = (
    Phrase(("sparse attention",), "both words, anywhere, in notes too; the last as far as it is typed"),
    Phrase(('"sparse attention"',), "these words in a row"),
    Phrase(("title:attention", "abstract:", "note:"), "in that part only"),
    Phrase(("-bert",), "without this word"),
    Phrase(("a OR b", "(a OR b) c"), "one of them; ( ) holds together"),
    Phrase(("a AND b", "NOT a"), "as a b, and as -a; upper case tells them from words"),
    Phrase(("neuro*",), "all words that begin so"),
    Phrase(("atention~", "atention~1"), "words spelled nearly like it, by two letters or by one"),
    Phrase(
        ("author:hinton", "venue:neurips", "cat:cs.CL", "id:2401.01234", "upvotes:>20"),
        "what else is known of a paper",
    ),
    Phrase(
        ("is:starred", "is:noted", "is:tagged", "is:read", "is:unread", "is:skipped", "is:later"),
        "what you did to it",
    ),
    Phrase(("is:judged",), "starred, read, skipped or later"),
    Phrase(("is:new", "is:again"), "new since the last visit; seen again since"),
    Phrase(("tag:replay", 'tag:"to read"'), "put under that tag"),
    Phrase(("date:7d", "date:2026-08", "date:>=2026-08-01"), "seen on these days"),
    Phrase(("seen:>2",), "seen in more than two dumps"),
)
"""All of it, the most useful first."""

HINT = '"in a row"   -not   OR   title:   is:starred   tag:   date:7d'
"""Enough of it for one line."""
