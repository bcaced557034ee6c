"""What is typed in the filter is completed: the likeliest dim behind it, the others below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.actions import SkipAction
from textual.message import Message

from paperreader.tui.bars import KeyLine
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.finding import Finding, Request

if TYPE_CHECKING:
    from paperreader.completion import Offer


class Offered(Message):
    """How a text may go on."""

    def __init__(self, text: str, offers: Sequence[Offer]) -> None:
        super().__init__()
        self.text, self.offers = text, offers


class Completing(Finding):
    """The part of the main screen that completes queries. What there is to offer, the finder finds."""

    _offering = False
    """Whether the finder has offered something last."""

    def _find(self, request: Request, cancelled: Callable[[], bool]) -> None:
        from paperreader.completion import offers

        found = offers(request.text, self.library)
        if found or self._offering:
            self.post_message(Offered(request.text, found))
        self._offering = bool(found)
        super()._find(request, cancelled)

    @on(Offered)
    def _offered(self, message: Offered) -> None:
        if message.text == self.text:
            self.query_one(FilterInput).offer(message.text, next(iter(message.offers), None))
            self.query_one(KeyLine).offered = tuple(offer.value for offer in message.offers)

    def action_complete(self) -> None:
        """Take what is offered; where nothing is, the key does what else it does."""
        if not self.query_one(FilterInput).take():
            raise SkipAction
