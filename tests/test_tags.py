"""How tags are spelled, and which spellings are one tag."""

from __future__ import annotations

import sys
from unicodedata import is_normalized

from hypothesis import example, given
from hypothesis import strategies as st

from paperreader.tags import LONGEST, cleaned, key, spelled


@given(st.lists(st.text()))
@example(["0" * 59 + "ß"])
def test_tags_are_safe_and_each_is_there_once(typed: list[str]) -> None:
    tags = cleaned(typed)
    assert cleaned(tags) == tags
    assert cleaned([",".join(typed)]) == tags
    assert [key(tag) for tag in tags] == sorted({key(tag) for tag in tags})
    for tag in tags:
        assert 0 < len(tag) <= LONGEST
        assert is_normalized("NFC", tag)
        assert not set(',"“”„\n\t\x1b') & set(tag)
        assert tag == tag.strip() == spelled(tag)
        assert key(tag) == key(key(tag)) == key(tag.casefold())


def test_every_letter_has_one_key() -> None:
    letters = (chr(n) for n in range(sys.maxunicode + 1))
    assert [c for c in letters if (its := key(c)) != c and key(its) != its] == []


def test_the_first_spelling_is_kept() -> None:
    assert cleaned(["To  Do", "to do", "TO DO", "b,a"]) == ("a", "b", "To Do")
