"""Whether the dumps can still be read, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperreader.doctor.finding import Case, Finding
from paperreader.dumps import Entry, NotADump
from paperreader.dumps.folder import DumpFolder
from paperreader.dumps.names import split_stored, tells_another
from paperreader.index import Index
from paperreader.latex import unlatex
from paperreader.paper import Paper, paper_id

_ALIKE = 0.5
"""How many of the words of the shorter abstract the other one must have, too.

Of 124 papers that have more than one abstract in real dumps, the least had 0.69; of 5,000 pairs of papers
that are two, the most had 0.33.
"""
_ENOUGH = 8
"""With fewer words than that, nothing can be said."""
_STEP = 100


def unreadable(case: Case) -> Iterator[Finding]:
    """Dumps that cannot be read, what is left out of others, and titles with other abstracts elsewhere."""
    folder = DumpFolder(case.dumps)
    told: set[int] = set()
    read = 0
    for name in case.dump_names():
        where = case.named(case.dumps / name)
        try:
            with folder.reading(name) as reading:
                for entry in reading:
                    read += 1
                    if read % _STEP == 0:
                        case.progress("papers in dumps read", read)
                    if case.index is not None:
                        yield from _differing(entry, where, case.index, told)
        except (NotADump, OSError) as error:
            _note_damage(case, name)
            advice = "import a good copy, which takes its place, or take it out of the folder"
            reason = getattr(error, "strerror", None) or str(error)
            yield Finding("dump", "problem", where, f"cannot be read: {reason}", advice)
            continue
        case.read[name] = reading.dump.id
        if tells_another(name, reading.dump.id):
            _note_damage(case, name)
            what = "was changed or cut short since it was imported"
            advice = "import a good copy, which takes its place; until then what is left of it is shown"
            yield Finding("changed", "problem", where, what, advice)
        for problem in reading.dump.problems:
            yield Finding("left-out", "remark", where, problem, "nothing, unless the papers are missed")


def _note_damage(case: Case, name: str) -> None:
    """Take note that the file does not hold the dump that it is named for, if it is named for one."""
    if dump_id := split_stored(name)[1]:
        case.damaged.add(dump_id)


def moved_aside(case: Case) -> Iterator[Finding]:
    """Damaged dumps whose place a good copy has taken, where they said something of their own."""
    for aside in sorted(case.folder.glob("*~*.damaged-*")):
        what = "was damaged, and a good copy took its place"
        advice = "look whether you miss something of it, then delete it"
        yield Finding("aside", "remark", case.named(aside), what, advice)


def _differing(entry: Entry, where: str, index: Index, told: set[int]) -> Iterator[Finding]:
    """Whether the abstract is quite another one than that which is shown."""
    paper = Paper(paper_id(entry.title), entry.title, entry.abstract, details=entry.details)
    found = (index.find(key) for key in reversed(paper.keys))
    ordinal = next((n for n in found if n is not None), None)
    if ordinal is None or ordinal in told:
        return
    shown = index.paper(ordinal).abstract
    if not alike(paper.abstract, shown):
        told.add(ordinal)
        what = f"has another abstract in {where} than the one that is shown"
        advice = "nothing; these may be two papers with one title"
        yield Finding("abstracts", "remark", paper.title, what, advice)


def alike(one: str, other: str) -> bool:
    """Whether two abstracts can be of one paper, in two versions or cut short."""
    if one == other or not one or not other:
        return True
    first, second = _words(one), _words(other)
    shorter = min(len(first), len(second))
    return shorter < _ENOUGH or len(first & second) >= _ALIKE * shorter


def _words(text: str) -> set[str]:
    """The longer words of a text: the short ones are in every text."""
    return set(re.findall(r"\w{4,}", unlatex(text).casefold()))
