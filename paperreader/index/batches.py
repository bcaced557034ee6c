"""Writes many papers as segments: in this process while they are few, else in two beside it.

How papers are shared out does not depend on who writes them, so that the index is the same.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

from paperreader.index.codec import PaperWriter, open_index
from paperreader.index.inversion import NARROW, WIDE, Layout
from paperreader.index.pool import TooLong
from paperreader.paper import Paper

_FIRST = 25_000
_OTHERS = 50_000
"""How many papers become a segment: the first two are smaller, so that two processes get to work soon."""
_PROCESSES = 2
_STEP = 64
"""How many papers are written between two reports of progress."""

Segment = Any
"""What Whoosh knows of one."""


def write(folder: Path, papers: Iterable[Paper], progress: Callable[[int], None]) -> list[Segment]:
    """Write papers as segments of the index in a folder, without committing them.

    Long ones come into a segment of their own. Raises OSError.
    """
    batches = _batches(_counted(papers, progress))
    first = list(islice(batches, 2))
    several = len(first) > 1 and _processes() > 1
    segments, long = [], []
    # closed at once when it is interrupted, so that no process goes on
    with closing((_in_processes if several else _here)(folder, chain(first, batches))) as written:
        for segment, too_long in written:
            segments += segment
            long += too_long
    if long:
        segments += write_segment(folder, long, WIDE)[0]
    return segments


def _counted(papers: Iterable[Paper], progress: Callable[[int], None]) -> Iterator[Paper]:
    done = 0
    for done, paper in enumerate(papers, 1):
        yield paper
        if done % _STEP == 0:
            progress(done)
    progress(done)


def _batches(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    papers = iter(papers)
    for size in chain((_FIRST, _FIRST), repeat(_OTHERS)):
        batch = list(islice(papers, size))
        if not batch:
            return
        yield batch


Written = tuple[list[Segment], list[Paper]]
"""At most one segment, and the papers that are too long for it."""


def write_segment(folder: Path, papers: Iterable[Paper], layout: Layout = NARROW) -> Written:
    """Write papers as one segment."""
    # whoever commits holds Whoosh's lock already
    writer = PaperWriter(open_index(folder), layout, _lk=False)
    long = []
    try:
        for paper in papers:
            try:
                writer.add_document(paper=paper)
            except TooLong:
                long.append(paper)
        if writer.doc_count():
            return [writer.finish_segment()], long
        writer.cancel()
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        raise
    return [], long


def _here(folder: Path, batches: Iterable[list[Paper]]) -> Generator[Written]:
    for batch in batches:
        yield write_segment(folder, batch)


def _processes() -> int:
    """How many can be started: one in a thread of the screen, whose standard error is none."""
    alone = threading.current_thread() is not threading.main_thread()
    return 1 if alone else min(_PROCESSES, os.cpu_count() or 1)


def _in_processes(folder: Path, batches: Iterable[list[Paper]]) -> Generator[Written]:
    with ExitStack() as stack:
        workers = [stack.enter_context(_Worker(folder)) for _ in range(_PROCESSES)]
        busy: list[_Worker] = []
        for batch in batches:
            worker = workers.pop() if workers else busy.pop(0)
            if worker.works:
                yield worker.result()
            worker.start(batch)
            busy.append(worker)
        for worker in busy:
            yield worker.result()


class _Worker:
    """A process that writes segments; it ends with this one, however that ends."""

    def __init__(self, folder: Path) -> None:
        # -P: nothing is imported from where the reader happens to be;
        # a group of its own, so that Ctrl-C is for this process to deal with
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "paperreader.index.batches", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("no pipes to a process")
        self._to, self._from = self._process.stdin, self._process.stdout
        self.works = False

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()

    def start(self, batch: list[Paper]) -> None:
        """Let it write a batch."""
        pickle.dump(batch, self._to, pickle.HIGHEST_PROTOCOL)
        self._to.flush()
        self.works = True

    def result(self) -> Written:
        """What it has written, when it is done. Raises OSError."""
        self.works = False
        try:
            result = pickle.load(self._from)  # noqa: S301 - nobody else writes there
        except (EOFError, pickle.UnpicklingError) as error:
            raise OSError("a process that writes the index has ended") from error
        if isinstance(result, OSError):
            raise result
        return result  # type: ignore[no-any-return]


def _work(folder: Path) -> None:
    """What a worker does until nobody asks any more."""
    while True:
        try:
            batch: list[Paper] = pickle.load(sys.stdin.buffer)  # noqa: S301
        except EOFError:
            return
        try:
            result: Written | OSError = write_segment(folder, batch)
        except OSError as error:
            result = error
        except Exception as error:
            result = OSError(f"the index cannot be written: {str(error) or type(error).__name__}")
        pickle.dump(result, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        _work(Path(sys.argv[1]))
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(1)  # whoever asked is gone, and nobody is there to be told
