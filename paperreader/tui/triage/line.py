"""The line above a triage: how far one is, and what has been decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive

from paperreader.paper import Paper
from paperreader.tui.bars import Line
from paperreader.tui.triage.round import Decision

_SHORT: Final[Mapping[Decision, str]] = {
    "starred": "★ {:,}",
    "later": "later {:,}",
    "skipped": "skipped {:,}",
    "read": "read {:,}",
}
_LONGEST, _SHORTEST = 40, 8
"""Cells of the bar; it goes where there is no room for it."""


class TriageLine(Line):
    """ "12 of 81", a bar, and the counts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*Line.COMPONENT_CLASSES, "line--done", "line--star"}

    position: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0)
    decided: reactive[Mapping[Decision, Sequence[Paper]]] = reactive[Mapping[Decision, Sequence[Paper]]](dict)

    def render(self) -> RenderResult:
        """As much as there is room for."""
        here = min(self.position + 1, self.total)
        where = f"{here:,} of {self.total:,}" if self.total else "Nothing to go through"
        line = Content.styled(where, self.part("strong"))
        counts = Content("   ").join(
            [
                Content.styled(
                    _SHORT[each].format(len(papers)), self.part("star") if each == "starred" else ""
                )
                for each, papers in self.decided.items()
                if papers
            ]
        )
        room = self.size.width - line.cell_length - counts.cell_length - 6
        if room >= _SHORTEST and self.total:
            cells = min(room, _LONGEST)
            done = cells * self.position // self.total
            line = Content.assemble(
                line, "   ", ("━" * done, self.part("done")), ("─" * (cells - done), self.part("hint"))
            )
        return Content.assemble(line, "   ", counts)
