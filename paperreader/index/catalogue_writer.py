"""Writes the catalogue, paper by paper; only what is sorted by is kept in memory."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import BinaryIO

from paperreader.index.sections import SectionWriter
from paperreader.index.words import words
from paperreader.paper import Paper

NO_PAPER = 0xFFFFFFFF
"""The ordinal that no paper has."""

_to_json = json.JSONEncoder(separators=(",", ":")).encode


class CatalogueWriter:
    """Writes a catalogue to a file; the papers' ordinals are the order in which they are added."""

    def __init__(self, file: BinaryIO) -> None:
        self._out = SectionWriter(file)
        self._offsets = array("Q", [0])
        self._ids: list[str] = []
        self._titles: list[str] = []
        self._latest: list[tuple[int, int]] = []
        """For each paper: its last day, negated, and its rank in that day's dump."""
        self._seen = array("I")
        self._dumps: dict[tuple[str, str], int] = {}
        self._dump_papers: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        self._day_papers: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def sightings(self) -> int:
        """Of all papers together."""
        return sum(self._seen)

    def add(self, paper: Paper) -> None:
        """Write a paper; its ordinal is how many were written before."""
        n = len(self._ids)
        sightings = []
        for seen in paper.sightings:
            dump = self._dumps.setdefault((seen.dump, seen.name), len(self._dumps))
            self._dump_papers[dump].append(n)
            sightings.append((seen.day.toordinal(), dump, seen.rank, int(seen.inferred)))
        for day in paper.days:
            self._day_papers[day.toordinal()].append(n)
        # as ASCII, so that not even a lone surrogate can stop it
        record = _to_json((paper.id, paper.title, paper.abstract, sightings)).encode()
        self._out.write(record)
        self._offsets.append(self._offsets[-1] + len(record))
        self._ids.append(paper.id)
        self._titles.append(" ".join(words(paper.title)))
        self._latest.append(min(((-s.day.toordinal(), s.rank) for s in paper.sightings), default=(-1, 0)))
        self._seen.append(len(paper.sightings))

    def finish(self, documents: array[int]) -> None:
        """Write everything else; the file is left open.

        `documents` are the ordinals of the documents in the index of words, `NO_PAPER` for deleted
        ones; empty when every document has the number of its paper.
        """
        self._out.end("papers")
        self._out.add("offsets", self._offsets)
        self._out.add("documents", documents)
        self._add_ids()
        self._add_orders()
        self._out.add("seen", self._seen)
        days = sorted(self._day_papers)
        self._out.add("days", array("I", days))
        self._add_lists("day", [self._day_papers[day] for day in days])
        self._out.add("dumps", _to_json(list(self._dumps)).encode())
        self._add_lists("dump", [self._dump_papers[dump] for dump in self._dumps.values()])
        self._out.finish()

    def _add_ids(self) -> None:
        """All ids in order, padded to one width, and whose they are."""
        by_id = sorted(range(len(self)), key=self._ids.__getitem__)
        ids = [self._ids[n].encode("utf-8", "surrogatepass") for n in by_id]
        width = max(map(len, ids), default=0)
        self._out.add("ids", b"".join(paper_id.ljust(width, b"\0") for paper_id in ids))
        self._out.add("by_id", array("I", by_id))

    def _add_orders(self) -> None:
        everyone = range(len(self))
        by_date = sorted(everyone, key=lambda n: (self._latest[n], self._ids[n]))
        self._out.add("date", array("I", by_date))
        self._out.add("title", array("I", sorted(everyone, key=lambda n: (self._titles[n], self._ids[n]))))
        self._out.add("trending", array("I", sorted(by_date, key=lambda n: -self._seen[n])))

    def _add_lists(self, name: str, lists: Sequence[array[int]]) -> None:
        """Lists of ordinals one after another, and where each begins; the last one's end as well."""
        starts = array("I", [0])
        for papers in lists:
            self._out.write(papers.tobytes())
            starts.append(starts[-1] + len(papers))
        self._out.end(f"{name}_papers")
        self._out.add(f"{name}_starts", starts)
