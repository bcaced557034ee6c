"""Which papers are starred, noted, read, skipped, kept for later, tagged, judged or new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import chain
from typing import Final

from paperreader.annotations import Annotations, Field
from paperreader.tags import key

_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "starred": ("starred",),
    "noted": ("note",),
    "read": ("read",),
    "skipped": ("skipped",),
    "later": ("later",),
    "tagged": ("tags",),
    "judged": ("read", "skipped", "later", "starred"),
}

Judged = tuple[frozenset[str], ...]
"""The ids of the papers that were judged at one moment."""


def judged(annotations: Annotations) -> Judged:
    """What is judged at this moment."""
    return tuple(annotations.ids(field) for field in _FIELDS["judged"])


class States(Mapping[str, Collection[int]]):
    """The ordinals in each state, worked out when first asked for; `tag:rl` is the state of having a tag."""

    def __init__(
        self,
        annotations: Annotations,
        revision: int,
        find: Callable[[str], int | None],
        new: Callable[[], Collection[int]],
        before: States | None = None,
    ) -> None:
        """`find` gives the ordinals, which hold in this revision of the library; `before` has some."""
        self.version, self.revision = annotations.version, revision
        known = before if before is not None and before.revision == revision else None
        self.new: Callable[[], Collection[int]] = known.new if known else cache(new)
        self._annotations = annotations
        self._find = find
        self._found: dict[str, int] = known._found if known else {}
        self._then: tuple[Judged, frozenset[int]] = known._then if known else ((), frozenset())
        self._made: dict[str, Collection[int]] = {}

    def __getitem__(self, state: str) -> Collection[int]:
        if state not in self._made:
            self._made[state] = self._make(state)
        return self._made[state]

    def __iter__(self) -> Iterator[str]:
        yield from (*_FIELDS, "new")
        yield from self._tags

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _make(self, state: str) -> Collection[int]:
        if state == "new":
            return self.new()
        if state in self._tags:
            return self._ordinals(self._tags[state])
        return self._ordinals(i for field in _FIELDS[state] for i in self._annotations.ids(field))

    @cached_property
    def _tags(self) -> Mapping[str, Collection[str]]:
        tags: dict[str, list[str]] = {}
        for paper_id in self._annotations.ids("tags"):
            for tag in self._annotations.get(paper_id).tags:
                tags.setdefault(f"tag:{key(tag)}", []).append(paper_id)
        return tags

    def judged_since_then(self, then: Judged) -> Collection[int]:
        """The papers that were judged at that moment, and still are."""
        if self._then[0] is not then:
            self._then = then, self._ordinals(chain.from_iterable(then))
        now = judged(self._annotations)
        gone = {i for were, are in zip(then, now, strict=True) if were is not are for i in were - are}
        gone.difference_update(*now)
        return self._then[1] - self._ordinals(gone) if gone else self._then[1]

    def _ordinals(self, paper_ids: Iterable[str]) -> frozenset[int]:
        known = self._found
        ordinals: set[int] = set()
        for paper_id in paper_ids:
            ordinal = known.get(paper_id)
            if ordinal is None:
                ordinal = self._find(paper_id)
                if ordinal is None:
                    continue
                known[paper_id] = ordinal
            ordinals.add(ordinal)
        return frozenset(ordinals)
