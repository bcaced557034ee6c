"""How long is waited before a site is asked again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.fetch.patience import back_off, in_words, retry_after

NOW = datetime(2026, 8, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        (" 0 ", 0),
        ("Fri, 21 Aug 2026 12:01:30 GMT", 90),
        ("Friday, 21-Aug-26 12:01:30 GMT", 90),
        ("Fri Aug 21 12:01:30 2026", 90),
        ("Fri, 21 Aug 2026 11:00:00 GMT", 0),
        ("Fri, 21 Aug 2026 14:00:30 +0200", 30),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("Fri, 99 Aug 2026 12:01:30 GMT", None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40) | st.integers().map(str))
def test_no_header_makes_it_raise(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0


@given(st.integers(1, 50), st.floats(0, 1))
def test_each_pause_is_longer_and_none_is_too_long(attempt: int, chance: float) -> None:
    pause = back_off(attempt, lambda: chance)
    assert 0.5 <= pause <= 30
    # not everybody comes back at the same moment, but nobody comes back before half of the time
    assert back_off(attempt, lambda: 0) * 2 == back_off(attempt, lambda: 1)
    assert back_off(attempt, lambda: chance) <= back_off(attempt + 1, lambda: chance)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (1, "1 second"),
        (30, "30 seconds"),
        (300, "5 minutes"),
        (7200, "2 hours"),
        (3e5, "3 days"),
    ],
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
