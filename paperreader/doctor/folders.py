"""Whether the places where something is kept can be written to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from paperreader import places
from paperreader.doctor.finding import Case, Finding


def unwritable(case: Case) -> Iterator[Finding]:
    """The folders, and the annotations, that are no folders or are not to be written."""
    folders = {
        case.folder: "stars and notes cannot be saved",
        case.folder / "backups": "no backups of stars and notes are kept",
        case.dumps: "nothing can be imported",
        case.folder / "index": "the index lasts for one run only",
        places.state_folder(): "every run makes the index again, and everything is new at every start",
    }
    for folder, cost in folders.items():
        if folder.exists() and not folder.is_dir():
            yield _in_the_way(case, folder, f"is no folder: {cost}")
        elif folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            yield _protected(case, folder, cost)
    files = {
        case.folder / "annotations.json": "stars and notes cannot be saved",
        case.folder / "history.jsonl": "what is done can be undone in the same run only",
    }
    for file, cost in files.items():
        if file.exists() and not file.is_file():
            yield _in_the_way(case, file, f"is no file: {cost}")
        elif file.exists() and not os.access(file, os.W_OK):
            yield _protected(case, file, cost)


def _in_the_way(case: Case, path: Path, what: str) -> Finding:
    return Finding("folder", "problem", case.named(path), what, "move it somewhere else")


def _protected(case: Case, path: Path, cost: str) -> Finding:
    advice = "allow yourself to write there, or make its disk writable"
    return Finding("folder", "problem", case.named(path), f"cannot be written to: {cost}", advice)
