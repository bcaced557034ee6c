"""Stock Whoosh with a stemming analyzer, as its documentation has it; for the build rate only.

It answers whole words, without ranking prefixes: it is not to be typed into.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from whoosh import index
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import NUMERIC, TEXT, Schema
from whoosh.qparser import MultifieldParser

from benchmarks.corpus import Record
from benchmarks.engines import SHOWN, Answer
from benchmarks.engines.asked import SCORED


def build(folder: Path, records: Iterable[Record]) -> None:
    """One writer, one commit, and more memory than it takes by itself."""
    folder.mkdir(parents=True)
    text = TEXT(analyzer=StemmingAnalyzer(), stored=True)
    made = index.create_in(str(folder), Schema(title=text, abstract=text, day=NUMERIC(stored=True)))
    writer = made.writer(limitmb=512)
    for record in records:
        writer.add_document(title=record.title, abstract=record.abstract, day=record.days[-1].toordinal())
    writer.commit()


class Reader:
    """A searcher."""

    def __init__(self, folder: Path) -> None:
        self.index = index.open_dir(str(folder))
        self.searcher = self.index.searcher()
        self.parser = MultifieldParser(SCORED, self.index.schema, {"title": 2.0, "abstract": 1.0})

    def answer(self, text: str) -> Answer:
        """What its own parser makes of the text."""
        found = self.searcher.search(self.parser.parse(text), limit=SHOWN)
        return len(found), [(hit["title"], hit["abstract"]) for hit in found]

    def prepare(self) -> None:
        """It is nowhere."""

    def forget(self) -> None:
        """Nothing is remembered."""

    def close(self) -> None:
        """Let go of the files."""
        self.searcher.close()
        self.index.close()


open = Reader  # noqa: A001 - as in `Engine`
