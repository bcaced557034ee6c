"""Finding papers: the filter, the views, the order, the days."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple, get_args

from textual import on
from textual.message import Message
from textual.widgets import Input

from paperreader.counts import counted
from paperreader.library import Answer, Cancelled, IndexUnusable, News, Pages, Snapshot, Sort, View
from paperreader.text import one_line
from paperreader.tui.bars import FilterBar, KeyLine, ViewLine
from paperreader.tui.commands import key_name
from paperreader.tui.empty import why_empty
from paperreader.tui.hiding import Hiding
from paperreader.tui.messages import Changed
from paperreader.tui.paper_list import PaperList
from paperreader.tui.rows import short_day
from paperreader.tui.threads import NewestWins

_DAY = re.compile(r"\bdate:([0-9]{4}-[0-9]{2}-[0-9]{2})(?!\S)")

_PAUSE = 0.2
"""Seconds without a key after which all matches are put in order, for whoever jumps to the last."""

_MOMENT = 0.5
"""Seconds that a key waits at most for the list that those before it ask for."""

_RANKINGS: tuple[View, ...] = ("trending", "for you")
"""Views that are read from the top, wherever the cursor was."""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Request(NamedTuple):
    """One question to the library."""

    text: str
    view: View
    sort: Sort | None
    near: str
    """The id of the paper whose neighbours are asked for, if not "", in place of the view."""
    anchor: str | None
    """The id of the paper the cursor is to stay on."""
    fallback: int
    """The row it goes to where that paper is not listed."""
    row: int
    """Where it was."""
    revision: int
    hidden: Snapshot | None
    nearest: Sequence[int] = ()
    """The papers it goes to, one of them, where its own is hidden."""


class Answered(Message):
    """The library has answered."""

    def __init__(self, request: Request, answer: Answer, cursor: int, news: News) -> None:
        super().__init__()
        self.request = request
        self.answer = answer
        self.cursor = cursor
        self.news = news


class Finding(Hiding):
    """The part of the main screen that decides what is listed."""

    view: View = "all"
    sort: Sort | None = None
    """The order the reader chose; None for the one that suits the query."""
    text = ""
    """The query as it stands in the filter."""
    news = News(0, 0, 0)
    """What has changed since the last visit."""

    _chosen = False
    """Whether the reader put the cursor where it is: only then does typing leave it on its paper."""
    _unseen = False
    """Whether what was typed is not painted yet."""
    _noticed = ""
    """The last notice of the annotations that was shown."""
    _request: Request | None = None
    _done: Request | None = None
    """The last request that was answered."""

    def start_finding(self) -> None:
        """List the papers before the first frame, and get ready for queries after it."""
        self._listed = asyncio.Event()
        self.finder = NewestWins(self._find, self.failed, "finder", idle=self._complete, after=_PAUSE)
        self.start_hiding()
        self._show(self.library.search(hide=self.hidden), 0, self.library.pages())
        # what was typed ahead is found, too; then nothing has been chosen yet
        self.call_after_refresh(lambda: self.find(keep=not self.text))

    def find(self, *, keep: bool = True, anew: bool = False, at: tuple[str, int] | None = None) -> None:
        """Ask for what is to be listed now; the answer comes as a message.

        With `at`, the cursor goes to the paper with that id, or else to that row. To ask `anew` is to
        have what was judged meanwhile hidden, too, if that is wished for.
        """
        papers = self.papers
        paper = self.paper if keep else None
        asked = (self.text, self.view, self.sort, self.near)
        same = self._request is not None and self._request[:4] == asked
        if anew or not same:
            self.hide_anew()
        anchor = paper.id if paper else None
        fallback = papers.cursor if same else 0
        if at is not None:
            anchor, fallback = at
        revision = self.library.revision
        nearest = self.following() if anew and self.pages.revision == revision else ()
        self._request = Request(*asked, anchor, fallback, papers.cursor, revision, self.hidden, nearest)
        self._listed.clear()
        self.finder.ask(self._request)

    def ask_anew(self) -> None:
        """Ask for the same again, and hide what was judged meanwhile."""
        self.find(anew=True)

    @property
    def answered(self) -> bool:
        """Whether what is listed is the answer to what was asked last."""
        return self._done is self._request

    async def wait_for_answer(self) -> None:
        """Wait until what was asked last is listed, but no longer than a moment.

        Keys that were typed ahead are meant for that list.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOMENT):
                await self._listed.wait()

    async def put_in_order(self) -> None:
        """Have all that is listed at hand; of many matches, only the first are from the beginning."""
        try:
            await asyncio.to_thread(self.answer.complete)
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))

    def _find(self, request: Request, cancelled: Callable[[], bool]) -> None:
        try:
            answer = self.library.search(
                request.text,
                view=request.view,
                sort=request.sort,
                near=request.near,
                hide=request.hidden,
                cancelled=cancelled,
            )
            anchor = None if request.anchor is None else self.library.find(request.anchor)
            wanted = (*(() if anchor is None else (anchor,)), *request.nearest)
            places = (answer.position(ordinal) for ordinal in wanted)
            cursor = next((at for at in places if at is not None), request.fallback)
            self.post_message(Answered(request, answer, cursor, self.library.news()))
            if not request.text:
                self.library.warm_up()
        except Cancelled:
            return
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))

    def _complete(self, cancelled: Callable[[], bool]) -> None:
        with suppress(Cancelled, IndexUnusable):  # whoever cares for the index meets the latter, too
            self.answer.complete(cancelled)

    def _seen(self) -> None:
        self._unseen = False

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        if message.request is not self._request:
            return
        if self._unseen:
            # painting the list takes longer than finding what is in it: letters do not wait for that
            self.call_after_refresh(self._answered, message)
            return
        pages = self.library.pages()
        if message.request.revision != pages.revision:
            # the index was replaced meanwhile: these ordinals may name other papers now
            self.find()
        else:
            # what was asked for is what is shown: whatever came in, the row that is read stays where it is
            steady = self._done is not None and self._done[:4] == message.request[:4]
            self._done = message.request
            self.news = message.news
            moved = self.papers.cursor - message.request.row if steady else 0
            self._show(message.answer, message.cursor + moved, pages, steady=steady)
            self._listed.set()

    def _show(self, answer: Answer, cursor: int, pages: Pages, *, steady: bool = False) -> None:
        self.answer, self.pages = answer, pages
        self.papers.show(answer.ordinals, cursor, self.all_hidden() or self._empty_text(), steady=steady)
        self.show_keys()
        self.query_one(KeyLine).labels = {"accept": "take the spelling"} if answer.meant else {}
        self.query_one(FilterBar).count(self._found())
        line = self.query_one(ViewLine)
        line.view = self.view
        line.order = answer.sort if self.sort else ""
        self._say_where()
        self.turn_page()

    def _found(self) -> str:
        found, total = len(self.answer.ordinals), self.answer.total
        if self.answer.meant:
            return "no match"
        if self.text or found != total:
            return f"{found:,} of {total:,}"
        return counted(total, "paper")

    def _say_where(self) -> None:
        answer = self.answer
        starred = len(self.library.annotations.ids("starred"))
        accept = key_name(self.keys, "accept")
        facts = [
            self._found(),
            f"did you mean  {one_line(answer.meant)} ?  {accept} takes it" if answer.meant else "",
            f"judged hidden: {answer.hidden:,}" if answer.hidden else "",
            self._listing(),
            f"by {answer.sort}" if self.sort or (self.text and answer.sort != "date") else "",
            f"{self.news.new:,} new" if self.news.new else "",
            f"{starred:,} starred" if starred else "",
            *map(one_line, answer.remarks),
            f"read as  {answer.understood or 'all papers'}" if self.text.strip() else "",
        ]
        self.status.where = " · ".join(filter(None, facts))
        self.status.problem = one_line(self.library.annotations.problem)

    def _listing(self) -> str:
        """What is listed, in a word; "" for all papers."""
        return self.view if self.view != "all" else ""

    def _empty_text(self) -> str:
        return why_empty(self.library, self.view, self.text, self.answer, self.keys)

    # -- what the reader does

    @on(PaperList.Moved)
    def _moved(self, message: PaperList.Moved) -> None:
        if message.by_hand:
            self._chosen = True
            self.turn_page()

    def typed(self, text: str) -> None:
        """List what the text in the filter asks for, after the text itself is seen there."""
        self._unseen = True
        self.call_after_refresh(self._seen)
        self.text = text
        self.status.say("")
        self.find(keep=self._chosen or not text)

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        notice = self.library.annotations.notice
        if notice != self._noticed:
            self._noticed = notice
            self.status.say(notice, seconds=20)
        elif message.said:
            # while nothing can be saved, that is said, and why
            self.status.say("" if self.library.annotations.unsaved else message.said, message.seconds)
        self.repaint()
        self._say_where()
        self.find()

    async def action_view(self, view: View) -> None:
        """Show another view; the same one without what was judged meanwhile, where that is hidden."""
        if self.hiding:
            await self.wait_for_changes()
        if view != self.view:
            self.view = view
            self.status.say("")
            self.find(keep=view not in _RANKINGS)
        elif self.hiding:
            self.ask_anew()
        await self.wait_for_answer()

    async def action_sort(self) -> None:
        """The next order."""
        sorts = [s for s in get_args(Sort) if s != "relevance" or self.answer.scored]
        now = self.answer.sort
        self.sort = sorts[(sorts.index(now) + 1) % len(sorts)] if now in sorts else sorts[0]
        self.find()
        self.status.say(f"ordered by {self.sort}")
        await self.wait_for_answer()

    async def action_day(self, step: int) -> None:
        """Filter by the dump before or after the day in the filter, or else the day of the paper."""
        try:
            with self.library.noting_damage():
                days = self.library.days()
        except IndexUnusable as reason:
            self.index_is_gone(str(reason))
            return
        box = self.query_one("#filter", Input)
        match = _DAY.search(box.value)
        paper = self.paper
        filtered = _day(match[1]) if match else None
        if filtered:
            here = filtered
        elif paper is not None:
            here = paper.last_day
        else:
            return
        later = [day for day in days if day > here]
        earlier = [day for day in days if day < here]
        if not (later if step > 0 else earlier):
            self.status.say(f"{short_day(here) or 'This'} is the {'latest' if step > 0 else 'earliest'} dump")
            return
        day = later[0] if step > 0 else earlier[-1]
        token = f"date:{day.isoformat()}"
        text = _DAY.sub(token, box.value, count=1) if filtered else f"{box.value} {token}".strip()
        box.value = text
        await self.wait_for_answer()

    async def action_clear(self) -> None:
        """Forget the filter."""
        self.query_one("#filter", Input).value = ""
        await self.wait_for_answer()
