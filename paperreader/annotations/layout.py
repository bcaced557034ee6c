"""How annotations.json is laid out: what `json.dumps` makes, indented and sorted, but without its time."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any, Final

from paperreader.annotations.form import Document

Known = dict[str, tuple[Any, str]]
"""The entries of papers, and how they were laid out."""

_FLAT: Final = {True: "true", False: "false"}


def dump(document: Document, known: Known | None = None) -> bytes:
    """The bytes of a file with this document. What is `known` is used where it holds, and renewed."""
    papers, known = document["papers"], {} if known is None else known
    for paper_id in known.keys() - papers.keys():
        del known[paper_id]
    for paper_id, entry in papers.items():
        if paper_id not in known or known[paper_id][0] is not entry:
            known[paper_id] = entry, f"    {encode_basestring(paper_id)}: {_entry(entry)}"
    entries = ",\n".join(known[paper_id][1] for paper_id in sorted(papers))
    lines = _lines({**document, "papers": {}}, "")
    if entries:
        lines = lines.replace('\n  "papers": {}', f'\n  "papers": {{\n{entries}\n  }}', 1)
    # Lone surrogates have no UTF-8; they stand in strings only, where \udXXX is JSON's own way to write them.
    return (lines + "\n").encode("utf-8", "backslashreplace")


def _entry(entry: Any) -> str:
    if not isinstance(entry, dict) or not entry:
        return _lines(entry, "    ")
    fields = [f"      {encode_basestring(key)}: {_value(entry[key])}" for key in sorted(entry)]
    return "{\n" + ",\n".join(fields) + "\n    }"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return str(encode_basestring(value))
    if isinstance(value, bool):
        return _FLAT[value]
    return _lines(value, "      ")


def _lines(value: Any, indent: str) -> str:
    # a line break within a string is escaped: each of them is one of the layout
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).replace("\n", f"\n{indent}")
