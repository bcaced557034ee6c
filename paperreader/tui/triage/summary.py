"""The page at the end of a triage: what was decided, and where to go from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from paperreader.paper import Paper
from paperreader.tui.triage.round import Decision, said

_LISTED: Final[Mapping[Decision, str]] = {"starred": "Starred", "later": "For later", "read": "Read"}
"""Whoever skips papers does not want to see their titles again."""
_MOST = 30
"""Titles under each heading; the rest is counted."""


class Summary(VerticalScroll, can_focus=True, inherit_bindings=False):
    """What was decided."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "summary--title",
        "summary--heading",
        "summary--meta",
        "summary--key",
    }

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="summary-text", markup=False)

    def show(
        self,
        total: int,
        decided: Mapping[Decision, Sequence[Paper]],
        shown: Callable[[str], str],
        next_steps: Iterable[tuple[str, str]],
    ) -> None:
        """Say what was decided on so many papers, and what can be done next: keys, and what they do.

        `shown` makes a title readable.
        """
        part = self._part
        parts = [Content.styled(said(total, decided) if total else "Nothing to go through", part("title"))]
        for decision, heading in _LISTED.items():
            if papers := decided.get(decision):
                titles = [Content(f"• {shown(paper.title) or '(no title)'}") for paper in papers[:_MOST]]
                if len(papers) > _MOST:
                    titles.append(Content.styled(f"  and {len(papers) - _MOST:,} more", part("meta")))
                parts.append(Content("\n").join([Content.styled(heading, part("heading")), *titles]))
        steps = [
            Content.assemble((f"{key:<6}", part("key")), (does, part("meta"))) for key, does in next_steps
        ]
        parts.append(Content("\n").join(steps))
        self.query_one("#summary-text", Static).update(Content("\n\n").join(parts))

    def _part(self, name: str) -> Style:
        return self.get_visual_style(f"summary--{name}", partial=True)
