"""What papers are known by besides their words: authors, venues, categories, arXiv identifiers.

Each facet of a paper is a token: a letter that says of what kind it is, and a word. All tokens of a
segment stand in order, and each has the list of its documents; so those that begin alike are one
piece of the lists.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from paperreader.index.sections import Sections, SectionWriter
from paperreader.paper import Paper

KINDS = {"author": "a", "venue": "v", "cat": "c", "id": "i"}
"""The first letter of the tokens of each field of the query language."""


def tokens(paper: Paper) -> Iterator[str]:
    """The facets of a paper."""
    from paperreader.index.words import words

    details = paper.details
    if details.authors:
        yield from (f"a{word}" for word in words("\n".join(details.authors)))
    if details.venue:
        yield from (f"v{word}" for word in words(details.venue))
    yield from (f"c{category.casefold()}" for category in details.categories)
    if details.arxiv_id:
        yield f"i{details.arxiv_id.casefold()}"


class FacetWriter:
    """Collects the facets of documents."""

    def __init__(self) -> None:
        self._documents: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))

    def add(self, document: int, paper: Paper) -> None:
        """Those of the document with this number."""
        for token in dict.fromkeys(tokens(paper)):
            self._documents[token].append(document)

    def write(self, out: SectionWriter) -> None:
        """Add the sections that `Facets` reads."""
        facets = sorted((token.encode("utf-8", "replace"), token) for token in self._documents)
        starts, offsets, documents = array("I", [0]), array("I", [0]), array("I")
        for encoded, token in facets:
            documents.extend(self._documents[token])
            starts.append(len(documents))
            offsets.append(offsets[-1] + len(encoded))
        out.add("facets", b"".join(encoded for encoded, _ in facets))
        out.add("facet_offsets", offsets)
        out.add("facet_starts", starts)
        out.add("facet_documents", documents)


class Facets:
    """The facets of a segment's documents."""

    def __init__(self, sections: Sections) -> None:
        from paperreader.index.lexicon import Words

        self._tokens = Words(sections.view("facets"), sections.view("facet_offsets"))
        self._starts = sections.view("facet_starts")
        self._documents = sections.view("facet_documents")

    def having(self, kind: str, word: str, prefix: bool) -> memoryview[int]:
        """The documents that have a facet of this kind, or one that begins so; some of them perhaps twice."""
        token = f"{KINDS[kind]}{word}".encode("utf-8", "replace")
        first = bisect_left(self._tokens, token)
        last = bisect_left(self._tokens, token + (b"\xff" if prefix else b"\0"), first)
        return self._documents[self._starts[first] : self._starts[last]]

    def beginning(self, kind: str, word: str, most: int) -> dict[str, int]:
        """The most frequent facets of this kind that begin so, and how many documents have each."""
        import numpy as np

        token = f"{KINDS[kind]}{word}".encode("utf-8", "replace")
        first = bisect_left(self._tokens, token)
        last = bisect_left(self._tokens, token + b"\xff", first)
        counts = np.diff(np.asarray(self._starts[first : last + 1]).astype(np.int64))
        top = np.argpartition(-counts, most)[:most] if len(counts) > most else np.arange(len(counts))
        return {self._tokens[first + n][1:].decode(): int(counts[n]) for n in top.tolist()}
