"""The papers of one segment: what Whoosh calls stored fields, and the columns by which papers are ordered.

Reading takes neither numpy nor Whoosh, and one paper costs the same in any segment. A record is compressed
by itself; a checksum is in it, so that a damaged one is noticed and not shown.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from paperreader.index.base import IndexUnusable
from paperreader.index.facets import FacetWriter
from paperreader.index.sections import Sections, SectionWriter
from paperreader.paper import Paper
from paperreader.records import packed, unpacked

if TYPE_CHECKING:
    from paperreader.index.compression import Decompressor

TITLE_WIDTH = 32
"""How much of each title, as it is sorted by, stands in the column of titles."""
_TOGETHER = 256
"""How many records are written at once."""
_MOST_UPVOTES = 2**32 - 1


class DocumentWriter:
    """Writes papers, one after another, into a file."""

    def __init__(self, file: BinaryIO) -> None:
        from paperreader.index.compression import Compressor

        self._out = SectionWriter(file)
        self._records = Compressor()
        self._waiting: list[bytes] = []
        """Compressed records, to be written together."""
        self._ends = array("Q", [0])
        self._ids = array("Q")
        self._aliases = array("Q")
        self._aliased = array("I")
        self._titles = bytearray()
        self._latest_day = array("I")
        self._latest_rank = array("I")
        self._sighting_starts = array("I", [0])
        self._sighting_days = array("I")
        self._sighting_dumps = array("I")
        self._dumps: dict[tuple[str, str], int] = {}
        self._upvotes = array("I")
        self._facets = FacetWriter()

    def __len__(self) -> int:
        return len(self._ids)

    def _keep(self, records: Iterable[bytes]) -> None:
        for record in records:
            self._ends.append(self._ends[-1] + len(record))
            self._waiting.append(record)
        if len(self._waiting) >= _TOGETHER:
            self._write()

    def _write(self) -> None:
        self._out.write(b"".join(self._waiting))
        self._waiting.clear()

    def add(self, paper: Paper, record: bytes | None = None) -> None:
        """Append a paper; `record` is what `packed` makes of it, for who has it already."""
        from paperreader.index.words import words

        number = len(self._ids)
        self._keep(self._records.add(packed(paper) if record is None else record))
        self._facets.add(number, paper)
        self._upvotes.append(max(0, min(paper.upvotes, _MOST_UPVOTES)))
        for alias in paper.keys[1:]:
            self._aliases.append(int(alias, 16))
            self._aliased.append(number)
        self._ids.append(int(paper.id, 16))
        title = " ".join(words(paper.title)).encode()
        self._titles += title[:TITLE_WIDTH].ljust(TITLE_WIDTH, b"\0")
        days = [seen.day.toordinal() for seen in paper.sightings]
        latest = max(days, default=1)
        self._latest_day.append(latest)
        self._latest_rank.append(
            min([s.rank for s, day in zip(paper.sightings, days, strict=True) if day == latest], default=0)
        )
        self._sighting_days.extend(days)
        self._sighting_starts.append(len(self._sighting_days))
        for seen in paper.sightings:
            self._sighting_dumps.append(self._dumps.setdefault((seen.dump, seen.name), len(self._dumps)))

    def finish(self) -> None:
        """Write everything else; the file is left open."""
        self._keep(self._records.finish())
        self._write()
        self._out.end("records")
        self._out.add("dictionary", self._records.dictionary)
        self._out.add("ends", self._ends)
        self._out.add("ids", self._ids)
        self._out.add("aliases", self._aliases)
        self._out.add("aliased", self._aliased)
        self._out.add("titles", self._titles)
        self._out.add("latest_day", self._latest_day)
        self._out.add("latest_rank", self._latest_rank)
        self._out.add("sighting_starts", self._sighting_starts)
        self._out.add("sighting_days", self._sighting_days)
        self._out.add("sighting_dumps", self._sighting_dumps)
        self._out.add_json("dumps", list(self._dumps))
        self._out.add("upvotes", self._upvotes)
        self._facets.write(self._out)
        self._out.finish()


class Documents:
    """The papers of a segment, by their document numbers."""

    def __init__(self, sections: Sections) -> None:
        """Raises ValueError for what `DocumentWriter` has not written."""
        self.sections = sections
        self._records = sections.view("records")
        self._ends = sections.view("ends")
        self._ids = sections.view("ids")

    @classmethod
    def open(cls, path: Path) -> Documents:
        """Raises OSError and IndexUnusable."""
        return cls(Sections.map(path))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @cached_property
    def _decompressor(self) -> Decompressor:
        from paperreader.index.compression import Decompressor

        return Decompressor(bytes(self.sections.sound("dictionary")))

    def paper(self, document: int) -> Paper:
        """The paper with this number. Raises IndexUnusable when its record is damaged."""
        return self.read(document)[0]

    def read(self, document: int) -> tuple[Paper, bytes]:
        """The same, with what `packed` makes of it."""
        try:
            record = self._decompressor(self._records[self._ends[document] : self._ends[document + 1]])
            paper = unpacked(record)
            if int(paper.id, 16) != self._ids[document]:
                raise ValueError("another one")
            return paper, record
        except (ValueError, TypeError, IndexError) as error:
            raise IndexUnusable("damaged: a paper cannot be read") from error
