"""Which sightings are one paper, and what its id is.

An arXiv identifier, without its version, is one paper, whatever its titles were. A title belongs to
the oldest arXiv paper that was ever sighted with it. A sighting without an identifier is of the paper
to which its title belongs; where its title belongs to none, it is of the paper that has this title
and nothing else. So what was known by its title alone becomes an arXiv paper as soon as one with that
title is sighted, two arXiv papers with one title stay two, and no order of the sightings matters.

A paper's id is the hash of the title that belongs to it; of several the least hash; where none does,
because an older paper has it, the hash of its arXiv identifier. The other hashes are keys by which it
is found as well (`Paper.keys`), so that an annotation stays with its paper when a dump brings the
identifier or another title. An annotation made when only a title was known is on the paper to which
that title belongs: of two with one title, the older.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterator

_NONE = 0xFFFFFFFF
"""The number that no sighting has."""
_OLD_STYLE_BEGAN = 91


class OlderOwner(Exception):  # noqa: N818 - an outcome rather than an error
    """A title that belonged to a paper of the index belongs to an older one now."""


def arxiv_number(arxiv_id: str) -> int:
    """A number for an arXiv identifier, above 0 and less for an older paper; 0 for ""."""
    if not arxiv_id:
        return 0
    archive, _, rest = arxiv_id.rpartition("/")
    digits = rest.replace(".", "")
    year, month, serial = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if archive and year >= _OLD_STYLE_BEGAN:
        year -= 100
    day = (year + 100) * 100 + month
    # two of the old archives could have the same serial in one month
    return (day * 1_000_000 + serial) << 24 | (zlib.crc32(archive.encode()) & 0xFFFFFF) | (len(digits) & 1)


class Identities:
    """The identities of sightings, which are numbered as they come, told by two numbers for each."""

    def __init__(self) -> None:
        self.titles = array("Q")
        """The id of each one's title, as a number."""
        self.arxiv = array("Q")
        """The number of each one's arXiv identifier, or 0."""

    def __len__(self) -> int:
        return len(self.titles)

    def add(self, title_id: str, arxiv_id: str) -> None:
        """The next sighting."""
        self.titles.append(int(title_id, 16))
        self.arxiv.append(arxiv_number(arxiv_id))

    def cut(self, length: int) -> None:
        """Forget all from this one on."""
        del self.titles[length:], self.arxiv[length:]

    def papers(self, owner: Callable[[str], int] | None = None) -> Iterator[tuple[list[int], set[int]]]:
        """The sightings of each paper, and which of them have a title that belongs to it.

        Papers come in the order of their first sightings. `owner` gives the number of the arXiv
        paper to which an index says that the title with an id belongs, or 0. Raises OlderOwner
        when that is no longer so.
        """
        owners = self._owners(owner)
        following = array("I", [_NONE]) * len(self)
        is_first = bytearray(len(self))
        last: dict[int, int] = {}
        for n, (title, arxiv) in enumerate(zip(self.titles, self.arxiv, strict=True)):
            # a title is not a number of arXiv's: it is less than 0
            paper = arxiv or owners.get(title) or -title - 1
            before = last.get(paper)
            if before is None:
                is_first[n] = 1
            else:
                following[before] = n
            last[paper] = n
        del last
        for n, first in enumerate(is_first):
            if first:
                sightings = [n]
                while (n := following[n]) != _NONE:
                    sightings.append(n)
                yield sightings, {n for n in sightings if self._owns(n, owners)}

    def _owners(self, owner: Callable[[str], int] | None) -> dict[int, int]:
        """The arXiv paper to which each title belongs, if any."""
        owners: dict[int, int] = {}
        for title, arxiv in zip(self.titles, self.arxiv, strict=True):
            if arxiv and owners.get(title, arxiv) >= arxiv:
                owners[title] = arxiv
        if owner is not None:
            for title in set(self.titles):
                before, now = owner(f"{title:016x}"), owners.get(title, 0)
                if before and now and now < before:
                    raise OlderOwner
                if before:
                    owners[title] = before
        return owners

    def _owns(self, n: int, owners: dict[int, int]) -> bool:
        arxiv = self.arxiv[n]
        return not arxiv or owners[self.titles[n]] == arxiv
