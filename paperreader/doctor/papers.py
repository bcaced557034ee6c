"""Whether there is anything odd about the texts of papers."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader.doctor.finding import Case, Finding
from paperreader.latex.unresolved import unresolved
from paperreader.paper import Paper

_STEP = 100
_SHOWN = 5


def doubtful(case: Case) -> Iterator[Finding]:
    """Papers without an abstract, and those with LaTeX that cannot be shown as it was meant."""
    index = case.index
    if index is None:
        return
    for done, ordinal in enumerate(index.order("title"), 1):
        if done % _STEP == 0:
            case.progress("papers looked at", done)
        paper = index.paper(ordinal)
        case.indexed.update(sighting.dump for sighting in paper.sightings)
        yield from without_abstract(paper)
        yield from mangled(paper)


def without_abstract(paper: Paper) -> Iterator[Finding]:
    """Whether no dump gives an abstract."""
    if not paper.abstract:
        names = ", ".join(dict.fromkeys(sighting.name for sighting in paper.sightings[:_SHOWN]))
        more = f" and {len(paper.sightings) - _SHOWN:,} more" if len(paper.sightings) > _SHOWN else ""
        advice = "nothing, unless another dump has it: then import that one"
        yield Finding("no-abstract", "remark", paper.title, f"has no abstract in {names}{more}", advice)


def mangled(paper: Paper) -> Iterator[Finding]:
    """Whether there is LaTeX in it of which only its author knows what it means."""
    found = dict.fromkeys([*unresolved(paper.title), *unresolved(paper.abstract)])
    if found:
        what = f"has {', '.join(list(found)[:_SHOWN])}{' …' if len(found) > _SHOWN else ''}"
        advice = "nothing: it is shown as it came; another dump may have it right"
        yield Finding("latex", "remark", paper.title, what, advice)
