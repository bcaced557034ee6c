"""The thin lines around the panes: the filter, the views, the status, the keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.content import Content, Span
from textual.reactive import reactive
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from paperreader.text import one_line
from paperreader.tui.commands import Command, Pane, bound, for_footer, key_name
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.language import HINT
from paperreader.tui.rows import cut
from paperreader.tui.scrolling import Text


class FilterBar(Horizontal):
    """Where one types, and how many papers match."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """A sign, the input, the count."""
        yield Static("/", id="filter-sign", markup=False)
        box = bound(FilterInput, "filter", self._keys)
        yield box(placeholder="type to find papers", id="filter", compact=True, select_on_focus=False)
        yield Text("", id="filter-count", markup=False)

    def count(self, text: str) -> None:
        """Say how many match."""
        count = self.query_one("#filter-count", Text)
        count.update(Content(text), layout=len(text) != len(str(count.visual)))


class Line(Widget):
    """One line of text in the parts of the theme that it names, some stretches of which can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--strong",
        "line--key",
        "line--problem",
        "line--said",
        "line--hint",
    }

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._targets: list[tuple[int, int, str]] = []

    def part(self, name: str) -> Style:
        """The style of one part of the line."""
        return self.get_visual_style(f"line--{name}", partial=True)

    def joined(self, parts: Iterable[tuple[Content, str]], gap: int) -> Content:
        """The parts side by side; clicking one runs the action that stands beside it."""
        line = Content()
        self._targets.clear()
        for content, action in parts:
            line = line + Content(" " * gap if line else "")
            self._targets.append((line.cell_length, line.cell_length + content.cell_length, action))
            line = line + content
        return line

    async def on_click(self, event: events.Click) -> None:
        """Run the action of what was clicked."""
        offset = event.get_content_offset(self)
        for start, end, action in self._targets:
            if offset is not None and start <= offset.x < end:
                await self.run_action(action)


_NEAR = "Near  "


class ViewLine(Line):
    """The views, the one that is shown standing out."""

    NAMES: ClassVar[Mapping[str, str]] = {
        "all": "All",
        "new": "New",
        "starred": "Starred",
        "noted": "Noted",
        "trending": "Trending",
        "for you": "For you",
        "later": "Later",
    }
    SHORT: ClassVar[Mapping[str, str]] = {
        **NAMES,
        **{"starred": "Stars", "noted": "Notes", "trending": "Hot", "for you": "You"},
    }
    """What they are called where there is less room."""
    view: reactive[str] = reactive("all")
    near: reactive[str] = reactive("")
    """The title of the paper whose neighbours are listed, in place of a view."""
    order: reactive[str] = reactive("")
    """How the list is ordered, said where it is not what one would expect."""

    def render(self) -> RenderResult:
        """The names of the views, or of some, and of this one in any case, where there is no room for all."""
        strong = self.part("strong")
        if self.near:
            title = Content.styled(cut(self.near, max(1, self.size.width - len(_NEAR))), strong)
            return self.joined([(Content(_NEAR) + title, "screen.leave_similar")], gap=0)
        views, room = list(self.NAMES), self.size.width
        for names, gap in product((self.NAMES, self.SHORT), (2, 1)):
            line = self._named(views, strong, gap, names)
            if line.cell_length <= room:
                break
        while line.cell_length + 3 * (len(views) < len(self.NAMES)) > room and len(views) > 1:
            views.remove(views[-2] if views[-1] == self.view else views[-1])
            line = self._named(views, strong, 1, self.SHORT)
        if 1 < len(views) < len(self.NAMES):
            line += Content("  …")
        return line + Content(f"   by {self.order}") if self.order else line

    def _named(self, views: Sequence[str], strong: Style, gap: int, called: Mapping[str, str]) -> Content:
        names = [Content.styled(called[view], strong if view == self.view else "") for view in views]
        actions = [f"screen.view('{view}')" for view in views]
        return self.joined(zip(names, actions, strict=True), gap)


class StatusLine(Line):
    """Where one is; or what just happened; or what is wrong, for as long as it is."""

    where: reactive[str] = reactive("")
    doing: reactive[str] = reactive("")
    """What goes on beside the screen."""
    said: reactive[str] = reactive("")
    """What just happened; it goes away by itself."""
    problem: reactive[str] = reactive("")
    """What is wrong; it stays, and is shown whole."""
    _until: Timer | None = None

    def say(self, text: str, seconds: float = 5.0) -> None:
        """Say what just happened, in place of where one is."""
        if self._until:
            self._until.stop()
        self.said = one_line(text)
        self._until = self.set_timer(seconds, self._unsay) if text else None

    def _unsay(self) -> None:
        self.said = ""

    def watch_said(self, before: str, now: str) -> None:
        """Take more lines, or fewer; most of what is said fits into one."""
        if self.problem or max(cell_len(before), cell_len(now)) > self.size.width or self.size.height > 1:
            self.refresh(layout=True)

    watch_problem = watch_said

    def render(self) -> RenderResult:
        """One line: what is wrong first, then what happened, else where one is."""
        parts = (
            [(self.problem, "problem"), (self.said, "said")]
            if self.problem or self.said
            else [(self.doing, "said"), (self.where, "")]
        )
        line = "   ".join(text for text, _ in parts if text)
        shown = line if self.problem or self.said else cut(line, self.size.width)
        spans, at = [], 0
        for text, part in parts:
            if text and part and at < len(shown):
                spans.append(Span(at, min(at + len(text), len(shown)), self.part(part)))
            at += len(text) + 3 if text else 0
        return Content(shown, spans)


class KeyLine(Line):
    """What can be pressed here: at most eight keys, those of the focused pane first."""

    pane: reactive[Pane] = reactive[Pane]("list")
    labels: reactive[Mapping[str, str]] = reactive[Mapping[str, str]](MappingProxyType({}))
    """Command id -> what the command would do now, where that is not the usual."""
    offered: reactive[Sequence[str]] = reactive[Sequence[str]](())
    """What the text in the filter may go on with."""

    def __init__(self, keys: Mapping[str, str], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys = keys

    def render(self) -> RenderResult:
        """As many keys as fit."""
        shown: list[tuple[Content, str]] = []
        room = self.size.width
        for key, command in self._offered():
            content = Content.assemble((key, self.part("key")), f" {self._label(command)}")
            room -= content.cell_length + 3
            if room + 3 < 0:
                break
            shown.append((content, f"screen.{command.action}"))
        line = self.joined(shown, gap=3)
        if self.pane == "filter" and self.offered:
            offered = cut("   ".join(self.offered), room - 4)
            key = key_name(self._keys, "complete")
            return (
                Content.assemble(line, "     ", (key, self.part("key")), f" {offered}") if offered else line
            )
        hint = Content.styled(f"     {HINT}", self.part("hint"))
        return line + hint if self.pane == "filter" and hint.cell_length <= room else line

    def _label(self, command: Command) -> str:
        usual = "close" if (self.pane, command.id) == ("note", "back") else command.label
        return self.labels.get(command.id, usual)

    def _offered(self) -> Sequence[tuple[str, Command]]:
        return [(key_name(self._keys, command.id), command) for command in for_footer(self.pane)]
