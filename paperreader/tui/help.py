"""The help: every key as it is mapped now, and the language of the filter, to be searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content, Span
from textual.style import Style
from textual.widgets import Input, Static

from paperreader.tui import matching
from paperreader.tui.commands import COMMANDS, Command, Pane, key_names
from paperreader.tui.dialogs import Dialog
from paperreader.tui.language import LANGUAGE
from paperreader.tui.search_line import SearchLine

_HERE: Mapping[Pane, str] = {
    "filter": "In the filter",
    "list": "In the list",
    "abstract": "In the abstract",
    "find": "In the line to find",
    "note": "In a note",
    "empty": "To begin with",
    "triage": "In a triage",
    "triaged": "At the end of a triage",
}

GAP = "   "
"""Between two examples of what can be typed."""
_NOTHING = "Nothing of that kind. The palette finds commands and themes by name."
_WIDEST = 26
"""Cells of the left column at most; what is longer has a line of its own."""


Spans = Sequence[tuple[int, int]]


class Entry(NamedTuple):
    """A line of the help: what is pressed or typed, and what it does."""

    keys: str
    text: str
    hidden: str = ""
    """Words under which it is found, too."""
    typed: bool = False
    """Whether it is for the filter."""


class FoundEntry(NamedTuple):
    """A line that was found, and where the words stand in its two parts."""

    entry: Entry
    keys: Spans = ()
    text: Spans = ()


class Section(NamedTuple):
    """A heading of the help and what stands under it."""

    title: str
    entries: Sequence[Entry]


class _Text(Static):
    """The lines of the help, which are broken anew when there is more room for them, or less."""

    def on_resize(self, event: events.Resize) -> None:
        screen = self.screen
        if isinstance(screen, HelpScreen):
            screen.fill()


class HelpScreen(Dialog[None]):
    """Everything that can be pressed and typed; typing finds in it."""

    DEFAULT_CSS = """
    HelpScreen {
      & > #box { width: 92; height: 90%; padding: 1 2 0 2; }
      SearchLine { margin-bottom: 1; }
      #help-scroll {
        scrollbar-size-vertical: 1; scrollbar-color: $thumb; scrollbar-background: $panel;
        scrollbar-gutter: stable;
      }
      #help-text { width: 100%; height: auto; padding-bottom: 1; }
      .help--title { text-style: bold; }
      .help--key { color: $text-primary; }
      .help--match { color: $match; background: $match-ground; text-style: $match-style; }
      .help--dim { color: $text-muted; text-style: $dim-style; }
      &.-short > #box { max-width: 100%; max-height: 100%; height: 100%; padding: 0 1; }
      &.-short SearchLine { margin-bottom: 0; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--title", "help--key", "help--match", "help--dim"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss(None)", "close"),
        Binding("down", "scroll(1)", "down"),
        Binding("up", "scroll(-1)", "up"),
        Binding("pagedown", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
        Binding("ctrl+home", "end(-1)", "begin"),
        Binding("ctrl+end", "end(1)", "end"),
    ]

    def __init__(self, keys: Mapping[str, str], pane: Pane, footnote: str) -> None:
        """`keys` are those of the commands as they are mapped now, `pane` is where one comes from."""
        super().__init__()
        self._sections = sections(keys, pane)
        self._footnote = footnote
        self._opened_by = keys["help"].split(",")
        for key in self._opened_by:
            if len(key) > 1:
                self._bindings.bind(key, "dismiss(None)")

    def compose(self) -> ComposeResult:
        """What is sought, and what is found."""
        with Vertical(id="box"):
            yield SearchLine("type to find a key or a command")
            with VerticalScroll(id="help-scroll", can_focus=False):
                yield _Text(id="help-text", markup=False)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one("#help-scroll", VerticalScroll)

    def action_scroll(self, lines: int) -> None:
        """Scroll down, or up where `lines` is negative."""
        self._scroll.scroll_relative(y=lines, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        """Scroll by what fits, less a line to hold on to."""
        self.action_scroll(pages * max(1, self._scroll.size.height - 1))

    def action_end(self, way: int) -> None:
        """To the end, or to the beginning where `way` is negative."""
        self.action_scroll(way * self._scroll.virtual_size.height)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        if message.value == "?" and "?" in self._opened_by:
            # what opens closes, too; any other letter may be the first of a word
            self.dismiss(None)
        self.fill()
        self._scroll.scroll_home(animate=False, immediate=True)

    def fill(self) -> None:
        """Show what is found, its lines as long as there is room."""
        line, text = self.query_one(SearchLine), self.query_one("#help-text", Static)
        found = search(self._sections, line.text)
        text.update(self._page(found, max(1, text.size.width)))
        number = sum(len(matches) for _, matches in found)
        line.count(f"{number} found" if line.text.strip() else "Esc closes")

    # -- what it looks like

    def _page(self, found: Sequence[tuple[str, Sequence[FoundEntry]]], width: int) -> Content:
        columns = [self._column(width, typed=False), self._column(width, typed=True)]
        lines = []
        for title, matches in found:
            lines += [Content.styled(title, self._part("title"))]
            for match in matches:
                lines += self._lines(match, columns[match.entry.typed], width)
            lines.append(Content(""))
        lines.append(Content.styled(self._footnote if found else _NOTHING, self._part("dim")))
        return Content("\n").join(lines)

    def _column(self, width: int, *, typed: bool) -> int:
        """The cells of the left column, the same whatever is sought."""
        entries = [entry for section in self._sections for entry in section.entries]
        keys = [cell_len(key) for e in entries if e.typed == typed for key in e.keys.split(GAP)]
        fitting = [cells for cells in keys if cells <= min(_WIDEST, width // 3)]
        # keys are short, but for what somebody has mapped; of examples all have a line of their own, or none
        return 0 if typed and len(fitting) < len(keys) else max(fitting, default=0)

    def _lines(self, match: FoundEntry, column: int, width: int) -> Iterator[Content]:
        """What is pressed, and beside it what that does; under it where there is no room."""
        keys = self._marked(match.entry.keys, match.keys).stylize_before(self._part("key"))
        does = self._marked(match.entry.text, match.text).wrap(max(1, width - column - 4))
        if any(cell_len(example) > column for example in match.entry.keys.split(GAP)):
            yield from (Content("  ") + line for line in keys.wrap(max(1, width - 2)))
            left = [Content("")] * len(does)
        else:
            left = _stacked(keys, column)
        for key, line in zip_longest(left, does, fillvalue=Content("")):
            yield Content("  ") + key + " " * (column - key.cell_length + 2) + line

    def _marked(self, text: str, spans: Spans) -> Content:
        return Content(text, [Span(start, end, self._part("match")) for start, end in spans])

    def _part(self, name: str) -> Style:
        return self.get_visual_style(f"help--{name}", partial=True)


def sections(keys: Mapping[str, str], pane: Pane) -> list[Section]:
    """All there is to say, what counts in this pane first."""

    def entry(command: Command) -> Entry:
        names = " ".join(key_names(keys[command.id]))
        return Entry(names, command.help, f"{command.label} {command.id} {command.group}")

    here = [command for command in COMMANDS if pane in (*command.footer, command.pane)]
    rest = [command for command in COMMANDS if command not in here]
    groups = dict.fromkeys(command.group for command in COMMANDS)
    told = [Section(_HERE[pane], [entry(command) for command in here])]
    told += [Section(group, [entry(c) for c in rest if c.group == group]) for group in groups]
    language = Section(
        "What can be typed in the filter", [Entry(GAP.join(p.typed), p.finds, typed=True) for p in LANGUAGE]
    )
    told.insert(1 if pane == "filter" else len(told), language)
    return [section for section in told if section.entries]


def search(sections: Sequence[Section], query: str) -> list[tuple[str, list[FoundEntry]]]:
    """What the query finds, under its headings; first what the very key does, where one was typed."""
    entries = [entry for section in sections for entry in section.entries]
    exact = [entry for entry in entries if query.strip() in entry.keys.split()]
    found = [(f"The key {query.strip()}", [FoundEntry(entry) for entry in exact])]
    for title, those in sections:
        matches = (_match(entry, query, title) for entry in those if entry not in exact)
        found.append((title, [match for match in matches if match]))
    return [(title, matches) for title, matches in found if matches]


def _match(entry: Entry, query: str, title: str) -> FoundEntry | None:
    spans = matching.find(query, entry.keys, entry.text, f"{entry.hidden} {title}")
    return None if spans is None else FoundEntry(entry, spans[0], spans[1])


def _stacked(keys: Content, column: int) -> list[Content]:
    """The examples, as many beside each other as there is room for."""
    lines: list[Content] = []
    for example in keys.split(GAP):
        if lines and (joined := lines[-1] + GAP + example).cell_length <= column:
            lines[-1] = joined
        else:
            lines.append(example)
    return lines
