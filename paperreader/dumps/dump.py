"""What a dump holds: entries, as they are read, and the facts about it, when all has been read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from paperreader.paper import Details, Paper, Sighting, merge, paper_id


class NotADump(ValueError):  # noqa: N818 - it is caught where that reads well
    """Bytes that are no dump; its text is one reason for people, without the file's name."""


class Entry(NamedTuple):
    """One paper as a dump gives it, made harmless by `paperreader.text`."""

    title: str
    """On one line."""
    abstract: str
    """Flowing text: the line ends of a hard-wrapped paragraph are gone. "" where there is none."""
    rank: int
    """The place in the dump, from 1."""
    details: Details = Details()
    day: date | None = None
    """The day on which this paper was seen; None: that of the dump."""
    upvotes: int = 0
    comments: int = 0

    def paper(self, dump: Dump, paper_id: str) -> Paper:
        """The paper as this dump alone knows it."""
        seen = Sighting(
            self.day or dump.day,
            dump.id,
            self.rank,
            dump.name,
            dump.inferred and self.day is None,
            self.upvotes,
            self.comments,
        )
        return Paper(paper_id, self.title, self.abstract, (seen,), self.details)


class Dump(NamedTuple):
    """One file as it came from outside: where and when which papers were listed."""

    id: str
    """16 hex digits of a hash of what it says, the same however it is compressed; that of a page is
    also the same with other line ends."""
    name: str
    """A safe file name without the id: a file of this name with the same bytes gives the same dump."""
    day: date
    """The day on which the dump was seen; `date.min` when unknown."""
    inferred: bool
    """Whether the year is a guess, because neither the text nor the name says it."""
    entries: tuple[Entry, ...]
    """Empty where they were not kept: see `Reading`."""
    problems: tuple[str, ...]
    """One line for people about each thing that was left out or looks wrong."""

    def papers(self) -> Iterator[Paper]:
        """One paper with one sighting for each distinct title of the dump, in its order."""
        by_id: dict[str, list[Paper]] = {}
        for entry in self.entries:
            paper = entry.paper(self, paper_id(entry.title))
            by_id.setdefault(paper.id, []).append(paper)
        for papers in by_id.values():
            yield papers[0] if len(papers) == 1 else merge(papers)


class Reading:
    """A dump while it is being read: iterate over its entries, which takes them one at a time.

    The iteration raises NotADump when the file turns out to be none, also after some entries.
    """

    dump: Dump
    """The facts about it, without the entries; there is none before the end."""

    def __init__(self, entries: Iterator[Entry | Dump]) -> None:
        """`entries` gives the entries and then, as the last thing, the dump."""
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            if isinstance(entry, Dump):
                self.dump = entry
            else:
                yield entry

    def whole(self) -> Dump:
        """The dump with all its entries, for those that fit into memory. Raises NotADump."""
        entries = tuple(self)
        return self.dump._replace(entries=entries)

    def facts(self) -> Dump:
        """The dump without its entries, which are read all the same. Raises NotADump."""
        for _ in self:
            pass
        return self.dump
