"""What an index was made of, signed, so that nothing but our own whole files is ever opened.

The manifest is written last. It names the folder of the *generation* that holds everything else,
and says of each file there how long it is and when it was written. Whoosh's table of contents is a
pickle, which may run anything when it is read; it is known by its hash, and the manifest by a code
that only the key of this machine can make.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from paperreader import atomic
from paperreader.index import key
from paperreader.index.base import IndexUnusable

_PROGRAM = "paperreader"
_SCHEMA = 1
"""Grows when an older program could not read the files, or would read them wrongly."""
NAME = "manifest.json"
LOCK = "lock"
"""The file that whoever writes holds."""
GENERATION = "generation-"
"""What the names of the folders of generations begin with."""


class Manifest(NamedTuple):
    """What is known of an index without opening it."""

    generation: str
    """The name of the folder that holds the files."""
    dumps: tuple[str, ...]
    """The file names of the dumps it was built from, sorted."""
    sightings: int
    files: dict[str, tuple[int, int]]
    """Each file's length and time of writing, in nanoseconds."""
    pickles: dict[str, str]
    """The SHA-256 of the files that are pickles, in hexadecimal."""


def describe(folder: Path, generation: str, dumps: Iterable[str], sightings: int) -> Manifest:
    """The manifest of a generation that has been written, every byte of it brought to the disk."""
    files, pickles = {}, {}
    for path in sorted(path for path in (folder / generation).iterdir() if path.is_file()):
        with path.open("rb+") as file:
            os.fsync(file.fileno())
            status = os.fstat(file.fileno())
        files[path.name] = (status.st_size, status.st_mtime_ns)
        if path.suffix == ".toc":
            pickles[path.name] = _digest(path)
    return Manifest(generation, tuple(sorted(dumps)), sightings, files, pickles)


def write(folder: Path, manifest: Manifest) -> None:
    """From now on the folder's index is this one."""
    content = manifest._asdict()
    signed = {"program": _PROGRAM, "schema": _SCHEMA, "signature": _signature(content, key.make()), **content}
    atomic.replace(folder / NAME, json.dumps(signed, indent=1).encode())


def read(folder: Path) -> Manifest:
    """The manifest of a folder, when everything in the folder is as it says; raises IndexUnusable."""
    try:
        content = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError as error:
        raise IndexUnusable(_without_manifest(folder)) from error
    except (OSError, ValueError, RecursionError) as error:
        raise IndexUnusable(f"damaged: {NAME} cannot be read") from error
    manifest = _checked(content)
    for name, (length, written) in manifest.files.items():
        _check_file(folder / manifest.generation / name, length, written, manifest.pickles.get(name))
    return manifest


def _without_manifest(folder: Path) -> str:
    names = {path.name for path in folder.iterdir()} - {LOCK} if folder.is_dir() else set()
    if not names:
        return "missing"
    ours = all(name.startswith(GENERATION) for name in names)
    return f"incomplete: {NAME} is missing" if ours else "made by another program"


def _checked(content: Any) -> Manifest:
    if not isinstance(content, dict) or content.pop("program", None) != _PROGRAM:
        raise IndexUnusable("made by another program")
    schema, signature = content.pop("schema", None), content.pop("signature", None)
    if schema != _SCHEMA:
        newer = isinstance(schema, int) and schema > _SCHEMA
        raise IndexUnusable(f"made by {'a newer' if newer else 'an older'} version")
    secret = key.read()
    if secret is None or not hmac.compare_digest(ascii(signature), ascii(_signature(content, secret))):
        raise IndexUnusable("from another machine")
    return Manifest(**content)


def _signature(content: dict[str, Any], secret: bytes) -> str:
    data = json.dumps([_PROGRAM, _SCHEMA, content], sort_keys=True)
    return hmac.new(secret, data.encode(), hashlib.sha256).hexdigest()


def _check_file(path: Path, length: int, written: int, digest: str | None) -> None:
    try:
        status = path.stat()
        if status.st_size != length:
            change = "shorter" if status.st_size < length else "longer"
            raise IndexUnusable(f"damaged: {path.name} is {change} than it was")
        if status.st_mtime_ns != written or (digest and digest != _digest(path)):
            raise IndexUnusable(f"damaged: {path.name} was changed")
    except OSError as error:
        raise IndexUnusable(f"damaged: {path.name} is missing") from error


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
