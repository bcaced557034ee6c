"""A screen over the main one, in which the same keys do the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol, TypeVar

from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from paperreader.tui.bars import Line

Side = TypeVar("Side", bound="SideScreen")


class Moved(Protocol):
    """What the keys for moving move."""

    def move(self, lines: int, /) -> None:
        """Down, or up where negative."""

    def page(self, pages: int, /) -> None:
        """The same by what fits."""

    def go(self, index: int, /) -> None:
        """To the first, or to the last: -1."""


class SideScreen(ModalScreen[str | None]):
    """A screen for one thing, closed with Esc. May give the id of a paper that the list is to go to."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - as Textual declares it

    KEYS: ClassVar[Mapping[str, str]] = {
        "down": "move(1)",
        "up": "move(-1)",
        "page-down": "page(1)",
        "page-up": "page(-1)",
        "page-abstract": "page(1)",
        "first": "go(0)",
        "last": "go(-1)",
        "back": "back",
        "quit": "close",
    }
    """Command id -> what its keys do here."""

    @classmethod
    def with_keys(cls: type[Side], keys: Mapping[str, str]) -> type[Side]:
        """This screen, bound to these keys: command id -> keys, separated by commas."""
        bound = {command: action for command, action in cls.KEYS.items() if command in keys}
        bindings = [Binding(key, action) for name, action in bound.items() for key in keys[name].split(",")]
        return type(cls.__name__, (cls,), {"BINDINGS": bindings})

    @property
    def moved(self) -> Moved:
        """What the keys for moving move."""
        raise NotImplementedError

    def action_move(self, by: int) -> None:
        """Down or up."""
        self.moved.move(by)

    def action_page(self, by: int) -> None:
        """A page down or up."""
        self.moved.page(by)

    def action_go(self, index: int) -> None:
        """To the first or to the last."""
        self.moved.go(index)

    def action_back(self) -> None:
        """Close, or what is to be done before."""
        self.action_close()

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)


class KeyHints(Line):
    """What can be pressed on a screen, as much of it as there is room for."""

    DEFAULT_CSS = """
    KeyHints { height: 1; padding: 0 1; color: $text-muted; background: $background;
      & > .line--key { color: $primary; text-style: bold; }
    }
    """

    def __init__(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """`hints`: the name of a key, what it does in a word or two, and the action for a click on it."""
        super().__init__()
        self._hints = hints

    def render(self) -> RenderResult:
        """One line; the first stay longest."""
        shown: list[tuple[Content, str]] = []
        room = self.size.width
        for key, label, action in self._hints:
            content = Content.assemble((key, self.part("key")), f" {label}")
            room -= content.cell_length + 3
            if room + 3 < 0:
                break
            shown.append((content, f"screen.{action}"))
        return self.joined(shown, gap=3)
