"""The same papers in every form that is read."""

from __future__ import annotations

import bz2
import csv
import gzip
import html
import io
import json
import lzma
import sys
import zipfile
from collections.abc import Callable
from typing import Any

from .rendering import Pair, page, papers

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAPERS = papers(4)


def api_row(number: int, pair: Pair) -> dict[str, Any]:
    """A row of the Daily Papers API, as it is in 2026."""
    title, abstract = pair
    return {
        "paper": {
            "id": f"2601.0000{number}",
            "authors": [
                {"_id": "1", "name": "Ada Lovelace ", "hidden": False},
                {"name": "Émilie du Châtelet"},
            ],
            "publishedAt": "2026-01-01T00:00:00.000Z",
            "submittedOnDailyAt": "2026-01-05T00:00:00.000Z",
            "title": title.replace(" of ", "\n  of "),
            "summary": abstract,
            "upvotes": 10 + number,
            "githubRepo": "https://github.com/a/b",
            "projectPage": "https://a.example/b",
            "ai_summary": "It studies a number.",
            "ai_keywords": ["numbers", "uses"],
        },
        "publishedAt": "2026-01-02T12:00:00.000Z",
        "title": title,
        "summary": abstract,
        "numComments": number,
    }


ROWS = [api_row(number, pair) for number, pair in enumerate(PAPERS, 1)]


def old_row(row: dict[str, Any]) -> dict[str, Any]:
    """The same row as the API gave it in 2024."""
    kept = {
        name: row["paper"][name] for name in ("id", "authors", "publishedAt", "title", "summary", "upvotes")
    }
    outer = {name: row[name] for name in ("publishedAt", "title", "numComments")}
    return {"paper": kept, **outer, "mediaUrl": "https://cdn.example/a.png"}


def bulk(number: int, pair: Pair) -> dict[str, Any]:
    """A record of arXiv's bulk snapshot."""
    return {
        "id": f"2601.0000{number}",
        "submitter": "Ada",
        "authors": "A. Lovelace and \\'Emilie du Ch\\^atelet",
        "title": pair[0].replace(" of ", "\n  of "),
        "comments": "12 pages",
        "journal-ref": "Journal of Numbers 12 (2026)",
        "doi": f"10.1234/AbC.{number}",
        "categories": "math.NT cs.LG",
        "abstract": f"  {pair[1]}\n",
        "versions": [{"version": "v1", "created": "Thu, 1 Jan 2026 19:18:42 GMT"}],
        "update_date": "2026-02-03",
        "authors_parsed": [["Lovelace", "Ada", ""], ["du Châtelet", "Émilie", "", "Paris"]],
    }


def listed(number: int, pair: Pair) -> dict[str, Any]:
    """A record of the lists that are made from it."""
    title, abstract = pair
    return {
        "id": f"2601.0000{number}",
        "title": title,
        "abstract": abstract,
        "authors": ["Ada Lovelace", "Émilie du Châtelet"],
        "categories": ["math.NT", "cs.LG"],
        "days": ["2026-01-06", "2026-01-07"],
    }


def csl(number: int, pair: Pair) -> dict[str, Any]:
    """An item of CSL-JSON."""
    title, abstract = pair
    authors = [{"family": "Lovelace", "given": "Ada"}, {"literal": "The Team"}]
    return {
        **{
            "id": f"x{number}",
            "type": "article-journal",
            "title": title,
            "abstract": abstract,
            "author": authors,
        },
        **{"issued": {"date-parts": [[2026, 1, "2"]]}, "DOI": f"10.1234/AbC.{number}"},
        **{"container-title": "Journal of Numbers", "URL": f"http://arxiv.org/abs/2601.0000{number}v2"},
    }


def html_page() -> str:
    """The page of the site, as a browser saves it."""
    props = html.escape(json.dumps({"dailyPapers": ROWS, "date": "2026-01-05"}))
    return (
        '<!DOCTYPE html>\n<html><head><script>if (1 < 2) { "</p" }</script></head>\n<body class=x>'
        f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{props}"><p>A</div>'
        "</body>"
    )


