"""The first visit to any library on this machine, when somebody may want to be told the keys."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_MARK = "welcomed"
_EARLIER = "visits.json"
"""What any earlier visit has left."""


def is_due(state_folder: Path) -> bool:
    """Whether nobody has been welcomed here yet."""
    return not any(_is_there(state_folder / name) for name in (_MARK, _EARLIER))


def done(state_folder: Path) -> None:
    """Remember it. A state folder that cannot be written is not worth a word."""
    with suppress(OSError):
        state_folder.mkdir(parents=True, exist_ok=True)
        (state_folder / _MARK).touch()


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        pass  # where nothing can be read nothing can be remembered: rather no welcome than one each time
    return True
