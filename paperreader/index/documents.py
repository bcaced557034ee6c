"""The papers of one segment: what Whoosh calls stored fields, and the columns by which papers are ordered.

Reading takes the standard library only, and one paper costs the same in any segment. A record is
compressed by itself, with the segment's first few as its dictionary; zlib's checksum is in it, so
that a damaged one is noticed and not shown.
"""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from typing import BinaryIO

from paperreader.index.base import IndexUnusable
from paperreader.index.facets import FacetWriter
from paperreader.index.sections import Sections, SectionWriter
from paperreader.paper import Paper
from paperreader.records import from_record, to_record

TITLE_WIDTH = 32
"""How much of each title, as it is sorted by, stands in the column of titles."""
_DICTIONARY = 4096
_LEVEL = 3
_WINDOW, _MEMORY = 13, 7
"""Enough for the dictionary and a record; the more there is to set up, the longer each record takes."""
_MOST_UPVOTES = 2**32 - 1

_to_json = json.JSONEncoder(separators=(",", ":")).encode


class DocumentWriter:
    """Writes papers, one after another, into a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._out = SectionWriter(file)
        self._held: list[bytes] = []
        """The first records, which are to be the dictionary of all."""
        self._held_size = 0
        self._dictionary: bytes | None = None
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

    def add(self, paper: Paper) -> None:
        """Append a paper."""
        from paperreader.index.words import words

        self._facets.add(len(self._ids), paper)
        self._upvotes.append(max(0, min(paper.upvotes, _MOST_UPVOTES)))
        for alias in paper.keys[1:]:
            self._aliases.append(int(alias, 16))
            self._aliased.append(len(self._ids))
        self._ids.append(int(paper.id, 16))
        title = " ".join(words(paper.title)).encode()
        self._titles += title[:TITLE_WIDTH].ljust(TITLE_WIDTH, b"\0")
        day, rank = min(((-s.day.toordinal(), s.rank) for s in paper.sightings), default=(-1, 0))
        self._latest_day.append(-day)
        self._latest_rank.append(rank)
        for seen in paper.sightings:
            dump = self._dumps.setdefault((seen.dump, seen.name), len(self._dumps))
            self._sighting_days.append(seen.day.toordinal())
            self._sighting_dumps.append(dump)
        self._sighting_starts.append(len(self._sighting_days))
        # as ASCII, so that not even a lone surrogate can stop it
        self._write(_to_json(to_record(paper)).encode())

    def _write(self, record: bytes) -> None:
        if self._dictionary is not None:
            self._compress(record)
            return
        self._held.append(record)
        self._held_size += len(record)
        if self._held_size >= _DICTIONARY:
            self._release()

    def _release(self) -> None:
        """Make a dictionary of the records held back, and write them."""
        self._dictionary = b"".join(self._held)[-_DICTIONARY:]
        for record in self._held:
            self._compress(record)
        self._held.clear()

    def _compress(self, record: bytes) -> None:
        import zlib

        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, 0, self._dictionary or b"")
        size = self._out.write(deflate.compress(record) + deflate.flush())
        self._ends.append(self._ends[-1] + size)

    def finish(self) -> None:
        """Write everything else; the file is left open."""
        if self._dictionary is None:
            self._release()
        self._out.end("records")
        self._out.add("dictionary", self._dictionary or b"")
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
        self._dictionary = bytes(sections.sound("dictionary"))

    @classmethod
    def open(cls, path: Path) -> Documents:
        """Raises OSError and IndexUnusable."""
        return cls(Sections.map(path))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def paper(self, document: int) -> Paper:
        """The paper with this number. Raises IndexUnusable when its record is damaged."""
        import zlib

        record = self._records[self._ends[document] : self._ends[document + 1]]
        try:
            inflate = zlib.decompressobj(15, self._dictionary)
            text = inflate.decompress(record)
            if not inflate.eof or inflate.unused_data:  # then its checksum was not seen, or not its own
                raise ValueError("cut wrongly")
            paper = from_record(json.loads(text))
            if int(paper.id, 16) != self._ids[document]:
                raise ValueError("another one")
            return paper
        except (zlib.error, ValueError, TypeError, IndexError) as error:
            raise IndexUnusable("damaged: a paper cannot be read") from error
