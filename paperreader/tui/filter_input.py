"""Where the query is typed, and what it may go on with is shown dim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperreader.tui.text_input import TextInput

if TYPE_CHECKING:
    from paperreader.completion import Offer


class FilterInput(TextInput):
    """The text of the filter, and behind it what is offered."""

    _offer: Offer | None = None
    _shown = ""
    """The text with what is offered behind it."""

    def offer(self, text: str, offer: Offer | None) -> None:
        """Show what a text may go on with, if that text still stands here and is being typed."""
        if text == self.value:
            self._show(offer if self.has_focus and self.cursor_at_end else None)

    def _show(self, offer: Offer | None) -> None:
        self._offer = offer
        self._shown = self._suggestion = self.value + offer.rest if offer else ""

    def watch_value(self, before: str, value: str) -> None:
        """Leave there what is offered as long as it is what is typed: it must not flicker."""
        offer, shown = self._offer, self._shown
        goes_on = offer is not None and len(before) < len(value) < len(shown) and shown.startswith(value)
        self._show(offer._replace(rest=shown[len(value) :]) if offer and goes_on else None)

    def on_blur(self) -> None:
        """Offer nothing to somebody who is not here."""
        self._show(None)

    def take(self) -> bool:
        """Have what is offered in the text; whether anything was."""
        if self._offer is None or not self.cursor_at_end:
            return False
        self.value = self._offer.text
        self.action_end()
        return True

    def action_cursor_right(self, select: bool = False) -> None:
        """Take what is offered; else go one letter to the right."""
        if select or not self.take():
            super().action_cursor_right(select)
