"""`paperreader doctor`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperreader import places
from paperreader.cli.shared import Failure, parser_for, showing_progress
from paperreader.counts import counted
from paperreader.text import one_line

if TYPE_CHECKING:
    from paperreader.doctor import Finding

_EPILOG = """\
Without --fix nothing is written. The exit status is 1 when there are problems, which keep a part of
the library from being used; what is only remarked can be lived with. Dumps are never touched.
"""
_MARKS = ("mended", "problem", "remark")
_FIRST = 5
"""How many findings of one kind are shown."""
_HEADINGS = {
    "folder": "places",
    "config": "settings",
    "annotations": "stars and notes",
    "backup": "backups of stars and notes",
    "aside": "moved aside",
    "index": "the index",
    "leftover": "left behind by interrupted work",
    "dump": "dumps that cannot be read",
    "changed": "dumps that are not as they came",
    "left-out": "left out of a dump",
    "abstracts": "one title, several abstracts",
    "no-abstract": "titles without an abstract",
    "latex": "LaTeX that is not resolved",
    "orphan": "annotations without a paper",
}


def run(given: Sequence[str]) -> int:
    """Examine the library; 1 when there are problems, or when there still are after --fix."""
    parser = parser_for("doctor", "Check the library, and say what is wrong with it and what to do.", _EPILOG)
    parser.add_argument("--fix", action="store_true", help="mend what can be mended without losing anything")
    parser.add_argument("--json", action="store_true", help="one JSON object for each finding, one a line")
    options = parser.parse_args(given)
    folder = places.home(options.library) if options.library else places.library_folder()
    folder = folder.absolute()
    if not folder.is_dir():
        raise Failure(f"there is no library in {folder}: name one with --library DIR")
    from paperreader.doctor import examine
    from paperreader.tui.commands import DEFAULT_KEYS, PANES

    report = _Report(options.json)
    with showing_progress() as progress:
        try:
            for finding in examine(
                folder, fix=options.fix, progress=progress, commands=DEFAULT_KEYS, panes=PANES
            ):
                if options.json:
                    progress.clear()
                report.add(finding)
        except KeyboardInterrupt:
            progress.clear()
            report.show()
            raise
    report.show()
    if not options.json:
        print(report.summary(folder))
    return report.status


class _Group(NamedTuple):
    """Findings that are told together."""

    mark: str
    kind: str
    advice: str


class _Report:
    """What was found, in memory that does not grow with it."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._counts: Counter[_Group] = Counter()
        self._lines: dict[_Group, list[str]] = {}
        self._marks: Counter[str] = Counter()
        self._fixable = 0

    def add(self, finding: Finding) -> None:
        """Take note of a finding; as JSON it is printed at once."""
        mark = "mended" if finding.done else finding.severity
        self._marks[mark] += 1
        self._fixable += finding.fixable and not finding.done
        if self._as_json:
            print(json.dumps(finding._asdict()))  # all but ASCII is escaped: it is safe, and as it was
            return
        group = _Group(mark, finding.kind, "" if finding.done else finding.advice)
        self._counts[group] += 1
        lines = self._lines.setdefault(group, [])
        if len(lines) < _FIRST:
            lines.append(one_line(f"{finding.where}{finding.done and ':'} {finding.done or finding.what}"))

    def show(self) -> None:
        """Print the groups, problems first."""
        for group in sorted(self._lines, key=lambda group: _MARKS.index(group.mark)):
            count = self._counts[group]
            print(f"{group.mark}: {_HEADINGS[group.kind]} ({count:,})")
            for line in self._lines[group]:
                print(f"  {line}")
            if count > _FIRST:
                print(f"  and {count - _FIRST:,} more")
            if group.advice:
                print(f"  → {group.advice}")
            print()

    def summary(self, folder: Path) -> str:
        """The last line."""
        found = ", ".join(
            f"{count:,} mended" if mark == "mended" else counted(count, mark)
            for mark in _MARKS
            if (count := self._marks[mark])
        )
        fixable = f"; --fix mends {self._fixable:,} of them" if self._fixable else ""
        return one_line(f"{folder}: {found or 'nothing to do'}{fixable}")

    @property
    def status(self) -> int:
        """The exit status."""
        return 1 if self._marks["problem"] else 0
