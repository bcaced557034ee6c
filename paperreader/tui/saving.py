"""Searches that are kept under a name: saved from the filter, listed, opened, renamed and removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from paperreader import config, places
from paperreader.library import Cancelled, IndexUnusable
from paperreader.tui.commands import DEFAULT_KEYS, PANES, key_name
from paperreader.tui.filter_input import FilterInput
from paperreader.tui.recalling import Recalling

if TYPE_CHECKING:
    from paperreader.tui.saved_dialog import SavedScreen


class SearchesRead(Message):
    """The saved searches are known as they are now."""

    def __init__(self, searches: Mapping[str, str], said: str = "") -> None:
        super().__init__()
        self.searches, self.said = searches, said


class Saving(Recalling):
    """The part of the main screen that keeps searches; they live in the config file."""

    _saved: SavedScreen | None = None
    """The list of them, while it is open."""

    # -- saving

    async def action_save_search(self) -> None:
        """Keep what is listed under a name, which is asked for."""
        from paperreader.searches import narrowed, suggested_name

        if self.near or self.view == "for you":
            self.status.say("What is listed for its likeness cannot be saved: it is no search")
            return
        query = narrowed(self.text, self.view)
        if not query:
            self.status.say("Type what you look for; then it can be saved under a name")
            return
        known = self.app.settings.searches
        names = [name for name, other in known.items() if other == query]
        from paperreader.tui.naming import NameScreen

        def named(name: str | None) -> None:
            if name is not None:
                from paperreader.searches import save

                key = key_name(self.keys, "searches")
                self.set_focus(self.papers)  # where the keys are keys
                self._change(lambda file: save(file, name, query), f"Saved as “{name}”: {key} lists all")

        offered = (names or [suggested_name(query)])[0]
        await self.app.push_screen(NameScreen("Save this search as", query, offered, known), named)

    def _change(self, change: Callable[[Path], None], said: str) -> None:
        def change_and_read(file: Path) -> None:
            change(file)
            searches = config.read(file, DEFAULT_KEYS, PANES).searches
            self.post_message(SearchesRead(searches, said))

        self.app.change_config(change_and_read, "The saved searches stay as they are")

    @on(SearchesRead)
    async def _searches_read(self, message: SearchesRead) -> None:
        self.app.settings = self.app.settings._replace(searches=message.searches)
        if message.said:
            self.status.say(message.said)
        if self._saved is not None:
            await self._saved.show(message.searches)
            self._count()

    # -- the list of them

    async def action_searches(self) -> None:
        """List the saved searches, and open one."""
        from paperreader.tui.saved_dialog import SavedScreen

        key = key_name(self.keys, "save-search")
        none = f"None yet. {key} in the filter keeps what is typed there under a name."
        act = {"rename": self._ask_for_name, "remove": self._ask_before_removing}
        self._saved = SavedScreen(self.app.settings.searches, none, act)

        async def picked(name: str | None) -> None:
            self._saved = None
            self.workers.cancel_group(self, "counting")
            if name is not None:
                await self.open_search(self.app.settings.searches[name])

        await self.app.push_screen(self._saved, picked)
        self._count()
        self.changes.do(self._look_at_file)

    def _look_at_file(self) -> None:
        """See what another program, or a person, has made of them."""
        try:
            searches = config.read(places.config_file(), DEFAULT_KEYS, PANES).searches
        except config.ConfigError as error:
            self.app.call_from_thread(self.status.say, str(error), 20)
            return
        if list(searches.items()) != list(self.app.settings.searches.items()):
            self.post_message(SearchesRead(searches))

    async def open_search(self, query: str) -> None:
        """List what a query finds among all papers, from the first on."""
        self.near, self.view, self.sort, self._chosen = "", "all", None, False
        box = self.query_one(FilterInput)
        if box.value == query:
            self.find(keep=False)
        box.value = query
        self.remember()
        self.set_focus(self.papers)
        await self.wait_for_answer()

    def _count(self) -> None:
        """Find out beside the screen what each of them finds."""
        dialog, searches = self._saved, dict(self.app.settings.searches)
        if dialog is None:
            return

        def count() -> None:
            from paperreader.tui.saved_dialog import Count, Counted

            worker = get_current_worker()

            def found(query: str, **options: object) -> int:
                answer = self.library.search(query, cancelled=lambda: worker.is_cancelled, **options)  # type: ignore[arg-type]
                return 0 if answer.meant else len(answer.ordinals)

            try:
                for name, query in searches.items():
                    dialog.post_message(Counted(name, query, Count(found(query, view="new"), found(query))))
            except Cancelled:
                return
            except IndexUnusable as reason:
                self.index_is_gone(str(reason))

        self.run_worker(count, thread=True, exclusive=True, group="counting")

    def _ask_for_name(self, name: str) -> None:
        from paperreader.searches import rename
        from paperreader.tui.naming import NameScreen

        searches = self.app.settings.searches
        others = {other: query for other, query in searches.items() if other != name}

        def named(new: str | None) -> None:
            if new is not None and new != name:
                self._change(lambda file: rename(file, name, new), f"“{name}” is “{new}” now")

        self.app.push_screen(NameScreen("Rename this search", searches[name], name, others), named)

    def _ask_before_removing(self, name: str) -> None:
        from paperreader.searches import remove
        from paperreader.tui.dialogs import Choice, ChoiceScreen

        query = self.app.settings.searches[name]

        def decided(choice: str | None) -> None:
            if choice == "remove":
                self._change(lambda file: remove(file, name), f"Removed “{name}”, which was: {query}")

        question = f"Remove the search “{name}”?\n{query}"
        self.app.push_screen(
            ChoiceScreen(question, [Choice("r", "Remove it", "remove")], "Esc  keep it"), decided
        )
