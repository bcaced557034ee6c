"""Processes that write segments, beside the one that reads the papers."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread

from paperreader.index.batches import Batch, Here, Written

_AHEAD = 32
"""How many batches wait for a process that is busy with the end of a segment."""


class Worker:
    """A process that writes segments; it ends with this one, however that ends."""

    def __init__(self, folder: Path, largest: int) -> None:
        """See `Here`."""
        # -P: nothing is imported from where the reader happens to be;
        # a group of its own, so that Ctrl-C is for this process to deal with
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "paperreader.index.workers", str(folder), str(largest)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("no pipes to a process")
        self._to, self._from = self._process.stdin, self._process.stdout
        self._waiting: Queue[Batch | None] = Queue(_AHEAD)
        self._broken = False
        """Whether the process takes no more."""
        self._sender = Thread(target=self._send, name="papers", daemon=True)
        self._sender.start()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._waiting.put(None)
        self._sender.join()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()

    def _send(self) -> None:
        batch: Batch | None = []
        while batch is not None:
            batch = self._waiting.get()
            try:
                if not self._broken:
                    # in one piece: between two the interpreter would go to whoever reads papers
                    self._to.write(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
                    self._to.flush()
            except OSError:  # `_result` tells why; until then nobody must wait for room in the queue
                self._broken = True

    def add(self, batch: Batch) -> None:
        """Let it write some papers, as soon as it can. Raises OSError."""
        if self._broken:
            self._result()
        self._waiting.put(batch)

    def end(self) -> None:
        """Let it come to an end."""
        self._waiting.put(None)

    def finish(self) -> Written:
        """What it has written, when it is done. Raises OSError."""
        self._sender.join()
        return self._result()

    def _result(self) -> Written:
        try:
            result = pickle.load(self._from)  # noqa: S301 - nobody else writes there
        except (EOFError, pickle.UnpicklingError) as error:
            raise OSError("a process that writes the index has ended") from error
        if isinstance(result, OSError):
            raise result
        return result  # type: ignore[no-any-return]


def _written(folder: Path, largest: int) -> Written | OSError:
    """What a worker does with all that it gets. Raises EOFError when whoever gave it is gone."""
    gc.disable()  # nothing here goes round in circles, and there is much of it
    with Here(folder, largest) as writer:
        try:
            while (batch := pickle.load(sys.stdin.buffer)) is not None:  # noqa: S301
                writer.add(batch)
            writer.end()
            return writer.finish()
        except (EOFError, OSError):
            raise
        except Exception as error:
            raise OSError(f"the index cannot be written: {str(error) or type(error).__name__}") from error


def _work(folder: Path, largest: int) -> None:
    try:
        result = _written(folder, largest)
    except OSError as error:
        result = error
    pickle.dump(result, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        _work(Path(sys.argv[1]), int(sys.argv[2]))
    except (BrokenPipeError, EOFError, KeyboardInterrupt):
        os._exit(1)  # whoever asked is gone, and nobody is there to be told
