"""How Whoosh keeps the words on disk: plain arrays, which Python reads a hundred times faster than blocks.

Schema, table of contents, segments and deletions are Whoosh's own. What is replaced are the lists
of postings: each is an array of document numbers in which a document stands as often as it has the
word, and the lists of a field follow one another in the order of the words. So the documents of all
words that begin alike, and how often each has one of them, are one slice of the file.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import FieldType
from whoosh.formats import Frequency
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo
from whoosh.writing import SegmentWriter

from paperreader.index.sections import SectionWriter, read_sections
from paperreader.index.words import indexed, pieces

SEGMENT_SUFFIX = ".words"
_ENTRY = array("I").itemsize
_BESIDE = 2**32 - 2
"""The place of "multimodal" in "multi-modal reasoning": next to nothing."""

Postings: TypeAlias = "tuple[array[int], array[int]]"
"""The documents that have a word, each as often as it has it, and where in each."""


class Words(FieldType):  # type: ignore[misc]
    """A field of text, in which the places of words are known."""

    def __init__(self) -> None:
        super().__init__(Frequency(), analyzer=None)

    def index(self, value: str, **_: Any) -> list[tuple[bytes, int, int, bytes]]:
        """The words of a text, each with how often it is there, twice, and its places."""
        places: dict[bytes, list[int]] = {}
        place = 0
        for piece in pieces(value):
            words = indexed(piece)
            for word in words if len(words) == 1 else words[:-1]:
                if word in places:
                    places[word].append(place)
                else:
                    places[word] = [place]
                place += 1
            if len(words) > 1:
                places.setdefault(words[-1], []).append(_BESIDE)
        return [(word, len(at), len(at), array("I", at).tobytes()) for word, at in places.items()]


class _Pool:
    """Collects postings, word by word, until they are written."""

    def __init__(self) -> None:
        self._fields: defaultdict[str, defaultdict[bytes, Postings]] = defaultdict(
            lambda: defaultdict(lambda: (array("I"), array("I")))
        )

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        field, word, document, times, at = posting
        documents, places = self._fields[field][word]
        places.frombytes(at)
        if times == 1:
            documents.append(document)
        else:
            documents.extend([document] * int(times))

    def iter_postings(self) -> Iterator[tuple[str, list[tuple[bytes, Postings]]]]:
        """Each field with its words in order and their postings, which is what `_FieldWriter` takes."""
        return ((field, sorted(self._fields[field].items())) for field in sorted(self._fields))

    def cleanup(self) -> None:
        self._fields.clear()


class Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one segment, with the postings kept as arrays."""

    def __init__(self, index: Any) -> None:
        # whoever writes holds a lock on the whole folder already
        super().__init__(index, codec=ArrayCodec(), compound=False, _lk=False)
        self.pool = _Pool()


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec but for the postings."""

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> Terms:
        return Terms(storage, segment)


class _FieldWriter(base.FieldWriter):  # type: ignore[misc]
    def __init__(self, storage: Any, segment: Any) -> None:
        self._segment = segment
        self._file = segment.create_file(storage, SEGMENT_SUFFIX)
        self._out = SectionWriter(self._file)
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        """Write what `_Pool.iter_postings` gives."""
        fields = []
        for field, postings in items:
            starts = array("Q", [0])
            counts: Counter[int] = Counter()
            for _, (documents, _) in postings:
                self._out.write(documents.tobytes())
                starts.append(starts[-1] + len(documents))
                counts.update(documents)
            self._out.end(f"{field}.documents")
            for _, (_, places) in postings:
                self._out.write(places.tobytes())
            self._out.end(f"{field}.places")
            self._out.add(f"{field}.starts", starts)
            self._out.add(f"{field}.words", b"\n".join(word for word, _ in postings))
            every = range(self._segment.doc_count_all())
            self._out.add(f"{field}.lengths", array("I", map(counts.__getitem__, every)))
            fields.append(field)
        self._out.add("fields", json.dumps(fields).encode())

    def close(self) -> None:
        self._out.finish()
        self._file.close()
        self.is_closed = True


class Field:
    """The words of one field of a segment, in memory, and their postings, on disk."""

    def __init__(self, name: str, file: Any, sections: Mapping[str, tuple[int, int]]) -> None:
        self._file = file
        self._documents, _ = sections[f"{name}.documents"]
        self._places, _ = sections[f"{name}.places"]
        self._starts = array("Q", file.get(*sections[f"{name}.starts"]))
        """Where each word's postings begin, counted in postings, and where the last one's end."""
        self.words: list[bytes] = file.get(*sections[f"{name}.words"]).split(b"\n")
        """In order."""
        self.lengths = array("I", file.get(*sections[f"{name}.lengths"]))
        """How many words each document has."""

    def beginning_with(self, prefix: bytes) -> range:
        """Which of `words` begin so."""
        # no byte of UTF-8 is 0xff
        return range(bisect_left(self.words, prefix), bisect_left(self.words, prefix + b"\xff"))

    def only(self, word: bytes) -> range:
        """Which of `words` is this one, if any."""
        at = bisect_left(self.words, word)
        return range(at, at + (self.words[at : at + 1] == [word]))

    def documents(self, numbers: range) -> array[int]:
        """The documents that have one of these consecutive words, each as often as it has them."""
        return self._read(self._documents, numbers)

    def places(self, numbers: range) -> array[int]:
        """Where in their texts they have them, counted in words, or `_BESIDE`; in the same order."""
        return self._read(self._places, numbers)

    def _read(self, section: int, numbers: range) -> array[int]:
        first, end = self._starts[numbers.start], self._starts[numbers.stop]
        return array("I", self._file.get(section + first * _ENTRY, (end - first) * _ENTRY))


class Terms(base.TermsReader):  # type: ignore[misc]
    """The fields of a segment; the methods are those by which Whoosh itself reads them."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._size = storage.file_length(segment.make_filename(SEGMENT_SUFFIX))
        self._file = segment.open_file(storage, SEGMENT_SUFFIX)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields that any document has."""
        get = self._file.get
        sections = read_sections(get, self._size)
        return {name: Field(name, self._file, sections) for name in json.loads(get(*sections["fields"]))}

    def _postings(self, field: str, word: bytes) -> dict[int, array[int]]:
        """The documents that have a word, and where; raises KeyError when there are none."""
        known = self.fields[field]
        numbers = known.only(word)
        if not numbers:
            raise KeyError(word)
        places: dict[int, array[int]] = {}
        for document, place in zip(known.documents(numbers), known.places(numbers), strict=True):
            places.setdefault(document, array("I")).append(place)
        return places

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, word = term
        return field in self.fields and bool(self.fields[field].only(word))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, word) for name, field in self.fields.items() for word in field.words)

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        words = self.fields[field].words if field in self.fields else []
        return ((field, word) for word in words[bisect_left(words, prefix) :])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(field, prefix))

    def term_info(self, field: str, word: bytes) -> TermInfo:
        places = self._postings(field, word)
        times = list(map(len, places.values()))
        return TermInfo(sum(times), len(times), maxweight=max(times), minid=min(places), maxid=max(places))

    def matcher(self, field: str, word: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        places = self._postings(field, word)
        weights = [float(len(at)) for at in places.values()]
        values = [at.tobytes() for at in places.values()]
        info = self.term_info(field, word)
        return ListMatcher(list(places), weights, values, format_, scorer=scorer, terminfo=info)

    def indexed_field_names(self) -> list[str]:
        return list(self.fields)

    def close(self) -> None:
        self._file.close()
