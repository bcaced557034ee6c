"""The line below the page in which stands what is looked for on it."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.widgets import Input, Static

from paperreader.tui.commands import bound, key_name
from paperreader.tui.search_line import SearchLine
from paperreader.tui.text_input import TextInput


class FindLine(SearchLine):
    """Where one types, and beside it at which place one is, of how many."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        """`keys` are those of the commands as they are mapped now."""
        following, before = (key_name(keys, name) for name in ("next-match", "previous-match"))
        super().__init__(f"find on this page; then {following} and {before} go from one to the next")
        self._keys = keys

    def compose(self) -> ComposeResult:
        """A sign, the input, the place."""
        yield Static(key_name(self._keys, "find")[:1], id="sign", markup=False)
        box = bound(TextInput, "find", self._keys)
        yield box(placeholder=self._placeholder, id="search", compact=True, select_on_focus=False)
        yield Static("", id="count", markup=False)

    @property
    def box(self) -> Input:
        """What is typed into."""
        return self.query_one(Input)

    def say(self, number: int, count: int) -> None:
        """Say at which place one is, 0 for before the first, and how many there are."""
        if not self.text.strip():
            self.count("")
        elif number:
            self.count(f"{number} of {count:,}")
        else:
            self.count(f"{count:,} here" if count else "nothing")
