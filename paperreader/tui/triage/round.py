"""The papers that are gone through, one after the other, and what has been decided so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from paperreader.counts import counted
from paperreader.library import Annotation, Answer, Library, Pages
from paperreader.paper import Paper

Decision = Literal["starred", "later", "skipped", "read"]
DECISIONS: Final[tuple[Decision, ...]] = ("starred", "later", "skipped", "read")
"""What can become of a paper; the first that holds is the one that counts."""

_SAID: Final[Mapping[Decision, str]] = {
    "starred": "{:,} starred",
    "later": "{:,} for later",
    "skipped": "{:,} skipped",
    "read": "{:,} read",
}


@dataclass(eq=False)
class Asked:
    """What was asked for and is done beside the screen."""

    becomes: Annotation
    """What the paper's annotation will be."""
    done: bool = False


class Round:
    """The papers of one answer, whatever comes into the library meanwhile."""

    def __init__(self, answer: Answer, pages: Pages, start: int = 0) -> None:
        self.answer, self.pages = answer, pages
        self.position = start
        """Index of the paper that is shown; their number when all have been."""
        self._met: dict[int, Paper] = {}
        """The papers that were shown, by their indices."""
        self._positions: dict[str, int] = {}
        """Their indices by each of their keys."""
        self._asked: dict[str, Asked] = {}
        """By the ids of their papers."""

    def __len__(self) -> int:
        return len(self.answer.ordinals)

    @property
    def ordinal(self) -> int | None:
        """The ordinal of the paper that is shown; None at the end."""
        return self.answer.ordinals[self.position] if self.position < len(self) else None

    @property
    def is_over(self) -> bool:
        """Whether there is no paper after those that were shown."""
        return self.position >= len(self)

    def go(self, position: int) -> None:
        """To another paper; behind the last one is the end."""
        self.position = max(0, min(position, len(self)))

    def meet(self, paper: Paper) -> None:
        """Remember that this is the paper that is shown."""
        self._met[self.position] = paper
        for key in (paper.id, *paper.keys):
            self._positions[key] = self.position

    def find(self, keys: Iterable[str]) -> int | None:
        """Where one of these papers was shown; None when none was."""
        return next((self._positions[key] for key in keys if key in self._positions), None)

    def last_met(self) -> Paper | None:
        """The paper that is shown, or the last one before the end."""
        return self._met.get(min(self.position, len(self) - 1))

    def stands(self, paper: Paper, library: Library) -> Annotation:
        """What has become of a paper when all that was asked for is done."""
        asked = self._asked.get(paper.id)
        return library.annotation(paper) if asked is None or asked.done else asked.becomes

    def ask(self, paper: Paper, becomes: Annotation) -> Asked:
        """Remember what a paper is to become, until that is done."""
        self._asked[paper.id] = asked = Asked(becomes)
        return asked

    def decided(self, library: Library) -> dict[Decision, Sequence[Paper]]:
        """What has become of the papers that were shown, in their order."""
        decided: dict[Decision, list[Paper]] = {decision: [] for decision in DECISIONS}
        for _, paper in sorted(self._met.items()):
            if decision := decision_on(library.annotation(paper)):
                decided[decision].append(paper)
        return dict(decided)


def decision_on(annotation: Annotation) -> Decision | None:
    """What has become of a paper, if anything."""
    return next((decision for decision in DECISIONS if getattr(annotation, decision)), None)


def said(total: int, decided: Mapping[Decision, Sequence[Paper]]) -> str:
    """What was decided, in a line: "81 papers: 3 starred, 5 for later, 60 skipped, 13 left"."""
    counts = [_SAID[each].format(len(papers)) for each, papers in decided.items() if papers]
    left = total - sum(map(len, decided.values()))
    if left or not counts:
        counts.append(f"{left:,} left")
    return f"{counted(total, 'paper')}: {', '.join(counts)}"
