"""Tags: the short words under which a reader puts papers, and how two spellings of one are told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from paperreader.text import one_line

LONGEST = 60
"""Characters of a tag."""
_REMEMBERED: Final = 4_096
"""How many spellings are not looked at again: there are many papers to a tag."""
_BETWEEN = re.compile(r'[,"“”„]')
"""A comma ends a tag, and a quotation mark one that is searched for: neither can be in it."""


@lru_cache(_REMEMBERED)
def spelled(tag: str) -> str:
    """A tag as it is shown: one safe line, composed (NFC); "" when nothing is left of it."""
    return _cut(normalize("NFC", one_line(_BETWEEN.sub(" ", tag))))


@lru_cache(_REMEMBERED)
def key(tag: str) -> str:
    """What is the same for every spelling of a tag: `RL` and `rl` are one."""
    # some letters become two: what was short enough may be too long now
    return _cut(normalize("NFC", normalize("NFD", spelled(tag)).casefold()))


def _cut(line: str) -> str:
    return one_line(line[:LONGEST]).strip(" *")


def cleaned(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: each once, of its first spelling, in alphabetical order.

    What stands between commas are several tags.
    """
    found: dict[str, str] = {}
    for one in (one for tag in tags for one in tag.split(",")):
        if name := spelled(one):
            found.setdefault(key(name), name)
    return tuple(found[each] for each in sorted(found))
