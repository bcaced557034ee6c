"""File names of stored dumps: safe on every system, and telling by themselves which dump it is."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from paperreader.text import one_line

_STORED = re.compile(r"(?P<stem>.*)~(?P<id>[0-9a-f]{16})(?P<suffix>\.[^.]*)?", re.DOTALL)
_SUFFIX = re.compile(r"\.[A-Za-z0-9_-]{1,15}")
_FORBIDDEN = re.compile(r'[<>:"|?*~]')
_NOT_AT_THE_END = re.compile(r"[ .]+(?=\.|$)")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_DATED = re.compile(r"[0-9]{4}-([0-9]{2}-[0-9]{2})_")
_LONGEST_STEM = 150
"""In bytes of UTF-8: with id and suffix it stays below the 255 that file systems allow."""


def stored_name(name: str, dump_id: str) -> str:
    """The name under which a dump with this (safe) name is stored."""
    stem, suffix = _split(name)
    return f"{stem}~{dump_id}{suffix}"


def split_stored(file_name: str) -> tuple[str, str | None]:
    """The dump's name and its id; no id for a name that `stored_name` does not give."""
    if found := _STORED.fullmatch(file_name):
        return found["stem"] + (found["suffix"] or ""), found["id"]
    return file_name, None


def tells_another(file_name: str, dump_id: str) -> bool:
    """Whether a file of this name should hold another dump: then it was changed since it got the name."""
    return split_stored(file_name)[1] not in (None, dump_id)


def plain_name(path: str) -> str:
    """The last part of a path from outside, without an id and without what some systems forbid."""
    name, _ = split_stored(one_line(re.split(r"[/\\]", path.rstrip("/\\"))[-1]))
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name))
    return _NOT_AT_THE_END.sub("", name).lstrip(" .")


def safe_name(path: str) -> str:
    """A visible file name for a path from outside, good on every system; for a safe name itself."""
    stem, suffix = _split(plain_name(path))
    if len(stem.encode()) > _LONGEST_STEM:
        # half a number could pass for a date
        stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore").rstrip("0123456789 .")
    if not stem or _RESERVED.match(stem):
        stem = f"_{stem}"
    return stem + suffix


def dated_name(name: str, day: date) -> str:
    """The safe name with the day before it, in place of the same day of another year."""
    found = _DATED.match(name)
    if found and found[1] == f"{day:%m-%d}":
        name = name[found.end() :]
    return safe_name(f"{day.isoformat()}_{name}")


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    if stem and _SUFFIX.fullmatch(dot + suffix):
        return stem, dot + suffix
    return name, ""
