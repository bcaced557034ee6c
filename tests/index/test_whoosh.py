"""The index is one that Whoosh itself can read, search and merge."""

from __future__ import annotations

from array import array
from collections import Counter
from pathlib import Path

import pytest
from whoosh.query import And, Not, Or, Prefix, Term

from paperreader.index import Index, update
from paperreader.index.catalogue_writer import NO_PAPER
from paperreader.index.codec import Writer
from paperreader.index.query import parse
from paperreader.index.segments import open_index, segments_of
from paperreader.paper import Paper

from .making import TODAY, ignore, make, search, seeds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of Whoosh's files; some papers in a second segment, one deleted."""
    make(tmp_path, seeds()).close()
    changed = seeds()[7]
    update(tmp_path, [Paper(changed.id, changed.title, "models, models, models")], [], ignore)
    return tmp_path


QUERIES = [
    ("abstract:models*", Prefix("abstract", "models")),
    ("title:vision* -abstract:data*", And([Prefix("title", "vision"), Not(Prefix("abstract", "data"))])),
    ("title:gpt* OR title:llm*", Or([Prefix("title", "gpt"), Prefix("title", "llm")])),
    ("abstract:3d ", Term("abstract", "3d")),
]


@pytest.mark.parametrize(("typed", "query"), QUERIES)
def test_whoosh_finds_the_same(folder: Path, typed: str, query: object) -> None:
    index = Index.open(folder)
    (generation,) = folder.glob("generation-*")
    documents = list(index._catalogue.numbers("documents"))
    with open_index(generation).searcher() as searcher:
        found = sorted(documents[hit.docnum] for hit in searcher.search(query, limit=None))
    assert found == sorted(search(index, typed).ordinals) != []


def test_whoosh_can_merge_the_segments(folder: Path) -> None:
    (generation,) = folder.glob("generation-*")
    whoosh = open_index(generation)
    with whoosh.reader() as reader:
        live = [document for document in range(reader.doc_count_all()) if not reader.is_deleted(document)]
        merged = {document: n for n, document in enumerate(live)}
        documents = array("I", [merged.get(document, NO_PAPER) for document in range(reader.doc_count_all())])
    before = segments_of(whoosh, documents)
    Writer(whoosh).commit(optimize=True)
    after = segments_of(whoosh.refresh(), array("I"))
    assert (len(before), len(after)) == (2, 1)
    for typed in ("a", "models ", '"language models"', '"models models"', "multimodal "):
        counts = []
        for segments in (before, after):
            counts.append(Counter[int]())
            for segment in segments:
                segment.count(parse(typed, TODAY).node, "abstract", counts[-1], lambda: False)
        assert counts[0] == counts[1] != {}
