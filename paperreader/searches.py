"""Searches that are kept under a name, in the config file: they are the reader's own, as keys are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader import config
from paperreader.config import ConfigError
from paperreader.index.filters import STATES
from paperreader.index.query import And, Node, Query, parse
from paperreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tomlkit import TOMLDocument

_SYNTAX = re.compile(r'(?<!\S)-\S*|\b(?:AND|OR|NOT)\b|(?:\w+:)|["“”„()*~]')
_SHORT = 40
"""Characters of a name that is made up."""


def save(file: Path, name: str, query: str) -> None:
    """Keep a query under a name, in place of what was kept under it before.

    Raises ConfigError when the name or the query is none, or the file cannot be read or written.
    """
    if problem := config.name_problem(name) or ("" if one_line(query) else "a search needs a query"):
        raise ConfigError(problem)
    with _table(file) as table:
        table[name] = one_line(query)


def rename(file: Path, name: str, new: str) -> None:
    """Give a search another name; it stays where it is in the file. Raises ConfigError, as `save` does."""
    if problem := config.name_problem(new):
        raise ConfigError(problem)
    with config.changing(file) as document:
        table = _searches(file, document)
        if name not in table:
            raise ConfigError(f"{file}: no search is called {name!r} any more")
        if new in table:
            raise ConfigError(f"a search is called {new!r} already")
        _name_anew(document, name, new)


def remove(file: Path, name: str) -> None:
    """Forget a search, if there is one of that name. Raises ConfigError, as `save` does."""
    with _table(file) as table:
        table.pop(name, None)


@contextmanager
def _table(file: Path) -> Iterator[MutableMapping[str, str]]:
    with config.changing(file) as document:
        yield _searches(file, document)


def _searches(file: Path, document: TOMLDocument) -> MutableMapping[str, str]:
    if "searches" not in document:
        from tomlkit import table as new_table

        document["searches"] = new_table()
    table = document["searches"]
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: searches must be a table: [searches]")
    return table


def _name_anew(document: TOMLDocument, name: str, new: str) -> None:
    """Put another key before a value, of which nothing else is touched.

    A dotted key makes a table of its own, so that there may be several.
    """
    from tomlkit import key as quoted
    from tomlkit.items import SingleKey

    tables = [item.value.body for key, item in document.body if key is not None and key.key == "searches"]
    for body in tables:
        for at, (key, query) in enumerate(body):
            if key is not None and key.key == name:
                around = key.as_string().partition(key.as_string().strip())
                written = quoted(new).as_string().join((around[0], around[2]))
                body[at] = SingleKey(new, sep=key.sep, original=written), query


def suggested_name(query: str) -> str:
    """A name for a query that has none yet: the words in it, or else the query itself."""
    words = one_line(_SYNTAX.sub(" ", query)) or one_line(query)
    if len(words) <= _SHORT:
        return words
    return words[: _SHORT + 1].rpartition(" ")[0] or words[:_SHORT]


def narrowed(query: str, view: str) -> str:
    """The query that finds in all papers what this one, which is being typed, finds in a view.

    Only a view that shows papers of one state counts; an order is not a search.
    """
    return joined(f"is:{view}" if view in STATES else "", query)


def joined(*queries: str) -> str:
    """One query, in a line, that finds what all of these find, each as it is read while it is being typed.

    It is written in the plainest of the ways that the parser reads so.
    """
    wanted = frozenset().union(*map(_asked, queries))
    for parts in product(*map(_ways, queries)):
        query = " ".join(filter(None, parts))
        if _asked(query) == wanted:
            return query
    # nested as deep as is possible
    return " ".join(f"({_parsed(query).understood})" for query in queries if query.strip())


def _ways(query: str) -> Iterator[str]:
    """Ways to write a query as a part of another one: with its last word open or closed, or not at all."""
    yield ""
    if not (line := one_line(query)):
        return
    yield from (line, f"{line}*", f"({line})", f"({line}*)", f"({line}")
    # the last one, because in it the days that `date:7d` means are fixed
    yield f"({_parsed(query).understood})"


def _asked(query: str) -> frozenset[Node]:
    """The conditions of a query, all of which hold for what it finds."""
    node = _parsed(query).node
    return frozenset(node.children if isinstance(node, And) else (node,))


def _parsed(query: str) -> Query:
    return parse(query, date.today())
