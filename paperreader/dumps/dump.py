"""What a dump holds once it has been read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from paperreader.paper import Paper, Sighting, merge, paper_id


class NotADump(ValueError):  # noqa: N818 - it is caught where that reads well
    """Bytes that are no dump; its text is one reason for people, without the file's name."""


class Entry(NamedTuple):
    """One paper as a dump gives it, made harmless by `paperreader.text`."""

    title: str
    """On one line."""
    abstract: str
    """Flowing text: the line ends of a hard-wrapped paragraph are gone."""
    rank: int
    """The place in the dump, from 1."""


class Dump(NamedTuple):
    """One file as it came from outside: where and when which papers were listed."""

    id: str
    """16 hex digits of the hash of the text; the same for a copy with other line ends."""
    name: str
    """A safe file name without the id: a file of this name with the same bytes gives the same dump."""
    day: date
    """The day on which the page was seen; `date.min` when unknown."""
    inferred: bool
    """Whether the year is a guess, because neither the text nor the name says it."""
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]
    """One line for people about each thing that was left out or looks wrong."""

    def papers(self) -> Iterator[Paper]:
        """One paper with one sighting for each distinct paper of the dump, in its order."""
        by_id: dict[str, list[Paper]] = {}
        for entry in self.entries:
            sighting = Sighting(self.day, self.id, entry.rank, self.name, self.inferred)
            identity = paper_id(entry.title)
            paper = Paper(identity, entry.title, entry.abstract, (sighting,))
            by_id.setdefault(identity, []).append(paper)
        for papers in by_id.values():
            yield papers[0] if len(papers) == 1 else merge(papers)
