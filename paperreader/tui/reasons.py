"""Why a paper stands where it does: what it is like, and what is going on with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from paperreader.library import Answer
from paperreader.paper import LATELY, Paper
from paperreader.tui.page import FindSpans

_IN_A_ROW = 3
"""Words that a row of the list has room for."""


def why(answer: Answer, paper: Paper, *, near: bool) -> str:
    """The words for which the paper is listed, for its page; `near` if it is listed as near to another."""
    words = ", ".join(answer.because(paper))
    return f"{'Near by' if near else 'Because of'}: {words}" if words else ""


def figures(answer: Answer, paper: Paper, newest: date) -> Sequence[str]:
    """What a row says besides the day: the words for which it is listed, the trend, or how often it was seen.

    `newest` is the latest day of the library.
    """
    often = f"×{paper.seen}" if paper.seen > 1 else ""
    if answer.alike:
        return often, ", ".join(answer.because(paper)[:_IN_A_ROW])
    if answer.sort != "trending":
        return (often,)
    lately = paper.seen_lately(newest)
    return (
        f"×{lately} in {LATELY} days" if lately > 1 else "",
        f"{often} in all" if lately != paper.seen > 1 else "",
        f"▲ {paper.upvotes:,}" if paper.upvotes else "",
    )


def spans(answer: Answer, paper: Paper) -> FindSpans:
    """What finds the words of the query in texts, and those for which the paper is listed."""
    found = [answer.marks] if answer.marks else []
    if answer.alike:
        found.append(answer.alike.marks(answer.because(paper)))
    return lambda text, field: sorted({span for marks in found for span in marks.spans(text, field)})
