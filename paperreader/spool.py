"""Sightings on their way from the dumps to the index: on the disk, and never all of them in memory."""

from __future__ import annotations

import marshal
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from paperreader.dumps import Dump, Entry
from paperreader.identity import Identities
from paperreader.paper import Details, Paper, arxiv_key, merge, paper_id

_DAYS: Final = slice(Details._fields.index("published"), Details._fields.index("updated") + 1)


class Found(NamedTuple):
    """One paper, with all its sightings in the spool."""

    paper: Paper
    dumps: set[str]
    """The ids of the dumps that have it."""


class Spool:
    """Keeps what dumps list until all have been read, and then gives papers.

    In memory there are some 40 bytes for each sighting, and some 200 more while papers are given.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is on the disk that has room."""
        self._folder = folder
        self.dumps: dict[str, Dump] = {}
        """By the names of their files."""
        self._identities = Identities()
        self._ends = array("Q", [0])
        """Where in the file each record begins, and where the last one ends."""
        self._dump_of = array("I")
        self._facts: list[Dump] = []

    def __len__(self) -> int:
        return len(self._dump_of)

    @cached_property
    def _file(self) -> IO[bytes]:
        try:
            return tempfile.TemporaryFile(dir=self._folder)
        except OSError:  # an index can be made of a library on a disk that is not to be written
            return tempfile.TemporaryFile()

    def take(self, entries: Iterable[Entry]) -> int:
        """Write the entries of a dump, and give their number. Until `keep` they do not count.

        Raises what the iteration raises, and OSError; then, too, they do not.
        """
        self.drop()
        count, write, ends = 0, self._file.write, self._ends
        self._file.seek(ends[-1])
        for entry in entries:
            record = marshal.dumps(_packed(entry))
            write(record)
            ends.append(ends[-1] + len(record))
            self._identities.add(paper_id(entry.title), entry.details.arxiv_id)
            count += 1
        return count

    def keep(self, dump: Dump, file_name: str) -> None:
        """What was taken last is of this dump, which the library has in a file of this name."""
        self._dump_of.extend([len(self._facts)] * (len(self._identities) - len(self)))
        self._facts.append(dump)
        self.dumps[file_name] = dump

    def drop(self) -> None:
        """Forget what was taken and not kept."""
        self._identities.cut(len(self))
        del self._ends[len(self) + 1 :]

    def papers(self, owner: Callable[[str], int] | None = None) -> Iterator[Found]:
        """Every paper with all its sightings; see `Identities.papers` for the rest."""
        self.drop()
        self._file.flush()
        for sightings, owning in self._identities.papers(owner):
            papers = [self._paper(n, n in owning) for n in sightings]
            dumps = {seen.dump for paper in papers for seen in paper.sightings}
            yield Found(papers[0] if len(papers) == 1 else merge(papers), dumps)

    def _paper(self, n: int, owning: bool) -> Paper:
        """The paper as one dump knows it, with its id."""
        start, end = self._ends[n : n + 2]
        if self._file.tell() != start:
            self._file.seek(start)
        paper = _unpacked(marshal.loads(self._file.read(end - start))).paper(  # noqa: S302 - we wrote it
            self._facts[self._dump_of[n]], f"{self._identities.titles[n]:016x}"
        )
        return paper if owning else paper._replace(id=arxiv_key(paper.details.arxiv_id))

    def close(self) -> None:
        """Give the disk back."""
        if "_file" in vars(self):
            self._file.close()


def _packed(entry: Entry) -> tuple[Any, ...]:
    """The entry in plain values."""
    title, abstract, rank, details, day, upvotes, comments = entry
    values = tuple(details)
    days = [each.toordinal() if isinstance(each, date) else 0 for each in values[_DAYS]]
    return (
        *(title, abstract, rank, day.toordinal() if day else 0, upvotes, comments),
        (*values[: _DAYS.start], *days, *values[_DAYS.stop :]),
    )


def _unpacked(record: tuple[Any, ...]) -> Entry:
    title, abstract, rank, day, upvotes, comments, values = record
    days = [date.fromordinal(each) if each else None for each in values[_DAYS]]
    details = Details._make((*values[: _DAYS.start], *days, *values[_DAYS.stop :]))
    return Entry(title, abstract, rank, details, date.fromordinal(day) if day else None, upvotes, comments)
