"""What a library held when it was last left, so that the next visit can tell what has changed."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from paperreader import atomic
from paperreader.remembered import Remembered, name_of


class Visits:
    """The dumps and the papers that were there at the end of the last visit to one library.

    Kept beside the program's state and not in the library: it speaks of this person at this
    machine, and losing it loses nothing but a few green dots. A paper takes eight bytes.
    """

    def __init__(self, state_folder: Path, library: Path) -> None:
        self._library = name_of(library)
        self._folder = state_folder
        self._file = Remembered(state_folder / "visits.json")

    @property
    def _papers(self) -> Path:
        import hashlib  # which the first frame does without

        name = hashlib.sha256(self._library.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._folder / f"visited-{name}.papers"

    def known(self) -> frozenset[str]:
        """Ids of the dumps that were there when the last visit ended; empty before the first."""
        return self._known(self._file.read())

    def papers(self) -> array[int]:
        """Ids of the papers that were there, as numbers; empty also where this is not known."""
        papers = array("Q")
        with suppress(OSError, ValueError):
            papers.frombytes(self._papers.read_bytes())
        return papers

    def end(
        self, dumps: Collection[str], papers: memoryview[int] | array[int], there: Collection[str] = ()
    ) -> None:
        """Remember these as seen, besides those that others have seen meanwhile and that are still `there`.

        A state folder that cannot be written is not worth a word.
        """

        def join(visits: dict[str, object]) -> None:
            elsewhere = self._known(visits).intersection(there).difference(dumps)
            seen = array("Q", sorted({*papers, *self.papers()})) if elsewhere else papers
            atomic.replace(self._papers, seen.tobytes(), durable=False)
            visits[self._library] = sorted(elsewhere.union(dumps))

        self._file.change(join)

    def _known(self, visits: dict[str, object]) -> frozenset[str]:
        dumps = visits.get(self._library)
        return frozenset(d for d in dumps if isinstance(d, str)) if isinstance(dumps, list) else frozenset()
