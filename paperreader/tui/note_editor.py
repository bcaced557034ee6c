"""The note of a paper, being written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea

from paperreader.paper import Paper
from paperreader.text import clean
from paperreader.tui.commands import bound
from paperreader.tui.dialogs import Choice, ChoiceScreen


class _Text(TextArea):
    """A text area into which nothing but text can be pasted."""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return key == "enter" or super().check_consume_key(key, character)

    def on_mount(self) -> None:
        self.cursor_blink = False

    def render_lines(self, crop: Region) -> list[Strip]:
        if not self.is_attached:
            # Textual may paint what is being removed once more, when its styles have gone already
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    async def _on_paste(self, event: object) -> None:
        text = getattr(event, "text", "")
        if not self.read_only and text:
            getattr(event, "stop", lambda: None)()
            getattr(event, "prevent_default", lambda: None)()
            self.insert(clean(text))


class NoteEditor(Vertical):
    """A text area under the abstract."""

    DEFAULT_CSS = """
    NoteEditor {
      dock: bottom; height: 40%; min-height: 4; max-height: 16; background: $panel;
      border-top: solid $primary; border-title-color: $primary; border-title-style: bold;
      TextArea { border: none; padding: 0 2; background: $panel; height: 1fr; &:focus { border: none; } }
    }
    """

    def __init__(
        self, paper: Paper, text: str, keys: Mapping[str, str], done: Callable[[bool], None]
    ) -> None:
        """`done` is called at the end, with whether the text is to be kept."""
        super().__init__()
        self.paper, self.before = paper, text
        self._keys, self._done = keys, done

    def compose(self) -> ComposeResult:
        """One text area."""
        yield bound(_Text, "note", self._keys)(
            self.before, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", id="note-text"
        )

    def on_mount(self) -> None:
        """Say what is being written, and how to end."""
        self.border_title = Content.assemble("Note", (f" on {self.paper.title[:60]}", "$text-muted not bold"))
        area = self.query_one(_Text)
        area.move_cursor(area.document.end)

    @property
    def text(self) -> str:
        """The note as it stands, without blank lines at its end."""
        return self.query_one(_Text).text.rstrip()

    @property
    def changed(self) -> bool:
        """Whether closing now would lose something."""
        return self.text != self.before.rstrip()

    def focus_text(self) -> None:
        """Type here."""
        self.screen.set_focus(self.query_one(_Text))

    def save(self) -> None:
        """Keep the text and close."""
        self._done(True)

    def close(self) -> None:
        """Close; ask first when that would lose something."""
        if not self.changed:
            self._done(False)
            return

        def decided(choice: str | None) -> None:
            if choice == "save":
                self.save()
            elif choice == "drop":
                self._done(False)
            else:
                self.focus_text()

        choices = [Choice("s", "Save it", "save"), Choice("d", "Drop the changes", "drop")]
        self.app.push_screen(ChoiceScreen("The note was changed.", choices, "Esc  keep writing"), decided)
