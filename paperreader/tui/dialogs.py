"""Small questions over the screen: pick one of a few things, read the help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import ClassVar, NamedTuple, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from paperreader.tui.bars import Line
from paperreader.tui.commands import COMMANDS, key_names


class Choice(NamedTuple):
    """One thing that can be picked."""

    key: str
    label: str
    value: str


class _ChoiceLine(Line):
    """A choice, one of which is pointed at."""

    def __init__(self, choice: Choice, index: int) -> None:
        super().__init__(classes="choice")
        self._choice, self._index = choice, index
        self.here = False

    def render(self) -> Content:
        """The key and what it does."""
        bar = "▌" if self.here else " "
        key = (f"{bar} {self._choice.key}", self.part("key"))
        line = Content.assemble(key, (f"  {self._choice.label}", Style(bold=self.here)))
        return self.joined([(line, f"screen.pick({self._index})")], gap=0)


Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box over the screen."""

    DEFAULT_CSS = """
    Dialog {
      align: center middle; background: $background 60%;
      & > #box {
        width: auto; max-width: 90%; height: auto; max-height: 90%;
        background: $panel; padding: 1 3; border-left: outer $primary;
      }
      .dialog-title { text-style: bold; width: auto; max-width: 100%; margin-bottom: 1; }
      .dialog-hint { color: $text-muted; width: auto; margin-top: 1; }
      .choice { width: 44; max-width: 100%; height: 1; }
      .choice > .line--key { color: $primary; text-style: bold; }
    }
    """


class ChoiceScreen(Dialog[str | None]):
    """A few choices, picked by key, by arrows and Enter, or by a click. Gives the value of one, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "close"),
        Binding("down,j,tab", "step(1)", "down"),
        Binding("up,k,shift+tab", "step(-1)", "up"),
        Binding("enter", "pick", "pick"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], hint: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._hint = title, choices, hint
        self._here = 0

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(id="box"):
            yield Static(Content(self._title), classes="dialog-title", markup=False)
            for index, choice in enumerate(self._choices):
                yield _ChoiceLine(choice, index)
            if self._hint:
                yield Static(Content(self._hint), classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """Point at the first."""
        self.action_step(0)

    def action_step(self, by: int) -> None:
        """Point at the next one."""
        self._here = (self._here + by) % len(self._choices)
        for index, line in enumerate(self.query(_ChoiceLine)):
            line.here = index == self._here
            line.refresh()

    def action_pick(self, index: int | None = None) -> None:
        """Answer with the one pointed at, or with the one of that index."""
        self.dismiss(self._choices[self._here if index is None else index].value)

    def on_key(self, event: events.Key) -> None:
        """Pick by key."""
        for choice in self._choices:
            if event.character == choice.key:
                event.stop()
                self.dismiss(choice.value)


class HelpScreen(Dialog[None]):
    """Every key as it is mapped now."""

    DEFAULT_CSS = """
    HelpScreen > #box {
      width: 84; overflow-y: auto; padding: 1 2;
      scrollbar-size-vertical: 1; scrollbar-background: $panel; scrollbar-color: $foreground 18%;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss(None)", "close"),
        Binding("down,j", "scroll(1)", "down"),
        Binding("up,k", "scroll(-1)", "up"),
        Binding("pagedown,space", "scroll(10)", "page down"),
        Binding("pageup", "scroll(-10)", "page up"),
    ]

    def __init__(self, keys: Mapping[str, str], footnote: str) -> None:
        super().__init__()
        self._keys, self._footnote = keys, footnote

    def compose(self) -> ComposeResult:
        """One table."""
        with VerticalScroll(id="box", can_focus=False):
            yield Static(self._table(), id="help-text", markup=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll the help."""
        self.query_one("#box").scroll_relative(y=lines, animate=False)

    def _table(self) -> Content:
        strong, key_style, dim = Style(bold=True), "$primary", "$foreground 62%"
        parts: list[Content] = [Content.styled("Keys", strong), Content.styled("   Esc closes\n", dim)]
        width = max(len(" ".join(key_names(keys))) for keys in self._keys.values())
        for group, commands in groupby(
            sorted(COMMANDS, key=lambda c: _GROUPS.index(c.group)), key=lambda c: c.group
        ):
            parts.append(Content.styled(f"\n{group}\n", strong))
            for command in commands:
                keys = " ".join(key_names(self._keys[command.id]))
                parts.append(Content.assemble((f"  {keys:<{width}}  ", key_style), command.help, "\n"))
        parts += [Content.styled("\nIn the filter\n", strong), Content(_LANGUAGE)]
        parts.append(Content.styled(f"\n{self._footnote}", dim))
        return Content("").join(parts)


_GROUPS = list(dict.fromkeys(command.group for command in COMMANDS))

_LANGUAGE = """\
  attention heads     both words, the last one as far as it is typed
  "attention heads"   these words in a row
  title:  abstract:  note:      in that part only
  -word   a OR b   ( )   word*
  is:starred  is:new  is:read  is:unread  is:noted
  date:7d  date:2026-08  date:>=2026-08-01   seen:>2
"""
