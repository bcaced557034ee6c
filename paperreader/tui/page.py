"""A paper as a page: what is on it, in which order, in which part of the theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from textual.content import Content, Span
from textual.style import Style

from paperreader.counts import counted
from paperreader.links import links, web_address
from paperreader.paper import Paper
from paperreader.tui.rows import short_day

LONGEST = 40_000
"""Characters of a text that are shown: more than people write, few enough to paint at once."""

MOST_DAYS = 10
"""Days that are named before the rest is counted."""

MOST_AUTHORS = 12
MOST_LINKS = 8
"""More are not shown."""

FindSpans = Callable[[str, str], Sequence[tuple[int, int]]]
"""(text, field) -> where the query's words stand in it."""
Part = Callable[[str], Style]
"""The name of a part of the page -> how the theme has it."""


class Page(NamedTuple):
    """What the pane shows of one paper."""

    paper: Paper
    title: str
    abstract: str
    """Title and abstract as they are to be read: LaTeX as Unicode, unless the raw text was asked for."""
    note: str
    spans: FindSpans
    facts: Sequence[tuple[str, str]]
    """Marks of the paper with the part of the theme they are painted in: ("★ starred", "star")."""
    why: str = ""
    """Why it is listed."""


class Body(NamedTuple):
    """All of a page but the note."""

    content: Content
    abstract: range
    """The lines of the text, not wrapped, that are the abstract."""


def body(page: Page, part: Part) -> Body:
    """The title, who and where, when it was seen, the abstract, and what else dumps say of it."""
    title = text_of(page.title, "title", page.spans, part).stylize_before(part("title"))
    about = [Content.styled(line[:LONGEST], part("meta")) for line in about_lines(page.paper)]
    why = [Content.styled(page.why[:LONGEST], part("meta"))] if page.why else []
    above = [title, Content("\n").join([*about, _seen_line(page, part), *why])]
    first = sum(content.plain.count("\n") + 2 for content in above)
    text = text_of(page.abstract, "abstract", page.spans, part, whole=len(page.paper.abstract))
    parts = [*above, *([text] if page.abstract else []), *_beside(page.paper, part)]
    last = first + text.plain.count("\n") + 1 if page.abstract else first
    return Body(Content("\n\n").join(parts), range(first, last))


def text_of(text: str, field: str, spans: FindSpans, part: Part, *, whole: int = 0) -> Content:
    """A text with its links and with what the query matches; `whole` are its characters before it was cut."""
    content = marked(Content(text), spans(text, field), part("match"), links_in(text, part))
    if whole > LONGEST:
        content += Content.styled(f"\n\n… {whole - LONGEST:,} characters more", part("meta"))
    return content


def marked(
    content: Content, places: Sequence[tuple[int, int]], style: Style, below: Sequence[Span] = ()
) -> Content:
    """The content with these places in it painted over what is there."""
    return content.add_spans([*below, *(Span(start, end, style) for start, end in places)])


def links_in(text: str, part: Part) -> list[Span]:
    """The links of a text, which a click opens."""
    return [Span(at.start, at.end, part("link") + Style(link=at.url)) for at in links(text)]


def _beside(paper: Paper, part: Part) -> list[Content]:
    details = paper.details
    said = {"In a sentence, by a machine": details.ai_summary, "Keywords": ", ".join(details.keywords)}
    beside = [Content.styled(f"{k}: {v}"[:LONGEST], part("meta")) for k, v in said.items() if v]
    given = [*details.links[:MOST_LINKS], *([f"https://doi.org/{details.doi}"] if details.doi else [])]
    urls = list(dict.fromkeys(filter(None, map(web_address, given))))[:MOST_LINKS]
    if urls:
        lines = [Content(url, [Span(0, len(url), part("link") + Style(link=url))]) for url in urls]
        beside.append(Content("\n").join(lines))
    return beside


def _seen_line(page: Page, part: Part) -> Content:
    facts = Content("  ").join([Content.styled(text, part(name)) for text, name in page.facts])
    seen = Content.styled(_seen(page.paper), part("meta"))
    return Content("   ").join([seen, facts]) if page.facts else seen


def about_lines(paper: Paper) -> list[str]:
    """Who wrote it; where and when it appeared; a line each, none where nothing is known."""
    details = paper.details
    authors = list(details.authors[:MOST_AUTHORS])
    if len(details.authors) > MOST_AUTHORS:
        authors.append(f"and {len(details.authors) - MOST_AUTHORS} others")
    days = [
        ("published", details.published),
        ("this version", details.updated if details.updated != details.published else None),
        ("listed", details.listed if details.listed not in paper.days else None),
    ]
    where = [
        details.venue,
        ", ".join(f"{what} {_day(day)}" for what, day in days if day),
        f"arXiv {details.arxiv_id}" if details.arxiv_id else "",
        " ".join(details.categories),
        f"▲ {paper.upvotes:,}" if paper.upvotes else "",
        counted(paper.comments, "comment") if paper.comments else "",
    ]
    line = " · ".join(filter(None, where))
    return [line for line in (", ".join(authors), line[:1].upper() + line[1:]) if line]


def _day(day: date) -> str:
    """A day with its year: when a paper appeared, unlike when it was seen, one wants to know in full."""
    return f"{day:%b} {day.day}, {day.year}"


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
