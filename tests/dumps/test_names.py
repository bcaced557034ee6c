"""Names of stored files: safe on every system, and the same when read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.dumps.names import dated_name, safe_name, split_stored, stored_name
from paperreader.text import one_line

ID = "0123456789abcdef"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("page.txt", "page.txt"),
        ("Daily Papers, Sep 9.txt", "Daily Papers, Sep 9.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/a/b/", "b"),
        ("..", "_"),
        ("", "_"),
        (".hidden.txt", "hidden.txt"),
        ("....txt", "txt"),
        ("a:b*c?.txt", "a_b_c_.txt"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1.page.txt", "_com1.page.txt"),
        ("console.txt", "console.txt"),
        ("page.txt. . ", "page.txt"),
        ("a\x1b[31mb\nc\u202e.txt", "ab c.txt"),
        (f"page~{ID}.txt", "page.txt"),
        ("~page~1.txt", "_page_1.txt"),
        ("deep.learning", "deep.learning"),
        ("e\u0301.txt", "\xe9.txt"),
    ],
)
def test_safe_names(path: str, name: str) -> None:
    assert safe_name(path) == name


@pytest.mark.parametrize("character", ["x", "深", "👩‍👩‍👧‍👦"])
def test_overlong_names_are_cut(character: str) -> None:
    name = safe_name(character * 400 + ".txt")
    assert len(stored_name(dated_name(name, date(2026, 1, 5)), ID).encode()) < 255
    assert name.endswith(".txt")


TEXTS = st.text(st.characters(exclude_categories=())) | st.text("aA1.~_- \\/:é\0\u202e", max_size=400)


@given(TEXTS, st.dates())
def test_any_name_becomes_safe_once_and_for_all(path: str, day: date) -> None:
    for name in (safe_name(path), dated_name(safe_name(path), day)):
        assert safe_name(name) == name
        assert one_line(name) == name
        assert not set(name) & set('<>:"/\\|?*~')
        assert name[0] not in ". "
        assert name[-1] not in ". "
        stored = stored_name(name, ID)
        assert len(stored.encode()) < 255
        assert split_stored(stored) == (name, ID)
        assert safe_name(stored) == name


def test_the_day_before_a_name_takes_the_place_of_the_same_day_of_another_year() -> None:
    assert dated_name("page.txt", date(2025, 9, 9)) == "2025-09-09_page.txt"
    assert dated_name("2024-09-09_page.txt", date(2025, 9, 9)) == "2025-09-09_page.txt"
    assert dated_name("2024-09-10_page.txt", date(2025, 9, 9)) == "2025-09-09_2024-09-10_page.txt"


@pytest.mark.parametrize("name", ["page.txt", "page~0123.txt", f"page~{ID}x.txt", f"page {ID}.txt"])
def test_a_name_without_an_id(name: str) -> None:
    assert split_stored(name) == (name, None)
