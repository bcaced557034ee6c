"""The form of annotations.json: made for people and for git, and for versions that are still to come.

    {
      "format": "paperreader-annotations",
      "papers": {
        "<paper id>": {
          "later": true, "later_at": "2026-11-21T09:14:00Z",
          "note": "...", "noted_at": "...",
          "read": true, "read_at": "...",
          "skipped": true, "skipped_at": "...",
          "starred": true, "starred_at": "...",
          "tags": ["..."], "tagged_at": "...",
          "title": "..."
        }
      },
      "version": 1
    }

What is not set is absent. Whatever else stands in the file, at any level, was put there by a newer
version or another program: it is kept and not looked at, and so is an entry or a field of another
shape, until it is set here. A file of a newer version is read like any other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from paperreader import tags, text

FORMAT: Final = "paperreader-annotations"
VERSION: Final = 1

Field = Literal["starred", "note", "read", "skipped", "later", "tags"]
Value = bool | str | tuple[str, ...]
"""Of a note a text, of tags their names, of the other fields whether they are set; false is not set."""
Document = dict[str, Any]
"""The whole file as JSON has it; "papers" is an object."""

_TIME_KEYS: Final[Mapping[Field, str]] = {
    "starred": "starred_at",
    "note": "noted_at",
    "read": "read_at",
    "skipped": "skipped_at",
    "later": "later_at",
    "tags": "tagged_at",
}
FIELDS: Final = tuple(_TIME_KEYS)
_DEEPEST: Final = 64
"""Levels of objects and arrays; far deeper ones cannot be written again by `json`."""


class DamagedError(ValueError):
    """The file cannot be read as annotations; the text says why."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the reader did to one paper, safe to show."""

    title: str = ""
    starred: bool = False
    note: str = ""
    read: bool = False
    skipped: bool = False
    """Not for this reader, which is not the same as unread."""
    later: bool = False
    tags: tuple[str, ...] = ()
    """As `tags.cleaned` has them."""

    @property
    def is_set(self) -> bool:
        """Whether anything was done to the paper."""
        return bool(self.starred or self.note or self.read or self.skipped or self.later or self.tags)


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of one paper, set or (with a false or empty value) cleared."""

    paper_id: str
    title: str
    field: Field
    value: Value
    at: str | None
    """When, as in the file."""


def now() -> str:
    """This second, as it is written in the file: UTC, `2026-11-21T09:14:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clean_note(note: str) -> str:
    """A note that is safe to show; white space at its end does not count."""
    return text.clean(note).rstrip()


def cleaned(field: Field, value: Value | Iterable[str]) -> Value:
    """The value as it is kept in a field."""
    if field == "note":
        return clean_note(value) if isinstance(value, str) else ""
    if field == "tags":
        return tags.cleaned(() if isinstance(value, bool) else [value] if isinstance(value, str) else value)
    return bool(value)


def empty() -> Document:
    """The document of a library without annotations."""
    return {"format": FORMAT, "version": VERSION, "papers": {}}


def parse(data: bytes) -> Document:
    """The document in the bytes of a file. Raises DamagedError."""
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object)
    except UnicodeDecodeError:
        raise DamagedError("it is not UTF-8") from None
    except DamagedError:
        raise
    except (ValueError, RecursionError) as error:
        raise DamagedError(_why_not_json(data, error)) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DamagedError(f'it has no "format": "{FORMAT}"')
    if not isinstance(document.get("papers"), dict):
        raise DamagedError('it has no "papers"')
    document.setdefault("version", VERSION)
    if _is_deeper(document, _DEEPEST):
        raise DamagedError("it is nested too deeply")
    return document


def annotation(document: Document, paper_id: str) -> Annotation:
    """What can be shown of a paper; an empty annotation when that is nothing."""
    entry = document["papers"].get(paper_id)
    if not isinstance(entry, dict):
        return Annotation()
    get = entry.get  # there may be many, on the way to the first frame
    return Annotation(
        text.one_line(_string(entry, "title")),
        get("starred") is True,
        clean_note(_string(entry, "note")) if "note" in entry else "",
        get("read") is True,
        get("skipped") is True,
        get("later") is True,
        _tags(entry) if "tags" in entry else (),
    )


def value(document: Document, paper_id: str, field: Field) -> Value:
    """What can be shown of one field of a paper."""
    found: Value = getattr(annotation(document, paper_id), field)
    return found


def shown_of(document: Document, paper_id: str) -> Annotation | None:
    """What can be shown of a paper; None when that is nothing, or when its id is not safe to show."""
    found = annotation(document, paper_id)
    return found if found.is_set and text.one_line(paper_id) == paper_id else None


def shown(document: Document) -> dict[str, Annotation]:
    """Every paper with something to show, by its id."""
    found = ((paper_id, shown_of(document, paper_id)) for paper_id in document["papers"])
    return {paper_id: each for paper_id, each in found if each}


def set_at(document: Document, paper_id: str, field: Field) -> str | None:
    """When a field was set, if that is known."""
    entry = document["papers"].get(paper_id)
    return _string(entry, _TIME_KEYS[field]) or None if isinstance(entry, dict) else None


def times(papers: Mapping[str, Any], field: Field, ids: Iterable[str]) -> dict[str, datetime]:
    """When the field of each of these papers was set, where that is known."""
    written = {i: _string(papers[i], _TIME_KEYS[field]) for i in ids if isinstance(papers.get(i), dict)}
    return {i: at for i, text in written.items() if (at := _moment(text))}


def apply(document: Document, edit: Edit) -> None:
    """Makes an edit in the document; an entry with nothing left but the title goes."""
    papers = document["papers"]
    entry = papers.get(edit.paper_id, {})
    if not isinstance(entry, dict):
        entry = {"unreadable": entry}
    entry = {key: value for key, value in entry.items() if key not in (edit.field, _TIME_KEYS[edit.field])}
    if edit.value:
        entry[edit.field] = list(edit.value) if isinstance(edit.value, tuple) else edit.value
        if edit.at:
            entry[_TIME_KEYS[edit.field]] = edit.at
        if edit.title:
            entry["title"] = edit.title
    if entry.keys() <= {"title"}:
        papers.pop(edit.paper_id, None)
    else:
        papers[edit.paper_id] = entry


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; of a key that a bad merge left there twice, the first value would be lost."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise DamagedError(f'"{text.one_line(twice)[:40]}" stands twice in it')
    return entries


def _why_not_json(data: bytes, error: Exception) -> str:
    if not data.strip():
        return "it is empty"
    if any(line.startswith((b"<<<<<<<", b">>>>>>>")) for line in data.splitlines()):
        return "it has the marks of an unfinished merge"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON, see line {error.lineno}"
    return "it is not JSON that can be read"


def _is_deeper(value: Any, levels: int) -> bool:
    parts: Iterable[Any] = value.values() if isinstance(value, dict) else value
    inner = [part for part in parts if isinstance(part, (dict, list))]
    return bool(inner) and (levels == 0 or any(_is_deeper(part, levels - 1) for part in inner))


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    # beyond these years other time zones have no dates
    plain = 1 < moment.year < 9999
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) if plain else None


def _string(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _tags(entry: Mapping[str, Any]) -> tuple[str, ...]:
    value = entry.get("tags")
    return tags.cleaned(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
