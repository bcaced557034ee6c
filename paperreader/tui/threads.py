"""Work beside the screen: searches, of which only the newest counts, and changes, of which all do."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Request = TypeVar("Request")
Job = Callable[[], object]
OnFailure = Callable[[Exception], None]
"""Called in the thread with what a job raised; the thread goes on."""


class NewestWins(Generic[Request]):
    """Answers one request at a time in a thread; a newer one replaces what waits and cancels what runs."""

    def __init__(
        self,
        answer: Callable[[Request, Callable[[], bool]], None],
        failed: OnFailure,
        name: str,
        *,
        idle: Callable[[Callable[[], bool]], object] = lambda _: None,
        after: float | None = None,
    ) -> None:
        """`answer` is called in the thread with a request, and with a function that says when to give up.

        `idle` is called there when a request was answered and no other has come for `after` seconds; its
        argument tells it that one has.
        """
        self._answer, self._failed = answer, failed
        self._idle, self._after = idle, after
        self._waiting: Request | None = None
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def ask(self, request: Request) -> None:
        """Have this request answered, and no earlier one any more."""
        with self._changed:
            self._waiting = request
            if not self._thread.ident:
                self._thread.start()
            self._changed.notify()

    def end(self) -> None:
        """Answer nothing more."""
        with self._changed:
            self._ended = True
            self._changed.notify()

    def _run(self) -> None:
        patience: float | None = None
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting is not None or self._ended, patience)
                if self._ended:
                    return
                request, self._waiting = self._waiting, None
            try:
                if request is not None:
                    self._answer(request, self._is_outdated)
                    patience = self._after
                else:
                    patience = None
                    self._idle(self._is_outdated)
            except Exception as error:
                self._failed(error)

    def _is_outdated(self) -> bool:
        return self._waiting is not None or self._ended


class InTurn:
    """Runs jobs one after the other in a thread, and a job of its own whenever it was idle for a while."""

    def __init__(self, idle: Job, every: float, failed: OnFailure, name: str) -> None:
        """`idle` is run after each `every` seconds without another job."""
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._idle, self._every, self._failed = idle, every, failed
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; jobs handed over earlier are not lost."""
        self._thread.start()

    def do(self, job: Job) -> None:
        """Run the job when those before it are done."""
        self._jobs.put(job)

    def flush(self, timeout: float) -> bool:
        """Wait for what was handed over; False when that takes longer than `timeout` seconds."""
        done = threading.Event()
        self._jobs.put(done.set)
        return done.wait(timeout)

    def end(self) -> None:
        """Run nothing more after what was handed over."""
        self._jobs.put(None)

    def _run(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=self._every)
            except queue.Empty:
                job = self._idle
            if job is None:
                return
            try:
                job()
            except Exception as error:
                self._failed(error)
