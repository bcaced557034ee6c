"""What a check says, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from paperreader.index import Index
from paperreader.progress import Progress, quiet

Severity = Literal["problem", "remark"]
"""A problem keeps a part of the library from being used, and can be put right; a remark can be lived with."""


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    kind: str
    """Which of the checks found it: one word, always the same for the same thing."""
    severity: Severity
    where: str
    """A path, relative to the library if it is in it, or the title of a paper. As it came: not made safe."""
    what: str
    """What is wrong there."""
    advice: str
    """What to do about it; the same for all findings of a kind that ask for the same."""
    fixable: bool = False
    """Whether it can be mended here, without losing anything."""
    done: str = ""
    """How it has been mended; "" when it has not."""


class NotMended(Exception):  # noqa: N818 - an outcome rather than an error
    """Why something that can be mended was not."""


@dataclass(slots=True)
class Case:
    """A library that is looked at: its files, for opening it would mend some of them at once."""

    folder: Path
    progress: Progress = quiet
    commands: Mapping[str, str] | None = None
    """The names of the reader's commands with their keys; see `config.read`."""
    panes: Mapping[str, str] = field(default_factory=dict)
    index: Index | None = None
    """Its index, once that was found to be whole and to be that of the dumps."""
    read: dict[str, str] = field(default_factory=dict)
    """The ids of what was read from the dumps, by the names of their files."""
    damaged: set[str] = field(default_factory=set)
    """The ids that dumps had which cannot be read, or are not as they came."""
    indexed: set[str] = field(default_factory=set)
    """The ids of the dumps whose papers the index shows."""

    @property
    def dumps(self) -> Path:
        """The folder of its dumps."""
        return self.folder / "dumps"

    def named(self, path: Path) -> str:
        """What to call a path: from the library on, if it is in there."""
        if path == self.folder:
            return str(path)
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else str(path)

    def dump_names(self) -> list[str]:
        """The names of the dumps, sorted. Raises OSError.

        `DumpFolder.names` would also remove what killed programs left there.
        """
        if not self.dumps.is_dir():
            return []
        return sorted(p.name for p in self.dumps.iterdir() if not p.name.startswith(".") and p.is_file())
