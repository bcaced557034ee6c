"""The abstract pane: one paper as a page, the note under it, and what is looked for in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.style import Style
from textual.widgets import Static

from paperreader.tui.hanging import Hang, Hanging
from paperreader.tui.labels import PARTS
from paperreader.tui.leaded import Leaded, places
from paperreader.tui.page import LONGEST, Page, body, marked, text_of
from paperreader.tui.scrolling import Scrolled, Text
from paperreader.tui.unbroken import breakable
from paperreader.tui.within import occurrences


class Match(NamedTuple):
    """A stretch of the page or of the note that was looked for."""

    where: str
    """"#page" or "#note"."""
    start: int
    end: int
    """Where it stands in the text there."""


class AbstractPane(Scrolled, VerticalScroll, can_focus=True, inherit_bindings=False):
    """The paper under the cursor."""

    COMPONENT_CLASSES = {  # noqa: RUF012 - as Textual declares it
        *("page--title", "page--meta", "page--match", "page--current", "page--link", "page--star"),
        *("page--new", "page--unsaved", "page--later", "page--head", "page--code"),
        *(f"page--{part}" for part in PARTS),
    }

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """The scrollbar is always there: another size of the page changes nothing around it."""

    class LinkClicked(Message):
        """A link of the page was clicked."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

    def __init__(self, measure: int, line_spacing: float, id: str | None = None) -> None:  # noqa: A002
        """`measure` is how many cells a line has at most; for `line_spacing` see `Config`."""
        super().__init__(id=id)
        self.measure, self.line_spacing = measure, line_spacing
        self._page: Page | None = None
        self._sought = ""
        """What is looked for on the page; where nothing is, what the filter has found there counts."""
        self._matches: list[Match] = []
        self._painted: object = None
        """What the page and the note looked like last."""
        self._at: int | None = None
        """The match that one has stepped to."""

    def compose(self) -> ComposeResult:
        """The page, and the note under it."""
        for name in ("page", "note"):
            text = Text(id=name, markup=False)
            text.styles.max_width = self.measure
            yield text

    def show(self, page: Page | None) -> None:
        """Show a paper from its top; None shows nothing."""
        self._at = None
        self.repaint_page(page)
        self.scroll_home(animate=False, immediate=True)

    def repaint_page(self, page: Page | None) -> None:
        """Show the same paper again, where the reader was in it."""
        self._page = page
        self._paint()

    def set_measure(self, measure: int) -> None:
        """Have lines of at most so many cells."""
        self.measure = measure
        for text in self.query(Static):
            text.styles.max_width = measure

    def set_line_spacing(self, line_spacing: float) -> None:
        """Have so much air between lines."""
        self.line_spacing = line_spacing
        self._paint()

    @property
    def room(self) -> int:
        """The cells that a line can have in this pane."""
        return self.scrollable_content_region.width

    def _paint(self) -> None:
        page, text, note = self._page, self.query_one("#page", Static), self.query_one("#note", Static)
        note.display = bool(page and page.note)
        if page is None:
            self._matches, self._painted = [], None
            text.update("")
            return
        if self._sought:
            page = page._replace(spans=lambda _text, _field: ())
        if self.line_spacing == 1.5:
            from paperreader.tui.sentences import sentences_apart

            page = page._replace(abstract=sentences_apart(page.abstract))
        shown = body(page, self._part)
        content, (noted, hangs) = shown.content, self._note(page)
        matches = [*self._found("#page", content), *self._found("#note", noted)]
        if matches != self._matches:
            self._matches, self._at = matches, None
        content, noted = self._marked("#page", content), self._marked("#note", noted)
        looks = (content.plain, content.spans, noted.plain, noted.spans, self.line_spacing)
        if looks == self._painted:
            return
        self._painted = looks
        text.update(Leaded(content, shown.abstract) if self.line_spacing == 2 else content)
        note.update(Hanging(noted, hangs) if hangs else noted, layout=bool(page.note))

    def _note(self, page: Page) -> tuple[Content, Sequence[Hang]]:
        """The note as it is shown, with what the filter has found in it."""
        if not page.note:
            return Content(), ()
        from paperreader.tui.note_text import note_text

        noted = note_text(page.note[:LONGEST])
        content = marked(noted.content(self._part), page.spans(noted.text, "note"), self._part("match"))
        rest = text_of("", "note", page.spans, self._part, whole=len(page.note))
        return content + rest, noted.hangs

    def _part(self, name: str) -> Style:
        if name in _PLAIN:
            return _PLAIN[name]
        if name == "current":  # `get_visual_style` loses a background that nothing shines through
            styles = self.get_component_styles("page--current")
            return Style(background=styles.background, foreground=styles.color, bold=True)
        return self.get_visual_style(f"page--{'meta' if name == 'dim' else name}", partial=True)

    # -- what is looked for

    def look_for(self, text: str) -> int:
        """Mark a text wherever it stands, and go to the first place; "" ends that. How many there are."""
        self._sought, self._at = text.strip(), None
        self._paint()
        if self._sought and self._matches:
            self.step(1)
        return len(self._matches)

    def step(self, by: int) -> tuple[int, int]:
        """Go to the next match, by -1 to the one before; around the end. Its number, from 1, and how many."""
        count = len(self._matches)
        if not count:
            return 0, 0
        if self._at is None or self._at >= count:
            self._at = 0 if by > 0 else count - 1
        else:
            self._at = (self._at + by) % count
        self._paint()
        self.call_after_refresh(self._bring_in_sight, self._matches[self._at])
        return self._at + 1, count

    @property
    def position(self) -> tuple[int, int]:
        """The number of the match one is at, 0 before the first, and how many there are."""
        count = len(self._matches)
        return (0 if self._at is None else min(self._at + 1, count)), count

    def _found(self, where: str, content: Content) -> list[Match]:
        if self._sought:
            return [Match(where, *span) for span in occurrences(self._sought, breakable(content.plain))]
        match = self._part("match")
        return [Match(where, span.start, span.end) for span in content.spans if span.style == match]

    def _marked(self, where: str, content: Content) -> Content:
        here = self._matches[self._at] if self._at is not None else None
        found = [match[1:] for match in self._matches if match.where == where and match != here]
        if here and here.where == where:
            content = marked(content, [here[1:]], self._part("current"))
        return marked(content, found, self._part("match")) if self._sought else content

    def _bring_in_sight(self, match: Match) -> None:
        """Have a match in sight, a third down the pane where it was out of it."""
        text = self.query_one(match.where, Static)
        line = text.virtual_region.y + _line_of(text, match.start)
        height = self.scrollable_content_region.height
        if not self.scroll_y <= line < self.scroll_y + height:
            self.scroll_to(y=max(0, line - height // 3), animate=False, immediate=True)

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
            self.scroll_end(animate=False, immediate=True)
        else:
            self.scroll_home(animate=False, immediate=True)


_PLAIN = {"": Style(), "strong": Style(bold=True), "em": Style(italic=True), "strike": Style(strike=True)}
"""The parts that are the same in every theme."""


def _line_of(text: Static, at: int) -> int:
    """The line of a widget that has this character of its text."""
    before = str(text.visual)[:at]
    y, x = before.count("\n"), at - (before.rfind("\n") + 1)
    strips = text.render_lines(Region(0, 0, *text.outer_size))
    lines = [
        (line, start)
        for line, strip in enumerate(strips)
        for start, of, _ in places(strip)
        if of == y and start <= x
    ]
    return max(lines, default=(0, 0))[0]
