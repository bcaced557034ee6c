"""Taking a paper elsewhere: to the clipboard, to the browser."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.actions import SkipAction

from paperreader.latex import unlatex
from paperreader.links import leads
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.reader_screen import ReaderScreen
from paperreader.tui.unbroken import breakable

LONGEST_TITLE = 2_000
LONGEST_TEXT = 200_000
"""Characters that are copied at most; a clipboard is no place for more, and they are made in a moment."""


class Sharing(ReaderScreen):
    """The part of the main screen that hands papers to other programs."""

    def action_copy(self) -> None:
        """Copy the text that is selected, else the title."""
        paper, selected = self.paper, self._selected()
        if selected:
            self._copy(lambda: selected[:LONGEST_TEXT], "Selection")
        elif paper is not None:
            title, readable = paper.title[:LONGEST_TITLE], not self.raw
            what = "Title" if title == paper.title else "Title, cut short,"
            self._copy(lambda: unlatex(title) if readable else title, what)

    def action_copy_text(self) -> None:
        """Copy the text that is selected; without one the key is not for us."""
        selected = self._selected()
        if not selected:
            raise SkipAction
        self._copy(lambda: selected[:LONGEST_TEXT], "Selection")

    def _selected(self) -> str:
        return breakable(self.get_selected_text() or "")

    async def action_copy_more(self) -> None:
        """Offer more to copy than the title."""
        whole = self.paper
        if whole is None:
            return
        from paperreader import export
        from paperreader.tui.dialogs import Choice, ChoiceScreen

        await self.wait_for_changes()
        paper = whole._replace(title=whole.title[:LONGEST_TITLE], abstract=whole.abstract[:LONGEST_TEXT])
        note = self.library.annotation(whole).note[:LONGEST_TEXT]
        makers: dict[str, Callable[[], str]] = {
            "Title and abstract": lambda: export.title_and_abstract(paper),
            "Markdown": lambda: export.markdown(paper, note),
            "BibTeX": lambda: export.bibtex(paper),
            "Link": lambda: leads(paper)[0].url,
        }

        def picked(what: str | None) -> None:
            if what is not None:
                self._copy(makers[what], what if paper == whole else f"{what}, cut short,")

        keys = ("a", "m", "b", "l")
        choices = [Choice(key, what, what) for key, what in zip(keys, makers, strict=True)]
        await self.app.push_screen(ChoiceScreen("Copy", choices), picked)

    def _copy(self, make: Callable[[], str], what: str) -> None:
        """Copy the text that is made, beside the screen, and say what became of it."""

        def elsewhere() -> None:
            outcome = self._copied(make())
            self.app.call_from_thread(self.tell, f"{what} {outcome}")

        self.run_worker(elsewhere, thread=True, exclusive=True, group="clipboard")

    def _copied(self, text: str) -> str:
        """Copy a text, in a thread, to whatever clipboards there are; what is known of that, for people."""
        from paperreader.tui import clipboard

        if for_terminal := clipboard.for_terminal(text):
            self.app.call_from_thread(self.app.copy_to_clipboard, for_terminal)
        return clipboard.copy_locally(text)

    async def action_open(self) -> None:
        """Open what the paper leads to in the browser; ask which where there are several places."""
        paper = self.paper
        if paper is None:
            return
        found = leads(paper)
        if len(found) == 1:
            self._open(found[0].url)
            return
        from paperreader.tui.lead_picker import LeadPicker

        await self.app.push_screen(LeadPicker(found), lambda url: self._open(url) if url else None)

    @on(AbstractPane.LinkClicked)
    def _link_clicked(self, message: AbstractPane.LinkClicked) -> None:
        self._open(message.url)

    def _open(self, url: str) -> None:
        """Open an address beside the screen, and say what happened; where no browser is, copy it instead."""

        def elsewhere() -> None:
            from paperreader.tui import external

            done, said = external.open_url(url)
            if not done:
                said = f"{said}; the address was {self._copied(url)}"
            self.app.call_from_thread(self.status.say, said, 10)

        self.run_worker(elsewhere, thread=True, group="browser")
