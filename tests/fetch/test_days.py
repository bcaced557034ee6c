"""Which days a command line asks for, and which of them are still missing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.fetch import Asked, Record
from paperreader.fetch.answer import Listing
from paperreader.fetch.days import FIRST, month, one_day, since
from tests.fetch.conftest import TODAY

SOME, NONE = Listing(3, "abc"), Listing(0, "")


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def test_a_day_is_asked_for_even_if_it_is_here() -> None:
    assert one_day("2026-08-01", TODAY) == (date(2026, 8, 1), date(2026, 8, 1), True)


def test_days_come_newest_first_and_end_today() -> None:
    assert since("2026-08-19", TODAY).days(TODAY) == [ago(0), ago(1), ago(2)]
    august = month("2026-08", TODAY).days(TODAY)
    assert (august[0], august[-1], len(august)) == (TODAY, date(2026, 8, 1), 21)
    assert len(month("2024-02", TODAY).days(TODAY)) == 29


def test_before_the_first_list_nothing_is_asked_for() -> None:
    assert since("0001-01-01", TODAY).days(TODAY)[-1] == FIRST
    assert month("2023-05", TODAY).days(TODAY)[-1] == FIRST


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (one_day, "2026-08-22", "yet to come"),
        (since, "2027-01-01", "yet to come"),
        (month, "2026-09", "yet to come"),
        (one_day, "2023-05-03", "no lists before 2023-05-04"),
        (month, "2023-04", "no lists before 2023-05-04"),
        (one_day, "2026-02-30", "is not a day such as 2026-08-21"),
        (one_day, "20260821", "is not a day such as 2026-08-21"),
        (one_day, "٢٠٢٦-٠٨-٢١", "is not a day such as 2026-08-21"),
        (since, "yesterday", "is not a day such as 2026-08-21"),
        (month, "2026-13", "is not a month such as 2026-08"),
        (month, "2026-08-01", "is not a month such as 2026-08"),
        (month, "0000-01", "is not a month such as 2026-08"),
        (month, "", "is not a month such as 2026-08"),
    ],
)
def test_what_is_no_day_is_said_to_be_none(read: object, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(text, TODAY)  # type: ignore[operator]


@given(st.text(max_size=12) | st.from_regex(r"\d{1,4}-\d{1,2}(-\d{1,2})?", fullmatch=True))
def test_no_text_makes_it_raise_anything_else(text: str) -> None:
    for read in (one_day, since, month):
        try:
            days = read(text, TODAY).days(TODAY)
        except ValueError as error:
            assert "\n" not in str(error)
        else:
            assert days and max(days) <= TODAY and min(days) >= FIRST


def record(folder: Path, *held: date) -> Record:
    return Record(folder, folder / "library", held)


def test_the_first_fetch_brings_seven_days(tmp_path: Path) -> None:
    assert record(tmp_path).missing(None, TODAY) == [ago(n) for n in range(7)]


def test_the_next_one_brings_what_came_since_and_what_failed(tmp_path: Path) -> None:
    first = record(tmp_path)
    for day in first.missing(None, TODAY):
        if day != ago(4):
            first.add(day, SOME, TODAY)
    held = [ago(n) for n in range(7)]
    # today's list and yesterday's may have grown since
    assert record(tmp_path, *held).missing(None, TODAY) == [ago(0), ago(1), ago(4)]
    later = TODAY + timedelta(30)
    assert record(tmp_path, *held).missing(None, later) == [
        *(later - timedelta(n) for n in range(32)),
        ago(4),
    ]


def test_a_day_without_papers_is_remembered_unless_it_is_young(tmp_path: Path) -> None:
    for n in range(3):
        record(tmp_path).add(ago(n), NONE, TODAY)
    assert record(tmp_path).missing(Asked(ago(3), TODAY), TODAY) == [ago(0), ago(1), ago(3)]


def test_a_day_whose_dump_is_gone_is_missing(tmp_path: Path) -> None:
    record(tmp_path).add(ago(5), SOME, TODAY)
    asked = Asked(ago(5), ago(5))
    assert record(tmp_path, ago(5)).missing(asked, TODAY) == []
    assert record(tmp_path).missing(asked, TODAY) == [ago(5)]
    assert record(tmp_path, ago(5)).same(ago(5), SOME)
    assert not record(tmp_path).same(ago(5), SOME)
    assert not record(tmp_path, ago(5)).same(ago(5), Listing(3, "other"))


def test_each_library_has_days_of_its_own(tmp_path: Path) -> None:
    record(tmp_path).add(ago(5), NONE, TODAY)
    other = Record(tmp_path, tmp_path / "other", ())
    other.add(ago(6), NONE, TODAY)
    asked = Asked(ago(6), ago(5))
    assert record(tmp_path).missing(asked, TODAY) == [ago(6)]
    assert Record(tmp_path, tmp_path / "other", ()).missing(asked, TODAY) == [ago(5)]


def test_days_that_another_program_fetched_meanwhile_are_kept(tmp_path: Path) -> None:
    one, other = record(tmp_path), record(tmp_path)
    one.add(ago(5), NONE, TODAY)
    other.add(ago(6), NONE, TODAY)
    one.add(ago(7), NONE, TODAY)
    assert record(tmp_path).missing(Asked(ago(8), ago(5)), TODAY) == [ago(8)]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["2026-08-01", "asked"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["2026-08-01", "asked", "papers", "since", "days", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_a_damaged_record_is_no_worse_than_none(
    tmp_path_factory: pytest.TempPathFactory, damaged: object
) -> None:
    folder = tmp_path_factory.mktemp("state")
    library = str((folder / "library").absolute())
    for text in (json.dumps(damaged), json.dumps({library: damaged})):
        (folder / "fetched.json").write_text(text)
        assert TODAY in record(folder).missing(None, TODAY)
        record(folder).add(ago(5), NONE, TODAY)
        assert record(folder).missing(Asked(ago(5), ago(5)), TODAY) == []
