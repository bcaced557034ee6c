"""Hiding what is judged already: a switch that holds in every view, and from one run to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import islice

from paperreader import places
from paperreader.library import Snapshot
from paperreader.switches import Switches
from paperreader.tui.commands import key_name
from paperreader.tui.reader_screen import SHORT_WAIT, ReaderScreen

_SWITCH = "hide_judged"
_NEAREST = 50
"""So many papers after one that is hidden are looked at for one that is not."""


class Hiding(ReaderScreen):
    """The part of the main screen that knows what is not to be listed.

    That is what was judged when something was asked for. What is judged from then on stays where it
    is until something else is asked for: no row goes away under the cursor.
    """

    hiding = False
    hidden: Snapshot | None = None
    """What is not listed because it was judged then; None while nothing is hidden."""

    def start_hiding(self) -> None:
        """Hide what was hidden at the end of the last run."""
        self._switches = Switches(places.state_folder())
        self.hiding = self._switches.is_on(_SWITCH)
        self.hide_anew()

    def hide_anew(self) -> None:
        """From now on, what is judged by now is hidden, if the switch is on."""
        self.hidden = self.library.annotations.snapshot if self.hiding else None

    async def action_hide_judged(self) -> None:
        """Hide what is judged, or show it again."""
        await self.wait_for_changes()
        self.hiding = on = not self.hiding
        self.ask_anew()
        self.status.say("What is judged is hidden" if on else "What is judged is shown again")
        self.changes.do(lambda: self._switches.set(_SWITCH, on))

    async def wait_for_changes(self) -> None:
        """Wait, but not for long, for what keys before this one have judged: it is to be hidden, too."""
        await asyncio.to_thread(self.changes.flush, SHORT_WAIT)

    def ask_anew(self) -> None:
        """Ask for the same again, and hide what was judged meanwhile."""
        raise NotImplementedError

    def following(self) -> Sequence[int]:
        """The papers below the cursor, on one of which it goes if its own is hidden."""
        papers = self.papers
        return list(islice(papers.ordinals, papers.cursor + 1, papers.cursor + 1 + _NEAREST))

    def all_hidden(self) -> str:
        """What an empty list says when there is something hidden; "" when there is not."""
        hidden = self.answer.hidden
        if not hidden:
            return ""
        those = "The only one is" if hidden == 1 else f"All {hidden:,} are"
        return f"{those} judged, and hidden.\n\n{key_name(self.keys, 'hide-judged')} shows what is judged."
