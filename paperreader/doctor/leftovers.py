"""What killed programs left behind: temporary files of ours, and parts of an index that is no more."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from paperreader import index, places
from paperreader.doctor.finding import Case, Finding, NotMended
from paperreader.dumps.folder import DumpFolder
from paperreader.index import IndexUnusable

AGE: float = 3600.0
"""Seconds for which a temporary file must not have changed: a program that is at work may need it."""
_PART = r"\.[0-9a-f]{16}\.part"
_OURS = r"annotations(?:\.[\w-]+)?\.json|history\.jsonl|(?:visits|fetched|watched)\.json|index\.key"
_TEMPORARY = rf"\.(?:{_OURS})\.[0-9a-f]{{12}}\.tmp"
_ADVICE = "nobody needs them any more: --fix removes them"


def leftovers(case: Case) -> Iterator[Finding]:
    """Files that were not touched for an hour, though they were meant to be there for a moment."""
    annotations = (case.folder / "annotations.json").resolve().parent
    for folder in dict.fromkeys([case.folder, case.folder / "backups", annotations, places.state_folder()]):
        yield from _matching(case, folder, _TEMPORARY)
    yield from _matching(case, case.dumps, _PART)
    if case.index is not None:
        yield from _in_index(case)


def remove(case: Case, finding: Finding) -> str:
    """Remove them, unless another program shows that it needs them after all."""
    path = case.folder / finding.where
    if path.name == "index":
        index.sweep(path)
        if index.leftovers(path):
            raise NotMended("another program has them open")
    elif path.suffix == ".part":
        DumpFolder(case.dumps).names()  # which removes those that nobody holds
        if path.exists():
            raise NotMended("another program is writing it")
    else:
        path.unlink(missing_ok=True)
    return "removed"


def _matching(case: Case, folder: Path, pattern: str) -> Iterator[Finding]:
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if re.fullmatch(pattern, path.name) and _is_old(path):
                yield Finding("leftover", "remark", case.named(path), "is a temporary file", _ADVICE, True)


def _in_index(case: Case) -> Iterator[Finding]:
    folder = case.folder / "index"
    try:
        found = [path for path in index.leftovers(folder) if _is_old(path)]
    except IndexUnusable:  # by now: another program is at work
        return
    if found:
        what = f"has {len(found):,} files that are no part of the index any more"
        yield Finding("leftover", "remark", case.named(folder), what, _ADVICE, True)


def _is_old(path: Path) -> bool:
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return False
    # what is copied gets an old time of modification before it is whole
    return time.time() - max(status.st_mtime, status.st_ctime) >= AGE
