"""SQLite FTS5: prefix indexes, one transaction, no journal, and one b-tree once all is in.

Words are not stemmed, neither here nor in tantivy: with stems a half-typed ending finds nothing. It
spares them the other forms of a complete word, which the program looks for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.corpus import Record
from benchmarks.engines import SHOWN, Answer, is_read, starred
from benchmarks.engines.asked import Asked, asked
from paperreader.index.filters import Dates
from paperreader.index.query import And, Node, Or, Text

_SCHEMA = """
    PRAGMA journal_mode = OFF;
    PRAGMA secure_delete = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -262144;
    CREATE TABLE days (id INTEGER PRIMARY KEY, day INTEGER);
    CREATE TABLE starred (id INTEGER PRIMARY KEY);
    CREATE TABLE read (id INTEGER PRIMARY KEY);
    CREATE VIRTUAL TABLE papers USING fts5(
        title, abstract, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO papers (papers, rank) VALUES ('rank', 'bm25(2.0, 1.0)');
    INSERT INTO papers (papers, rank) VALUES ('hashsize', 268435456);
"""
_NAME = "papers.sqlite"


def build(folder: Path, records: Iterable[Record]) -> None:
    """Rows in the order of their numbers; a table of days, and one of the papers in each state."""
    folder.mkdir(parents=True)
    days = []

    def rows() -> Iterator[tuple[int, str, str]]:
        for number, record in enumerate(records):
            days.append((number, record.days[-1].toordinal()))
            yield number, record.title, record.abstract

    with closing(sqlite3.connect(folder / _NAME, isolation_level=None)) as db:
        db.executescript(_SCHEMA)
        db.execute("BEGIN")
        db.executemany("INSERT INTO papers (rowid, title, abstract) VALUES (?, ?, ?)", rows())
        db.executemany("INSERT INTO days VALUES (?, ?)", days)
        for state, holds in (("starred", starred), ("read", is_read)):
            db.executemany(f"INSERT INTO {state} VALUES (?)", ((n,) for n in range(len(days)) if holds(n)))
        db.execute("COMMIT")


def settle(folder: Path) -> None:
    """Merge everything into one b-tree, for the queries' sake."""
    with closing(sqlite3.connect(folder / _NAME, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode = OFF; INSERT INTO papers (papers) VALUES ('optimize')")


class Reader:
    """The database, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / _NAME, isolation_level=None)
        self.db.executescript("PRAGMA mmap_size = 8589934592; PRAGMA cache_size = -65536")

    def answer(self, text: str) -> Answer:
        """One query counts, the other ranks and reads."""
        where, values = _where(asked(text))
        order = "rank" if "MATCH" in where else "(SELECT day FROM days WHERE id = papers.rowid) DESC"
        rows = f"SELECT title, abstract FROM papers WHERE {where} ORDER BY {order} LIMIT {SHOWN}"
        (count,) = self.db.execute(f"SELECT count(*) FROM papers WHERE {where}", values).fetchone()
        return count, self.db.execute(rows, values).fetchall()

    def prepare(self) -> None:
        """It is in the database."""

    def forget(self) -> None:
        """Nothing is remembered but pages of the file."""

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()


open = Reader  # noqa: A001 - as in `Engine`


def _where(query: Asked) -> tuple[str, list[str | int]]:
    """A condition on a paper, and what is put into it.

    The plus keeps SQLite from looking every starred paper up in turn instead of every match.
    """
    conditions, values = [], list[str | int]()
    if query.wanted:
        match = " AND ".join(map(_match, query.wanted))
        without = "".join(f" NOT {_match(node)}" for node in query.unwanted)
        conditions.append("papers MATCH ?")
        values.append(f"({match}){without}")
    elif query.unwanted:
        conditions.append("rowid NOT IN (SELECT rowid FROM papers WHERE papers MATCH ?)")
        values.append(" OR ".join(map(_match, query.unwanted)))
    for condition, holds in query.filters:
        if isinstance(condition, Dates):
            within = "(SELECT day FROM days WHERE id = papers.rowid) BETWEEN ? AND ?"
            values += [condition.first.toordinal(), condition.last.toordinal()]
        else:
            within = f"+papers.rowid IN {condition.name}"
        conditions.append(within if holds else f"NOT ({within})")
    return " AND ".join(conditions) or "true", values


def _match(node: Node) -> str:
    match node:
        case And(children) | Or(children):
            return f"({(' AND ' if isinstance(node, And) else ' OR ').join(map(_match, children))})"
        case Text():
            forms = " OR ".join(f'"{" ".join(form.words)}"{" *" * form.prefix}' for form in node.forms())
            return f"{node.field} : ({forms})" if node.field else f"({forms})"
    raise TypeError(node)
