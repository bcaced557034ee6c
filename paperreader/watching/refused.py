"""Which files were looked at in vain, so that they are not read, or spoken of, again."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from paperreader import atomic
from paperreader.watching.files import Look


class Refused:
    """The files in watched folders that are no dumps, for as long as they do not change.

    Kept beside the program's state; losing it costs no more than reading them once more.
    """

    def __init__(self, state_folder: Path) -> None:
        self._file = state_folder / "watched.json"
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            known = {}
        self._known: dict[str, object] = known if isinstance(known, dict) else {}

    def __contains__(self, look: Look) -> bool:
        return self._known.get(look.path) == list(look[1:])

    def add(self, looks: list[Look]) -> None:
        """Remember these. A state folder that cannot be written is not worth a word."""
        self._known |= {look.path: list(look[1:]) for look in looks}
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            data = json.dumps(self._known, indent=1, sort_keys=True).encode()
            atomic.replace(self._file, data, durable=False)
