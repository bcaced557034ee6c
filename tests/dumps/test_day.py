"""The day on which a page was seen, and where its year comes from."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.dumps import NotADump
from paperreader.dumps.day import PageDay, date_in_name, modification_day, parse_day, seen_on

from .rendering import HEADER, page, papers, read

PAPERS = papers(2)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Sep 9", PageDay(9, 9)),
        ("September 9", PageDay(9, 9)),
        ("Sept. 9th", PageDay(9, 9)),
        ("sep 09", PageDay(9, 9)),
        ("Sep 9, 2025", PageDay(9, 9, 2025)),
        ("September 9 2025", PageDay(9, 9, 2025)),
        ("Tue, Sep 9", PageDay(9, 9)),
        ("Wednesday, September 30th, 2026", PageDay(9, 30, 2026)),
        ("9 Sep", PageDay(9, 9)),
        ("9. September 2025", PageDay(9, 9, 2025)),
        ("2025-09-09", PageDay(9, 9, 2025)),
        ("May 31", PageDay(5, 31)),
        ("Feb 29", PageDay(2, 29)),
        ("Feb 29, 2025", None),
        ("Feb 30", None),
        ("Sep 0", None),
        ("0000-01-01", None),
        ("September", None),
        ("Mayor 5", None),
        ("Sep 9 is a day", None),
        ("Sep ٩", None),
        ("", None),
    ],
)
def test_day_lines(line: str, day: PageDay | None) -> None:
    assert parse_day(line) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-01-05.txt", date(2026, 1, 5)),
        ("20260105.txt", date(2026, 1, 5)),
        ("papers_2026_01_05_b.txt", date(2026, 1, 5)),
        ("2025-09-09_2026-01-05.txt", date(2025, 9, 9)),
        ("2026-13-05 or 2026.01.05", date(2026, 1, 5)),
        ("page20260105", date(2026, 1, 5)),
        ("2026-01_05.txt", None),
        ("2026-02-29.txt", None),
        ("120260105.txt", None),
        ("000_bb5cc08f20260105.txt", None),
        ("000_bb5cc08f9438daba.txt", None),
        ("page.txt", None),
    ],
)
def test_dates_in_names(name: str, day: date | None) -> None:
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("name", "modified", "year", "day", "inferred"),
    [
        ("page.txt", date(2026, 11, 21), None, date(2026, 9, 9), True),
        ("page.txt", date(2026, 9, 9), None, date(2026, 9, 9), True),
        ("page.txt", date(2026, 9, 8), None, date(2025, 9, 9), True),
        ("page.txt", date(2026, 9, 8), 2024, date(2024, 9, 9), False),
        ("2023-09-09.txt", date(2026, 9, 8), None, date(2023, 9, 9), False),
        ("2023-09-09.txt", date(2026, 9, 8), 2024, date(2024, 9, 9), False),
        ("saved 2023-09-11.txt", date(2026, 9, 8), None, date(2023, 9, 9), False),
        ("saved 2024-01-02.txt", date(2026, 9, 8), None, date(2023, 9, 9), False),
    ],
)
def test_the_year(name: str, modified: date, year: int | None, day: date, inferred: bool) -> None:
    dump = read(page(PAPERS), name, modified, year)
    assert (dump.day, dump.inferred) == (day, inferred)


def test_new_year_around_the_date_in_the_name() -> None:
    assert read(page(PAPERS, day="Dec 31"), "2026-01-01.txt").day == date(2025, 12, 31)
    assert read(page(PAPERS, day="Jan 1"), "2025-12-31.txt").day == date(2026, 1, 1)
    assert read(page(PAPERS, day="Dec 31"), modified=date(2026, 1, 1)).day == date(2025, 12, 31)


def test_february_29() -> None:
    assert read(page(PAPERS, day="Feb 29"), modified=date(2026, 11, 21)).day == date(2024, 2, 29)
    assert read(page(PAPERS, day="Feb 29"), modified=date(1904, 2, 28)).day == date(1896, 2, 29)
    assert read(page(PAPERS, day="Feb 29"), "2024-03-01.txt").day == date(2024, 2, 29)
    assert read(page(PAPERS, day="Feb 29"), "2026-03-01.txt").day == date(2024, 2, 29)
    assert read(page(PAPERS, day="Feb 29"), "2027-12-31.txt").day == date(2028, 2, 29)
    assert read(page(PAPERS, day="Feb 29"), year=2024).day == date(2024, 2, 29)
    with pytest.raises(NotADump, match="its day, Feb 29, does not exist in the year 2025"):
        read(page(PAPERS, day="Feb 29"), year=2025)


def test_a_year_on_the_page_counts_more_than_a_file_name_of_another_day() -> None:
    dump = read(page(PAPERS, day="Mar 1, 2024"), "2026-01-05.txt")
    assert (dump.day, dump.inferred) == (date(2024, 3, 1), False)
    assert read(page(PAPERS, day="Mar 1, 2024"), year=2023).day == date(2023, 3, 1)


def test_without_a_day_line_the_date_in_the_name_counts() -> None:
    assert read(page(PAPERS, day=""), "2026-01-05.txt").day == date(2026, 1, 5)
    assert read(page(PAPERS, day=""), "2026-01-05.txt", year=2025).day == date(2025, 1, 5)
    assert read(page(PAPERS, day=""), "page.txt", year=2025).day == date.min


def test_a_title_that_is_a_day_does_not_date_the_page() -> None:
    strange = [("May 5", PAPERS[0][1]), PAPERS[1]]
    dump = read(page(strange, header=HEADER, day=""))
    assert (dump.entries[0].title, dump.day) == ("May 5", date.min)


def test_modification_days_are_in_utc() -> None:
    noon = datetime(2026, 9, 9, 23, 59, 59, tzinfo=UTC).timestamp()
    assert modification_day(noon) == date(2026, 9, 9)
    assert modification_day(noon + 1) == date(2026, 9, 10)


@pytest.mark.parametrize("mtime", [math.nan, math.inf, -1e300, 1e300])
def test_impossible_modification_times_count_as_today(mtime: float) -> None:
    assert abs(modification_day(mtime) - datetime.now(UTC).date()).days <= 1


@given(
    st.builds(lambda day: PageDay(day.month, day.day), st.dates()),
    st.none() | st.dates(),
    st.dates(),
)
def test_a_guessed_year_is_the_latest_that_is_not_in_the_future(
    page_day: PageDay, name_date: date | None, modified: date
) -> None:
    day, inferred = seen_on(page_day, name_date, modified, None)
    if name_date:
        assert not inferred
        assert (day.month, day.day) == (page_day.month, page_day.day) or day == date.min
    elif day != date.min:
        assert inferred
        assert day <= modified
        assert (modified - day).days < (8 * 366 if (page_day.month, page_day.day) == (2, 29) else 366)
