"""A stock Whoosh index of papers, with nothing of ours in it but what counts as a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in

from paperreader.index.words import indexed, pieces
from paperreader.paper import Paper

NO_PLACE = 1_000_000
"""Words that have no place come after all others, none of them beside another one."""


class OurWords(Analyzer):  # type: ignore[misc]
    """The words of `paperreader.index.words`, as Whoosh's analyzers give them."""

    def __call__(self, value: str, positions: bool = False, mode: str = "", **_: Any) -> Iterator[Token]:
        found = [indexed(piece) for piece in pieces(value)]
        for place, word in enumerate(word for each in found for word in each.words):
            yield self._token(word, place)
        # after all others, since Whoosh takes the places of a word to ascend
        beside = [word for each in found for word in each.beside] if mode != "query" else []
        for place, word in enumerate(beside):
            yield self._token(word, NO_PLACE + 2 * place)

    def _token(self, word: bytes, place: int) -> Token:
        return Token(text=word.decode(), pos=place, startchar=0, endchar=0, boost=1.0, stopped=False)


def stock(folder: Path, papers: Iterable[Paper]) -> Any:
    """Whoosh's own index of papers."""
    folder.mkdir()
    text = TEXT(analyzer=OurWords(), phrase=True)
    index = create_in(folder, Schema(id=ID(stored=True), title=text, abstract=text))
    writer = index.writer()
    for each in papers:
        writer.add_document(id=each.id, title=each.title, abstract=each.abstract)
    writer.commit()
    return index
