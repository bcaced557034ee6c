"""Taking a paper elsewhere: to the clipboard, to the browser."""

from __future__ import annotations

from textual import on
from textual.actions import SkipAction

from paperreader.links import paper_urls
from paperreader.tui.abstract import AbstractPane
from paperreader.tui.reader_screen import ReaderScreen


class Sharing(ReaderScreen):
    """The part of the main screen that hands papers to other programs."""

    def action_copy(self) -> None:
        """Copy the text that is selected, else the title."""
        paper, selected = self.paper, self.get_selected_text()
        if selected:
            self._copy(selected, "Selection")
        elif paper is not None:
            self._copy(self.shown(paper.title), "Title")

    def action_copy_text(self) -> None:
        """Copy the text that is selected; without one the key is not for us."""
        selected = self.get_selected_text()
        if not selected:
            raise SkipAction
        self._copy(selected, "Selection")

    async def action_copy_more(self) -> None:
        """Offer more to copy than the title."""
        paper = self.paper
        if paper is None:
            return
        from paperreader import export
        from paperreader.tui.dialogs import Choice, ChoiceScreen

        note = self.library.annotation(paper).note
        makers = {
            "Title and abstract": lambda: export.title_and_abstract(paper),
            "Markdown": lambda: export.markdown(paper, note),
            "BibTeX": lambda: export.bibtex(paper),
            "Link": lambda: self._urls()[0],
        }

        def picked(what: str | None) -> None:
            if what is not None:
                self._copy(makers[what](), what)

        keys = ("a", "m", "b", "l")
        choices = [Choice(key, what, what) for key, what in zip(keys, makers, strict=True)]
        await self.app.push_screen(ChoiceScreen("Copy", choices), picked)

    def _copy(self, text: str, what: str) -> None:
        from paperreader.tui import clipboard

        if for_terminal := clipboard.for_terminal(text):
            self.app.copy_to_clipboard(for_terminal)

        def elsewhere() -> None:
            outcome = clipboard.copy_locally(text)
            self.app.call_from_thread(self.tell, f"{what} {outcome}")

        self.run_worker(elsewhere, thread=True, exclusive=True, group="clipboard")

    def _urls(self) -> list[str]:
        return paper_urls(self.paper) if self.paper else []

    async def action_open(self) -> None:
        """Open the paper's link in the browser; ask which where there are several."""
        urls = self._urls()
        if len(urls) == 1:
            self._open(urls[0])
        elif urls:
            from paperreader.tui.dialogs import Choice, ChoiceScreen

            choices = [Choice(str(i), url, url) for i, url in enumerate(urls[:9], 1)]
            await self.app.push_screen(
                ChoiceScreen("Open", choices), lambda url: self._open(url) if url else None
            )

    @on(AbstractPane.LinkClicked)
    def _link_clicked(self, message: AbstractPane.LinkClicked) -> None:
        self._open(message.url)

    def _open(self, url: str) -> None:
        def elsewhere() -> None:
            from paperreader.tui import external

            self.app.call_from_thread(self.status.say, external.open_url(url), 10)

        self.run_worker(elsewhere, thread=True, group="browser")
