"""What a person switched on or off on the screen, remembered from one run to the next."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from paperreader import atomic


class Switches:
    """Kept beside the program's state: the config file is the reader's to write, and this changes often."""

    def __init__(self, state_folder: Path) -> None:
        self._file = state_folder / "switches.json"

    def is_on(self, name: str) -> bool:
        """Whether this one was left on; they are off to begin with."""
        return self._read().get(name) is True

    def set(self, name: str, on: bool) -> None:
        """Remember it. A state folder that cannot be written is not worth a word."""
        switches = self._read() | {name: on}
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            atomic.replace(self._file, json.dumps(switches, indent=1, sort_keys=True).encode(), durable=False)

    def _read(self) -> dict[str, object]:
        try:
            switches = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return switches if isinstance(switches, dict) else {}
