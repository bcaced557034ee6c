"""Which papers are starred, noted, read, skipped, kept for later, tagged, judged, new or seen again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from threading import RLock
from typing import Final

from paperreader.annotations import Field, Snapshot
from paperreader.index import Members
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
_TAG: Final = "tag:"


class States(Mapping[str, Members]):
    """The papers in each state, and as `tag:rl` those with a tag, as they are at one moment.

    Each is worked out when it is first asked for: from what it was before, if that is known.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        find: Callable[[str], int | None],
        since: Mapping[str, Callable[[], Collection[int]]],
    ) -> None:
        """`find` gives the ordinals of papers; `since` has what is no annotation's: "new", "again"."""
        self.snapshot = snapshot
        self._since = since
        self._find = find
        self._made: dict[str, Members] = {}
        self._before: dict[str, tuple[int, Members]] = {}
        """What was made before, and in which version."""
        self._judged: tuple[Snapshot, Members] | None = None
        self._places = _Places(find)
        self._lock = RLock()
        """States are asked for by the screen and beside it."""
        self._tags: Mapping[str, frozenset[str]] | None = None
        self._tags_before: tuple[int, Mapping[str, frozenset[str]]] = (-1, {})

    def following(self, snapshot: Snapshot) -> States:
        """The states of a later moment, with the same ordinals."""
        states = States(snapshot, self._find, self._since)
        version = self.snapshot.version
        made = self._made.copy()  # in one go, and without waiting: another thread may be adding to it
        states._before = self._before | {name: (version, members) for name, members in made.items()}
        states._places, states._lock = self._places, self._lock
        states._tags_before = self._tags_before if self._tags is None else (version, self._tags)
        return states

    def __getitem__(self, state: str) -> Members:
        with self._lock:
            if state not in self._made:
                self._made[state] = self._make(state)
            return self._made[state]

    def __iter__(self) -> Iterator[str]:
        yield from _FIELDS
        yield from self._since
        yield from map(_TAG.__add__, self.tags)

    def __len__(self) -> int:
        return len(_FIELDS) + len(self._since) + len(self.tags)

    @property
    def tags(self) -> Mapping[str, frozenset[str]]:
        """The ids of the papers with each tag, by the tag's key."""
        with self._lock:
            if self._tags is None:
                version, tags = self._tags_before
                changed = self.snapshot.changed_since(version) if version >= 0 else None
                self._tags = _tagged(self.snapshot, tags, None if changed is None else frozenset(changed))
            return self._tags

    def spellings(self) -> list[str]:
        """The tags as they are written, those of the most papers first."""
        tags, entries = self.tags, self.snapshot.entries
        ranked = sorted(tags, key=lambda name: (-len(tags[name]), name))
        return [tag for name in ranked for tag in entries[min(tags[name])].tags if key(tag) == name]

    def judged_since(self, then: Snapshot) -> Members:
        """The papers that were judged at that moment and still are."""
        judged = self._judged  # which another thread may replace
        if judged is None or judged[0] is not then:
            fields = [(self.snapshot.ids[field], then.ids[field]) for field in _FIELDS["judged"]]
            recent = {i for now, before in fields if now is not before for i in now - before}
            with self._lock:
                around = dict(filter(None, map(self._places.around, recent)))
            new = {
                n: False for n, ids in around.items() if all(before.isdisjoint(ids) for _, before in fields)
            }
            self._judged = judged = then, self["judged"].changed(new)
        return judged[1]

    def _make(self, state: str) -> Members:
        version, members = self._before.get(state, (-1, Members()))
        if state in self._since:
            return members if version >= 0 else Members.of(self._since[state]())
        name = state.removeprefix(_TAG)
        if name == state:
            fields = _FIELDS[state]
        elif name in self.tags:
            fields = ()
        else:
            raise KeyError(state)
        changed = self.snapshot.changed_since(version) if version >= 0 else None
        holding = [self.tags[name]] if not fields else [self.snapshot.ids[field] for field in fields]
        if changed is None:
            places = map(self._places.place, set().union(*holding))
            return Members.of(n for n in places if n is not None)
        around = dict(filter(None, map(self._places.around, changed)))
        return members.changed(
            {n: any(not each.isdisjoint(ids) for each in holding) for n, ids in around.items()}
        )


class _Places:
    """Where papers are, which may be annotated under several ids."""

    def __init__(self, find: Callable[[str], int | None]) -> None:
        self._find = find
        self._known: dict[str, int] = {}
        self._ids: dict[int, tuple[str, ...]] = {}
        """The ids that are known to be those of the paper with this ordinal."""

    def place(self, paper_id: str) -> int | None:
        """The ordinal of a paper."""
        n = self._known.get(paper_id)
        if n is None and (n := self._find(paper_id)) is not None:
            self._known[paper_id] = n
            self._ids[n] = (*self._ids.get(n, ()), paper_id)
        return n

    def around(self, paper_id: str) -> tuple[int, tuple[str, ...]] | None:
        """The ordinal of a paper, and the ids under which it has been annotated."""
        n = self.place(paper_id)
        return None if n is None else (n, self._ids[n])


def _tagged(
    snapshot: Snapshot, tags: Mapping[str, frozenset[str]], changed: frozenset[str] | None
) -> Mapping[str, frozenset[str]]:
    """The ids of the papers with each tag; `tags` has those that have not changed, if that is known."""
    gained: dict[str, set[str]] = {}
    for paper_id in snapshot.ids["tags"] if changed is None else snapshot.ids["tags"] & changed:
        for tag in snapshot.entries[paper_id].tags:
            gained.setdefault(key(tag), set()).add(paper_id)
    found = {} if changed is None else {tag: ids - changed for tag, ids in tags.items()}
    found |= {tag: found.get(tag, frozenset()) | ids for tag, ids in gained.items()}
    return {tag: ids for tag, ids in found.items() if ids}
