"""Builds indexes and adds to them, so that at every moment the old one or the new one is whole.

Files are written beside those that are there, and never again. Replacing the manifest is what makes
them the index; only then the files of the state before are removed. A reader that has these open goes
on with them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import LockError

from paperreader.index import batches, cataloguing, manifest
from paperreader.index.arrays import Array
from paperreader.index.base import CATALOGUE, DOCUMENTS, POSTINGS, IndexUnusable
from paperreader.index.catalogue import Catalogue, Part
from paperreader.index.codec import PaperWriter, create, documents_of, open_index
from paperreader.index.manifest import NOTHING, Manifest
from paperreader.index.sections import Sections
from paperreader.paper import Paper

_WHOOSH_LOCK = "MAIN_WRITELOCK"
_WHOOSHS = re.compile(r"_?MAIN[._]")


def build(
    folder: Path, papers: Iterable[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    """Replace whatever is in a folder by an index of these papers, built from dumps with these file names.

    `progress` is called with the number of papers that are done. Waits while another process
    writes there. Raises OSError; then, and when it is interrupted, what was there stays.
    """
    with locked(folder):
        try:
            known = manifest.read(folder)
        except IndexUnusable:
            known = NOTHING
        clean(folder, known)
        with Change(folder, known) as change:
            change.segments.clear()
            change.segments += batches.write(folder, papers, progress)
            change.commit(dumps)


def update(
    folder: Path, papers: Iterable[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    """Put papers into the index in a folder: new ones, and others in place of those with their ids.

    `dumps` are all that the index is then built from. Everything else is as with `build`; raises
    IndexUnusable when there is nothing to be updated.
    """
    with locked(folder):
        known = manifest.read(folder)
        clean(folder, known)
        with Change(folder, known) as change:
            old = len(change.segments)
            added = batches.write(folder, change.replacing(papers), progress)
            change.segments[old:] = added
            change.commit(dumps)


def leftovers(folder: Path) -> list[Path]:
    """What is left there of earlier states and of writers that were killed, or is just being written.

    Raises OSError, and IndexUnusable when there is no index.
    """
    return sorted(_others(folder, manifest.read(folder)))


def sweep(folder: Path) -> None:
    """Remove what `leftovers` gives while nobody writes there. Raises as it does."""
    with locked(folder):
        clean(folder, manifest.read(folder))


class Change:
    """One change of an index: what its segments are going to be, and what was known of their papers."""

    def __init__(self, folder: Path, known: Manifest) -> None:
        self._folder = folder
        self._known = known
        self._index = open_index(folder) if known.toc else create(folder)
        try:
            self._writer = PaperWriter(self._index)
        except LockError as error:
            raise OSError("another program is writing the index") from error
        self.segments: list[Any] = self._writer.segments
        """Whoosh's; to be changed."""
        self._old: Catalogue | None = None
        self._moved: Array | None = None
        """For each ordinal of the old catalogue the new one, or -1; None when nothing is kept."""

    def __enter__(self) -> Change:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._writer.is_closed:
            with suppress(Exception):
                self._writer.cancel()

    def _catalogue(self) -> Catalogue:
        if self._old is None:
            sections = Sections.map(self._folder / self._known.catalogue)
            documents = [documents_of(self._index.storage, segment) for segment in self.segments]
            self._old = Catalogue(sections, documents)
            self._moved = np.arange(self._old.end)
        return self._old

    def replacing(self, papers: Iterable[Paper]) -> Iterator[Paper]:
        """Those of the papers that are not in the index as they are; what they replace is deleted."""
        old = self._catalogue()
        for paper in papers:
            known = old.find(paper.id)
            if known is not None:
                if old.paper(known) == paper:
                    continue
                self._writer.delete_document(known)
            yield paper

    def replace(self, chosen: Collection[int], merged: Sequence[Any]) -> None:
        """Put one segment, or none, in the places of several: with what was not deleted of theirs."""
        old = self._catalogue()
        moved = np.full(old.end, -1, np.int64)
        kept = [n for n in range(len(self.segments)) if n not in chosen]
        at = 0
        for n in (*kept, *sorted(chosen)):
            segment = self.segments[n]
            live = np.ones(segment.doc_count_all(), bool)
            if n in chosen:
                live[list(segment.deleted_docs())] = False
            first = old.parts[n].first
            moved[first : first + len(live)] = np.where(live, np.cumsum(live) - 1 + at, -1)
            at += int(np.count_nonzero(live))
        self._moved = moved
        self.segments[:] = [*(self.segments[n] for n in kept), *merged]

    def commit(self, dumps: Iterable[str]) -> None:
        """Make the segments, as they are now, the index."""
        writer = self._writer
        documents = [documents_of(self._index.storage, segment) for segment in self.segments]
        catalogue = f"papers-{writer.generation}{CATALOGUE}"
        with (self._folder / catalogue).open("wb") as file:
            parts = self._parts()
            sightings = cataloguing.write(file, parts, documents, self._by_title(parts))
        writer.commit(merge=False)
        toc = f"_{self._index.indexname}_{writer.generation}.toc"
        files = [f"{part.segment}{suffix}" for part in parts for suffix in (DOCUMENTS, POSTINGS)]
        state = manifest.describe(
            self._folder, toc, catalogue, files, dumps=dumps, sightings=sightings, old=self._known
        )
        manifest.write(self._folder, state)
        clean(self._folder, state)

    def _parts(self) -> list[Part]:
        parts, first = [], 0
        for segment in self.segments:
            deleted = tuple(sorted(segment.deleted_docs()))
            parts.append(Part(segment.segment_id(), first, segment.codec().bits, deleted))
            first += segment.doc_count_all()
        return parts

    def _by_title(self, parts: Sequence[Part]) -> Array | None:
        """The papers that are still there, in the order of their titles."""
        if self._old is None or self._moved is None:
            return None
        gone = np.zeros(sum(segment.doc_count_all() for segment in self.segments) + 1, bool)
        for part in parts:
            gone[[part.first + document for document in part.deleted]] = True
        order: Array = self._moved[np.asarray(self._old.order("title"))]
        order = order[order >= 0]
        return order[~gone[order]]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Alone in the folder, as far as those who write are concerned."""
    from filelock import FileLock

    if folder.is_file():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / manifest.LOCK):
        yield


def clean(folder: Path, known: Manifest) -> None:
    """Remove what is not in the index."""
    for path in _others(folder, known):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):  # on some systems, what a reader has open
                path.unlink()


def _others(folder: Path, known: Manifest) -> list[Path]:
    """What is not in the index: of earlier states, of writers that were killed, of other programs."""
    kept = {*known.files, _WHOOSH_LOCK}
    # Whoosh reads the newest table of contents it finds, and that may be anybody's
    return [
        path
        for path in folder.iterdir()
        if path.name not in kept and (manifest.is_ours(path.name) or _WHOOSHS.match(path.name))
    ]
