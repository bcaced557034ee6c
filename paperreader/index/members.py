"""Sets of ordinals that are quick to look into, to change and to combine."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress


class Members(Collection[int]):
    """A set of ordinals, a byte for each ordinal that there is. It never changes."""

    __slots__ = ("data",)

    def __init__(self, data: bytes = b"") -> None:
        self.data = data
        """1 for a member, 0 for the others; those beyond its end are none."""

    @classmethod
    def of(cls, ordinals: Iterable[int]) -> Members:
        """The set of these."""
        return cls().changed(dict.fromkeys(ordinals, True))

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
        if not ordinals:
            return ordinals
        data = self.data.ljust(max(ordinals) + 1, b"\0")
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
