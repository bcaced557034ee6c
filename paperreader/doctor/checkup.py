"""All checks, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from paperreader.doctor import dumps, folders, index, leftovers, orphans, papers, settings, stars
from paperreader.doctor.finding import Case, Finding, NotMended
from paperreader.progress import Progress, quiet

Check = Callable[[Case], Iterator[Finding]]
Mend = Callable[[Case, Finding], str]

# what is mended first is what the checks after it need: papers are read from the index
_CHECKS: tuple[tuple[Check, Mend | None], ...] = (
    (folders.unwritable, None),
    (settings.unusable, None),
    (stars.damaged, stars.restore),
    (index.mismatch, index.make_again),
    (leftovers.leftovers, leftovers.remove),
    (dumps.unreadable, None),
    (dumps.moved_aside, None),
    (papers.doubtful, None),
    (index.outdated, index.make_again),
    (orphans.orphans, None),
)


def examine(
    folder: Path,
    *,
    fix: bool = False,
    progress: Progress = quiet,
    commands: Mapping[str, str] | None = None,
    panes: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Everything that is not as it should be in a library, as it is found.

    With `fix`, what can be mended is, and comes with what was `done`; else nothing is written. One
    paper is in memory at a time. `commands` and `panes` tell which keys there are. Never raises for
    what is in the library.
    """
    case = Case(folder, progress, commands, panes)
    unlooked: set[Finding] = set()
    for check, mend in _CHECKS:
        try:
            for finding in check(case):
                yield _mended(case, finding, mend) if fix and mend and finding.fixable else finding
        except OSError as error:
            # several checks look at the same places
            if (finding := _unlooked(case, error)) not in unlooked:
                unlooked.add(finding)
                yield finding


def _mended(case: Case, finding: Finding, mend: Mend) -> Finding:
    try:
        return finding._replace(done=mend(case, finding))
    except (OSError, NotImplementedError) as error:  # some file systems have no locks
        reason = getattr(error, "strerror", None) or str(error)
    except NotMended as error:
        reason = str(error)
    return finding._replace(what=f"{finding.what}; it could not be mended: {reason}")


def _unlooked(case: Case, error: OSError) -> Finding:
    where = case.named(Path(error.filename)) if isinstance(error.filename, str) else "."
    what = f"cannot be looked at: {error.strerror or error}"
    return Finding("folder", "problem", where, what, "allow access to it, or check the disk")
