"""`paperreader search QUERY`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from paperreader.cli.shared import Failure, bring_up_to_date, library_at, opened, parser_for, say

if TYPE_CHECKING:
    from paperreader.library import Answer, Library
    from paperreader.paper import Paper


def run(given: Sequence[str]) -> int:
    """Print what matches; also nothing is an answer."""
    from typing import get_args

    from paperreader.library import IndexUnusable, Sort

    parser = parser_for("search", "Find papers, as the filter of the reader does.")
    parser.add_argument(
        "query", metavar="QUERY", nargs="*", help='such as: attention title:"neural network" -bert'
    )
    parser.add_argument("--saved", metavar="NAME", help="what a search finds that was saved in the reader")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a line, texts as they came")
    form.add_argument("--format", choices=("bibtex", "markdown"), help="for other programs, with abstracts")
    form.add_argument("--raw", action="store_true", help="titles as they came, LaTeX and all")
    parser.add_argument("--limit", type=_count, metavar="N", help="at most N papers")
    parser.add_argument("--sort", choices=get_args(Sort), help="relevance, where the query has words")
    # -word leaves papers with that word out; with a space before it, argparse takes it for no option
    words = [f" {a}" if a.startswith("-") and a[1:2] not in ("", "-") and a != "-h" else a for a in given]
    options = parser.parse_args(words)
    if not any(value not in (None, False, []) for name, value in vars(options).items() if name != "library"):
        parser.error("a QUERY is needed, or an option: --sort date lists all papers")
    library = library_at(options.library)
    query = " ".join(options.query)
    if options.saved is not None:
        query = _with_saved(options.saved, query)
    _refuse_meaningless(query)
    opened(library)
    printed: set[str] = set()
    write = _writer(options)
    try:
        answer = _print(library, query, options, write, printed)
    except IndexUnusable as reason:
        bring_up_to_date(library, f"the index is {reason}: made again from the dumps")
        answer = _print(library, query, options, write, printed)
    sys.stdout.flush()
    for remark in answer.remarks:
        say(remark)
    if answer.meant or not answer.ordinals:
        say(f"nothing matches; did you mean: {answer.meant}" if answer.meant else "nothing matches")
    return 0


def _writer(options: argparse.Namespace) -> Callable[[Library, Paper], str]:
    """What makes a text of a paper, in the form that is asked for."""
    if options.format is None:
        return _as_json if options.json else _as_it_came if options.raw else _as_line
    from paperreader.export import bibtex, markdown

    if options.format == "markdown":
        return lambda library, paper: markdown(paper, library.annotation(paper).note)
    taken: set[str] = set()
    return lambda _, paper: bibtex(paper, taken)


def _with_saved(name: str, query: str) -> str:
    """What finds those that the saved search of that name finds, and the query as well. Raises Failure."""
    from paperreader import config, places
    from paperreader.searches import joined

    searches = config.usable(places.config_file())[0].searches
    if name not in searches:
        known = ", ".join(searches) or "none; ctrl+s in the filter of the reader saves one"
        raise Failure(f"no search is called {name!r}; there are: {known}")
    return joined(searches[name], query)


def _refuse_meaningless(query: str) -> None:
    """Raise Failure for a filter such as is:stared: without it, a pipe would get the whole library."""
    import difflib
    from datetime import date

    from paperreader.index.filters import STATES
    from paperreader.index.query import parse

    # with a space at its end nothing in it is still being typed
    for ignored in parse(f"{query} ", date.today()).typed.ignored:
        name, _, value = ignored.partition(":")
        hint = ""
        if name == "is":
            known = (*STATES, "unread")
            near = difflib.get_close_matches(value, known, 1)
            hint = f"; did you mean is:{near[0]}" if near else f"; there are: is:{', is:'.join(known)}"
        raise Failure(f"{ignored} means nothing{hint}")


def _print(
    library: Library,
    query: str,
    options: argparse.Namespace,
    write: Callable[[Library, Paper], str],
    printed: set[str],
) -> Answer:
    """Print the papers that match, as far as they are wanted; none where there are only near ones.

    They are read one by one. Those whose ids are in `printed` are left out; the others are put there.
    """
    answer = library.search(query, sort=options.sort)
    for ordinal in () if answer.meant else answer.ordinals[: options.limit]:
        paper = library.paper(ordinal)
        if paper.id not in printed:
            print(write(library, paper))
            printed.add(paper.id)
    return answer


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of papers")
    return int(text)


def _as_json(library: Library, paper: Paper) -> str:
    from paperreader.links import leads, search_url

    annotation, details = library.annotation(paper), paper.details
    return json.dumps(
        {
            "id": paper.id,
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": details.authors,
            "arxiv_id": details.arxiv_id,
            "doi": details.doi,
            "venue": details.venue,
            "published": details.published.isoformat() if details.published else None,
            "categories": details.categories,
            "keywords": details.keywords,
            "urls": [lead.url for lead in leads(paper) if lead.url != search_url(paper)],
            "upvotes": paper.upvotes,
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
    from paperreader.latex import unlatex

    return _line(library, paper, unlatex(paper.title))


def _as_it_came(library: Library, paper: Paper) -> str:
    return _line(library, paper, paper.title)


def _line(library: Library, paper: Paper, title: str) -> str:
    day = paper.days[-1].isoformat() if paper.days else " " * 10
    return f"{day}  {'★' if library.annotation(paper).starred else ' '}  {title}"
