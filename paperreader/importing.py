"""Dumps come into a library, and the index follows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from paperreader import index
from paperreader.dumps import Dump, NotADump, read_dump
from paperreader.dumps.folder import DumpFolder
from paperreader.dumps.gather import gather
from paperreader.index import Index, IndexUnusable
from paperreader.paper import Paper, merge
from paperreader.progress import Progress, Report, quiet


@dataclass(slots=True)
class Imported:
    """What an import did."""

    dumps: int = 0
    """Dumps that were not in the library before."""
    known: int = 0
    """Dumps that were, perhaps under another name."""
    new: int = 0
    """Papers that were in no dump before."""
    again: int = 0
    """Sightings, in the new dumps, of papers that had been sighted before."""
    refused: list[str] = field(default_factory=list)
    """A line for each path that is no dump or could not be read."""

    @property
    def summary(self) -> str:
        """The one line that says it all."""
        known = f" ({self.known} already here)" if self.known else ""
        dumps = _count(self.dumps, "new dump")
        return f"{dumps}{known}: {_count(self.new, 'paper')} new, {self.again:,} seen again"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def take_in(
    folder: DumpFolder,
    sighted: Callable[[str], bool],
    paths: Iterable[str],
    year: int | None = None,
    *,
    report: Report = quiet,
    progress: Progress = quiet,
) -> Imported:
    """Store every dump among the paths that is not in the folder yet.

    `sighted` says whether a paper id is in the library already. What cannot be read is reported,
    one line each, and the rest goes on. Each dump is stored whole or not at all, so that an
    interruption leaves those that were finished.
    """
    done = Imported()
    here: set[str] = set()
    for count, source in enumerate(gather(paths), 1):
        progress("dumps read", count)
        try:
            data = source.read()
            dump = read_dump(data, source.name, source.modified, year)
        except NotADump as error:
            done.refused.append(f"{source.label}: {error}")
            report(done.refused[-1])
            continue
        except OSError as error:
            done.refused.append(f"{source.label}: {error.strerror or error}")
            report(done.refused[-1])
            continue
        # what keeps a dump from being stored is no fault of the file: it ends the import
        stored = folder.add(data, dump, source.mtime, year)
        for problem in dump.problems:
            report(f"{source.label}: {problem}")
        if stored is None:
            done.known += 1
            continue
        done.dumps += 1
        for paper in dump.papers():
            if paper.id in here or sighted(paper.id):
                done.again += 1
            else:
                done.new += 1
                here.add(paper.id)
    return done


def bring_up_to_date(
    folder: DumpFolder, index_folder: Path, report: Report = quiet, progress: Progress = quiet
) -> None:
    """Make the index say what the dumps say: add what is new to it, or build it again. Raises OSError."""
    names = folder.names()
    try:
        current = Index.open(index_folder)
    except IndexUnusable:
        current = None
    if current is not None and current.dumps <= names:
        added = _read(folder, names - current.dumps, report)
        changed = _merged(added, current)
        current.close()
        index.update(index_folder, changed, names, lambda done: progress("papers indexed", done))
    else:
        if current is not None:
            current.close()
        papers = _merged(_read(folder, names, report), None)
        index.build(index_folder, papers, names, lambda done: progress("papers indexed", done))


def _read(folder: DumpFolder, names: Iterable[str], report: Report) -> Iterator[Dump]:
    for name in sorted(names):
        try:
            yield folder.read(name)
        except (NotADump, OSError) as error:
            report(f"{folder.path / name}: {error}; left out")


def _merged(dumps: Iterable[Dump], current: Index | None) -> list[Paper]:
    by_id: dict[str, Paper] = {}
    for dump in dumps:
        for paper in dump.papers():
            known = by_id.get(paper.id)
            if known is None and current is not None:
                ordinal = current.find(paper.id)
                known = None if ordinal is None else current.paper(ordinal)
            by_id[paper.id] = paper if known is None else merge((known, paper))
    return list(by_id.values())
