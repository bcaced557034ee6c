"""What makes an answer a list of papers."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from paperreader.fetch.problem import Problem
from paperreader.text import one_line

_LONGEST_SAID = 120


class Listing(NamedTuple):
    """The list of one day, as far as fetching looks into it."""

    papers: int
    digest: str
    """The same for two answers that list the same papers, whatever has happened to their votes."""


def check(body: bytes, content_type: str = "") -> Listing:
    """The list in an answer, whatever the answer says it is. Raises Problem when there is none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        if "html" in content_type.lower() or body.lstrip()[:1] == b"<":
            raise Problem(
                "sent a web page instead of a list; does this network ask to sign in first?",
                everywhere=True,
            ) from None
        # most of all it may have been cut short on its way
        what = "sent no JSON, or not all of it" if body.strip() else "sent nothing"
        raise Problem(what, passing=True) from None
    rows = answer.get("data") if isinstance(answer, dict) else answer
    if not isinstance(rows, list):
        raise Problem(_complaint(answer))
    ids = sorted(_id(row) for row in rows)
    return Listing(len(rows), hashlib.sha256("\n".join(ids).encode()).hexdigest()[:16])


def _complaint(answer: object) -> str:
    said = answer.get("error") if isinstance(answer, dict) else None
    if isinstance(said, str) and (line := one_line(said)):
        return f"says: {line[:_LONGEST_SAID]}"
    return "sent no list of papers"


def _id(row: object) -> str:
    paper = row.get("paper") if isinstance(row, dict) else None
    name = paper.get("id") if isinstance(paper, dict) else None
    return json.dumps(row if name is None else name, sort_keys=True)
