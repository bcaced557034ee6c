"""`paperreader search QUERY`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperreader.cli.shared import bring_up_to_date, library_at, opened, parser_for, say

if TYPE_CHECKING:
    from paperreader.library import Answer, Library
    from paperreader.paper import Paper


def run(given: Sequence[str]) -> int:
    """Print what matches; also nothing is an answer."""
    from typing import get_args

    from paperreader.library import IndexUnusable, Sort

    parser = parser_for("search", "Find papers, as the filter of the reader does.")
    parser.add_argument(
        "query", metavar="QUERY", nargs="+", help='such as: attention title:"neural network" -bert'
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--limit", type=_count, metavar="N", help="at most N papers")
    parser.add_argument(
        "--sort", choices=get_args(Sort), default="relevance", help="relevance, where the query has words"
    )
    # -word leaves papers with that word out; with a space before it, argparse takes it for no option
    words = [f" {a}" if a.startswith("-") and a[1:2] not in ("", "-") and a != "-h" else a for a in given]
    options = parser.parse_args(words)
    library = opened(library_at(options.library))
    query = " ".join(options.query)
    try:
        answer, papers = _answered(library, query, options)
    except IndexUnusable as reason:
        bring_up_to_date(library, f"the index is {reason}: made again from the dumps")
        answer, papers = _answered(library, query, options)
    for paper in papers:
        print(_as_json(library, paper) if options.json else _as_line(library, paper))
    sys.stdout.flush()
    for remark in answer.remarks:
        say(remark)
    if not papers:
        say(f"nothing matches; did you mean: {answer.meant}" if answer.meant else "nothing matches")
    return 0


def _answered(library: Library, query: str, options: argparse.Namespace) -> tuple[Answer, list[Paper]]:
    """The answer, and its papers as far as they are wanted; none where there are only near ones."""
    answer = library.search(query, sort=options.sort)
    ordinals = () if answer.meant else answer.ordinals[: options.limit]
    return answer, [library.paper(ordinal) for ordinal in ordinals]


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of papers")
    return int(text)


def _as_json(library: Library, paper: Paper) -> str:
    annotation = library.annotation(paper)
    return json.dumps(
        {
            "id": paper.id,
            "title": paper.title,
            "abstract": paper.abstract,
            "dates": [day.isoformat() for day in paper.days],
            "dumps": [sighting.name for sighting in paper.sightings],
            "starred": annotation.starred,
            "read": annotation.read,
            "skipped": annotation.skipped,
            "later": annotation.later,
            "tags": list(annotation.tags),
            "note": annotation.note,
        },
        # a letter that the encoding lacks is escaped: this is read by programs
        ensure_ascii=not (sys.stdout.encoding or "").lower().startswith("utf"),
    )


def _as_line(library: Library, paper: Paper) -> str:
    day = paper.days[-1].isoformat() if paper.days else " " * 10
    return f"{day}  {'★' if library.annotation(paper).starred else ' '}  {paper.title}"
