"""Doing something to all papers that are listed, in one step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import Final, NamedTuple

from paperreader.counts import counted
from paperreader.library import IndexUnusable, Mark, Pages, marked, tagged
from paperreader.paper import Paper
from paperreader.tags import key
from paperreader.tui.finding import Finding
from paperreader.tui.labels import label
from paperreader.tui.messages import Doing

_A_WHILE: Final = 0.2
"""Seconds between two words on how far it has come."""


class _Deed(NamedTuple):
    """Something that can be done to many papers."""

    key: str
    label: str
    question: str
    mark: Mark
    value: bool


_DEEDS: Final = (
    _Deed("r", "Mark as read", "Mark {} as read?", "read", True),
    _Deed("R", "Mark as unread", "Mark {} as unread?", "read", False),
    _Deed("s", "Star", "Star {}?", "starred", True),
    _Deed("S", "Take the stars away", "Take the stars of {} away?", "starred", False),
    _Deed("x", "Skip", "Skip {}?", "skipped", True),
    _Deed("X", "No longer skip", "No longer skip {}?", "skipped", False),
    _Deed("l", "Keep for later", "Keep {} for later?", "later", True),
    _Deed("L", "No longer keep for later", "No longer keep {} for later?", "later", False),
)
_TAG: Final = "t"

ChangeAll = Callable[[Iterable[Paper]], str]
"""Changes papers, and says what it did."""


class Bulk(Finding):
    """The part of the main screen that changes many papers at once."""

    async def action_bulk(self) -> None:
        """Ask what is to become of all papers that are listed, then do it."""
        await self.wait_for_answer()
        answer, pages = self.answer, self.pages
        if not self.answered or answer.meant or not answer.ordinals:
            self.status.say("There are no papers listed to do something to")
            return

        def looked_up() -> tuple[Sequence[int], dict[str, int], Sequence[str]]:
            answer.complete()
            return answer.ordinals, self._counts(answer.ordinals), self.library.tags

        try:
            # awaited: keys that were typed ahead are meant for the question
            ordinals, counts, known = await asyncio.to_thread(looked_up)
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))
            return
        from paperreader.tui.dialogs import Choice, ChoiceScreen

        choices = [
            Choice(deed.key, deed.label, deed.key, f"{counts[deed.key]:,}")
            for deed in _DEEDS
            if counts[deed.key]
        ]
        choices.append(Choice(_TAG, "Add tags …", _TAG))

        def picked(what: str | None) -> None:
            if what == _TAG:
                self._ask_for_tags(known, ordinals, pages)
            elif what is not None:
                deed = next(each for each in _DEEDS if each.key == what)

                def change(papers: Iterable[Paper]) -> str:
                    return marked(self.library.mark_all(papers, deed.mark, deed.value), deed.mark, deed.value)

                question = deed.question.format(counted(counts[what], "paper"))
                if (deed.mark, deed.value) == ("skipped", True) and counts["S"]:
                    question += f" The stars of {counts['S']:,} go."
                self._confirm(question, change, ordinals, pages)

        listed = counted(len(ordinals), "paper")
        title = f"Do to all {listed} listed" if len(ordinals) > 1 else "Do to the paper listed"
        await self.app.push_screen(ChoiceScreen(title, choices), picked)

    def _counts(self, ordinals: Sequence[int]) -> dict[str, int]:
        """How many papers each deed would change, by its key."""
        states = self.library.states
        having = {mark: len(states[mark].among(ordinals)) for mark in ("read", "starred", "skipped", "later")}
        return {
            deed.key: len(ordinals) - having[deed.mark] if deed.value else having[deed.mark]
            for deed in _DEEDS
        }

    def _ask_for_tags(self, known: Sequence[str], ordinals: Sequence[int], pages: Pages) -> None:
        from paperreader.tui.tag_dialog import TagScreen

        def answered(tags: tuple[str, ...] | None) -> None:
            count = len(ordinals) - len(self._having(tags or (), ordinals))
            if tags and not count:
                self.status.say(f"All of them are under {' '.join(map(label, tags))} already")
            elif tags:
                question = f"Put {counted(count, 'paper')} under {' '.join(map(label, tags))}?"
                self._confirm(
                    question, lambda papers: tagged(self.library.tag_all(papers, tags), tags), ordinals, pages
                )

        title = f"Tags for {counted(len(ordinals), 'paper')}"
        self.app.push_screen(TagScreen(title, (), known), answered)

    def _having(self, tags: Sequence[str], ordinals: Sequence[int]) -> Sequence[int]:
        """Those that have all of the tags already."""
        states = self.library.states
        for tag in tags:
            members = states.get(f"tag:{key(tag)}")
            ordinals = members.among(ordinals) if members else ()
        return ordinals

    def _confirm(self, question: str, change: ChangeAll, ordinals: Sequence[int], pages: Pages) -> None:
        from paperreader.tui.dialogs import Choice, ChoiceScreen

        def job() -> str:
            try:
                return change(self._one_by_one(ordinals, pages))
            except IndexUnusable as reason:
                self.index_is_gone(str(reason))
                return "Nothing was changed"
            finally:
                self.post_message(Doing(""))

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.change(job)

        choices = [Choice("y", "Yes", "yes"), Choice("n", "No", "no")]
        self.app.push_screen(ChoiceScreen(question, choices, "One step: it can be undone"), answered)

    def _one_by_one(self, ordinals: Sequence[int], pages: Pages) -> Iterator[Paper]:
        """The papers, one after the other; where that takes a while, it is said how many there were."""
        said = monotonic()
        with self.library.noting_damage():
            for done, ordinal in enumerate(ordinals):
                yield pages.paper(ordinal)
                if monotonic() > said + _A_WHILE:
                    said = monotonic()
                    self.post_message(Doing(f"{done:,} of {counted(len(ordinals), 'paper')} …"))
