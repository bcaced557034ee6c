"""Pages as a browser's clipboard gives them, in all their variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from paperreader.dumps import Dump, read_dump

Pair = tuple[str, str]

HEADER = (
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
)
TODAY = date(2026, 11, 21)
FURNITURE = (
    *("12", "3", "1.2k", "1,024", "+3", "▲ 7", "Upvote", "Upvote 12", "12 upvotes", "3 comments"),
    *("· 5 authors", "5 authors", "1 author", "· 12 authors · Published on Sep 4, 2025", "Submitted by bob"),
    *("Submitted by\n\nakhaliq", "Submitted by\n\nbob-7\n\n44", "arXiv Page"),
    *("View PDF", "https://hf.co/papers/1", "arXiv:2601.01234", "GitHub 1.2k"),
)


def page(
    pairs: Iterable[Pair],
    *,
    header: Sequence[str] = HEADER,
    day: str = "Sep 9",
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> str:
    """A page of papers, with what stands before and after each of them."""
    body = [part for title, abstract in pairs for part in (*before, title, abstract, *after)]
    return "\n\n".join([*header, *([day] if day else []), *body])


def read(text: str | bytes, name: str = "page.txt", modified: date = TODAY, year: int | None = None) -> Dump:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return read_dump(data, name, modified, year)


def pairs_of(dump: Dump) -> list[Pair]:
    return [(entry.title, entry.abstract) for entry in dump.entries]


def papers(count: int) -> list[Pair]:
    """Papers of the usual lengths."""
    return [
        (f"A Study of the Number {i} and Its Uses", f"We study {i}. {'It is good. ' * (40 + i % 7)}Done.")
        for i in range(1, count + 1)
    ]
