"""The secret by which a machine knows the indexes that it has built itself."""

from __future__ import annotations

import os
from pathlib import Path

from paperreader import atomic, places

_LENGTH = 32
_unsaved: dict[Path, bytes] = {}


def _path() -> Path:
    return places.state_folder() / "index.key"


def read() -> bytes | None:
    """The secret, or None when this machine has none yet."""
    path = _path()
    try:
        secret = path.read_bytes()
    except OSError:
        return _unsaved.get(path)
    return secret if len(secret) == _LENGTH else None


def make() -> bytes:
    """The secret, made and kept when there is none.

    Where it cannot be kept it lasts as long as this run, and the next run builds the index again.
    """
    secret = read()
    if secret is None:
        secret = os.urandom(_LENGTH)
        try:
            _path().parent.mkdir(parents=True, exist_ok=True)
            atomic.replace(_path(), secret, mode=0o600)
        except OSError:
            _unsaved[_path()] = secret
    return secret