def atom() -> str:
    """An answer of arXiv's API."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2601.0000{number}v2</id><updated>2026-02-03T17:59:59Z</updated>"
        f"<published>2026-01-01T17:59:59Z</published><title>{html.escape(title)}</title>\n"
        f"<summary>  {html.escape(abstract)}\n</summary><author><name>Ada Lovelace</name></author>"
        '<link href="http://arxiv.org/abs/2601.00001v2" rel="alternate" type="text/html"/>'
        '<link title="pdf" href="http://arxiv.org/pdf/2601.00001v2" rel="related" type="application/pdf"/>'
        '<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="math.NT"/>'
        '<arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Num. 12</arxiv:journal_ref>'
        '<category term="cs.LG"/><category term="math.NT"/></entry>\n'
        for number, (title, abstract) in enumerate(PAPERS, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>ArXiv Query</title><updated>2026-03-04T00:00:00-05:00</updated>\n{entries}</feed>\n"
    )


def bibtex() -> str:
    """A file of BibTeX."""
    entries = [
        f"@article{{key{number % 2},\n"
        "  author = {Lovelace, Ada and {The Team} and {\\'E}milie du Ch{\\^a}telet},\n"
        f"  title = {{{{{title[:7]}}}{title[7:]}}},\n  abstract = {{{abstract}}},\n  journal = jn,\n"
        f'  year = 2026, month = "01", day = {{02}},\n  eprint = {{2601.0000{number}v1}},\n'
        f"  archiveprefix = {{arXiv}}, primaryclass = {{math.NT}}, doi = {{10.1234/AbC.{number}}}\n}}\n"
        for number, (title, abstract) in enumerate(PAPERS, 1)
    ]
    return "% my papers\n\n@string{jn = {Journal of Numbers}}\n@comment{nothing}\n" + "\n".join(entries)


def wrapped(abstract: str) -> str:
    """The abstract in two lines."""
    return abstract.replace(". ", ".\n", 1)


def ris() -> str:
    """A file of RIS."""
    return "\n".join(
        f"TY  - JOUR\nAU  - Lovelace, Ada\nAU  - du Châtelet, Émilie\n"
        f"TI  - {title}\nAB  - {wrapped(abstract)}\n"
        f"JO  - Journal of Numbers\nDO  - 10.1234/AbC.{number}\nPY  - 2026\nDA  - 2026/01/02/\n"
        f"UR  - https://arxiv.org/abs/2601.0000{number}\nKW  - numbers\nER  - \n"
        for number, (title, abstract) in enumerate(PAPERS, 1)
    )


def table(delimiter: str) -> str:
    """CSV and the like."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["ID", "Title", "Abstract", "Authors", "Date", "Upvotes", "URL"])
    for number, (title, abstract) in enumerate(PAPERS, 1):
        names = "Ada Lovelace; Châtelet, Émilie du"
        row = (
            f"2601.0000{number}v3",
            title,
            wrapped(abstract),
            names,
            "2026-01-02",
            10 + number,
            "https://a.example/b",
        )
        writer.writerow(row)
    return file.getvalue()


def lines(rows: list[dict[str, Any]]) -> str:
    """JSON lines."""
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def _each(make: Callable[[int, Pair], dict[str, Any]]) -> list[dict[str, Any]]:
    return [make(number, pair) for number, pair in enumerate(PAPERS, 1)]


FORMS: dict[str, str] = {
    "a page": page(PAPERS),
    "a saved page": html_page(),
    "API, a list": json.dumps(ROWS),
    "API, indented": json.dumps(ROWS, indent=1, ensure_ascii=False),
    "API, old rows": json.dumps(list(map(old_row, ROWS))),
    "API, Python's repr": json.dumps(list(map(repr, ROWS)), indent=2),
    "API, wrapped": json.dumps({"status": "success", "date": "2026-01-05", "count": 4, "data": ROWS}),
    "API, repr wrapped": json.dumps({"date": "2026-01-05", "data": list(map(repr, ROWS))}, indent=2),
    "API, lines": lines(ROWS),
    "API, answers one a line": lines([{"data": ROWS[:2]}, {"data": ROWS[2:]}]),
    "API, papers alone": json.dumps([row["paper"] for row in ROWS]),
    "arXiv, bulk": lines(_each(bulk)),
    "arXiv, lists": lines(_each(listed)),
    "arXiv, Atom": atom(),
    "BibTeX": bibtex(),
    "RIS": ris(),
    "CSL": json.dumps(_each(csl), indent=2),
    "CSV": table(","),
    "CSV, semicolons": table(";"),
    "TSV": table("\t"),
    "JSON lines": lines([{"title": title, "abstract": abstract} for title, abstract in PAPERS]),
    "JSON objects": "\n".join(json.dumps({"Title": t, "Summary": a}, indent=1) for t, a in PAPERS),
}
"""Every form, with the same papers in it."""


def _zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        archive.writestr("folder/file", data)
    return file.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "gzip": gzip.compress,
    "gzip, two members": lambda data: gzip.compress(data[:500]) + gzip.compress(data[500:]),
    "xz": lzma.compress,
    "zstd": zstd.compress,
    "zstd, two frames": lambda data: zstd.compress(data[:500]) + zstd.compress(data[500:]),
    "bzip2": bz2.compress,
    "zip": _zipped,
    "gzip in zip": lambda data: _zipped(gzip.compress(data)),
}
"""What a file may be compressed with."""
