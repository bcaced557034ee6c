"""The saved searches: how many papers each finds and how many of them are new, each opened by a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from paperreader.tui.bars import Line
from paperreader.tui.dialogs import Dialog
from paperreader.tui.rows import cut

KEYS = "123456789abcdefghilmnoprstuwxyz"
"""By which searches are opened, in their order. j, k, v and q do here what they do elsewhere."""
_LEAST = 60
"""Cells of a row that has room for the query beside the name."""
_FOR_COUNTS = 20
"""Cells that are kept free for the counts there, so that columns stay columns."""


class Count(NamedTuple):
    """What a search finds."""

    new: int
    total: int


class Counted(Message):
    """It is known what a search finds."""

    def __init__(self, name: str, query: str, count: Count) -> None:
        super().__init__()
        self.name, self.query, self.count = name, query, count


class _Row(Line):
    """A search, one of which is pointed at."""

    def __init__(self, index: int, name: str, query: str, count: Count | None) -> None:
        super().__init__(classes="saved")
        self.index, self.name_, self.query_, self.count = index, name, query, count
        self.here = False

    def _counts(self) -> Content:
        if self.count is None:
            return Content.styled("…", self.part("hint"))
        total = f"{self.count.total:,}"
        if not self.count.new:
            return Content.styled(total, self.part("hint"))
        return Content.assemble(
            (f"{self.count.new:,} new", self.part("said")), (f" of {total}", self.part("hint"))
        )

    def render(self) -> Content:
        """The key, the name, the query where there is room, and what it finds."""
        width = self.size.width
        key = KEYS[self.index] if self.index < len(KEYS) else " "
        counts = self._counts()
        room = width - 7 - (_FOR_COUNTS if width >= _LEAST else counts.cell_length)
        for_name = room * 2 // 5 if width >= _LEAST else room
        name = cut(self.name_, for_name)
        query = cut(self.query_, room - for_name - 2) if width >= _LEAST else ""
        line = Content.assemble(
            (f"{'▌' if self.here else ' '} {key}  ", self.part("key")),
            (name, Style(bold=self.here)),
            " " * (for_name - cell_len(name) + 2),
            (query, self.part("hint")),
        )
        line = line + Content(" " * max(0, width - line.cell_length - counts.cell_length)) + counts
        return self.joined([(line, f"screen.open({self.index})")], gap=0)


class SavedScreen(Dialog[str | None]):
    """All saved searches. Gives the name of the one to open, or None."""

    DEFAULT_CSS = """
    SavedScreen {
      & > #box { width: 96; }
      #saved { height: auto; max-height: 100%; scrollbar-size-vertical: 1; scrollbar-color: $thumb;
        scrollbar-background: $panel; }
      #none { width: 100%; height: auto; color: $text-muted; }
      .saved { width: 100%; height: 1; }
      .dialog-hint { width: 100%; }
      .line--key { color: $primary; text-style: bold; }
      .line--hint { color: $text-muted; text-style: $dim-style; }
      .line--said { color: $new; }
      &.-short > #box { max-width: 100%; max-height: 100%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,v", "dismiss(None)", "close"),
        Binding("down,j,tab", "step(1)", "down"),
        Binding("up,k,shift+tab", "step(-1)", "up"),
        Binding("pagedown", "step(10)", "page down"),
        Binding("pageup", "step(-10)", "page up"),
        Binding("enter", "open", "open"),
        Binding("R", "act('rename')", "rename"),
        Binding("D,delete", "act('remove')", "remove"),
    ]

    def __init__(
        self, searches: Mapping[str, str], none: str, act: Mapping[str, Callable[[str], None]]
    ) -> None:
        """`none` is what is said where there are no searches; `act` can "rename" and "remove" one by name."""
        super().__init__()
        self._searches, self._none, self._act = dict(searches), none, act
        self._counts: dict[tuple[str, str], Count] = {}
        self._here = 0

    def compose(self) -> ComposeResult:
        """A row for each."""
        with Vertical(id="box"):
            yield Static(Content("Saved searches"), classes="dialog-title", markup=False)
            yield VerticalScroll(id="saved", can_focus=False)
            yield Static("", classes="dialog-hint", markup=False)

    async def on_mount(self) -> None:
        """Point at the first."""
        await self.show(self._searches)

    async def show(self, searches: Mapping[str, str]) -> None:
        """List these: one was renamed or removed, or the file has changed."""
        pointed = list(self._searches)[self._here : self._here + 1]
        self._searches = dict(searches)
        names = list(self._searches)
        self._here = (
            names.index(pointed[0]) if pointed and pointed[0] in names else min(self._here, len(names) - 1)
        )
        scroll = self.query_one("#saved")
        await scroll.remove_children()
        rows = [
            _Row(index, name, query, self._counts.get((name, query)))
            for index, (name, query) in enumerate(self._searches.items())
        ]
        await scroll.mount_all(rows or [Static(Content(self._none), id="none", markup=False)])
        hint = "⏎ opens   R renames   D removes   Esc closes" if rows else "Esc closes"
        self.query_one(".dialog-hint", Static).update(Content(hint))
        self.action_step(0)

    def on_counted(self, message: Counted) -> None:
        """Show what a search finds."""
        self._counts[message.name, message.query] = message.count
        for row in self.query(_Row):
            if (row.name_, row.query_) == (message.name, message.query):
                row.count = message.count
                row.refresh()

    def action_step(self, by: int) -> None:
        """Point at another one."""
        last = len(self._searches) - 1
        self._here = (
            (self._here + by) % (last + 1)
            if abs(by) == 1 and last >= 0
            else max(0, min(self._here + by, last))
        )
        for row in self.query(_Row):
            row.here = row.index == self._here
            row.refresh()
            if row.here:
                row.scroll_visible(animate=False, immediate=True)

    def action_open(self, index: int | None = None) -> None:
        """Open the one that is pointed at, or the one of that index."""
        at = self._here if index is None else index
        if 0 <= at < len(self._searches):
            self.dismiss(list(self._searches)[at])

    def action_act(self, what: str) -> None:
        """Rename or remove the one that is pointed at."""
        if self._searches:
            self._act[what](list(self._searches)[self._here])

    def on_key(self, event: events.Key) -> None:
        """Open by key."""
        at = KEYS.find(event.character or " ")
        if 0 <= at < len(self._searches):
            event.stop()
            self.action_open(at)
