"""tantivy: one writing thread with a large heap, titles boosted, prefixes through the term dictionary.

Words are not stemmed, for the reason given in `fts5`. The last word of a phrase that is being typed goes
to tantivy's phrase-prefix query, which tries the first fifty words that begin so and no more: it finds too
little, but its exact way (a regex phrase query) takes three to twenty times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy  # type: ignore[import-not-found, unused-ignore]
from tantivy import FieldType, Occur, Query

from benchmarks.corpus import Record
from benchmarks.engines import SHOWN, Answer, is_read, starred
from benchmarks.engines.asked import SCORED, asked
from paperreader.index.filters import Dates, State
from paperreader.index.query import And, Node, Or, Text

_HEAP = 1_000_000_000
_BOOSTS = {"title": 2.0, "abstract": 1.0}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in SCORED:
        builder.add_text_field(field, stored=True)
    builder.add_integer_field("id", stored=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    for state in ("starred", "read"):
        builder.add_boolean_field(state, indexed=True)
    return builder.build()


def build(folder: Path, records: Iterable[Record]) -> None:
    """One commit; the segments are merged before it counts as done."""
    folder.mkdir(parents=True)
    writer = tantivy.Index(_schema(), path=str(folder)).writer(_HEAP, num_threads=1)
    for number, record in enumerate(records):
        paper = tantivy.Document()
        paper.add_text("title", record.title)
        paper.add_text("abstract", record.abstract)
        paper.add_integer("id", number)
        paper.add_integer("day", record.days[-1].toordinal())
        paper.add_boolean("starred", starred(number))
        paper.add_boolean("read", is_read(number))
        writer.add_document(paper)
    writer.commit()
    writer.wait_merging_threads()


class Reader:
    """The index and a searcher on it."""

    def __init__(self, folder: Path) -> None:
        self.index = tantivy.Index.open(str(folder))
        self.schema = self.index.schema
        self.searcher = self.index.searcher()

    def answer(self, text: str) -> Answer:
        """One search counts and ranks; the papers come from the document store."""
        found: Any = self.searcher.search(self._query(text), SHOWN, count=True)
        papers = (self.searcher.doc(address) for _, address in found.hits)
        return found.count, [(str(p.get_first("title")), str(p.get_first("abstract"))) for p in papers]

    def prepare(self) -> None:
        """It is in the index."""

    def forget(self) -> None:
        """Nothing is remembered but blocks of the document store."""

    def close(self) -> None:
        """Let go of the files."""
        del self.searcher, self.index

    def _query(self, text: str) -> Query:
        query = asked(text)
        clauses = [(Occur.Must, self._words(node)) for node in query.wanted]
        clauses += [(Occur.MustNot, self._words(node)) for node in query.unwanted]
        for condition, holds in query.filters:
            must = Occur.Must if holds else Occur.MustNot
            clauses.append((must, Query.const_score_query(self._filter(condition), 0.0)))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _filter(self, condition: State | Dates) -> Query:
        if isinstance(condition, State):
            return Query.term_query(self.schema, condition.name, True)
        first, last = condition.first.toordinal(), condition.last.toordinal()
        return Query.range_query(self.schema, "day", FieldType.Integer, first, last)

    def _words(self, node: Node) -> Query:
        match node:
            case And(children) | Or(children):
                occur = Occur.Must if isinstance(node, And) else Occur.Should
                return Query.boolean_query([(occur, self._words(child)) for child in children])
            case Text():
                fields = (node.field,) if node.field else SCORED
                forms = [
                    (Occur.Should, Query.boost_query(self._text(form, field), _BOOSTS[field]))
                    for form in node.forms()
                    for field in fields
                ]
                return forms[0][1] if len(forms) == 1 else Query.boolean_query(forms)
        raise TypeError(node)

    def _text(self, text: Text, field: str) -> Query:
        words: list[Any] = list(text.words)
        if len(words) > 1:
            phrase = Query.phrase_prefix_query if text.prefix else Query.phrase_query
            return phrase(self.schema, field, words)
        if text.prefix:
            # the same postings as by a regex, without the 0.2 ms that it takes to compile one
            return Query.fuzzy_term_query(self.schema, field, words[0], distance=0, prefix=True)
        return Query.term_query(self.schema, field, words[0])


open = Reader  # noqa: A001 - as in `Engine`
