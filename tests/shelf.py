"""An index that only keeps papers, as records, the way that any index has to: what imports rely on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from paperreader.index import IndexUnusable
from paperreader.paper import Paper
from paperreader.records import packed, unpacked


class Shelf:
    """The papers in one file; ordinals are their places."""

    def __init__(self, dumps: Iterable[str], records: list[str]) -> None:
        self.dumps = frozenset(dumps)
        self._papers = [unpacked(record.encode("latin-1")) for record in records]
        self._ordinals = {key: n for n, paper in enumerate(self._papers) for key in paper.keys}
        assert len({paper.id for paper in self._papers}) == len(self._papers)

    @classmethod
    def open(cls, folder: Path) -> Shelf:
        """What `build` or `update` left there."""
        try:
            return cls(*json.loads((folder / "shelf").read_text()))
        except FileNotFoundError:
            raise IndexUnusable("missing") from None

    def __len__(self) -> int:
        return len(self._papers)

    def find(self, key: str) -> int | None:
        """The ordinal of the paper with this key."""
        return self._ordinals.get(key)

    def paper(self, ordinal: int) -> Paper:
        """The paper with this ordinal."""
        return self._papers[ordinal]

    def papers(self) -> list[Paper]:
        """All of them, by id."""
        return sorted(self._papers)

    def close(self) -> None:
        """Nothing to do."""


updates = 0
"""How often an index was added to rather than built."""


def build(
    folder: Path, papers: Iterable[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    """As `paperreader.index.build`."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [packed(paper).decode("latin-1") for paper in papers]
    (folder / "shelf").write_text(json.dumps([sorted(dumps), records]))
    progress(0)


def update(
    folder: Path, papers: Iterable[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    """As `paperreader.index.update`."""
    global updates  # noqa: PLW0603
    updates += 1
    known = {paper.id: paper for paper in Shelf.open(folder).papers()}
    build(folder, (known | {paper.id: paper for paper in papers}).values(), dumps, progress)
