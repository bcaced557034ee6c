"""The annotations as they are at one moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from paperreader.annotations import form
from paperreader.annotations.form import FIELDS, Annotation, Document, Field

_REMEMBERED: Final = 64
"""How many versions back it is known what has changed."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What every paper's annotation is. It never changes; a change makes another one."""

    version: int = 0
    """Grows with every change."""
    entries: MappingProxyType[str, Annotation] = field(default_factory=lambda: MappingProxyType({}))
    """Every paper with something set, by its id."""
    ids: Mapping[Field, frozenset[str]] = field(default_factory=lambda: dict.fromkeys(FIELDS, frozenset()))
    """The ids of the papers with each field set."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """The notes by the ids of their papers; the same mapping as long as they are the same."""
    _recent: tuple[tuple[int, Collection[str]], ...] = ()
    """What changed from the last versions to the next ones."""

    def changed_since(self, version: int) -> Collection[str] | None:
        """The ids of the papers that have another entry than in that version; None if it was long ago."""
        if version == self.version:
            return ()
        since = [ids for known, ids in self._recent if known >= version]
        return set().union(*since) if len(since) == self.version - version else None

    def following(self, document: Document, touched: Collection[str] | None) -> Snapshot:
        """What the document says now; this one if that is the same.

        Only the entries of the papers `touched` can be others than they were; None for any.
        """
        if touched is None:
            now: Mapping[str, Annotation | None] = form.shown(document)
            touched = now.keys() | self.entries.keys()
        else:
            now = {paper_id: form.shown_of(document, paper_id) for paper_id in touched}
        changed = {i: now.get(i) for i in touched if now.get(i) != self.entries.get(i)}
        if not changed:
            return self
        entries = self.entries.copy()
        for paper_id, annotation in changed.items():
            if annotation:
                entries[paper_id] = annotation
            else:
                del entries[paper_id]
        ids = {name: _with(self.ids[name], name, changed) for name in FIELDS}
        notes = self.notes
        if any(_note(self.entries.get(i)) != _note(annotation) for i, annotation in changed.items()):
            notes = {paper_id: entries[paper_id].note for paper_id in ids["note"]}
        recent = (*self._recent[-_REMEMBERED + 1 :], (self.version, frozenset(changed)))
        return Snapshot(self.version + 1, MappingProxyType(entries), ids, notes, recent)


def _with(ids: frozenset[str], name: Field, changed: Mapping[str, Annotation | None]) -> frozenset[str]:
    gained = {i for i, annotation in changed.items() if annotation and getattr(annotation, name)}
    lost = {i for i in changed if i in ids and i not in gained}
    return (ids - lost) | gained if lost or not gained <= ids else ids


def _note(annotation: Annotation | None) -> str:
    return annotation.note if annotation else ""
