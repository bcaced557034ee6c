"""Papers that come in while one reads: fetched, from watched folders, from other programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread

from textual import on

from paperreader import places
from paperreader.config import Config
from paperreader.counts import counted
from paperreader.library import IndexUnusable
from paperreader.tui.messages import Changed, Doing
from paperreader.tui.reader_screen import ReaderScreen
from paperreader.tui.threads import InTurn

LOOK = 2.0
"""Seconds between two looks at the watched folders and at the library's."""
_LONG = 20.0
"""Seconds for which a problem is shown."""


class _Stopped(Exception):  # noqa: N818 - an outcome rather than an error
    """The fetch is not wanted any more."""


class Incoming(ReaderScreen):
    """The part of the main screen that lets papers in. What came is shown, and nothing else moves."""

    _fetching: Thread | None = None
    _tidying: Thread | None = None
    _cared_for = -1
    _said = ""

    def start_incoming(self, settings: Config) -> None:
        """Look around from now on, and fetch if that is wished for."""
        self._folders: Sequence[Path] | None = settings.watch
        self._stop, self._ended = Event(), Event()
        self.looking = InTurn(self._look_around, LOOK, self.failed, "incoming")
        self.looking.start()
        if settings.fetch_at_start:
            self.action_fetch()

    def end_incoming(self) -> None:
        """Let nothing more in."""
        self._stop.set()
        self._ended.set()
        self.looking.end()

    def do_at_length(self, job: Callable[[], str]) -> None:
        """Do the job between two looks; then say what it returns, and show what changed."""
        self.looking.do(lambda: self.post_message(Changed(job())))

    @on(Doing)
    def _doing(self, message: Doing) -> None:
        self.status.doing = message.text

    # -- the samples

    def action_samples(self) -> None:
        """Import the sample dumps, where there is nothing to read yet."""
        folder = places.samples_folder()
        if len(self.library) or folder is None:
            self.status.say(
                "There are papers already" if len(self.library) else "No sample dumps were installed"
            )
            return

        def job() -> str:
            try:
                return self.library.take_in([str(folder)]).summary
            except OSError as error:
                return f"The samples cannot be imported: {error.strerror or error} ({self.library.folder})"

        self.status.say("Importing the samples …", seconds=60)
        self.change(job)

    # -- fetching

    def action_fetch(self) -> None:
        """Fetch what came since the last time, beside the screen; stop when that is being done."""
        if self._fetching is not None and self._fetching.is_alive():
            self._stop.set()
            return
        self._stop.clear()
        self.status.doing = "Fetching …"
        self._fetching = Thread(target=self._fetch, name="fetch", daemon=True)
        self._fetching.start()

    def _fetch(self) -> None:
        said, seconds = "", _LONG
        try:
            done = self.library.fetch(progress=self._progress)
            if done.problems:
                said = _first_of(done.problems) + (f"; {done.summary}" if done.came else "")
            else:
                said, seconds = done.summary, 5.0
        except _Stopped:
            said, seconds = "The fetch was stopped: what came stays", 5.0
        except OSError as error:
            said = f"What was fetched cannot be kept: {error.strerror or error} ({self.library.folder})"
        except Exception as error:
            self.failed(error)
        self.post_message(Doing(""))
        self.post_message(Changed(said, seconds))

    def _progress(self, what: str, done: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self.post_message(Doing(f"{done:,} {what}"))

    # -- looking around

    def _look_around(self) -> None:
        if self._folders is not None:
            # only now: the first frame must not wait for what this loads
            self.library.watch(self._folders)
            self._folders = None
        self._take_care()
        said: list[str] = []
        before = len(self.library)
        try:
            changed = self.library.look_around(said.append)
        except OSError as error:
            changed = False
            said = [f"Papers cannot be taken in: {error.strerror or error} ({self.library.folder})"]
            if said == [self._said]:
                return
        if said:
            self._said = said[0]
            self.post_message(Changed(_first_of(said), _LONG))
        elif changed:
            self._said = ""
            self.post_message(Changed(_grown(len(self.library) - before)))

    def _take_care(self) -> None:
        """Read the index for damage, once, and keep it tidy."""
        if self._cared_for == self.library.revision:
            return
        self._cared_for = self.library.revision
        try:
            self.library.verify()
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))
            return
        if self._tidying is None or not self._tidying.is_alive():
            self._tidying = Thread(target=self._tidy, name="tidying", daemon=True)
            self._tidying.start()

    def _tidy(self) -> None:
        try:
            while self.library.tidy(self._ended.is_set):
                self.post_message(Changed(""))
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))
        except OSError:
            return  # where nothing can be written it stays as it is
        except Exception as error:
            self.failed(error)


def _first_of(lines: list[str]) -> str:
    return lines[0] if len(lines) == 1 else f"{lines[0]} (and {len(lines) - 1} more like it)"


def _grown(by: int) -> str:
    if by <= 0:
        return "The papers of the library have changed"
    return f"{counted(by, 'paper has', 'papers have')} come in"
