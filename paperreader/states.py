"""Which papers are starred, noted, read, skipped, kept for later, tagged, judged or new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, cached_property
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


class States(Mapping[str, Collection[int]]):
    """The ordinals in each state, worked out when first asked for; `tag:rl` is the state of having a tag."""

    def __init__(
        self,
        annotations: Annotations,
        revision: int,
        find: Callable[[str], int | None],
        new: Callable[[], Collection[int]],
    ) -> None:
        """`find` gives the ordinals, which hold in this revision of the library."""
        self.version, self.revision = annotations.version, revision
        self.new = cache(new)
        self._annotations = annotations
        self._find = find
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

    @property
    def tags(self) -> Mapping[str, int]:
        """The `tags.key` of each tag, and how often it is given."""
        return {state.removeprefix("tag:"): len(ids) for state, ids in self._tags.items()}

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

    def _ordinals(self, paper_ids: Collection[str] | Iterator[str]) -> frozenset[int]:
        found = map(self._find, paper_ids)
        return frozenset(ordinal for ordinal in found if ordinal is not None)
