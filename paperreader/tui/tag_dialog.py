"""The dialog in which a paper is put under tags, and taken from under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Input, Static

from paperreader.tags import cleaned, key
from paperreader.tui.dialogs import Dialog
from paperreader.tui.labels import PARTS, label, part
from paperreader.tui.text_input import TextInput

MOST_OFFERED = 6


def offered(typed: str, known: Iterable[str], given: Iterable[str]) -> list[str]:
    """The known tags of which a word begins as typed: first those that begin so, else in their order."""
    wanted, has = key(typed), {key(tag) for tag in given}
    found = [tag for tag in known if f" {wanted}" in f" {key(tag)}" and key(tag) not in has]
    return sorted(found, key=lambda tag: not key(tag).startswith(wanted))[:MOST_OFFERED]


class _TagInput(TextInput):
    """Where a tag is typed."""

    class Emptied(Message):
        """Backspace was pressed where nothing is left to delete."""

    def action_delete_left(self) -> None:
        """Delete a letter, or what stands before the input."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Emptied())


class _Labels(Static):
    """Tags side by side."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"label--{each}" for each in PARTS}

    def show(self, tags: Sequence[str], here: int | None = None, otherwise: str = "") -> None:
        """Show these, one of which is pointed at; or a text where there are none."""
        shown = []
        for index, tag in enumerate(tags):
            style = self.get_visual_style(f"label--{part(tag)}", partial=True)
            shown.append(Content.styled(label(tag), style + Style(reverse=True) if index == here else style))
        self.update(Content("  ").join(shown) if tags else Content.styled(otherwise, "$text-muted"))


class TagScreen(Dialog[tuple[str, ...] | None]):
    """Asks which tags a paper is to have. Gives them, or None."""

    DEFAULT_CSS = (
        """
    TagScreen {
      & > #box { width: 64; }
      #given, #offers { width: 100%; height: auto; max-height: 3; }
      #tag { width: 100%; background: $foreground 7%; background-tint: transparent; padding: 0 1; }
      #tag { margin: 1 0; }
      &.-short #tag { margin: 0; }
      &.-short .dialog-title, &.-short .dialog-hint { max-height: 1; }
    """
        + "".join(f"_Labels > .label--tag-{n} {{ color: $tag-{n}; }}" for n in range(len(PARTS)))
        + "}"
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close"),
        Binding("enter", "enter", "add, or save"),
        Binding("ctrl+s", "save", "save"),
        Binding("tab", "complete", "complete"),
        Binding("down", "point(1)", "next"),
        Binding("up,shift+tab", "point(-1)", "previous"),
    ]

    def __init__(self, title: str, tags: Sequence[str], known: Sequence[str]) -> None:
        """`tags` are those that the paper has, `known` all that there are, the most used first."""
        super().__init__()
        self._title, self._known = title, known
        self._before, self._given = tuple(tags), list(tags)
        self._offers: list[str] = []
        self._here: int | None = None
        self._leaving = False

    def compose(self) -> ComposeResult:
        """What there is, what is typed, what it may become, and what the keys do now."""
        with Vertical(id="box"):
            yield Static(Content(self._title), classes="dialog-title", markup=False)
            yield _Labels(id="given", markup=False)
            yield _TagInput(placeholder="a tag", id="tag", compact=True)
            yield _Labels(id="offers", markup=False)
            yield Static("", classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """Type here."""
        self.set_focus(self.query_one(_TagInput))
        self._show()

    @property
    def _typed(self) -> str:
        return self.query_one(_TagInput).value

    @on(Input.Changed)
    def _follow(self) -> None:
        *whole, rest = self._typed.split(",")
        if whole:
            for tag in whole:
                self._give(tag)
            self.query_one(_TagInput).value = rest.lstrip()
        self._here = None
        self._show()

    @on(_TagInput.Emptied)
    def _take_last(self) -> None:
        if self._given:
            self._given.pop()
            self._show()

    def action_point(self, by: int) -> None:
        """Point at another tag that is offered."""
        if self._offers:
            at = self._here if self._here is not None else -1 if by > 0 else 0
            self._here = (at + by) % len(self._offers)
        self._show()

    def action_complete(self) -> None:
        """Give the tag that is pointed at, or is offered first."""
        if self._offers:
            self._give(self._offers[self._here or 0])
            self._clear()

    def action_enter(self) -> None:
        """Give the tag that is pointed at; give or take away the one that is typed; save where none is."""
        if self._here is not None:
            self.action_complete()
        elif not (names := cleaned([self._typed])):
            self.action_save()
        else:
            left = [tag for tag in self._given if key(tag) != key(names[0])]
            if len(left) < len(self._given):
                self._given = left
            else:
                self._give(names[0])
            self._clear()

    def action_leave(self) -> None:
        """Leave the tags as they were; when something was changed here, only if asked twice."""
        if self._leaving or not (self._typed.strip() or tuple(self._given) != self._before):
            self.dismiss(None)
            return
        self._show()
        self._leaving = True
        self.query_one(".dialog-hint", Static).update(
            "Not saved yet: Esc again leaves all as it was, ^s saves"
        )

    def action_save(self) -> None:
        """Answer with the tags, what is typed being one of them."""
        self._give(self._typed)
        self.dismiss(tuple(self._given))

    def _give(self, typed: str) -> None:
        for name in cleaned([typed]):
            # a tag is spelled as it is already, here or at another paper
            if not any(key(tag) == key(name) for tag in self._given):
                self._given.append(next((tag for tag in self._known if key(tag) == key(name)), name))

    def _clear(self) -> None:
        self.query_one(_TagInput).value = ""
        self._here = None
        self._show()

    def _show(self) -> None:
        self._leaving = False
        self._offers = offered(self._typed, self._known, self._given)
        self.query_one("#given", _Labels).show(self._given, otherwise="No tags yet")
        nothing = "a new tag" if self._typed.strip() else ""
        self.query_one("#offers", _Labels).show(self._offers, self._here, nothing)
        self.query_one(".dialog-hint", Static).update(Content(self._hint()))

    def _hint(self) -> str:
        names = cleaned([self._typed])
        if self._here is not None:
            enter = f"⏎ takes {label(self._offers[self._here])}"
        elif not names:
            enter = "⏎ saves"
        elif any(key(tag) == key(names[0]) for tag in self._given):
            enter = f"⏎ takes {label(names[0])} away"
        else:
            enter = "⏎ adds"
        parts = [enter, "Esc leaves", "⇥ picks" if self._offers else "", "" if names else "⌫ takes back"]
        return "  ".join(filter(None, parts))
