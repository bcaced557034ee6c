"""The posting lists of one segment, as they lie in its file or as they were just inverted."""

from __future__ import annotations

import io
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np

from paperreader.index import followers, forward, lexicon, neighbours, prepared
from paperreader.index.arrays import Array
from paperreader.index.followers import Followers
from paperreader.index.forward import Forward
from paperreader.index.inversion import LAYOUTS, Inversion
from paperreader.index.lexicon import Lexicon
from paperreader.index.neighbours import Neighbours
from paperreader.index.prepared import PreparedLists
from paperreader.index.sections import Sections, SectionWriter


def write(file: BinaryIO, inversion: Inversion) -> None:
    """Write what `Segment` reads; the file is left open."""
    out = SectionWriter(file)
    out.add_json("layout", [inversion.layout.bits, inversion.lengths.shape[1]])
    for name in ("documents", "frequencies", "places", "forward_starts"):
        out.add(name, np.ascontiguousarray(getattr(inversion, name)))
    for name in ("starts", "place_starts"):
        out.add(name, _narrowed(getattr(inversion, name)))
    out.add("lengths", np.ascontiguousarray(inversion.lengths).reshape(-1))
    out.add("ends", np.ascontiguousarray(inversion.ends).reshape(-1))
    codes, in_row = forward.coded(inversion)
    forward.write(out, inversion, codes, in_row)
    forms = lexicon.forms(inversion.words)
    lexicon.write(out, inversion.words, forms)
    prepared.write(out, inversion, forms.leaders, in_row)
    lefts = neighbours.write(out, inversion, forms.leaders)
    followers.write(out, inversion, forms.leaders, lefts, in_row)
    out.finish()


def _narrowed(starts: Array) -> Array:
    """The same in 32 bits, if that is enough."""
    return np.ascontiguousarray(starts.astype(np.uint32) if starts[-1] < 1 << 32 else starts)


class Segment:
    """The posting lists of a segment; see `inversion` for what each array means."""

    def __init__(self, sections: Sections) -> None:
        """Raises ValueError for what `write` has not written."""
        self._sections = sections
        bits, fields = sections.json("layout")
        self.layout = LAYOUTS[bits]
        self.lexicon = Lexicon(sections)
        self.prepared = PreparedLists(sections)
        self.neighbours = Neighbours(sections)
        self.followers = Followers(sections)
        self.starts = sections.view("starts")
        self.place_starts = sections.view("place_starts")
        self.documents = self._array("documents")
        self.frequencies = self._array("frequencies")
        self.places = self._array("places")
        self.forward_starts = self._array("forward_starts").view(np.int64)
        self.forward = Forward(sections)
        self.lengths = self._array("lengths").reshape(-1, fields)
        self.ends = self._array("ends").reshape(len(self.lengths), fields - 1)

    @classmethod
    def open(cls, path: Path) -> Segment:
        """Raises OSError and IndexUnusable."""
        return cls(Sections.map(path))

    @classmethod
    def of(cls, inversion: Inversion) -> Segment:
        """One that is in memory only."""
        file = io.BytesIO()
        write(file, inversion)
        return cls(Sections(file.getbuffer()))

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def fields(self) -> int:
        """How many there are."""
        return self.lengths.shape[1]

    def _array(self, name: str) -> Array:
        return np.asarray(self._sections.view(name))

    @cached_property
    def scratch(self) -> Array:
        """A column of 0, to be left so by whoever searches; one at a time."""
        return np.zeros(len(self), self.layout.frequency)

    def postings(self, first: int, last: int) -> slice:
        """Where in `documents` and `frequencies` the postings of consecutive words are."""
        return slice(self.starts[first], self.starts[last])

    def occurrences(self, first: int, last: int) -> slice:
        """Where in `places` the occurrences of consecutive words are."""
        return slice(self.place_starts[first], self.place_starts[last])

    def inversion(self) -> Inversion:
        """All of it, in memory, to be merged."""
        return Inversion(
            layout=self.layout,
            words=list(self.lexicon.words),
            starts=np.asarray(self.starts).astype(np.uint64),
            documents=self.documents,
            frequencies=self.frequencies,
            place_starts=np.asarray(self.place_starts).astype(np.uint64),
            places=self.places,
            lengths=self.lengths,
            ends=self.ends,
            forward=self.forward.numbers(),
            forward_starts=self.forward_starts.view(np.uint64),
        )
