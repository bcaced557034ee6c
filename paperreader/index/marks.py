"""What a query matches in the texts that are shown."""

from __future__ import annotations

from collections.abc import Iterable

from paperreader.index.base import FIELDS
from paperreader.index.patterns import Pattern
from paperreader.index.query import Text
from paperreader.index.words import word_spans


class Marks:
    """Finds words and phrases, as those of a query, in any text."""

    def __init__(self, texts: Iterable[Text]) -> None:
        forms = [form for text in texts for form in text.forms()]
        self._patterns = {
            field: [Pattern(form) for form in forms if form.field in ("", field)] for field in FIELDS
        }

    def spans(self, text: str, field: str) -> list[tuple[int, int]]:
        """Where in a text, as it is shown, the matches begin and end; in order and apart from each other.

        The field, "title", "abstract" or "note", is the one that the text is shown for: what is
        asked of another one is not marked.
        """
        patterns = self._patterns[field]
        if not patterns:
            return []
        pieces = word_spans(text)
        rows = [[word for piece in pieces for word in piece.words]]
        rows += [[word] for piece in pieces for word in piece.beside]
        found = []
        for row in rows:
            words = [word for word, _, _ in row]
            for pattern in patterns:
                found += [(row[at][1], row[at + pattern.length - 1][2]) for at in pattern.find(words)]
        return _apart(found)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap in one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
