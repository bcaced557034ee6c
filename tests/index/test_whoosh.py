"""The index is one that Whoosh itself opens, searches and merges, and it finds what it finds in its own.

Whoosh has two heirs. The tests run on whoosh-reloaded, on which the program depends; on the other one they
run in an environment of its own, with `pip install whoosh3` and `pip uninstall whoosh-reloaded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.query import And, Every, FuzzyTerm, Not, Or, Phrase, Prefix, Query, Term, TermRange, Wildcard

from paperreader.index import Index, build, tidy, update
from paperreader.index.codec import PaperWriter

from .making import VOCABULARY, ignore, made, rewritten
from .paths import forced, small_segments
from .stock import stock

PAPERS = made(120)


def one_segment(folder: Path) -> None:
    build(folder, PAPERS, [], ignore)


def with_deletions(folder: Path) -> None:
    """Three segments, one of them wide; documents of the first are deleted."""
    build(folder, map(rewritten, PAPERS[:80]), [], ignore)
    with forced("as it is", pool___MOST_ALIKE=12):
        update(folder, PAPERS[40:], [], ignore)
    update(folder, PAPERS[:40], [], ignore)


def merged(folder: Path) -> None:
    with small_segments():
        build(folder, map(rewritten, PAPERS), [], ignore)
    update(folder, PAPERS, [], ignore)
    with forced("as it is", merging_policy___MOST_SMALL=1):
        while tidy(folder):
            pass


def merged_by_whoosh(folder: Path) -> None:
    with_deletions(folder)
    PaperWriter(open_dir(folder)).commit(optimize=True)


@pytest.fixture(scope="module", params=[one_segment, with_deletions, merged, merged_by_whoosh])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, Any]]:
    """Searchers of our index and of Whoosh's own."""
    folder = tmp_path_factory.mktemp("whoosh")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(folder / "state"))
        request.param(folder / "ours")
        ours, theirs = open_dir(folder / "ours"), stock(folder / "stock", PAPERS)
        with ours.searcher() as our_searcher, theirs.searcher() as their_searcher:
            yield our_searcher, their_searcher


FIELD = st.sampled_from(("title", "abstract"))
WORD = st.sampled_from([word.lower() for word in VOCABULARY if word.isascii() and word.isalnum()])
LEAF = st.one_of(
    st.builds(Term, FIELD, WORD),
    st.builds(Prefix, FIELD, st.sampled_from(("m", "mode", "at", "1", "z", "zz"))),
    st.builds(Wildcard, FIELD, st.sampled_from(("m*l", "?", "*end*", "st?te", "zz*"))),
    st.builds(Phrase, FIELD, st.lists(WORD, min_size=2, max_size=3)),
    st.builds(FuzzyTerm, FIELD, WORD),
    st.builds(TermRange, FIELD, st.just("m"), WORD),
    st.builds(Every, FIELD | st.none()),
)
QUERIES = st.recursive(
    LEAF,
    lambda inner: (
        st.builds(And, st.lists(inner, min_size=1, max_size=3))
        | st.builds(Or, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda one, other: And([one, Not(other)]), inner, inner)
    ),
    max_leaves=5,
)


def found(searcher: Any, query: Query) -> list[str]:
    """The ids of the papers that match."""
    return sorted(hit["id"] for hit in searcher.search(query, limit=None))


@settings(max_examples=60)
@given(QUERIES)
def test_whoosh_finds_the_same(both: tuple[Any, Any], query: Query) -> None:
    ours, theirs = both
    expected = found(theirs, query)
    assert found(ours, query) == expected
    assert len({hit["id"] for hit in ours.search(query, limit=5)}) == min(5, len(expected))


TYPED = (
    *("model", "models sparse", "multi-modal", '"the model"', "the OR zebra", "mod*", "m?de*", "NOT the"),
    *('title:"of the" abstract:attention', "state-of-the-art", "naïve", "Poincar\\'e", "GPT-4-based"),
    *("β-VAE", "the AND NOT of", '"the model"~3', "DeepSeek", "注意力", "zzz", "title:[a TO m]", "*"),
    "",
)


