"""The names that can stand before a colon, and which of them somebody may have meant."""

from __future__ import annotations

from types import MappingProxyType

OF_WORDS = ("title", "abstract", "note", "author", "venue", "tag")
"""Fields that have words or phrases, one or several in parentheses."""
OF_VALUES = ("id", "is", "seen", "date", "cat", "upvotes")
"""Fields that have one value, such as `date:7d`."""
FIELDS = (*OF_WORDS, *OF_VALUES)

_ALSO_CALLED = MappingProxyType(
    {
        **dict.fromkeys(("published", "submitted", "year", "day", "month", "since"), "date"),
        **dict.fromkeys(("topic", "subject", "arxiv_category"), "cat"),
        **dict.fromkeys(("journal", "conference", "journal_ref", "booktitle"), "venue"),
        **dict.fromkeys(("votes", "likes", "score"), "upvotes"),
        **dict.fromkeys(("status", "state", "in", "has"), "is"),
        **dict.fromkeys(("comment", "comments"), "note"),
        **dict.fromkeys(("label", "keyword", "keywords"), "tag"),
        **dict.fromkeys(("by", "name"), "author"),
        **dict.fromkeys(("summary", "text", "body"), "abstract"),
        **dict.fromkeys(("arxiv", "doi"), "id"),
        **dict.fromkeys(("dumps", "sightings", "times"), "seen"),
    }
)
"""Names that other programs have for something like it."""
_SHORTEST = 2
_LIKE = 0.7
"""How much of a misspelt name must be right."""


def nearest(name: str) -> str:
    """The field that is called so elsewhere, shortened so, or nearly spelled so; "" when none is."""
    folded = name.casefold()
    if folded in FIELDS:
        return folded
    if folded in _ALSO_CALLED:
        return _ALSO_CALLED[folded]
    if len(folded) < _SHORTEST:
        return ""
    from difflib import get_close_matches

    akin = [field for field in FIELDS if field.startswith(folded) or folded.startswith(field)]
    return next(iter(akin or get_close_matches(folded, FIELDS, 1, _LIKE)), "")
