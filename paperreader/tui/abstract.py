"""The abstract pane: one paper as a page, and the note under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content, Span
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from paperreader.links import links
from paperreader.paper import Paper
from paperreader.tui.rows import short_day

LONGEST = 40_000
"""Characters of a text that are shown: more than people write, few enough to paint at once."""

MOST_DAYS = 10
"""Days that are named before the rest is counted."""

MOST_AUTHORS = 12
MOST_LINKS = 8
"""More are not shown."""

Spans = Callable[[str, str], Sequence[tuple[int, int]]]
"""(text, field) -> where the query's words stand in it."""


class Page(NamedTuple):
    """What the pane shows of one paper."""

    paper: Paper
    title: str
    abstract: str
    """Title and abstract as they are to be read: LaTeX as Unicode, unless the raw text was asked for."""
    note: str
    spans: Spans
    facts: Sequence[tuple[str, str]]
    """Marks of the paper with the part of the theme they are painted in: ("★ starred", "star")."""
    why: str = ""
    """Why it is listed."""


class AbstractPane(VerticalScroll, can_focus=True, inherit_bindings=False):
    """The paper under the cursor."""

    COMPONENT_CLASSES = {  # noqa: RUF012 - as Textual declares it
        "page--title",
        "page--meta",
        "page--match",
        "page--link",
        "page--star",
        "page--new",
        "page--unsaved",
    }

    class LinkClicked(Message):
        """A link of the page was clicked."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

    def compose(self) -> ComposeResult:
        """The page, and the note under it."""
        yield Static(id="page", markup=False)
        yield Static(id="note", markup=False)

    def show(self, page: Page | None) -> None:
        """Show a paper from its top; None shows nothing."""
        self._update(page)
        self.scroll_home(animate=False, immediate=True)

    def repaint_page(self, page: Page | None) -> None:
        """Show the same paper again, where the reader was in it."""
        self._update(page)

    def _update(self, page: Page | None) -> None:
        text, note = self.query_one("#page", Static), self.query_one("#note", Static)
        text.update(self._page(page) if page else "")
        note.update(self._text(page.note[:LONGEST], "note", len(page.note), page.spans) if page else "")
        note.display = bool(page and page.note)

    def _page(self, page: Page) -> Content:
        title = self._marked(page.title, "title", page.spans).stylize_before(self._part("title"))
        about = [Content.styled(line[:LONGEST], self._part("meta")) for line in _about(page.paper)]
        why = [Content.styled(page.why[:LONGEST], self._part("meta"))] if page.why else []
        parts = [title, Content("\n").join([*about, self._meta(page), *why])]
        if page.abstract:
            parts.append(self._text(page.abstract, "abstract", len(page.paper.abstract), page.spans))
        parts += self._beside(page.paper)
        return Content("\n\n").join(parts)

    def _beside(self, paper: Paper) -> list[Content]:
        """What dumps say of a paper besides its abstract."""
        details = paper.details
        said = {"In a sentence, by a machine": details.ai_summary, "Keywords": ", ".join(details.keywords)}
        beside = [Content.styled(f"{k}: {v}"[:LONGEST], self._part("meta")) for k, v in said.items() if v]
        urls = [url for url in details.links if url.startswith(("http://", "https://"))]
        if urls:
            link = self._part("link")
            beside.append(
                Content("\n").join(
                    [Content(url, [Span(0, len(url), link + Style(link=url))]) for url in urls[:MOST_LINKS]]
                )
            )
        return beside

    def _text(self, text: str, field: str, whole: int, spans: Spans) -> Content:
        shown = self._marked(text, field, spans)
        if whole > LONGEST:
            shown += Content.styled(f"\n\n… {whole - LONGEST:,} characters more", self._part("meta"))
        return shown

    def _meta(self, page: Page) -> Content:
        facts = Content("  ").join([Content.styled(text, self._part(part)) for text, part in page.facts])
        seen = Content.styled(_seen(page.paper), self._part("meta"))
        return Content("   ").join([seen, facts]) if page.facts else seen

    def _marked(self, text: str, field: str, spans: Spans) -> Content:
        match, link = self._part("match"), self._part("link")
        found = [Span(start, end, match) for start, end in spans(text, field)]
        linked = [Span(at.start, at.end, link + Style(link=at.url)) for at in links(text)]
        return Content(text, linked + found)

    def _part(self, name: str) -> Style:
        return self.get_visual_style(f"page--{name}", partial=True)

    def on_click(self, event: events.Click) -> None:
        """Follow a link, unless the mouse was selecting text."""
        if event.style.link and not self.screen.get_selected_text():
            self.post_message(self.LinkClicked(event.style.link))

    # -- moving: the same words as the list has

    def move(self, lines: int) -> None:
        """Scroll down, or up where `lines` is negative."""
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def page(self, pages: int) -> None:
        """Scroll by what fits in the pane, less a line to hold on to."""
        self.move(pages * max(1, self.scrollable_content_region.height - 1))

    def go(self, index: int) -> None:
        """Scroll to the top; -1 is the end."""
        if index < 0:
            self.scroll_end(animate=False)
        else:
            self.scroll_home(animate=False, immediate=True)


def _about(paper: Paper) -> list[str]:
    """Who wrote it, and where it stands."""
    details = paper.details
    authors = list(details.authors[:MOST_AUTHORS])
    if len(details.authors) > MOST_AUTHORS:
        authors.append(f"and {len(details.authors) - MOST_AUTHORS} others")
    where = [
        details.venue,
        f"arXiv {details.arxiv_id}" if details.arxiv_id else "",
        " ".join(details.categories),
        f"▲ {paper.upvotes:,}" if paper.upvotes else "",
        f"{paper.comments:,} comment{'' if paper.comments == 1 else 's'}" if paper.comments else "",
    ]
    return [line for line in (", ".join(authors), " · ".join(filter(None, where))) if line]


def _seen(paper: Paper) -> str:
    days = [short_day(day) for day in paper.days]
    shown = ", ".join(
        days if len(days) <= MOST_DAYS else [f"{len(days) - MOST_DAYS} earlier days", *days[-MOST_DAYS:]]
    )
    count = paper.seen
    if count == 0:
        return "In no dump any more: only what you wrote about it is left"
    where = "Seen" if count == 1 else f"Seen in {count} dumps"
    return f"{where}: {shown}" if count > 1 and shown else f"{where} {shown or 'on an unknown day'}".strip()
