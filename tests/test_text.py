"""Nothing in a text from outside is obeyed by a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.text import clean, one_line


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain text", "plain text"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;ZXZpbA==\x07copied", "copied"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq...\x1b\\sixel", "sixel"),
        ("\x9b31mC1\x9d0;t\x9c", "C1"),
        ("un\x1b[closed", "unlosed"),
        ("\x1b]never ended", "never ended"),
        ("a\u202ebc\u2066d\u200fe", "abcde"),
        ("nul\x00 del\x7f", "nul del"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("👩\u200d🔬 and नमस्\u200dते", "👩\u200d🔬 and नमस्\u200dते"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("[red]markup[/] [@click=app.quit]x", "[red]markup[/] [@click=app.quit]x"),
    ],
)
def test_clean(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@given(st.text(st.one_of(st.characters(codec=None), st.sampled_from("\x1b[]m;\x07\x9b\x9d\\\n\t\u202e"))))
def test_nothing_but_text_is_left(text: str) -> None:
    cleaned = clean(text)
    for character in cleaned:
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
        assert not 0x202A <= ord(character) <= 0x202E and not 0x2066 <= ord(character) <= 0x2069
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert "\n" not in one_line(text) and "\t" not in one_line(text)


@pytest.mark.parametrize("unit", ["\x1b", "\x1b]", "\x1b[1", "\x9d", "x\r"])
def test_long_texts_take_linear_time(unit: str) -> None:
    clean(unit * 300_000)
