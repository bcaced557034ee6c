"""Papers as plain JSON values, and back: the form in which an index keeps them.

A record is a list, in the order of the fields of `Paper`; so are the sightings and the details in
it. What has its default value is left out at the end of a list and 0 within. Days are ordinals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from paperreader.paper import Details, Paper, Sighting

_LAST_DAY = date.max.toordinal()
_DAYS = frozenset(("published", "submitted", "listed", "updated"))
_LISTS = frozenset(("authors", "categories", "links", "keywords"))


def to_record(paper: Paper) -> list[Any]:
    """The paper as a list of JSON values."""
    details = [
        0 if value in ("", (), None) else value.toordinal() if isinstance(value, date) else value
        for value in paper.details
    ]
    return _short(
        [
            paper.id,
            paper.title,
            paper.abstract,
            [_short([s.day.toordinal(), *s[1:4], int(s.inferred), *s[5:]]) for s in paper.sightings],
            _short(details),
            paper.aliases,
        ]
    )


def from_record(record: object) -> Paper:
    """The paper that `to_record` gave, be it through JSON. Raises ValueError for anything else."""
    paper_id, title, abstract, sightings, details, aliases = _filled(record, ["", "", "", (), (), ()])
    return Paper(
        _text(paper_id),
        _text(title),
        _text(abstract),
        tuple(map(_sighting, _list(sightings))),
        _details(details),
        _texts(aliases),
    )


def _short(values: list[Any]) -> list[Any]:
    """The list without what has its default value at the end of it."""
    while values and not values[-1]:
        values.pop()
    return values


def _sighting(record: object) -> Sighting:
    day, dump, rank, name, inferred, upvotes, comments = _filled(record, [0, "", 0, "", 0, 0, 0])
    if inferred not in (0, 1):
        raise ValueError("neither true nor false")
    counts = _number(upvotes), _number(comments)
    return Sighting(_day(day), _text(dump), _number(rank), _text(name), bool(inferred), *counts)


def _details(record: object) -> Details:
    if record == ():
        return Details()
    values: dict[str, Any] = {}
    for field, value in zip(Details._fields, _list(record, len(Details._fields)), strict=False):
        if value != 0:
            values[field] = (
                _day(value) if field in _DAYS else _texts(value) if field in _LISTS else _text(value)
            )
    return Details(**values)


def _filled(record: object, defaults: list[Any]) -> Sequence[Any]:
    values = _list(record, len(defaults))
    return [*values, *defaults[len(values) :]]


def _list(value: object, most: int | None = None) -> Sequence[Any]:
    if not isinstance(value, list | tuple) or (most is not None and len(value) > most):
        raise ValueError("not a list of the expected length")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, _list(value)))


def _number(value: object) -> int:
    if type(value) is not int:
        raise ValueError("not a whole number")
    return value


def _day(value: object) -> date:
    number = _number(value)
    if not 0 < number <= _LAST_DAY:
        raise ValueError("not a day")
    return date.fromordinal(number)
