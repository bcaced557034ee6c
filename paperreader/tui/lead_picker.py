"""Which of the places a paper leads to is to be opened."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from paperreader.links import Lead
from paperreader.tui.dialogs import Choice, ChoiceScreen

_KEYS = "123456789abcdefghilmnoprstuvwxyz"
"""Each opens one; those that move are not among them."""


class LeadPicker(ChoiceScreen):
    """The places, what is there and the address of each. Gives the address that was picked, or None."""

    DEFAULT_CSS = """
    LeadPicker {
      & > #box { width: 100; overflow-y: auto; scrollbar-size-vertical: 1; }
      .choice { width: 100%; }
    }
    """

    def __init__(self, leads: Sequence[Lead]) -> None:
        width = max(cell_len(lead.what) for lead in leads)
        choices = [
            Choice(key, lead.what.ljust(width), lead.url, lead.url.partition("://")[2])
            for key, lead in zip(_KEYS, leads, strict=False)
        ]
        super().__init__("Open", choices, "Esc  stay here")
