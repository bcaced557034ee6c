"""How Whoosh keeps its segments here: papers in one file, posting lists as arrays in another.

Whoosh has the schema, the table of contents, the segments, the deletions, the locks, and the say in
what is merged. Its `Codec` is where the files come in, both for writing and, through views of one
field at a time, for its own queries; the program itself reads the same files through `Segment`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Positions
from whoosh.writing import SegmentWriter

from paperreader.index import segment as postings_file
from paperreader.index.base import DOCUMENTS, POSTINGS
from paperreader.index.documents import Documents, DocumentWriter
from paperreader.index.inversion import NARROW, WIDE, Inversion, Layout
from paperreader.index.merging import merge, widened, without
from paperreader.index.pool import Pool, TooLong
from paperreader.index.segment import Segment
from paperreader.index.views import DocumentsView, Terms
from paperreader.index.words import indexed, pieces
from paperreader.paper import Paper
from paperreader.records import packed, unpacked

LANES = ("title", "abstract")
"""The fields of a segment on the disk."""


class Words(FieldType):  # type: ignore[misc]
    """A field of text, whose words are those of `words`."""

    def __init__(self) -> None:
        super().__init__(Positions(), analyzer=None, stored=True)

    def index(self, value: str, **_: Any) -> list[tuple[bytes, int, int, bytes]]:
        """Not used: `PaperWriter` gives whole texts to its pool."""
        raise NotImplementedError

    def process_text(self, value: str, **_: Any) -> Iterator[str]:
        """The words of a query in Whoosh's own language."""
        return (word.decode() for piece in pieces(value) for word in indexed(piece).words)


def schema() -> Any:
    """That of the index."""
    return Schema(id=STORED(), title=Words(), abstract=Words(), sightings=STORED())


class PaperCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec but for its files."""

    length_stats = False

    def __init__(self, bits: int = NARROW.bits) -> None:
        super().__init__()
        self.bits = bits
        """Of the layout of new segments."""

    def new_segment(self, storage: Any, indexname: str) -> Any:
        # Whoosh's names come from `random`; two processes that seed it alike must not write one file
        return W3Segment(self, indexname, segid=os.urandom(8).hex())

    def per_document_writer(self, storage: Any, segment: Any) -> _PerDocumentWriter:
        return _PerDocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> DocumentsView:
        return DocumentsView(documents_of(storage, segment), postings_of(storage, segment), segment)

    def terms_reader(self, storage: Any, segment: Any) -> Terms:
        return Terms(postings_of(storage, segment), LANES)


def _path(storage: Any, segment: Any, suffix: str) -> Path:
    return Path(storage.folder, segment.make_filename(suffix))


def documents_of(storage: Any, segment: Any) -> Documents:
    """The papers of one of Whoosh's segments."""
    return Documents.open(_path(storage, segment, DOCUMENTS))


def postings_of(storage: Any, segment: Any) -> Segment:
    """The posting lists of one of Whoosh's segments."""
    return Segment.open(_path(storage, segment, POSTINGS))


def _bring_to_disk(file: BinaryIO) -> None:
    """Where a file is written, beside others who write theirs, it takes less time than all do later."""
    file.flush()
    os.fsync(file.fileno())


class _PerDocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    def __init__(self, storage: Any, segment: Any) -> None:
        self._file = _path(storage, segment, DOCUMENTS).open("wb")
        self._writer = DocumentWriter(self._file)
        self.is_closed = False

    def add(self, paper: Paper, record: bytes | None = None) -> None:
        self._writer.add(paper, record)

    def close(self) -> None:
        self._writer.finish()
        _bring_to_disk(self._file)
        self._file.close()
        self.is_closed = True


class _FieldWriter(base.FieldWriter):  # type: ignore[misc]
    def __init__(self, storage: Any, segment: Any) -> None:
        self._path = _path(storage, segment, POSTINGS)
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Inversion) -> None:
        """Write what `_MergingPool.iter_postings` gives."""
        with self._path.open("wb") as file:
            postings_file.write(file, items)
            _bring_to_disk(file)

    def close(self) -> None:
        self.is_closed = True


