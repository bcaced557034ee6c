"""Stars, notes and marks: what the reader does to a paper."""

from __future__ import annotations

from typing import Literal

from textual import on

from paperreader.tui.messages import NoteClosed, NoteSaved
from paperreader.tui.reader_screen import ReaderScreen
from paperreader.tui.rows import cut

LONGEST_NOTE = 200_000
"""Characters up to which the text area stays quick."""

_WORDS = {
    ("starred", True): "Starred",
    ("starred", False): "Star taken away",
    ("read", True): "Marked as read",
    ("read", False): "Marked as unread",
}


def _short(title: str) -> str:
    return f"“{cut(title, 40)}”"


class Annotating(ReaderScreen):
    """The part of the main screen that changes annotations."""

    def action_star(self) -> None:
        """Star, or take the star away."""
        self._toggle("starred")

    def action_read(self) -> None:
        """Mark as read, or as unread."""
        self._toggle("read")

    def _toggle(self, field: Literal["starred", "read"]) -> None:
        paper = self.paper
        if paper is None:
            return
        annotations = self.library.annotations

        def job() -> str:
            value = not getattr(annotations.get(paper.id), field)
            annotations.change(paper.id, paper.title, field, value)
            return _WORDS[field, value]

        self.change(job)

    def action_undo(self) -> None:
        """Undo the last change of this run."""

        def job() -> str:
            change = self.library.annotations.undo()
            if change is None:
                return "Nothing to undo"
            what = {"starred": "star", "note": "note", "read": "mark"}[change.field]
            return f"Undone: {what} of {_short(change.title)}"

        self.change(job)

    # -- notes

    async def action_note(self) -> None:
        """Open the note of the paper under the abstract."""
        paper = self.paper
        if paper is None:
            return
        from paperreader.tui.note_editor import NoteEditor

        editors = self.query(NoteEditor)
        if editors:
            editors.first().focus_text()
            return
        note = self.library.annotation(paper).note
        if len(note) > LONGEST_NOTE:
            self.status.say("This note is too long to be written here: e opens it in your own editor")
            return
        editor = NoteEditor(paper.id, paper.title, note)
        await self.query_one("#reading").mount(editor)
        editor.focus_text()

    def ask_about_note(self) -> bool:
        """Whether a note is being written and was changed; what becomes of it is asked then."""
        if not self.query("NoteEditor"):
            return False
        from paperreader.tui.note_editor import NoteEditor

        editor = self.query_one(NoteEditor)
        if editor.changed:
            editor.action_close()
        return editor.changed

    def save_open_note(self) -> None:
        """Save the note that is being written, if any, without asking."""
        if self.query("NoteEditor"):
            from paperreader.tui.note_editor import NoteEditor

            editor = self.query_one(NoteEditor)
            self._save_note(editor.paper_id, editor.title, editor.text)

    @on(NoteSaved)
    def _note_saved(self, message: NoteSaved) -> None:
        self._save_note(message.paper_id, message.title, message.text)

    @on(NoteClosed)
    def _note_closed(self) -> None:
        self.query("NoteEditor").remove()
        self.set_focus(self.papers)

    def _save_note(self, paper_id: str, title: str, text: str) -> None:
        annotations = self.library.annotations

        def job() -> str:
            if annotations.get(paper_id).note == text:
                return "The note is as it was"
            annotations.change(paper_id, title, "note", text)
            return "Note saved" if text.strip() else "Note taken away"

        self.change(job)

    def action_edit_note(self) -> None:
        """Write the note in the reader's own editor."""
        paper = self.paper
        if paper is None:
            return
        from textual.app import SuspendNotSupported

        from paperreader.tui import external

        before = self.library.annotation(paper).note
        try:
            with self.app.suspend():
                edited = external.edit(before, paper.title)
        except SuspendNotSupported:
            self.status.say("No other program can be opened in this terminal")
            return
        self.refresh(layout=True)
        if edited.problem:
            self.status.say(edited.problem, seconds=20)
        elif edited.text != before:
            self._save_note(paper.id, paper.title, edited.text)
        else:
            self.status.say("The note is as it was")
