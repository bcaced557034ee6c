"""What was typed in the filter before, to be had again."""

from __future__ import annotations

from textual import on

from paperreader import places
from paperreader.history import QueryHistory, latest
from paperreader.text import one_line
from paperreader.tui.completing import Completing
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.paper_list import PaperList


class Recalling(Completing):
    """The part of the main screen that remembers queries.

    The filter stands between what was typed before, above it, and the list, below it: up and down
    go from one query to the next, and on from there into the list and back. A query is remembered
    when somebody acts on it, and not while it is being typed.
    """

    _queries: tuple[str, ...] = ()
    """Those that are remembered, the latest last."""
    _back = 0
    """How many of them one has gone back; 0 for what is being typed."""
    _down = 0
    """How many rows of the list one has gone down instead."""
    _typing = ""
    """What was being typed when one began to go back."""

    def start_recalling(self) -> None:
        """Learn what was typed in earlier runs, beside the screen."""
        self._history = QueryHistory(places.state_folder(), self.library.folder)

        def learn() -> None:
            self._queries = tuple(latest([*self._history.read(), *self._queries]))

        self.changes.do(learn)

    def remember(self) -> None:
        """Remember what stands in the filter: it was acted upon."""
        query = one_line(self.text)
        if query and query not in self._queries[-1:]:
            self._queries = tuple(latest([*self._queries, query]))
            self.changes.do(lambda: self._history.add([query]))
        self._back = 0

    @on(PaperList.Moved)
    def _moved_in_the_list(self, message: PaperList.Moved) -> None:
        if message.by_hand and isinstance(self.focused, FilterInput):
            self.remember()

    def typed(self, text: str) -> None:
        """List what the text asks for; what is typed anew is no query from before."""
        self._back = self._down = 0
        super().typed(text)

    def action_recall(self, step: int) -> None:
        """To the query before (-1) or after (1) the one in the filter; after the last one comes the list."""
        if (step > 0 and not self._back) or (step < 0 and self._down):
            before = self.papers.cursor
            self.papers.move(step)
            self._down += self.papers.cursor - before
            return
        if not self._back:
            self._typing = self.text
        earlier = [query for query in self._queries if query != one_line(self._typing)]
        back = min(self._back - step, len(earlier))
        if back == self._back:
            self.status.say("No earlier search" if earlier else "No search to go back to yet")
            return
        box = self.query_one(FilterInput)
        box.value = earlier[-back] if back else self._typing
        box.action_end()
        self._back = back
