"""What a person switched on or off on the screen, remembered from one run to the next."""

from __future__ import annotations

from pathlib import Path

from paperreader.remembered import Remembered


class Switches:
    """Kept beside the program's state: the config file is the reader's to write, and this changes often."""

    def __init__(self, state_folder: Path) -> None:
        self._file = Remembered(state_folder / "switches.json")

    def is_on(self, name: str) -> bool:
        """Whether this one was left on; they are off to begin with."""
        return self._file.read().get(name) is True

    def set(self, name: str, on: bool) -> None:
        """Remember it. A state folder that cannot be written is not worth a word."""
        self._file.change(lambda switches: switches.update({name: on}))
