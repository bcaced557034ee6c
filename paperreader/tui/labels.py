"""Tags as coloured labels: one tag has one colour, in every run and on every machine."""

from __future__ import annotations

from binascii import crc32

from paperreader.tags import key

COLOURS = 5
"""How many parts of a theme are labels: `tag-0` and on."""
PARTS = tuple(f"tag-{number}" for number in range(COLOURS))


def part(tag: str) -> str:
    """The part of a theme in which a tag is painted."""
    return PARTS[crc32(key(tag).encode("utf-8", "surrogatepass")) % COLOURS]


def label(tag: str) -> str:
    """A tag as it is written on the screen: it is one where there are no colours, too."""
    return f"#{tag}"
