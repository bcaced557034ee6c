"""Whether stars and notes can be read, and what there is in their stead."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from paperreader.annotations import Annotations, form
from paperreader.annotations.backups import Backup, Backups
from paperreader.counts import counted
from paperreader.doctor.finding import Case, Finding, NotMended


def damaged(case: Case) -> Iterator[Finding]:
    """A file of annotations that is damaged or gone, bad backups, and what was moved aside before."""
    path = case.folder / "annotations.json"
    newest = Backups(case.folder / "backups").newest()
    try:
        if reason := _reason(path, newest):
            yield _finding(case, path, reason, newest)
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        yield Finding(
            "annotations", "problem", case.named(path), what, "allow access to it, or check the disk"
        )
    yield from _bad_backups(case)
    asides = [
        path.resolve().parent.glob("annotations.damaged-*.json"),
        case.folder.glob("history.damaged-*.jsonl"),
    ]
    for aside in sorted(itertools.chain(*asides)):
        advice = f"compare it with {aside.name.partition('.')[0]}{aside.suffix}, then delete it"
        yield Finding("aside", "remark", case.named(aside), "was damaged, and was moved aside", advice)


def restore(case: Case, finding: Finding) -> str:
    """Put the newest good backup in the place of the annotations; a bad file is moved aside.

    Opening them does just that, under their lock and with another look at the file.
    """
    annotations = Annotations(case.folder / "annotations.json")
    if annotations.problem:
        raise NotMended(annotations.problem)
    return annotations.notice or "another program has mended it meanwhile"


def _reason(path: Path, newest: Backup | None) -> str:
    """Why the file is not to be used, or "" when all is well. Raises OSError."""
    if path.exists() and not path.is_file():
        return ""  # which `folders` says
    if not path.exists():
        return "is gone" if newest and newest.document["papers"] else ""
    try:
        form.parse(path.read_bytes())
    except form.DamagedError as error:
        return f"is damaged: {error}"
    return ""


def _finding(case: Case, path: Path, reason: str, newest: Backup | None) -> Finding:
    if newest is None:
        advice = "mend it in an editor, or bring back a copy of your own: there is no good backup"
        return Finding("annotations", "problem", case.named(path), reason, advice)
    when = datetime.fromtimestamp(newest.time / 1e9).isoformat(" ", "minutes")
    papers = counted(len(newest.document["papers"]), "paper")
    what = f"{reason}; the newest good backup is {case.named(newest.path)} of {when}, with {papers}"
    advice = "mend it in an editor, or let --fix put the backup in its place and keep it aside"
    return Finding("annotations", "problem", case.named(path), what, advice, fixable=True)


def _bad_backups(case: Case) -> Iterator[Finding]:
    for backup in sorted((case.folder / "backups").glob("annotations.*.json")):
        try:
            form.parse(backup.read_bytes())
        except FileNotFoundError:
            pass  # an old one, which another program has just removed
        except (form.DamagedError, OSError) as error:
            what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
            advice = "delete it: the other backups stand in for it"
            yield Finding("backup", "remark", case.named(backup), what, advice)
