"""Writes many papers as segments: in this process while they are few, else in two beside it.

Papers are dealt out in small batches to two writers in turn, each of which fills segments of its own. So
both work from the first batch to the last, whatever the papers' number; and as it does not depend on who
writes them, the index is the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any, Protocol

from paperreader.index.codec import PaperWriter, open_index
from paperreader.index.inversion import NARROW, WIDE, Layout
from paperreader.paper import Paper
from paperreader.records import packed

_BATCH = 256
"""How many papers are handed over at once."""
_FEW = 2_048
"""How many papers one process writes before others could have begun."""
_LARGEST = 51_200
"""How many papers at most are in a segment."""
_WRITERS = 2

Batch = list[bytes]
"""Papers that are `packed`."""
Segment = Any
"""What Whoosh knows of one."""
Written = tuple[list[Segment], Batch]
"""Segments in order, and the papers that are too long for them."""


class Writer(Protocol):
    """Writes segments of the papers that it is given."""

    def __enter__(self) -> Writer: ...

    def __exit__(self, *_: object) -> None: ...

    def add(self, batch: Batch) -> None:
        """Write some papers, sooner or later. Raises OSError."""

    def end(self) -> None:
        """Take no more papers."""

    def finish(self) -> Written:
        """What was written, when all is; to be called after `end`. Raises OSError."""


def write(folder: Path, papers: Iterable[Paper], progress: Callable[[int], None]) -> list[Segment]:
    """Write papers as segments of the index in a folder, without committing them.

    Long ones come into segments of their own. Raises OSError.
    """
    batches = _batches(papers, progress)
    first = list(islice(batches, _FEW // _BATCH + 1))
    count = _WRITERS if sum(map(len, first)) > _FEW else 1
    with ExitStack() as stack:
        writers = [stack.enter_context(each) for each in _writers(folder, count)]
        for writer, batch in zip(cycle(writers), chain(first, batches), strict=False):
            writer.add(batch)
        for writer in writers:  # all of them, before the first is waited for
            writer.end()
        written = [writer.finish() for writer in writers]
    segments = [each for turn in zip_longest(*(done for done, _ in written)) for each in turn if each]
    long = [record for _, records in written for record in records]
    if long:
        with Here(folder, _LARGEST, WIDE) as writer:
            writer.add(long)
            writer.end()
            segments += writer.finish()[0]
    return segments


def _batches(papers: Iterable[Paper], progress: Callable[[int], None]) -> Iterator[Batch]:
    done = 0
    records = map(packed, papers)
    while batch := list(islice(records, _BATCH)):
        yield batch
        done += len(batch)
        progress(done)
    progress(done)


def _writers(folder: Path, count: int) -> list[Writer]:
    if count > 1 and _processes() > 1:
        from paperreader.index.workers import Worker

        return [Worker(folder, _LARGEST) for _ in range(count)]
    return [Here(folder, _LARGEST) for _ in range(count)]


def _processes() -> int:
    """How many can be started: one in a thread of the screen, whose standard error is none."""
    return 1 if current_thread() is not main_thread() else min(_WRITERS, os.cpu_count() or 1)


class Here:
    """Writes in this process."""

    def __init__(self, folder: Path, largest: int, layout: Layout = NARROW) -> None:
        """At most so many papers, and a batch more, come into a segment."""
        self._folder = folder
        self._largest = largest
        self._layout = layout
        self._writer: PaperWriter | None = None
        self._written: Written = [], []

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            with suppress(Exception):
                self._writer.cancel()

    def add(self, batch: Batch) -> None:
        """Write some papers."""
        if self._writer is None:
            # whoever commits holds Whoosh's lock already
            self._writer = PaperWriter(open_index(self._folder), self._layout, _lk=False)
        self._written[1].extend(self._writer.add_records(batch))
        if self._writer.doc_count() >= self._largest:
            self.end()

    def end(self) -> None:
        """Write what is left, as a segment."""
        if self._writer is not None and self._writer.doc_count():
            self._written[0].append(self._writer.finish_segment())
            self._writer = None

    def finish(self) -> Written:
        """What was written."""
        return self._written
