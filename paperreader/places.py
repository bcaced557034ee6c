"""Where things are kept on this machine. Every place can be moved with an environment variable."""

from __future__ import annotations

import os
from pathlib import Path


def library_folder() -> Path:
    """The library that is opened when none is named on the command line."""
    return named_library() or _platform("user_data_path") / "library"


def named_library() -> Path | None:
    """The library that the environment names; None where it is the usual one."""
    return _place("PAPERREADER_LIBRARY")


def config_file() -> Path:
    """The file in which a person sets the theme and the keys."""
    return (_place("PAPERREADER_CONFIG") or _platform("user_config_path")) / "config.toml"


def state_folder() -> Path:
    """What the program remembers for itself between two runs: visits, a key; no work of the reader's."""
    return _place("PAPERREADER_STATE") or _platform("user_state_path")


def samples_folder() -> Path | None:
    """The sample dumps that come with the program; None where they were left out."""
    package = Path(__file__).parent
    return next((p for p in (package / "samples", package.parent / "seeds") if p.is_dir()), None)


def home(path: str) -> Path:
    """The path, with ~ standing for the home folder where there is one."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def _place(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return home(value) if value else None


def _platform(kind: str) -> Path:
    import platformdirs

    place: Path = getattr(platformdirs, kind)("paperreader", appauthor=False)
    return place
