"""Libraries of made papers, made the way a reader's own came to be: by importing saved pages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import FIRST_DAY, Record, made
from benchmarks.pages import PAPERS_A_PAGE, page_text
from paperreader.library import Library


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for libraries, which goes away again; nothing of the reader's own is read or written."""
    with TemporaryDirectory(prefix="benchmark-") as temporary:
        folder = Path(temporary)
        os.environ |= {
            "PAPERREADER_STATE": str(folder / "state"),
            "PAPERREADER_CONFIG": str(folder / "config"),
        }
        yield folder


def make(folder: Path, count: int) -> Library:
    """A library of that many papers, fifty a day."""
    pages = folder / "pages"
    pages.mkdir(parents=True)
    records = made(count)
    for day in range(-(-count // PAPERS_A_PAGE)):
        write_page(pages, FIRST_DAY + timedelta(day), islice(records, PAPERS_A_PAGE))
    library = Library(folder / "library")
    library.take_in([str(pages)])
    if len(library) != count:
        raise SystemExit(f"{len(library):,} papers were imported of {count:,}")
    return library


def write_page(folder: Path, day: date, records: Iterable[Record]) -> Path:
    """Save papers as the page of a day."""
    page = folder / f"{day.isoformat()}.txt"
    page.write_text(page_text(day, ((record.title, record.abstract) for record in records)), encoding="utf-8")
    return page
