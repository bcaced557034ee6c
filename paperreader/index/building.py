"""Builds indexes and adds to them, so that at every moment the old one or the new one is whole."""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from paperreader.index import manifest
from paperreader.index.catalogue import FILE_NAME, Catalogue
from paperreader.index.catalogue_writer import NO_PAPER, CatalogueWriter
from paperreader.index.codec import SEGMENT_SUFFIX, Writer
from paperreader.index.segments import create, open_index
from paperreader.paper import Paper

_SEGMENT = 50_000
"""How many papers are held in memory before their words are written."""
_MOST_SEGMENTS = 8
"""With more of them every search would take longer than it must."""
_LARGEST_CHANGE = 0.25
"""The part of the papers up to which it pays to leave the rest as it is."""
_STEP = 64
"""How many papers are written between two reports of progress."""


def build(
    folder: Path, papers: Iterable[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    """Replace whatever is in a folder by an index of these papers, built from dumps with these file names.

    `progress` is called with the number of papers that are done. Waits while another process
    writes there. Raises OSError; then, and when it is interrupted, what was there stays.
    """
    with _generation(folder) as new:
        sightings = _build(new, papers, progress)
        manifest.write(folder, manifest.describe(folder, new.name, dumps, sightings))


def update(
    folder: Path, papers: Sequence[Paper], dumps: Iterable[str], progress: Callable[[int], None]
) -> None:
    """Put papers into the index in a folder: new ones, and others in place of those with their ids.

    `dumps` are all that the index is then built from. Everything else is as with `build`; raises
    IndexUnusable when there is nothing to be updated.
    """
    with _generation(folder) as new:
        known = manifest.read(folder)
        old = folder / known.generation
        catalogue = Catalogue.open(old / FILE_NAME)
        segments = sum(name.endswith(SEGMENT_SUFFIX) for name in known.files)
        if (
            segments >= _MOST_SEGMENTS + len(catalogue) // _SEGMENT
            or len(papers) > len(catalogue) * _LARGEST_CHANGE
        ):
            sightings = _build(new, (paper for _, paper, _ in _merged(catalogue, papers)), progress)
        else:
            for name in known.files:
                if name != FILE_NAME:
                    _link(old / name, new / name)
            sightings = _update(new, catalogue, papers, progress)
        manifest.write(folder, manifest.describe(folder, new.name, dumps, sightings))


def _build(new: Path, papers: Iterable[Paper], progress: Callable[[int], None]) -> int:
    """Write a whole generation; returns the number of sightings."""
    with (new / FILE_NAME).open("wb") as file:
        catalogue = CatalogueWriter(file)

        def catalogued() -> Iterator[Paper]:
            for paper in papers:
                catalogue.add(paper)
                yield paper

        _add_words(create(new), catalogued(), progress)
        catalogue.finish(array("I"))
    return catalogue.sightings


def _update(new: Path, old: Catalogue, papers: Sequence[Paper], progress: Callable[[int], None]) -> int:
    """Write a generation over the linked words of the one before; returns the number of sightings."""
    documents = array("I", old.numbers("documents")) or array("I", range(len(old)))
    document_of = {n: document for document, n in enumerate(documents)}
    deleted: list[int] = []
    added: list[Paper] = []
    with (new / FILE_NAME).open("wb") as file:
        catalogue = CatalogueWriter(file)
        for n, paper, changed in _merged(old, papers):
            catalogue.add(paper)
            if changed:
                if n in document_of:
                    documents[document_of[n]] = NO_PAPER
                    deleted.append(document_of[n])
                documents.append(n)
                added.append(paper)
        catalogue.finish(documents)
    _add_words(open_index(new), added, progress, deleted)
    progress(len(papers))
    return catalogue.sightings


def _merged(old: Catalogue, papers: Iterable[Paper]) -> Iterator[tuple[int, Paper, bool]]:
    """All papers with their ordinals, and whether their words are other than they were."""
    given = {paper.id: paper for paper in papers}
    for n in range(len(old)):
        was = old.paper(n)
        now = given.pop(was.id, was)
        yield n, now, (now.title, now.abstract) != (was.title, was.abstract)
    for n, paper in enumerate(given.values(), len(old)):
        yield n, paper, True


def _add_words(
    index: Any, papers: Iterable[Paper], progress: Callable[[int], None], deleted: Iterable[int] = ()
) -> None:
    """Delete documents and add papers, in new segments."""
    writer = Writer(index)
    try:
        for document in deleted:
            writer.delete_document(document)
        for done, paper in enumerate(papers, 1):
            writer.add_document(title=paper.title, abstract=paper.abstract)
            if done % _SEGMENT == 0:
                writer.commit(merge=False)
                writer = Writer(index)
            if done % _STEP == 0:
                progress(done)
        writer.commit(merge=False)
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        raise


@contextmanager
def _generation(folder: Path) -> Iterator[Path]:
    """An empty folder for a new generation; then the others are removed, or it, if there was an error."""
    from filelock import FileLock

    if folder.is_file():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / manifest.LOCK):
        new = folder / f"{manifest.GENERATION}{os.urandom(8).hex()}"
        new.mkdir()
        try:
            yield new
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        for path in folder.glob(f"{manifest.GENERATION}*"):
            if path != new:
                shutil.rmtree(path, ignore_errors=True)


def _link(old: Path, new: Path) -> None:
    """The same file in another folder; files of an index are never written to again."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
