"""Whether the papers with stars and notes are in any dump."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from paperreader.annotations import form
from paperreader.doctor.finding import Case, Finding

_SAID: Final[dict[form.Field, str]] = {
    "starred": "starred",
    "note": "noted",
    "read": "read",
    "skipped": "skipped",
    "later": "kept for later",
    "tags": "tagged",
}


def orphans(case: Case) -> Iterator[Finding]:
    """Annotated papers that are in no dump any more."""
    path = case.folder / "annotations.json"
    if (case.index is None and case.dump_names()) or not path.is_file():
        return
    try:
        entries = form.shown(form.parse(path.read_bytes()))
    except form.DamagedError:
        return  # which `stars` says
    advice = "import the dump they came from, if you have it; until then only their titles are shown"
    for paper_id, annotation in sorted(entries.items(), key=lambda entry: entry[1].title):
        if case.index is None or case.index.find(paper_id) is None:
            marks = {_SAID[field] for field in form.FIELDS if getattr(annotation, field)}
            what = f"is {' and '.join(each for each in _SAID.values() if each in marks)}, but in no dump"
            yield Finding("orphan", "remark", annotation.title or paper_id, what, advice)
