"""The program's own index, called as `paperreader.library` calls it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from benchmarks import corpus
from benchmarks.corpus import Record
from benchmarks.engines import SHOWN, Answer, is_read, starred
from paperreader import index


def build(folder: Path, records: Iterable[Record]) -> None:
    """Papers go in one by one, as they are read."""
    index.build(folder, corpus.papers(records), [], lambda _: None)


def settle(folder: Path) -> None:
    """Merge segments, as the program does beside the screen."""
    while index.tidy(folder):
        pass


class Reader:
    """The index with a reader's marks."""

    def __init__(self, folder: Path) -> None:
        # as in the program, Whoosh is not imported: only who writes needs it
        self.index = index.Index.open(folder)
        self.states: dict[str, index.Members] = {}

    def answer(self, text: str) -> Answer:
        """What `Library.search` does, and what the list shows of it."""
        from paperreader.index.query import parse  # noqa: PLC0415 - as there: the first search pays for it

        query = parse(text, date.today())
        hits = self.index.search(
            query,
            sort="relevance" if query.scored else "date",
            states=self.states,
            notes={},
            notes_version=0,
            cancelled=lambda: False,
        )
        papers = [self.index.paper(n) for n in hits.ordinals[:SHOWN]]
        return len(hits.ordinals), [(paper.title, paper.abstract) for paper in papers]

    def prepare(self) -> None:
        """What the library looks up in the annotations."""
        numbers = range(len(self.index))
        self.states = {
            "starred": index.Members.of(filter(starred, numbers)),
            "read": index.Members.of(filter(is_read, numbers)),
        }

    def forget(self) -> None:
        """What the index itself offers for it."""
        forget = getattr(self.index, "forget", None)
        if forget:
            forget()

    def close(self) -> None:
        """Let go of the files."""
        self.index.close()


open = Reader  # noqa: A001 - as in `Engine`
