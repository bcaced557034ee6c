"""Where the words of a query stand in a text."""

from __future__ import annotations

from collections.abc import Sequence

from paperreader.index.query import Text
from paperreader.index.stems import stem


class Pattern:
    """Finds a word, or words in a row: complete words by their stems, one being typed by its beginning."""

    def __init__(self, text: Text) -> None:
        complete = text.words[:-1] if text.prefix else text.words
        self._stems = tuple(map(stem, complete))
        self._prefix = text.words[-1] if text.prefix else ""
        self._word = text.words[0]
        self._edits = text.fuzzy
        self.length = len(text.words)
        """How many words it finds in a row."""
        if text.fuzzy:
            from paperreader.index.spelling import within

            self._within = within

    def find(self, words: Sequence[str]) -> list[int]:
        """Where in these words it begins."""
        if self._edits:
            return [at for at, word in enumerate(words) if self._within(self._word, word, self._edits)]
        starts: Sequence[int] = range(len(words) - self.length + 1)
        for place, stemmed in enumerate(self._stems):
            starts = [at for at in starts if stem(words[at + place]) == stemmed]
        if self._prefix:
            last = self.length - 1
            starts = [at for at in starts if words[at + last].startswith(self._prefix)]
        return list(starts)
