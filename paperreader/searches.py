"""Searches that are kept under a name, in the config file: they are the reader's own, as keys are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader import config
from paperreader.config import ConfigError
from paperreader.index.filters import STATES
from paperreader.text import one_line

if TYPE_CHECKING:
    from collections.abc import MutableMapping

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
    with _table(file) as table:
        if name not in table:
            raise ConfigError(f"{file}: no search is called {name!r} any more")
        if new in table:
            raise ConfigError(f"a search is called {new!r} already")
        names = list(table)
        # TOML has no other way to put something in the middle
        moved = [(each, table.pop(each)) for each in names[names.index(name) :]]
        table.update((new if each == name else each, query) for each, query in moved)


def remove(file: Path, name: str) -> None:
    """Forget a search, if there is one of that name. Raises ConfigError, as `save` does."""
    with _table(file) as table:
        table.pop(name, None)


@contextmanager
def _table(file: Path) -> Iterator[MutableMapping[str, str]]:
    with config.changing(file) as document:
        if "searches" not in document:
            from tomlkit import table as new_table

            document["searches"] = new_table()
        table = document["searches"]
        if not isinstance(table, dict):
            raise ConfigError(f"{file}: searches must be a table: [searches]")
        yield table


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
    if view not in STATES or f"is:{view}" in query.split():
        return query
    if not query:
        return f"is:{view}"
    return f"is:{view} {enclosed(query)}"


def enclosed(query: str) -> str:
    """The query as one part of a longer one."""
    if not re.search(r"\bOR\b", query):
        return query
    # within the parenthesis the last word is no longer one that is being typed
    return f"({query}*)" if query[-1].isalnum() else f"({query})"
