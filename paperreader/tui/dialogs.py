"""Small questions over the screen: pick one of a few things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from paperreader.tui.bars import Line
from paperreader.tui.rows import cut

_LEAST_DETAIL = 12
"""Cells below which a detail would say nothing."""


class Choice(NamedTuple):
    """One thing that can be picked."""

    key: str
    label: str
    value: str
    detail: str = ""
    """What is said of it in a weaker colour, as far as there is room."""


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
        room = self.size.width - line.cell_length - 2
        if self._choice.detail and room >= _LEAST_DETAIL:
            line += Content.styled(f"  {cut(self._choice.detail, room)}", "$text-muted")
        return self.joined([(line, f"screen.pick({self._index})")], gap=0)


Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box over the screen."""

    DEFAULT_CSS = """
    Dialog {
      align: center middle; background: $veil;
      & > #box {
        width: auto; max-width: 90%; height: auto; max-height: 90%;
        background: $panel; padding: 1 3; border-left: outer $primary; overflow-y: auto;
        scrollbar-size-vertical: 1;
      }
      &.-short > #box { padding: 0 2; }
      &.-short .dialog-title, &.-short .dialog-hint { margin: 0; }
      &:ansi > #box { background: ansi_default; border: round $primary; }
      .dialog-title { text-style: bold; width: auto; max-width: 100%; margin-bottom: 1; }
      .dialog-hint { color: $text-muted; width: auto; margin-top: 1; }
      .choice { width: 44; max-width: 100%; height: 1; }
      .choice > .line--key { color: $primary; text-style: bold; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - as Textual declares it


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
            if line.here:
                line.scroll_visible(animate=False)

    def action_pick(self, index: int | None = None) -> None:
        """Answer with the one pointed at, or with the one of that index."""
        self.dismiss(self._choices[self._here if index is None else index].value)

    def on_key(self, event: events.Key) -> None:
        """Pick by key."""
        for choice in self._choices:
            if event.character == choice.key:
                event.stop()
                self.dismiss(choice.value)
