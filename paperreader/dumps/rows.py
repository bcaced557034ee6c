"""JSON rows of every kind, and which kind they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from paperreader.dumps import arxiv, csl, hf, literal, table
from paperreader.dumps.dump import Entry, NotADump
from paperreader.dumps.fields import Row, day_of
from paperreader.dumps.json_values import Value, values
from paperreader.dumps.stream import Text

_FORMS: Final = (hf, arxiv, csl, table)
"""What a row may be, those first that say more clearly what they are."""
_WRAPPERS: Final = ("data", "dailyPapers", "papers", "items", "results", "references")
"""Under which names objects hold lists of rows."""


def read(text: Text, seen: date | None, problem: Callable[[str], None]) -> Iterator[Entry]:
    """The rows of a JSON text. Raises NotADump."""
    yield from entries(values(text, problem), seen, problem)


def entries(found: Iterator[Value], seen: date | None, problem: Callable[[str], None]) -> Iterator[Entry]:
    """The rows among these values; each problem is told with the place of its value."""
    form: Any = hf
    rank = 0
    for where, value in found:
        for row, day in _rows(value, seen, 2):
            try:
                if not isinstance(row, dict):
                    raise NotADump("not a paper")
                if not form.fits(row):
                    form = _form(row)
                yield form.entry(row, rank + 1, day)
                rank += 1
            except NotADump as error:
                problem(f"{where}: {error}")


def _rows(value: object, seen: date | None, levels: int) -> Iterator[tuple[object, date | None]]:
    """The rows in a value: itself, or those of a list, of an object around one, or of a text."""
    if isinstance(value, str) and value[:1] == "{":
        try:
            value = literal.parse(value)
        except ValueError:
            yield None, seen
            return
    if isinstance(value, dict) and levels and "title" not in value and "paper" not in value:
        wrapped = next((value[name] for name in _WRAPPERS if isinstance(value.get(name), list)), value)
        seen = day_of(value.get("date")) or seen
        value = wrapped
    if isinstance(value, list) and levels:
        for each in value:
            yield from _rows(each, seen, levels - 1)
    else:
        yield value, seen


def _form(row: Row) -> Any:
    form = next((form for form in _FORMS if form.fits(row)), None)
    if form is None:
        raise NotADump("a title and an abstract are missing")
    return form
