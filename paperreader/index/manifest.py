"""What an index was made of, signed, so that nothing but our own whole files is ever opened.

The manifest is written last: replacing it is what makes another state of the index the valid one. It
names the files of that state, and says of each how long it is, when it was written, and by what CRC-32
it is known. Whoosh's table of contents is a pickle, which may run anything when it is read; it is known
by its hash, and the manifest by a code that only the key of this machine can make.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from paperreader import atomic
from paperreader.index import key
from paperreader.index.base import IndexUnusable
from paperreader.index.sections import Sections

_PROGRAM = "paperreader"
_SCHEMA = 6
"""Grows when an older program could not read the files, or would read them wrongly."""
NAME = "manifest.json"
LOCK = "lock"
"""The file that whoever writes holds."""
_OURS = (
    r"papers-\d+\.catalogue|_MAIN_\d+\.toc(\.[\d.]+)?|MAIN_[0-9a-z]+\.(documents|postings)"
    r"|MAIN_WRITELOCK|MAIN\.tmp.*|\.manifest\.json\..*\.tmp"
)
"""The names of an index's files, also of those that are not finished."""
_EARLIER = r"generation-[0-9a-f]{16}"
"""Folders in which earlier versions kept an index."""


class Manifest(NamedTuple):
    """What is known of an index without opening it."""

    toc: str
    """The name of Whoosh's table of contents."""
    catalogue: str
    """The name of the catalogue."""
    dumps: tuple[str, ...]
    """The file names of the dumps it was built from, sorted."""
    sightings: int
    files: dict[str, tuple[int, int]]
    """Each file's length and time of writing, in nanoseconds."""
    checks: dict[str, int]
    """The CRC-32 of Whoosh's file, and the identity of each one that is made of sections."""
    digest: str
    """The SHA-256 of the table of contents, in hexadecimal."""


class Copied(IndexUnusable):
    """Files of an index have other times than those at which they were written, but their length."""


NOTHING = Manifest("", "", (), 0, {}, {}, "")
"""That of an index without papers, which is nowhere."""


def describe(
    folder: Path,
    toc: str,
    catalogue: str,
    names: Iterable[str],
    *,
    dumps: Iterable[str],
    sightings: int,
    old: Manifest,
) -> Manifest:
    """The manifest of files that have been written, every byte of them brought to the disk.

    What is said of a file in an `old` manifest holds: files are never written to again.
    """
    files, checks = {}, {}
    for name in sorted({*names, toc, catalogue}):
        path = folder / name
        if name in old.files:
            files[name], checks[name] = old.files[name], old.checks[name]
            continue
        with path.open("rb+") as file:
            os.fsync(file.fileno())
            status = os.fstat(file.fileno())
        files[name] = status.st_size, status.st_mtime_ns
        checks[name] = zlib.crc32(path.read_bytes()) if name == toc else Sections.map(path).identity
    return Manifest(toc, catalogue, tuple(sorted(dumps)), sightings, files, checks, _digest(folder / toc))


def write(folder: Path, manifest: Manifest) -> None:
    """From now on the folder's index is this one."""
    content = manifest._asdict()
    signed = {"program": _PROGRAM, "schema": _SCHEMA, "signature": _signature(content, key.make()), **content}
    atomic.replace(folder / NAME, json.dumps(signed, indent=1).encode())


def forget(folder: Path) -> None:
    """From now on the folder has no index; whoever has it open goes on with it. Raises OSError."""
    (folder / NAME).unlink(missing_ok=True)


def read(folder: Path, *, copied: bool = False) -> Manifest:
    """The manifest of a folder, when everything in the folder is as it says; raises IndexUnusable.

    With `copied` the times of files may be others: then their content is to be looked at, and `date` called.
    """
    try:
        content = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError as error:
        raise IndexUnusable(_without_manifest(folder)) from error
    except (OSError, ValueError, RecursionError) as error:
        raise IndexUnusable(f"damaged: {NAME} cannot be read") from error
    manifest = _checked(content)
    for name, (length, written) in manifest.files.items():
        _check_file(folder / name, length, None if copied else written)
    if _digest(folder / manifest.toc) != manifest.digest:
        raise IndexUnusable(f"damaged: {manifest.toc} was changed")
    return manifest


def is_ours(name: str) -> bool:
    """Whether a file or a folder of that name is part of an index, or was part of one."""
    import re

    return re.fullmatch(f"{_OURS}|{_EARLIER}", name) is not None


def _without_manifest(folder: Path) -> str:
    names = {path.name for path in folder.iterdir()} - {LOCK} if folder.is_dir() else set()
    if not names:
        return "missing"
    return f"incomplete: {NAME} is missing" if all(map(is_ours, names)) else "made by another program"


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


def date(folder: Path, manifest: Manifest) -> None:
    """Give files whose content is right the times at which they were written, where that is allowed."""
    with suppress(OSError):
        for name, (_, written) in manifest.files.items():
            os.utime(folder / name, ns=(written, written))


def _check_file(path: Path, length: int, written: int | None) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise IndexUnusable(f"damaged: {path.name} is missing") from error
    if status.st_size != length:
        change = "shorter" if status.st_size < length else "longer"
        raise IndexUnusable(f"damaged: {path.name} is {change} than it was")
    if written not in (None, status.st_mtime_ns):
        raise Copied(f"a copy, or damaged: {path.name} was written at another time")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
