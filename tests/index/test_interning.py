"""Chunks of text and their numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from paperreader.index.interning import Interned

from .paths import forced

CHUNKS = st.sampled_from(
    [b"a", b"b", b"a" * 8, b"a" * 9, b"a" * 15, b"a" * 16, b"a" * 17, b"\xc3\xa9", b"ab" * 40]
)
WHITE = st.sampled_from([b" ", b"\n", b"\0", b"  "])
TEXTS = st.lists(CHUNKS | WHITE | st.binary(max_size=20), max_size=12).map(b"".join)


class Given(dict[bytes, int]):
    """Gives numbers, and remembers how often each chunk was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[bytes] = []

    def number_of(self, chunk: bytes) -> int:
        """The same number for the same chunk."""
        self.asked.append(chunk)
        return self.setdefault(chunk, len(self))


@given(st.lists(st.lists(TEXTS, max_size=4), max_size=5), st.sampled_from([0, 1, 3, 12]))
@example([[b" ".join(b"%d" % n for n in range(10_000))], [b" ".join(b"%d" % n for n in range(12_000))]], 0)
def test_every_chunk_has_its_number(batches: list[list[bytes]], smallest: int) -> None:
    """However small the table is at first."""
    given_ = Given()
    with forced("as it is", interning___SMALLEST=smallest):
        interned = Interned(given_.number_of)
    for texts in batches:
        numbers, edges = interned.numbers(texts)
        assert len(edges) == len(texts) + 1
        for text, (first, last) in zip(texts, pairwise(edges.tolist()), strict=True):
            expected = re.findall(rb"[^\x00-\x20]+", text)
            assert numbers[first:last].tolist() == [given_.get(chunk) for chunk in expected]


def test_what_is_known_is_not_asked_for() -> None:
    given_ = Given()
    interned = Interned(given_.number_of)
    interned.numbers([b"the same as before"])
    interned.numbers([b"before the", b"", b"same", b"as-always-is-known"])
    assert given_.asked == [b"the", b"same", b"as", b"before", b"as-always-is-known"]
