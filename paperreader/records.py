"""Papers as bytes, and back: the form in which an index keeps them.

First comes a *head* in JSON, a list in the order of the fields of `Paper`; so are the sightings and the
details in it. What has its default value is left out at the end of a list and 0 within. Days are ordinals.
Instead of the title and the abstract it has the title's length, and then these two follow as they are:
nothing in them has to be escaped, or read letter by letter.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from paperreader.paper import Details, Paper, Sighting

_LAST_DAY = date.max.toordinal()
_DAYS = frozenset(("published", "submitted", "listed", "updated"))
_LISTS = frozenset(("authors", "categories", "links", "keywords"))
_NO_SIGHTING = (0, "", 0, "", 0, 0, 0)
_SIGHTING = (int, str, int, str, int, int, int)
_NO_DETAILS = Details()
_NO_HEAD = ("", 0, (), (), ())

_to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_from_json = json.JSONDecoder().raw_decode


def _rest(paper: Paper) -> tuple[Any, ...]:
    details: list[Any] = []
    if paper.details != _NO_DETAILS:
        details = [
            0 if value in ("", (), None) else value.toordinal() if isinstance(value, date) else value
            for value in paper.details
        ]
    sightings = [_short([s.day.toordinal(), *s[1:4], int(s.inferred), *s[5:]]) for s in paper.sightings]
    return sightings, _short(details), paper.aliases


def _short(values: list[Any]) -> list[Any]:
    """The list without what has its default value at the end of it."""
    while values and not values[-1]:
        values.pop()
    return values


def packed(paper: Paper) -> bytes:
    """The paper as bytes, for `unpacked`."""
    head = _to_json(_short([paper.id, len(paper.title), *_rest(paper)]))
    # not even a lone surrogate can stop it
    return f"{head}{paper.title}{paper.abstract}".encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Paper:
    """The paper that was `packed`. Raises ValueError for anything else."""
    text = data.decode("utf-8", "surrogatepass")
    head, end = _from_json(text)
    paper_id, size, sightings, details, aliases = _filled(head, _NO_HEAD)
    middle = end + _number(size)
    if not end <= middle <= len(text):
        raise ValueError("a title longer than all there is")
    title, abstract = text[end:middle], text[middle:]
    seen = tuple([_sighting(each) for each in _list(sightings)])
    return Paper(_text(paper_id), title, abstract, seen, _details(details), _texts(aliases))


def _sighting(record: object) -> Sighting:
    values = _filled(record, _NO_SIGHTING)
    if tuple(map(type, values)) != _SIGHTING:
        raise ValueError("not the values of a sighting")
    day, dump, rank, name, inferred, upvotes, comments = values
    if not (0 < day <= _LAST_DAY and inferred in (0, 1)):
        raise ValueError("not a day, or neither true nor false")
    return Sighting(date.fromordinal(day), dump, rank, name, inferred == 1, upvotes, comments)


def _details(record: object) -> Details:
    if record in ((), []):
        return _NO_DETAILS
    values: dict[str, Any] = {}
    for field, value in zip(Details._fields, _list(record, len(Details._fields)), strict=False):
        if value != 0:
            values[field] = (
                _day(value) if field in _DAYS else _texts(value) if field in _LISTS else _text(value)
            )
    return Details(**values)


def _filled(record: object, defaults: tuple[Any, ...]) -> Sequence[Any]:
    values = _list(record, len(defaults))
    return (*values, *defaults[len(values) :])


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
