"""Sets of ordinals that are quick to look into, to change and to combine."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress

MANY = 1 << 12
"""More ordinals than this are looked through with numpy, which fewer at once, without importing it."""


class Members(Collection[int]):
    """A set of ordinals, a byte for each ordinal that there is. It never changes."""

    __slots__ = ("data",)

    def __init__(self, data: bytes = b"") -> None:
        self.data = data
        """1 for a member, 0 for the others; those beyond its end are none."""

    @classmethod
    def of(cls, ordinals: Iterable[int]) -> Members:
        """The set of these."""
        there = list(ordinals)
        data = bytearray(max(there, default=-1) + 1)
        for n in there:
            data[n] = True
        return cls(bytes(data))

    def changed(self, now: Mapping[int, bool]) -> Members:
        """The set in which each of these ordinals is a member or not; this one if that is the same."""
        different = {n: is_in for n, is_in in now.items() if (n in self) != is_in}
        if not different:
            return self
        data = bytearray(self.data.ljust(max(different) + 1, b"\0"))
        for n, is_in in different.items():
            data[n] = is_in
        return Members(bytes(data))

    def among(self, ordinals: Sequence[int]) -> Sequence[int]:
        """Those of the ordinals that are members, in their order."""
        if len(ordinals) > MANY:
            import numpy as np

            there = np.asarray(ordinals)
            there = there[there < len(self.data)]
            there = there[np.frombuffer(self.data, bool)[there]]
            return array("I", there.astype(np.uintc).tobytes())
        data = self.data.ljust(max(ordinals, default=-1) + 1, b"\0")
        return array("I", compress(ordinals, map(data.__getitem__, ordinals)))

    def common(self, other: Members) -> int:
        """How many ordinals are in both."""
        return (int.from_bytes(self.data, "little") & int.from_bytes(other.data, "little")).bit_count()

    def __contains__(self, ordinal: object) -> bool:
        return isinstance(ordinal, int) and 0 <= ordinal < len(self.data) and self.data[ordinal] == 1

    def __iter__(self) -> Iterator[int]:
        return compress(range(len(self.data)), self.data)

    def __len__(self) -> int:
        return self.data.count(1)


def place(ordinals: Sequence[int], ordinal: int) -> int | None:
    """Where among these one stands; None when it is not there."""
    if len(ordinals) > MANY:
        import numpy as np

        found = (np.asarray(ordinals) == ordinal).nonzero()[0]
        return int(found[0]) if len(found) else None
    return next((at for at, each in enumerate(ordinals) if each == ordinal), None)