class _MergingPool(Pool):
    """A pool that takes in whole segments, too."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self._merged: list[Inversion] = []

    def add_segment(self, segment: Segment, deleted: Sequence[int]) -> None:
        if len(self):  # documents stay in the order in which they came
            self._merged.append(self.invert())
            self._begin()
        self._merged.append(without(segment.inversion(), deleted))

    def iter_postings(self) -> Inversion:
        """All of it, which is what `_FieldWriter` takes; in the layout WIDE if any of it is."""
        parts = [*self._merged, self.invert()] if len(self) or not self._merged else self._merged
        return merge(list(map(widened, parts)) if any(part.layout is WIDE for part in parts) else parts)

    def cleanup(self) -> None:
        self._merged.clear()


class PaperWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one segment; files of earlier states are left to whoever owns the folder."""

    def __init__(self, index: Any, layout: Layout = NARROW, **options: Any) -> None:
        try:
            super().__init__(index, codec=PaperCodec(layout.bits), compound=False, **options)
        except BaseException:
            self._unlock()  # Whoosh forgets the lock that it holds when it cannot begin
            raise
        self.pool = _MergingPool(layout)

    def add_document(self, **fields: Any) -> None:
        """Add a paper, the one field `paper`; raises TooLong when only a wide segment can hold it."""
        paper: Paper = fields["paper"]
        if self.add_records([packed(paper)]):
            raise TooLong

    def add_records(self, records: Sequence[bytes]) -> list[bytes]:
        """Add papers that are `packed`; returns those that were not, as only a wide segment can hold them."""
        self._check_state()
        papers = [unpacked(record) for record in records]
        long = self.pool.add_all([[getattr(paper, lane) for lane in LANES] for paper in papers])
        fitting = set(range(len(records))).difference(long)
        for n in sorted(fitting):
            self.perdocwriter.add(papers[n], records[n])
        self._added = True
        self.docnum += len(fitting)
        return [records[n] for n in long]

    def add_reader(self, reader: Any) -> None:
        """Take in the live documents of segments; what Whoosh's merge policies call."""
        self._check_state()
        for leaf, _ in reader.leaf_readers():
            self._add_segment(leaf.storage(), leaf.segment())
        self._added = True

    def _add_segment(self, storage: Any, segment: Any) -> None:
        deleted = sorted(segment.deleted_docs())
        gone = set(deleted)
        documents, postings = documents_of(storage, segment), postings_of(storage, segment)
        for number in range(len(documents)):
            if number not in gone:
                self.perdocwriter.add(*documents.read(number))
                self.docnum += 1
        self.pool.add_segment(postings, deleted)
        self.codec.bits = max(self.codec.bits, postings.layout.bits)

    def finish_segment(self) -> Any:
        """Write the segment, and return what Whoosh knows of it; nothing is committed."""
        segment = self._finalize_segment()
        self._finish()
        return segment

    def cancel(self) -> None:
        """Leave everything as it was, without the files of the segment that was begun."""
        try:
            super().cancel()  # closes the segment's files first, which a full disk does not let it do
        finally:
            if not self.is_closed:
                self._unlock()
            for suffix in (DOCUMENTS, POSTINGS):
                with suppress(OSError):
                    _path(self.storage, self.newsegment, suffix).unlink()

    def _unlock(self) -> None:
        """Let others write: nobody could for as long as this process runs."""
        if self.writelock is not None and self.writelock.locked:
            self.writelock.release()

    def _commit_toc(self, segments: Iterable[Any]) -> None:
        from whoosh.index import TOC

        TOC(self.schema, list(segments), self.generation).write(self.storage, self.indexname)


class _Folder(FileStorage):  # type: ignore[misc]
    """A folder whose writers have nothing to put aside.

    Whoosh would make one folder for that, of one name for all of them, in which they stumble over each other.
    """

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


def create(folder: Path) -> Any:
    """A new Whoosh index without documents, in an empty folder."""
    return _Folder(str(folder)).create_index(schema())


def open_index(folder: Path) -> Any:
    """The Whoosh index in a folder. It is made of pickles: open nothing that somebody else wrote."""
    return _Folder(str(folder)).open_index()
