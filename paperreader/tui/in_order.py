"""Keys take effect one after the other, as they were pressed, however fast they come."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

PATIENCE = 0.5
"""Seconds that a key waits at most for those before it."""

_MOMENT = 0.005
"""Seconds between two looks at whether there is something that keys can be for."""


class InOrder(App[None], inherit_bindings=False):
    """An app for people who type ahead, or whose keys come in bursts over a slow line.

    Textual hands a key to what has the focus and turns to the next one, while the first is still on
    its way through the widgets to the binding that says what it does. So the letter after an Enter
    that leaves a text would still be typed into that text. Here a key that no text wants does what
    it is bound to at once, and not before what was typed earlier has arrived.
    """

    _typed_into: DOMNode | None = None
    """Where the last key went that was not bound to anything."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed_on: WeakKeyDictionary[events.Key, Screen[object]] = WeakKeyDictionary()

    async def on_event(self, event: events.Event) -> None:
        """Deal with a key before the next one; with all other events as usual."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._screen_is_there()
            if self._typed_into is None or self._goes_on(event):
                await self._deal_with(event)
            else:
                await self._arrival()
                # the last key may have left something to be done before anything else
                self.call_next(self._deal_with, event)
            return
        if isinstance(event, events.Paste) and not event.is_forwarded:
            self._typed_into = self.focused or self.screen
        if isinstance(event, events.Key) and self._pressed_on.get(event, self.screen) is not self.screen:
            return  # nothing there had a use for it, and it was not meant for what is shown now
        await super().on_event(event)

    async def _screen_is_there(self) -> None:
        """Wait for a screen that has only just been opened: what is bound to keys there needs its parts."""
        if self.screen.is_mounted:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not self.screen.is_mounted:
                    await asyncio.sleep(_MOMENT)

    async def _deal_with(self, key: events.Key) -> None:
        if not self._is_text(key) and await self._check_bindings(key.key):
            return
        self._typed_into = self.focused or self.screen
        self._pressed_on[key] = self.screen
        await super().on_event(key)

    def _is_text(self, key: events.Key) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key(key.key, key.character)

    def _goes_on(self, key: events.Key) -> bool:
        """Whether the key is one more for the text that got the last one."""
        return self.focused is self._typed_into and self._is_text(key)

    async def _arrival(self) -> None:
        """Wait until the last key has been dealt with by what it was handed to."""
        target, self._typed_into = self._typed_into, None
        arrived = asyncio.Event()
        if target is not None and target.call_later(arrived.set):
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await arrived.wait()
