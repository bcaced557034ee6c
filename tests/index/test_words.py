"""What counts as a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index.stems import common_beginning, stem
from paperreader.index.words import indexed, parts, word_spans, words

from .making import seeds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GPT-4o, in 3D!", ["gpt", "4o", "in", "3d"]),
        ('Poincar\\\'e Erd\\H{o}s G{\\"{o}}del na\\"{\\i}ve', ["poincare", "erdos", "godel", "naive"]),
        (
            "Kurdyka-{\\L}ojasiewicz \\O{}rsted Stra\\ss{}e 2\\AA resolution",
            ["kurdyka", "lojasiewicz", "orsted", "strasse", "2aa", "resolution"],
        ),
        ("{\\emph compression} \\textbf{word}s", ["emph", "compression", "textbf", "word", "s"]),
        ('a \\"quoted\\" and another', ["a", "quoted", "and", "another"]),
        ("Łódź Ærø cafe\u0301 ﬁne x² ½", ["lodz", "aero", "cafe", "fine", "x2", "1", "2"]),
        ("Straße ΣΟΦΟΣ", ["strasse", "σοφοσ"]),
        ("注意力 mechanism", ["注", "意", "力", "mechanism"]),
        ("mathcal W_{ij} $τ$-bench 2^k", ["mathcal", "w", "ij", "τ", "bench", "2", "k"]),
        ("state\u2010of\u2011the-art", ["state", "of", "the", "art"]),
        ("\ud800 a\ud800b \0 😀", ["a", "b"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text() | st.text(alphabet="aB1-\\'\"{}éŁß注½ \u0301"))
def test_spans_are_those_of_the_words(text: str) -> None:
    spans = [span for piece in word_spans(text) for span in piece]
    assert [word for word, _, _ in spans] == words(text)
    for word, start, end in spans:
        assert word in words(text[start:end])
    assert [start for _, start, _ in spans] == sorted(start for _, start, _ in spans)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="\\")))
def test_plain_text_has_the_same_words_on_both_ways(text: str) -> None:
    assert words(text) == words(f"{text} é")[:-1]


def test_hyphens_join() -> None:
    assert indexed("Multi-Modal") == (b"multi", b"modal", b"multimodal")
    assert indexed("model") == (b"model",)


def test_a_word_without_end_is_known_by_its_beginning() -> None:
    assert parts("a" * 1_000_000) == ("a" * 64,)


def test_the_forms_of_a_word_begin_alike() -> None:
    vocabulary = {word for paper in seeds() for word in words(paper.abstract)} | {
        "deployability",
        "skies",
        "dies",
    }
    assert len(vocabulary) > 3_000
    assert all(word.startswith(common_beginning(word)) for word in vocabulary)
    assert stem("modeling") == stem("models") == stem("model") != stem("mode")
    assert stem("naïveté") == "naïveté"
