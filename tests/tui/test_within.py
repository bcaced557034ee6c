"""Finding a text within another, and taking sentences apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.tui.sentences import sentences_apart
from paperreader.tui.within import MOST, occurrences


@pytest.mark.parametrize(
    ("sought", "text", "found"),
    [
        (
            "poincare",
            "The Poincaré ball, POINCARÉ, Poincare\u0301!",
            ["Poincaré", "POINCARÉ", "Poincare\u0301"],
        ),
        ("Poincaré", "poincare", ["poincare"]),
        ("beta-vae", "a β-VAE, beta-VAE, β–vae", ["β-VAE", "beta-VAE", "β–vae"]),
        ("eta", "β and η, beta", ["η", "eta"]),
        ("o(n2)", "in O(n²) time", ["O(n²)"]),
        ("rd", "from Rᵈ", ["Rᵈ"]),
        ("strasse", "Straße", ["Straße"]),
        ('"a" it\'s', "“a” it’s", ["“a” it’s"]),
        ("two  words", "two\n\nwords, two words", ["two\n\nwords", "two words"]),
        ("aa", "aaaaa", ["aa", "aa"]),
        ("注意力", "稀疏注意力机制", ["注意力"]),
        ("", "anything", []),
        (" ", "a b", []),
        ("x", "", []),
        (".*", "a .* b", [".*"]),
    ],
)
def test_what_is_found(sought: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in occurrences(sought, text)] == found


@given(
    st.text(st.sampled_from("aBé\u0301βß \n-–大")), st.text(st.sampled_from("aBé\u0301βß \n-–大"), min_size=1)
)
def test_places_are_in_order_and_apart(text: str, sought: str) -> None:
    end = 0
    for start, stop in occurrences(sought, text):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text(), st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1), st.text())
def test_whatever_stands_there_is_found(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    assert any(start <= len(before) + 1 < stop for start, stop in occurrences(word, text))


def test_a_huge_text_takes_no_more_than_its_length() -> None:
    assert len(occurrences("a", "a" * 1_000_000)) == MOST
    assert occurrences("a" * 1000 + "b", "a" * 1_000_000) == []
    assert occurrences("eta", "β" * 300_000) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("See Klein et al. (2017), e.g. Fig. 3, i.e. Dr. A. Bee, vs. C. It ends.", 1),
        ("We reach 84.25% on WMT14. Code: https://a.b/c. It is fast.", 3),
        ("He said “so.” We agree (mostly.) Then (sic). And on... On", 5),
        ("version 2. 3D models", 1),
        ("lower case. after it", 1),
        ("一。二！三", ["一。", "二！", "三"]),
        ("α is small. β is not. ", ["α is small.", "β is not. "]),
        ("", [""]),
    ],
)
def test_sentences(text: str, parts: list[str] | int) -> None:
    apart = sentences_apart(text).split("\n\n")
    if isinstance(parts, list):
        assert apart == parts
    else:
        assert len(apart) == parts


@given(st.text())
def test_only_spaces_become_lines(text: str) -> None:
    assert "".join(sentences_apart(text).split()) == "".join(text.split())
