"""Stars, notes and marks: what the reader does to a paper."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from paperreader.library import Mark
from paperreader.paper import Paper
from paperreader.tui import deeds
from paperreader.tui.commands import key_name
from paperreader.tui.reader_screen import LONGEST_WAIT
from paperreader.tui.reading import Reading

BOTH_KEPT = "---"
"""Stands between two texts of one note that were written at the same time."""

LONGEST_NOTE = 200_000
"""Characters up to which the text area stays quick."""

if TYPE_CHECKING:
    from paperreader.library import Step
    from paperreader.tui.note_editor import NoteEditor

HUNG_UP = 129
"""The exit status of a program whose terminal went away."""


class Annotating(Reading):
    """The part of the main screen that changes annotations."""

    last_step: Step | None = None
    """What was undone or made again last."""

    def action_star(self) -> None:
        """Star, or take the star away."""
        self._toggle("starred")

    def action_read(self) -> None:
        """Mark as read, or as unread."""
        self.attention.by_hand = True
        self._toggle("read")

    def action_skip(self) -> None:
        """Skip: not for me; or no longer."""
        self._toggle("skipped")

    def action_later(self) -> None:
        """Keep for later, or no longer."""
        self._toggle("later")

    def _toggle(self, mark: Mark) -> None:
        paper = self.paper
        if paper is None:
            return

        def job() -> str:
            before = self.library.annotation(paper)
            value = not getattr(before, mark)
            self.library.mark(paper, mark, value)
            return deeds.marked(mark, value, before)

        self.change(job)

    async def action_undo(self) -> None:
        """Undo the last change of the library, in whichever run it was made."""
        self._travel(self.library.annotations.undo, deeds.undone)

    async def action_redo(self) -> None:
        """Make again what was undone last."""
        self._travel(self.library.annotations.redo, deeds.redone)

    def _travel(self, travel: Callable[[], Step | None], said: Callable[[Step | None], str]) -> None:
        def job() -> str:
            self.last_step = travel()
            return said(self.last_step)

        self.change(job)

    async def action_quit(self) -> None:
        """Leave the program."""
        raise NotImplementedError

    # -- notes

    _editor: NoteEditor | None = None
    """The note that is being written, if any."""

    async def action_note(self) -> None:
        """Open the note of the paper under the abstract."""
        paper = self.paper
        if paper is None:
            return
        if self._editor:
            self._editor.focus_text()
            return
        from paperreader.tui.note_editor import NoteEditor

        await self.wait_for_changes()
        note = self.library.annotation(paper).note
        if len(note) > LONGEST_NOTE:
            key = key_name(self.keys, "edit-note")
            self.status.say(f"This note is too long to be written here: {key} opens it in your own editor")
            return
        self._editor = NoteEditor(paper, note, self.keys, self._note_done)
        await self.query_one("#reading").mount(self._editor)
        self._editor.focus_text()
        self.to_be_laid_out()

    def ask_about_note(self) -> bool:
        """Whether a note is being written and was changed; what becomes of it is asked then."""
        if self._editor is None or not self._editor.changed:
            return False
        self._editor.close()
        return True

    def close_note(self) -> None:
        """Close the note that is being written; if it was changed, what becomes of it is asked first."""
        if self._editor:
            self._editor.close()

    def save_open_note(self) -> None:
        """Save the note that is being written, if any, without asking."""
        editor = self._editor
        if editor:
            self._save_note(editor.paper, editor.before, editor.text)

    def _note_done(self, keep: bool) -> None:
        if keep:
            self.save_open_note()
        elif self._editor and self._editor.changed:
            self.status.say("The note stays as it was")
        if self._editor:
            self._editor.remove()
            self._editor = None
            self.to_be_laid_out()
        self.set_focus(self.home)

    def action_save_note(self) -> None:
        """Save the note that is being written, and close it."""
        if self._editor:
            self._editor.save()

    def _save_note(self, paper: Paper, before: str, text: str) -> None:
        def job() -> str:
            self.library.annotations.refresh()
            now = self.library.annotation(paper).note
            if text in (now, before):
                return "The note is as it was"
            if now != before and now:
                # somebody else wrote it while it was being written here: neither text may be lost
                self.library.note(paper, f"{now}\n\n{BOTH_KEPT}\n\n{text}")
                return "The note was changed in another program meanwhile: both texts are kept"
            self.library.note(paper, text)
            return "Note saved" if text.strip() else "Note taken away"

        self.change(job)

    async def action_edit_note(self) -> None:
        """Write the note in the reader's own editor."""
        paper = self.paper
        if paper is None:
            return
        from textual.app import SuspendNotSupported

        from paperreader.tui import external

        await self.wait_for_changes()
        before = self.library.annotation(paper).note
        try:
            with self.app.suspend():
                edited = external.edit(before, paper.title)
                if not external.has_terminal():
                    # closed while the editor was open: there is nothing to come back to, only to save
                    self._save_note(paper, before, edited.text)
                    self.changes.flush(LONGEST_WAIT)
                    os._exit(HUNG_UP)
        except SuspendNotSupported:
            self.status.say("No other program can be opened in this terminal")
            return
        finally:
            self.app.ignore_interrupts(1.0)
        self.refresh(layout=True)
        if edited.problem:
            self.status.say(edited.problem, seconds=20)
        elif edited.text != before:
            self._save_note(paper, before, edited.text)
        else:
            self.status.say("The note is as it was")
