"""The library in numbers: what was read and starred, what came in, what the stars have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static
from textual.worker import get_current_worker

from paperreader import statistics
from paperreader.counts import counted
from paperreader.library import Cancelled, IndexUnusable, Library
from paperreader.statistics import WEEKS, Statistics
from paperreader.tui import rows
from paperreader.tui.commands import key_name
from paperreader.tui.side_screen import KeyHints, SideScreen

_MEASURE = 90
"""Cells of the widest line."""
_Size = tuple[int, int]
"""Width and height, in cells."""


class Collected(Message):
    """The numbers are there, or what kept them from being so."""

    def __init__(self, found: Statistics | None, problem: str = "") -> None:
        super().__init__()
        self.found, self.problem = found, problem


class _Page(Static):
    """The charts, drawn anew when there is more room for them, or less."""

    def on_resize(self, event: events.Resize) -> None:
        screen = self.screen
        if isinstance(screen, StatisticsScreen):
            screen.draw()


class _Scroll(VerticalScroll, can_focus=True, inherit_bindings=False):
    """What is moved in."""

    def move(self, lines: int) -> None:
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def page(self, pages: int) -> None:
        self.move(pages * max(1, self.size.height - 1))

    def go(self, index: int) -> None:
        self.move(self.virtual_size.height * (-1 if index == 0 else 1))


class StatisticsScreen(SideScreen):
    """The numbers of a library, over the whole screen."""

    DEFAULT_CSS = """
    StatisticsScreen {
      background: $background;
      #title { height: 1; padding: 0 1; background: $panel; text-style: bold; }
      _Scroll { height: 1fr; padding: 1 2; align-horizontal: center;
        scrollbar-size-vertical: 1; scrollbar-color: $thumb; scrollbar-background: $background; }
      #page { width: 100%; max-width: 90; height: auto; }
      .statistics--title { text-style: bold; }
      .statistics--dim { color: $text-muted; text-style: $dim-style; }
      .statistics--bar { color: $primary; }
      .statistics--star { color: $star; }
      &.-short _Scroll { padding: 0 1; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "statistics--title",
        "statistics--dim",
        "statistics--bar",
        "statistics--star",
    }
    AUTO_FOCUS = "_Scroll"
    KEYS: ClassVar[Mapping[str, str]] = {**SideScreen.KEYS, "statistics": "close", "accept": "close"}

    def __init__(self, library: Library, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._library, self._keys = library, keys
        self._found: Statistics | None = None

    def compose(self) -> ComposeResult:
        """A title, the page, what can be pressed."""
        yield Static("Statistics", id="title", markup=False)
        with _Scroll():
            yield _Page("Counting …", id="page", markup=False)
        hints = (("down", "down", "move(1)"), ("page-down", "page down", "page(1)"))
        yield KeyHints(
            [("Esc", "back", "close"), *((key_name(self._keys, c), label, do) for c, label, do in hints)]
        )

    def on_mount(self) -> None:
        """Count beside the screen, where the drawing is loaded, too."""
        today = rows.today()

        def count() -> None:
            worker = get_current_worker()
            try:
                from paperreader.tui import charts  # noqa: F401 - takes a moment

                found = statistics.collect(self._library, today, lambda: worker.is_cancelled)
            except Cancelled:
                return
            except IndexUnusable as reason:
                self.post_message(Collected(None, f"The index is {reason}: it is made again in a moment."))
            except Exception as error:
                self.post_message(Collected(None, f"This failed: {type(error).__name__}: {error}"))
            else:
                self.post_message(Collected(found))

        self.run_worker(count, thread=True)

    @on(Collected)
    def _collected(self, message: Collected) -> None:
        self._found = message.found
        if message.problem:
            self.query_one("#page", Static).update(Content(message.problem))
        self.draw()

    @property
    def moved(self) -> _Scroll:
        """The page."""
        return self.query_one(_Scroll)

    # -- what it looks like

    def draw(self) -> None:
        """Show the numbers, as large as there is room."""
        found, page = self._found, self.query_one("#page", Static)
        if found is None:
            return
        width = max(8, min(_MEASURE, page.size.width))
        height = 6 if self.size.height >= 36 else 4 if self.size.height >= 16 else 3
        parts = [
            self._totals(found),
            self._weeks("read", found.read, found.weeks, (width, height)),
            self._weeks("starred", found.starred, found.weeks, (width, height)),
            self._days(found, (width, height)),
            self._words(found, width),
        ]
        page.update(Content("\n\n").join(parts))

    def _totals(self, found: Statistics) -> Content:
        total = found.totals
        papers = f"{counted(total['papers'], 'paper')} seen {counted(total['sightings'], 'time')}"
        on_days = f" on {counted(total['days'], 'day')}." if total["days"] else "."
        done = [f"{total[state]:,} {state}" for state in ("read", "starred", "noted", "tagged", "skipped")]
        done += [f"{total['later']:,} for later"]
        did = [each for each in done if not each.startswith("0 ")]
        return Content(f"{papers}{on_days} " + (f"{', '.join(did)}." if did else "Nothing read yet."))

    def _weeks(self, field: str, numbers: Sequence[int], weeks: Sequence[date], size: _Size) -> Content:
        title = f"{field.capitalize()}, by week"
        if not any(numbers):
            key = key_name(self._keys, "read" if field == "read" else "star")
            hint = f"Nothing in the last {WEEKS} weeks: {key} marks the paper under the cursor."
            return self._section(title, "", self._hint(hint))
        months = {i: f"{week:%b}" for i, week in enumerate(weeks) if week.day <= 7}
        style = "bar" if field == "read" else "star"
        return self._section(
            title, f"{sum(numbers):,} in the last {WEEKS}", self._columns(size, numbers, months, style)
        )

    def _days(self, found: Statistics, size: _Size) -> Content:
        if not found.days:
            return self._section("Papers, by day", "", self._hint("No day is known of any paper."))
        labels = {i: f"{day:%b} {day.day}" for i, day in enumerate(found.days)}
        chart = self._columns(size, found.papers, labels, "bar")
        return self._section("Papers, by day", f"on {counted(len(found.days), 'day')}", chart)

    def _columns(self, size: _Size, numbers: Sequence[int], labels: Mapping[int, str], style: str) -> Content:
        from paperreader.tui import charts

        return charts.columns(size, numbers, labels, style=self._part(style), dim=self._part("dim"))

    def _words(self, found: Statistics, width: int) -> Content:
        from paperreader.tui import charts

        title = "What sets your stars apart"
        if not found.words:
            return self._section(title, "", self._hint("Stars tell, as soon as there are some."))
        return self._section(title, "", charts.bars(min(width, 60), found.words, self._part("star")))

    def _section(self, title: str, detail: str, body: Content) -> Content:
        heading = Content.styled(title, self._part("title"))
        if detail:
            heading += Content.styled(f"   {detail}", self._part("dim"))
        return heading + "\n" + body

    def _hint(self, text: str) -> Content:
        return Content.styled(text, self._part("dim"))

    def _part(self, name: str) -> Style:
        return self.get_visual_style(f"statistics--{name}", partial=True)
