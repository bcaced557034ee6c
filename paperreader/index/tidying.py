"""Merges segments while readers and writers go on: in this process, or in one beside it.

Nothing is locked but for two moments: one in which the segments are looked up, and one in which what
they have become takes their place. Whoever changes the index in between wins; then what was merged is
thrown away, and merged again some other time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from whoosh.reading import SegmentReader

from paperreader.index import manifest
from paperreader.index.base import DOCUMENTS, POSTINGS, IndexUnusable, never
from paperreader.index.building import Change, clean, locked
from paperreader.index.codec import PaperWriter, open_index
from paperreader.index.inversion import LAYOUTS
from paperreader.index.manifest import Manifest
from paperreader.index.merging_policy import BRIEF, LARGEST, Size, choose
from paperreader.index.sections import Sections

_FEW = 1000
"""So many papers are merged before another process would have been started."""
_LOOK = 0.1
"""Seconds between two looks whether it is still wished for."""
_NICE = 10


def tidy(folder: Path) -> bool:
    """Merge segments where there are too many, or drop what is deleted in one, once.

    Returns whether that was done, so that there may be more to do. Papers keep their ids, but not their
    ordinals. Raises OSError, and IndexUnusable when there is no index.
    """
    job = _look_up(folder, LARGEST)
    return job is not None and _merge(folder, job)


def tidy_beside(folder: Path, cancelled: Callable[[], bool] = never, *, briefly: bool = False) -> bool:
    """The same in another process, of low priority, unless that would take longer than the merging.

    The process ends when `cancelled()` is true, and when this one does. What takes longer than some
    seconds is left for another time if it is to be done `briefly`. Raises as `tidy` does.
    """
    job = _look_up(folder, BRIEF if briefly else LARGEST)
    if job is None:
        return False
    if job.papers <= _FEW:
        return _merge(folder, job)
    return _in_process(folder, cancelled)


class _Job(NamedTuple):
    """Segments to merge."""

    known: Manifest
    """What the index was when they were chosen."""
    segments: Sequence[Any]
    """All that Whoosh knew then."""
    chosen: Sequence[int]
    papers: int
    """How many there are in those that were chosen."""


def _look_up(folder: Path, most: int) -> _Job | None:
    with locked(folder):
        known = manifest.read(folder)
        clean(folder, known)  # Whoosh would open whatever calls itself the newest
        segments = open_index(folder)._segments() if known.toc else ()
    sizes = [Size(segment.doc_count(), segment.deleted_count(), segment.codec().bits) for segment in segments]
    chosen = choose(sizes, most)
    return _Job(known, segments, chosen, sum(sizes[n].live for n in chosen)) if chosen else None


def _merge(folder: Path, job: _Job) -> bool:
    try:
        merged = _written(folder, job)
    except Exception:
        if _is_current(folder, job.known):
            raise
        return False  # somebody has removed what it was made of
    with locked(folder):
        unchanged = _is_current(folder, job.known) and all(
            Path(folder, segment.make_filename(suffix)).exists()
            for segment in merged
            for suffix in (DOCUMENTS, POSTINGS)
        )
        if unchanged:
            with Change(folder, job.known) as change:
                change.replace(job.chosen, merged)
                change.commit(job.known.dumps)
        else:
            with suppress(IndexUnusable):
                clean(folder, manifest.read(folder))
    return unchanged


def _is_current(folder: Path, known: Manifest) -> bool:
    try:
        return manifest.read(folder) == known
    except IndexUnusable:
        return False


def _written(folder: Path, job: _Job) -> list[Any]:
    """The new segment; none where nothing is left."""
    chosen = [job.segments[n] for n in job.chosen]
    _verify(folder, job.known, chosen)
    writer = PaperWriter(open_index(folder), LAYOUTS[chosen[0].codec().bits], _lk=False)
    try:
        for segment in chosen:
            with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
                writer.add_reader(reader)
        if writer.doc_count():
            return [writer.finish_segment()]
        writer.cancel()
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        raise
    return []


def _verify(folder: Path, known: Manifest, segments: Sequence[Any]) -> None:
    """Raises IndexUnusable when a segment is damaged, which would be copied into the next state."""
    for segment in segments:
        for suffix in (DOCUMENTS, POSTINGS):
            name = segment.make_filename(suffix)
            if Sections.map(folder / name).check() != known.checks[name]:
                raise IndexUnusable(f"damaged: {name} was changed")


# -- another process


def _in_process(folder: Path, cancelled: Callable[[], bool]) -> bool:
    # -P: nothing is imported from where the reader happens to be;
    # a group of its own, so that Ctrl-C is for this process to deal with
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", "paperreader.index.tidying", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what is a terminal for this process, and not to be written on
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)
                return _understood(process.stdout.read() if process.stdout else b"")
            if cancelled():
                return False
    finally:
        process.kill()
        process.communicate()


def _understood(said: bytes) -> bool:
    try:
        answer = json.loads(said)
    except ValueError:
        raise OSError("the process that tidies the index has ended") from None
    if "unusable" in answer:
        raise IndexUnusable(answer["unusable"])
    if "error" in answer:
        raise OSError(answer["error"])
    return bool(answer["done"])


def _work(folder: Path) -> dict[str, object]:
    try:
        return {"done": tidy(folder)}
    except IndexUnusable as error:
        return {"unusable": str(error)}
    except Exception as error:
        return {"error": str(error) or type(error).__name__}


def _end_with_who_asked() -> None:
    os.read(0, 1)  # there is nothing to read, but an end when that process ends, however that ends
    os._exit(1)


if __name__ == "__main__":
    Thread(target=_end_with_who_asked, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    print(json.dumps(_work(Path(sys.argv[1]))))
