"""Which papers are starred, noted, read or new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping


class States(Mapping[str, Collection[int]]):
    """The ordinals in each state, worked out when first asked for."""

    def __init__(self, make: Mapping[str, Callable[[], Collection[int]]]) -> None:
        self.make = make
        self.made: dict[str, Collection[int]] = {}

    def __getitem__(self, state: str) -> Collection[int]:
        if state not in self.made:
            self.made[state] = self.make[state]()
        return self.made[state]

    def __iter__(self) -> Iterator[str]:
        return iter(self.make)

    def __len__(self) -> int:
        return len(self.make)
