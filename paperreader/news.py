"""What has changed in a library since the last visit: papers that are new, were seen again, or are gone."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property
from typing import NamedTuple

from paperreader.annotations import Annotations
from paperreader.dumps.folder import DumpFolder
from paperreader.index import Index, IndexUnusable
from paperreader.paper import Paper
from paperreader.visits import Visits


class News(NamedTuple):
    """How many papers have changed since the last visit."""

    new: int
    """That were first sighted since."""
    again: int
    """That were known, and have been sighted in another list since."""
    gone: int
    """That are in no dump any more."""


class Gone(NamedTuple):
    """A paper that is in no dump any more."""

    id: str
    title: str
    """"" when nobody knows it any more."""


class Visited(ABC):
    """The part of a library that knows of the last visit."""

    dumps: DumpFolder
    annotations: Annotations
    index: Index | None
    revision: int
    _visits: Visits
    _former: Index | None = None
    """One that had papers that are gone, if this run has seen one."""
    _gone: tuple[int, Sequence[Gone]] = -1, ()

    @cached_property
    def _known_dumps(self) -> frozenset[str]:
        return self._visits.known()

    @property
    def visited(self) -> bool:
        """Whether there was a visit before this one."""
        return bool(self._known_dumps)

    def is_new(self, paper: Paper) -> bool:
        """Whether the paper was first sighted since the last visit."""
        return bool(paper.sightings) and not any(s.dump in self._known_dumps for s in paper.sightings)

    def since(self, index: Index | None) -> Mapping[str, Callable[[], Collection[int]]]:
        """What gives the ordinals of the papers that are new, and of those that were seen again."""
        if index is None:
            return {"new": frozenset, "again": frozenset}
        return {
            "new": cache(lambda: frozenset(index.first_sighted_outside(self._known_dumps))),
            "again": cache(lambda: frozenset(index.sighted_again(self._known_dumps))),
        }

    def gone(self) -> Sequence[Gone]:
        """The papers that were there at the last visit and are in no dump now, by their titles.

        A title is known if the paper is annotated, or if it went during this run; the others come last.
        """
        revision, gone = self._gone
        if revision != self.revision:
            revision, index = self.revision, self.index
            ids = index.missing(self._visits.papers()) if index else ()
            gone = sorted((Gone(i, self._former_title(i)) for i in ids), key=lambda g: (not g.title, g.title))
            self._gone = revision, gone
        return gone

    def _former_title(self, paper_id: str) -> str:
        title = self.annotations.get(paper_id).title
        former = self._former.find(paper_id) if self._former and not title else None
        if self._former is None or former is None:
            return title
        with suppress(IndexUnusable):
            title = self._former.paper(former).title
        return title

    def end_visit(self) -> None:
        """What could be seen at this visit is not new at the next one."""
        if self.index is not None:
            shown = self.index.dumps
            with suppress(OSError, IndexUnusable):
                there = self.dumps.ids()
                dumps = [dump for dump, name in there.items() if name in shown]
                self._visits.end(dumps, self.index.ids, there)
