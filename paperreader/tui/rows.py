"""A paper as two lines of the list: what they say, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from rich.cells import cell_len, chop_cells
from textual.content import Content, Span
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from paperreader.tui.labels import label, part
from paperreader.tui.virtual_list import first_line

GUTTER = 3
"""Cells before the text: the cursor's bar, a mark, a space."""

LONGEST = 1000
"""Characters of a title that are looked at; no terminal line is longer."""


class Row(NamedTuple):
    """What the list shows of one paper."""

    title: str
    day: date
    """Of the latest sighting; `date.min` when unknown."""
    sightings: int
    figures: Sequence[str] = ()
    """What is said of it besides; "" is left out."""
    spans: Sequence[tuple[int, int]] = ()
    """Where the query's words stand in the title."""
    starred: bool = False
    new: bool = False
    noted: bool = False
    read: bool = False
    unsaved: bool = False
    skipped: bool = False
    later: bool = False
    tags: Sequence[str] = ()


class Styles(Protocol):
    """The styles a row is painted with, as the theme has them."""

    def style(self, name: str) -> Style:
        """The style of one part: base, cursor, match, meta, star, new, read, skipped…"""


def today() -> date:
    """This day; the one place where the screen asks for it."""
    return date.today()


def short_day(day: date) -> str:
    """A day as people write it: "Sep 9", with the year when it is not this one; "" when unknown."""
    if day == date.min:
        return ""
    text = f"{day:%b} {day.day}"
    return text if day.year == today().year else f"{text}, {day.year}"


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, cut at a word with an ellipsis where it is longer."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    head = chop_cells(text, width - 1)[0] if width > 1 else ""
    if not text[len(head) : len(head) + 1].isspace():
        at_word = head.rpartition(" ")[0]
        # a word too long for half a line is broken: better than an empty line
        head = at_word if cell_len(at_word) * 2 >= width else head
    return head.rstrip() + "…"


def paint(row: Row, width: int, styles: Styles, options: RenderOptions, *, here: bool) -> tuple[Strip, Strip]:
    """The two lines of a row, each exactly `width` cells."""
    base = styles.style("cursor" if here else "base")
    bar = "▌" if here else " "
    dimmed = "" if here else "skipped" if row.skipped else "read" if row.read else ""
    text_style = styles.style(dimmed) if dimmed else Style.null()
    (mark, mark_part), (below, below_part) = _marks(row, here=here)
    about = "meta-here" if here else "meta"
    title = cut(row.title[:LONGEST], width - GUTTER - 1)
    spans = [Span(0, 1, styles.style("bar")), Span(1, 2, styles.style(mark_part))]
    spans.append(Span(GUTTER, GUTTER + len(title), text_style))
    matched = styles.style("match")
    spans += [Span(a + GUTTER, min(b, len(title)) + GUTTER, matched) for a, b in row.spans if a < len(title)]
    first = Content(f"{bar}{mark} {title}", spans)

    meta = "  ".join(filter(None, _facts(row)))
    meta_spans = [
        Span(0, 1, styles.style("bar")),
        Span(1, 2, styles.style(below_part)),
        Span(GUTTER, GUTTER + len(meta), styles.style(about)),
    ]
    if row.unsaved:
        meta_spans.append(
            Span(GUTTER + len(meta) - len("unsaved"), GUTTER + len(meta), styles.style("unsaved"))
        )
    shown = cut(f"{bar}{below} {meta}", width)
    for tag in row.tags:
        name, room = label(tag), width - cell_len(shown) - 2
        if cell_len(name) > room:
            shown += "  …"[: room + 2]
            break
        meta_spans.append(Span(len(shown) + 2, len(shown) + 2 + len(name), styles.style(part(tag))))
        shown += f"  {name}"
    second = Content(shown, [span for span in meta_spans if span.start < len(shown)])
    return first_line(first, width, base, options), first_line(second, width, base, options)


def _marks(row: Row, *, here: bool) -> list[tuple[str, str]]:
    """The two marks that count most, each with the part of the theme it is painted in."""
    marks = [
        ("★", "star", row.starred),
        ("◔", "later", row.later),
        ("●", "new", row.new),
        ("–", "meta-here" if here else "skipped", row.skipped),
    ]
    return [*((mark, part) for mark, part, holds in marks if holds), (" ", "meta"), (" ", "meta")][:2]


def _facts(row: Row) -> tuple[str, ...]:
    return (
        short_day(row.day) or ("" if row.sightings else "in no dump any more"),
        *row.figures,
        "✎" if row.noted else "",
        "unsaved" if row.unsaved else "",
    )
