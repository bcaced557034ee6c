"""Looks up the chunks of whole batches of texts at once.

A dict finds one chunk after another, and waits for the memory each time; that takes longer than anything
else that is done to a text. Here numpy looks for many together, in a hash table with open addressing. Its
keys are chunks of up to 16 bytes, as two numbers each; those few that are longer are always asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from paperreader.index.arrays import Array, starts_of

_WHITE = 32
"""Bytes up to this one stand between chunks."""
_KEY = np.dtype([("head", "<u8"), ("tail", "<u8")])
_BYTES = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
"""What leaves so many bytes of a number."""
_HEAD, _TAIL = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
"""Odd numbers whose bits are well mixed."""
_SMALLEST = 12
"""Bits of the first table's size."""


class Interned:
    """Chunks of bytes, and their numbers."""

    def __init__(self, number_of: Callable[[bytes], int]) -> None:
        """What gives the number of a chunk that is not known."""
        self._number_of = number_of
        self._begin(_SMALLEST)

    def _begin(self, bits: int) -> None:
        self._bits = bits
        self._count = 0
        """No more than so many are in use."""
        self._keys = np.zeros(1 << bits, _KEY)
        """The chunks, and zeros between them."""
        self._numbers = np.zeros(1 << bits, np.uint32)

    def numbers(self, texts: Sequence[bytes]) -> tuple[Array, Array]:
        """The numbers of all chunks in a row, and where those of each text begin."""
        data = b"\n".join(texts) + bytes(_KEY.itemsize)
        inside = np.zeros(len(data) + 1, bool)
        np.greater(np.frombuffer(data, np.uint8), _WHITE, out=inside[1:])
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        starts, ends = edges[::2].copy(), edges[1::2]
        sizes = ends - starts
        keys = np.ndarray(len(data) - _KEY.itemsize + 1, _KEY, data, strides=(1,))[starts]
        keys["head"] &= _BYTES.take(np.minimum(sizes, 8))
        keys["tail"] &= _BYTES.take(np.clip(sizes - 8, 0, 8))
        numbers, known = self._find(keys)
        long = sizes > _KEY.itemsize
        new = np.flatnonzero(long | ~known)
        bounds = zip(starts.take(new).tolist(), ends.take(new).tolist(), strict=True)
        numbers[new] = list(map(self._number_of, [data[start:end] for start, end in bounds]))
        short = new[~long.take(new)]
        if len(short):
            self._add(keys.take(short), numbers.take(short))
        return numbers, np.searchsorted(starts, starts_of([len(text) + 1 for text in texts]))

    def _slots(self, keys: Array) -> Array:
        """Where the search for each begins."""
        mixed: Array = (keys["head"] * _HEAD ^ keys["tail"]) * _TAIL
        return (mixed >> np.uint64(64 - self._bits)).astype(np.int64)

    def _find(self, keys: Array) -> tuple[Array, Array]:
        """The numbers of those that are known, and which are."""
        slots = self._slots(keys)
        known = np.zeros(len(keys), bool)
        left = np.arange(len(keys))
        while len(left):
            there, wanted = self._keys.take(slots.take(left)), keys.take(left)
            same = (there["head"] == wanted["head"]) & (there["tail"] == wanted["tail"])
            known[left[same]] = True
            left = left[~same & (there["head"] != 0)]
            slots[left] = slots.take(left) + 1 & len(self._keys) - 1
        return self._numbers.take(slots), known

    def _add(self, keys: Array, numbers: Array) -> None:
        """Keep them; equal ones have one number."""
        self._count += len(keys)
        if 2 * self._count > len(self._keys):
            used = np.flatnonzero(self._keys["head"])
            keys = np.concatenate([self._keys.take(used), keys])
            numbers = np.concatenate([self._numbers.take(used), numbers])
            self._begin(max(self._bits, (4 * len(keys)).bit_length()))
            self._count = len(keys)
        slots = self._slots(keys)
        left = np.arange(len(keys))
        while len(left):
            # where several want to stand one does, and the others go on
            free = left[self._keys.take(slots.take(left))["head"] == 0]
            self._keys[slots.take(free)] = keys.take(free)
            self._numbers[slots.take(free)] = numbers.take(free)
            left = left[self._keys.take(slots.take(left)) != keys.take(left)]
            slots[left] = slots.take(left) + 1 & len(self._keys) - 1
