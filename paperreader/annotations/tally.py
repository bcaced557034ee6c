"""What became of papers in one run of the program, whatever way it took."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from paperreader.annotations.form import Field, Value
from paperreader.annotations.steps import Change

_DONE: Final[Mapping[Field, str]] = {
    "read": "{} read",
    "starred": "{} starred",
    "later": "{} for later",
    "skipped": "{} skipped",
    "note": "{} note{s}",
    "tags": "{} tagged",
}


class Tally:
    """Counts papers by what is different about them at the end: what was undone was not done."""

    def __init__(self) -> None:
        self._values: dict[str, dict[Field, tuple[Value, Value]]] = {}
        """Of each paper and field that was changed: the value before all changes, and after them."""

    def take(self, change: Change) -> None:
        """This was changed, undone or made again."""
        fields = self._values.setdefault(change.paper_id, {})
        first, _ = fields.get(change.field, (change.before, None))
        fields[change.field] = first, change.after

    def summary(self, unsaved: Collection[str] = ()) -> str:
        """In a line: "14 read, 3 starred, 20 skipped, 2 notes"; "" when nothing is different.

        A paper of which something was only taken away counts as taken back, an unsaved one not at all.
        """
        counts: dict[Field, int] = dict.fromkeys(_DONE, 0)
        taken_back = 0
        for paper_id, fields in self._values.items():
            different = {field: after for field, (first, after) in fields.items() if first != after}
            if different and paper_id not in unsaved:
                for field, after in different.items():
                    counts[field] += bool(after)
                taken_back += not any(different.values())
        parts = [_DONE[field].format(f"{n:,}", s="" if n == 1 else "s") for field, n in counts.items() if n]
        return ", ".join([*parts, f"{taken_back:,} taken back"] if taken_back else parts)
