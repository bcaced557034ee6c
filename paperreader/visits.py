"""What a library held when it was last left, so that the next visit can tell what has changed."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from paperreader import atomic


class Visits:
    """The dumps and the papers that were there at the end of the last visit to one library.

    Kept beside the program's state and not in the library: it speaks of this person at this
    machine, and losing it loses nothing but a few green dots. A paper takes eight bytes.
    """

    def __init__(self, state_folder: Path, library: Path) -> None:
        self._library = str(library.absolute())
        self._file = state_folder / "visits.json"

    @property
    def _papers(self) -> Path:
        import hashlib  # which the first frame does without

        name = hashlib.sha256(self._library.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._file.with_name(f"visited-{name}.papers")

    def known(self) -> frozenset[str]:
        """Ids of the dumps that were there when the last visit ended; empty before the first."""
        dumps = self._read().get(self._library)
        return frozenset(d for d in dumps if isinstance(d, str)) if isinstance(dumps, list) else frozenset()

    def papers(self) -> array[int]:
        """Ids of the papers that were there, as numbers; empty also where this is not known."""
        papers = array("Q")
        with suppress(OSError, ValueError):
            papers.frombytes(self._papers.read_bytes())
        return papers

    def end(self, dumps: Iterable[str], papers: memoryview[int] | array[int]) -> None:
        """Remember these as seen. A state folder that cannot be written is not worth a word."""
        visits = self._read() | {self._library: sorted(dumps)}
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            atomic.replace(self._papers, papers.tobytes(), durable=False)
            atomic.replace(self._file, json.dumps(visits, indent=1, sort_keys=True).encode(), durable=False)

    def _read(self) -> dict[str, object]:
        try:
            visits = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return visits if isinstance(visits, dict) else {}