@pytest.mark.parametrize("typed", TYPED)
def test_whoosh_reads_queries_the_same(both: tuple[Any, Any], typed: str) -> None:
    ours, theirs = both
    parsers = (
        lambda searcher: QueryParser("abstract", searcher.schema),
        lambda searcher: MultifieldParser(["title", "abstract"], searcher.schema),
    )
    for parser in parsers:
        assert found(ours, parser(ours).parse(typed)) == found(theirs, parser(theirs).parse(typed))


def test_the_words_and_how_often_they_are_there(both: tuple[Any, Any]) -> None:
    ours, theirs = (each.reader() for each in both)
    for field in ("title", "abstract"):
        words = list(theirs.lexicon(field))
        known = [word for word in ours.lexicon(field) if _live(both[0], field, word)]
        assert known == words
        for word in words:
            live = _live(both[0], field, word)
            assert len(live) == theirs.doc_frequency(field, word), word
            assert sum(live.values()) == theirs.frequency(field, word), word


def _live(searcher: Any, field: str, word: bytes) -> dict[int, float]:
    """The documents that have a word, and how often; Whoosh's own numbers have the deleted ones in them."""
    matcher = searcher.postings(field, word)
    found = {}
    while matcher.is_active():
        found[matcher.id()] = matcher.weight()
        matcher.next()
    return found


def test_the_papers_are_stored(both: tuple[Any, Any]) -> None:
    ours, _ = both
    stored = {fields["id"]: fields for fields in ours.reader().all_stored_fields()}
    assert len(stored) == ours.doc_count() == len(PAPERS)
    for each in PAPERS:
        assert stored[each.id] == {
            "id": each.id,
            "title": each.title,
            "abstract": each.abstract,
            "sightings": each.sightings,
        }


def test_lengths_and_counts(both: tuple[Any, Any]) -> None:
    ours, theirs = (each.reader() for each in both)
    assert ours.doc_count() == theirs.doc_count() == len(PAPERS)
    if ours.has_deletions():
        assert ours.doc_count_all() > ours.doc_count()
        return
    for field in ("title", "abstract"):
        assert ours.field_length(field) == theirs.field_length(field)
        assert ours.max_field_length(field) >= ours.field_length(field) // len(PAPERS)
        assert ours.min_field_length(field) <= ours.field_length(field) // len(PAPERS)


def test_the_program_goes_on_with_its_own_state(tmp_path: Path) -> None:
    """Somebody who lets Whoosh merge the segments does not take the index away from the program."""
    with_deletions(tmp_path / "index")
    PaperWriter(open_dir(tmp_path / "index")).commit(optimize=True)
    assert open_dir(tmp_path / "index").doc_count() == len(PAPERS)
    assert len(Index.open(tmp_path / "index")) == len(PAPERS)
    update(tmp_path / "index", PAPERS[:3], ["more"], ignore)
    assert open_dir(tmp_path / "index").doc_count() == len(Index.open(tmp_path / "index")) == len(PAPERS)


def test_documents_and_whole_segments_can_be_written_in_any_order(tmp_path: Path) -> None:
    build(tmp_path / "some", PAPERS[20:40], [], ignore)
    update(tmp_path / "some", PAPERS[30:50], [], ignore)
    build(tmp_path / "all", PAPERS[:1], [], ignore)
    writer = PaperWriter(open_dir(tmp_path / "all"))
    for each in PAPERS[1:20]:
        writer.add_document(paper=each)
    with open_dir(tmp_path / "some").reader() as reader:
        writer.add_reader(reader)
    writer.add_document(paper=PAPERS[50])
    writer.commit(optimize=True)
    with open_dir(tmp_path / "all").searcher() as searcher:
        assert searcher.doc_count() == 51
        for each in (PAPERS[0], PAPERS[30], PAPERS[50]):
            word = each.title.split()[-1]
            assert each.id in found(searcher, Term("title", word))
