"""A row of the Daily Papers API: a paper, and how it came to the list."""

from __future__ import annotations

from datetime import date

from paperreader.dumps.dump import Entry
from paperreader.dumps.fields import (
    Row,
    arxiv_id_of,
    count_of,
    day_of,
    links_of,
    names_of,
    text_of,
    texts_of,
    title_of,
)
from paperreader.paper import Details


def fits(row: Row) -> bool:
    """Whether it is such a row, or the paper of one alone."""
    return isinstance(row.get("paper"), dict) or ("upvotes" in row and "summary" in row)


def entry(row: Row, rank: int, seen: date | None) -> Entry:
    """The paper in a row. Raises NotADump when it has no title.

    There are three dates. That of the paper is its publication at arXiv; the outer one was the time
    when it was put on the list until 2025, and is a time of its publication since; "submittedOnDailyAt"
    is, in newer rows, the list's own day. In older ones `seen` is, the day of the file.
    """
    paper = row["paper"] if isinstance(row.get("paper"), dict) else row
    submitted = day_of(row.get("publishedAt")) if paper is not row else None
    listed = day_of(paper.get("submittedOnDailyAt") or row.get("submittedOnDailyAt"))
    details = Details(
        authors=names_of(paper.get("authors")),
        arxiv_id=arxiv_id_of(paper.get("id")),
        links=links_of(paper.get("githubRepo"), paper.get("projectPage")),
        published=day_of(paper.get("publishedAt")),
        submitted=submitted,
        listed=listed,
        ai_summary=text_of(paper.get("ai_summary")),
        keywords=texts_of(paper.get("ai_keywords")),
    )
    return Entry(
        title_of(paper.get("title") or row.get("title")),
        text_of(paper.get("summary")) or text_of(row.get("summary")),
        rank,
        details,
        listed or seen or submitted,
        count_of(paper.get("upvotes")),
        count_of(row.get("numComments")),
    )
