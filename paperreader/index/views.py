"""What Whoosh's own queries see of a segment: one field of the combined lists at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from paperreader.index.documents import Documents
from paperreader.index.lexicon import Words
from paperreader.index.segment import Segment

Term = tuple[str, bytes]


class Terms(base.TermsReader):  # type: ignore[misc]
    """The words of each field, and their postings."""

    def __init__(self, segment: Segment, fields: Sequence[str]) -> None:
        self._segment = segment
        self._fields = fields

    def __contains__(self, term: Term) -> bool:
        try:
            self.term_info(*term)
        except KeyError:
            return False
        return True

    def indexed_field_names(self) -> Sequence[str]:
        return self._fields

    def terms(self) -> Iterator[Term]:
        for field in sorted(self._fields):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The words of a field from this one on."""
        words = self._segment.lexicon.words
        for number in range(words.place(prefix), len(words)):
            if self.has(fieldname, number):
                yield fieldname, words[number]

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """How often a field has a word. Raises KeyError when it never has."""
        documents, frequencies = self._find(fieldname, text)
        lengths = self._segment.lengths[documents, self._fields.index(fieldname)]
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Goes through the documents of a word. Raises KeyError when there are none."""
        documents, frequencies = self._find(fieldname, text)
        return ListMatcher(
            documents.tolist(),
            frequencies.astype(float).tolist(),
            values=self._places(fieldname, text, format_),
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        """Goes through the words of a field."""
        return Cursor(self, self._segment.lexicon.words, fieldname, fieldobj)

    def has(self, fieldname: str, number: int) -> bool:
        """Whether a word is in a field."""
        return len(self._postings(fieldname, number)[0]) > 0

    def _find(self, fieldname: str, text: bytes) -> tuple[Any, Any]:
        number = self._segment.lexicon.words.find(text) if fieldname in self._fields else None
        documents, frequencies = self._postings(fieldname, number) if number is not None else ((), ())
        if not len(documents):
            raise KeyError(text)
        return documents, frequencies

    def _postings(self, fieldname: str, number: int) -> tuple[Any, Any]:
        """The documents that have a word in a field, and how often."""
        these = self._segment.postings(number, number + 1)
        lane = self._fields.index(fieldname)
        frequencies = self._segment.layout.lane(self._segment.frequencies[these], lane)
        having = np.flatnonzero(frequencies)
        return self._segment.documents[these][having], frequencies[having]

    def _places(self, fieldname: str, text: bytes, format_: Any) -> list[bytes]:
        """For each document of a word in a field, where it is there, as Whoosh writes it."""
        segment, lane = self._segment, self._fields.index(fieldname)
        number = segment.lexicon.words.place(text)
        these = segment.postings(number, number + 1)
        places = segment.places[segment.occurrences(number, number + 1)]
        frequencies = segment.frequencies[these]
        counts = [segment.layout.lane(frequencies, n).astype(int) for n in range(segment.fields)]
        ends = np.cumsum(sum(counts))
        begin = ends - sum(counts[lane:])
        values = []
        for at in np.flatnonzero(counts[lane]).tolist():
            here = places[begin[at] : begin[at] + counts[lane][at]]
            placed = here[here != segment.layout.nowhere].tolist()
            values.append(format_.encode(placed))
        return values


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Stands at a word of a field, or behind the last one; what Whoosh finds similar words with."""

    def __init__(self, terms: Terms, words: Words, fieldname: str, fieldobj: Any) -> None:
        self._terms = terms
        self._words = words
        self._fieldname = fieldname
        self._fieldobj = fieldobj
        self.first()

    def first(self) -> str | None:
        return self._go(0)

    def find(self, term: str | bytes) -> str | None:
        return self._go(self._words.place(term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)))

    def next(self) -> str | None:
        return self._go(self._number + 1)

    def _go(self, number: int) -> str | None:
        while number < len(self._words) and not self._terms.has(self._fieldname, number):
            number += 1
        self._number = number
        return self.text()

    def is_valid(self) -> bool:
        return self._number < len(self._words)

    def text(self) -> str | None:
        return self._fieldobj.from_bytes(self._words[self._number]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        if not self.is_valid():
            return None
        return self._terms.term_info(self._fieldname, self._words[self._number])


class DocumentsView(base.PerDocumentReader):  # type: ignore[misc]
    """The stored fields and the lengths of documents."""

    def __init__(self, documents: Documents, segment: Segment, whoosh_segment: Any) -> None:
        self._documents = documents
        self._lengths = dict(zip(("title", "abstract"), segment.lengths.T, strict=True))
        self._segment = whoosh_segment

    def doc_count(self) -> int:
        return self.doc_count_all() - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        return len(self._documents)

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Any:
        return self._segment.deleted_docs()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        paper = self._documents.paper(docnum)
        return {name: getattr(paper, name) for name in ("id", "title", "abstract", "sightings")}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths.get(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths[fieldname].sum(dtype=np.int64)) if fieldname in self._lengths else 0

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths.get(fieldname)
        return 0 if lengths is None or not len(lengths) else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths[fieldname].max(initial=0)) if fieldname in self._lengths else 0
