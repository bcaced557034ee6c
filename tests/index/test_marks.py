"""What is marked in the texts that are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index.marks import Marks
from paperreader.index.query import parse

from .making import TODAY


def marked(typed: str, text: str, field: str = "abstract") -> list[str]:
    """The parts of the text that are marked."""
    spans = Marks(parse(typed, TODAY).texts).spans(text, field)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("model ", "Models are modeling a mode", ["Models", "modeling"]),
        ("mod", "Models are modeling a mode", ["Models", "modeling", "mode"]),
        ("poincare ", "a Poincar\\'e map, Poincaré", ["Poincar\\'e", "Poincaré"]),
        ("godel", "G{\\\"o}del's", ["G{\\\"o}del"]),
        ("a-b ", "a-b, ab, a b, a", ["a-b", "ab", "a b"]),
        ("multimodal ", "multi-modal and multi modal", ["multi-modal"]),
        ("modal ", "multi-modal", ["modal"]),
        ('"language model"', "language models: a language, a model", ["language models"]),
        ('"language mod', "language models in a language modality", ["language models", "language modality"]),
        ('"a a"', "a a a", ["a a a"]),
        ("seek ", "DeepSeek and DeepSeek-R1", ["Seek", "Seek"]),
        ("deepseek ", "DeepSeek-R1", ["DeepSeek"]),
        ("deepseekr1 ", "DeepSeek-R1", ["DeepSeek-R1"]),
        ("gpt 4 ", "GPT4o, GPT4, GPT-4-based", ["GPT", "GPT", "4", "GPT", "4"]),
        ("gpt4 ", "GPT4o, GPT4, GPT-4-based", ["GPT4", "GPT-4"]),
        ("beta-vae ", "$\\beta$-VAE, β-VAE, a betavae", ["\\beta$-VAE", "β-VAE", "betavae"]),
        ("vae ", "\\beta-VAE", ["VAE"]),
        ("retrieval ", "\\textbf{R}etrieval", ["\\textbf{R}etrieval"]),
        ("modle~1", "Models, a model, Modeling", ["model"]),
        ("attenton~ is:new", "Attention, attentions and tension", ["Attention", "attentions"]),
        ("注意力", "基于注意力机制", ["注意力"]),
        ("sparse OR dense ", "Sparse and dense", ["Sparse", "dense"]),
        ("sparse -dense ", "Sparse and dense", ["Sparse"]),
        ("-(sparse dense) is:new seen:>1", "Sparse and dense", []),
        ("", "Sparse", []),
        ("a b", "", []),
    ],
)  # fmt: skip
def test_marks(typed: str, text: str, found: list[str]) -> None:
    assert marked(typed, text) == found


def test_fields_are_honoured() -> None:
    typed = "title:sparse abstract:(dense OR note:idea) any "
    text = "sparse dense idea any"
    assert marked(typed, text, "title") == ["sparse", "any"]
    assert marked(typed, text, "abstract") == ["dense", "any"]
    assert marked(typed, text, "note") == ["idea", "any"]


@given(
    st.text(alphabet="ab -\\'é注\n"),
    st.lists(st.sampled_from(["a", "b*", '"a b"', "a-b", "ab ", "注", "é"]), max_size=4).map(" ".join),
)
def test_spans_are_in_order_and_apart(text: str, typed: str) -> None:
    spans = Marks(parse(typed, TODAY).texts).spans(text, "title")
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end <= len(text) for start, end in spans)
