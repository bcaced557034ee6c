"""Whoosh's segments, on disk and in memory, as the search sees them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import EmptyIndexError

from paperreader.index.base import Cancelled
from paperreader.index.catalogue_writer import NO_PAPER
from paperreader.index.codec import Field, Terms, Words, Writer
from paperreader.index.query import Text
from paperreader.index.stems import common_beginning, stem

_CHUNK = 1 << 15
"""How many postings are counted between two looks at whether anybody still waits; some milliseconds."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Some of the documents."""

    terms: Terms
    fields: Mapping[str, Field]
    ordinals: array[int] | None
    """The paper of each document, `NO_PAPER` for a deleted one; None when they are the same."""

    def count(self, text: Text, field: str, into: Counter[int], cancelled: Callable[[], bool]) -> None:
        """Count how often each paper has a word or a phrase in a field. Raises Cancelled."""
        known = self.fields.get(field)
        if known is None:
            return
        documents = _phrase(text, known, cancelled) if len(text.words) > 1 else _word(text, known, cancelled)
        for some in documents:
            into.update(some if self.ordinals is None else map(self.ordinals.__getitem__, some))
        into.pop(NO_PAPER, None)

    def lengths(self, field: str) -> Iterator[tuple[int, int]]:
        """The papers and how many words they have in a field."""
        known = self.fields.get(field)
        if known is not None:
            papers = range(len(known.lengths)) if self.ordinals is None else self.ordinals
            yield from ((n, length) for n, length in zip(papers, known.lengths, strict=True) if n != NO_PAPER)


def create(folder: Path) -> Any:
    """A new Whoosh index of titles and abstracts, without documents, in an empty folder."""
    return FileStorage(str(folder)).create_index(Schema(title=Words(), abstract=Words()))


def open_index(folder: Path) -> Any:
    """The Whoosh index in a folder. It is made of pickles: open nothing that somebody else wrote.

    Raises FileNotFoundError when there is none.
    """
    try:
        return FileStorage(str(folder)).open_index()
    except EmptyIndexError as error:
        raise FileNotFoundError(folder) from error


def segments_of(index: Any, ordinals: array[int]) -> list[Segment]:
    """What a Whoosh index has; `ordinals` are the papers of its documents, none when they are the same."""
    if not index.doc_count_all():
        return []
    if not ordinals:
        ordinals = array("I", range(index.doc_count_all()))
    segments = []
    with closing(index.reader()) as reader:
        for leaf, start in reader.leaf_readers():
            terms = leaf.codec().terms_reader(leaf.storage(), leaf.segment())
            part = ordinals[start : start + leaf.doc_count_all()]
            same = part == array("I", range(len(part)))
            segments.append(Segment(terms, terms.fields, None if same else part))
    return segments


class _Memory(RamStorage):  # type: ignore[misc]
    """Whoosh's storage in memory, but with the temporary files there too, not in a folder open to all."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


def in_memory(documents: Mapping[int, Mapping[str, str]]) -> list[Segment]:
    """The fields of these papers, by ordinal, in a Whoosh index of their own."""
    if not documents:
        return []
    fields = {field for texts in documents.values() for field in texts}
    index = _Memory().create_index(Schema(**{field: Words() for field in fields}))
    writer = Writer(index)
    for texts in documents.values():
        writer.add_document(**texts)
    writer.commit(merge=False)
    return segments_of(index, array("I", documents))


def _word(text: Text, field: Field, cancelled: Callable[[], bool]) -> Iterator[Sequence[int]]:
    """The documents that have a word, or one that begins so, each as often as it does."""
    for numbers in _expand(text.words[0], text.prefix, field):
        yield from _chunks(field.documents(numbers), cancelled)


def _phrase(text: Text, field: Field, cancelled: Callable[[], bool]) -> Iterator[Sequence[int]]:
    """The documents that have words in a row, each as often as it does."""
    ends: set[int] = set()
    """Where the words up to now end: the document, then the place in 32 bits."""
    for place, word in enumerate(text.words):
        last = place == len(text.words) - 1
        found: set[int] = set()
        for numbers in _expand(word, text.prefix and last, field):
            places = _chunks(field.places(numbers), cancelled)
            for some, at in zip(_chunks(field.documents(numbers), cancelled), places, strict=True):
                here = [document << 32 | where for document, where in zip(some, at, strict=True)]
                found.update([end for end in here if end - 1 in ends] if place else here)
        ends = found
        if not ends:
            return
    yield [end >> 32 for end in ends]


def _chunks(postings: array[int], cancelled: Callable[[], bool]) -> Iterator[array[int]]:
    for start in range(0, len(postings), _CHUNK):
        if cancelled():
            raise Cancelled
        yield postings[start : start + _CHUNK]


def _expand(word: str, prefix: bool, field: Field) -> Iterator[range]:
    """Which words of the field a word stands for."""
    if prefix:
        yield field.beginning_with(word.encode())
        return
    stemmed = stem(word)
    for number in field.beginning_with(common_beginning(word).encode()):
        if stem(field.words[number].decode()) == stemmed:
            yield range(number, number + 1)
