"""What counts as a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index import Index
from paperreader.index.stems import common_beginning, stem
from paperreader.index.words import apart, indexed, parts, pieces, whole, word_spans, words

from .making import make, paper, seeds, titles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GPT-4o, in 3D!", ["gpt", "4o", "in", "3d"]),
        ('Poincar\\\'e Erd\\H{o}s G{\\"{o}}del na\\"{\\i}ve', ["poincare", "erdos", "godel", "naive"]),
        (
            "Kurdyka-{\\L}ojasiewicz \\O{}rsted Stra\\ss{}e 2\\AA resolution",
            ["kurdyka", "lojasiewicz", "orsted", "strasse", "2aa", "resolution"],
        ),
        ("{\\emph compression} \\textbf{word}s \\bf{x y}", ["compression", "words", "x", "y"]),
        ("\\textbf{R}etrieval {B}ayes Mus{é}e", ["retrieval", "bayes", "musee"]),
        ("$\\underline{\\mathbf{S}}$tep", ["s", "tep"]),
        ("mathcal{O}(d^k \\log n) \\times \\OurWay", ["mathcal", "o", "d", "k", "log", "n", "ourway"]),
        ("proce\\-ssed pre\\--trained code\\_name", ["processed", "pre", "trained", "code", "name"]),
        ("HyperZ$\\cdot$Z$\\cdot$W HyperZcdotZcdotW HyperZ·Z·W", ["hyperz", "z", "w"] * 3),
        ("Fr\\'echet λόγος αβ", ["frechet", "λογοσ", "αβ"]),
        ("β-VAE Δt \\beta $\\epsilon$ ϵ µ", ["beta", "vae", "deltat", "beta", "epsilon", "epsilon", "mu"]),
        ("DeepSeek-R1 GPT4 LLMs", ["deepseek", "r1", "gpt4", "llms"]),
        ('a \\"quoted\\" and another', ["a", "quoted", "and", "another"]),
        ("Łódź Ærø cafe\u0301 ﬁne x² ½", ["lodz", "aero", "cafe", "fine", "x2", "1", "2"]),
        ("Straße ΣΟΦΟΣ", ["strasse", "σοφοσ"]),
        ("注意力 mechanism", ["注", "意", "力", "mechanism"]),
        ("mathcal W_{ij} $τ$-bench 2^k", ["mathcal", "w", "ij", "tau", "bench", "2", "k"]),
        ("state\u2010of\u2011the-art", ["state", "of", "the", "art"]),
        ("\ud800 a\ud800b \0 😀", ["a", "b"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("model Models LLMs GPT LLaMA LoRA RoBERTa IoT L2 3D A100 word_", ""),
        ("Multi-Modal", "multimodal"),
        ("GPT-4", "gpt4"),
        ("GPT-4-based", "gpt4 gpt4based"),
        ("GPT4o Llama3 ResNet50", "gpt 4o llama 3 res net 50"),
        ("YOLOv8 MobileNetV2", "yolo v8 mobile net v2"),
        ("DeepSeek BERTScore PyTorch xLSTM", "deep seek bert score py torch x lstm"),
        ("DeepSeek-R1", "deep seek deepseekr1"),
        ("VideoLLaMA", "video llama"),
        ("β-VAE $\\beta$-VAE \\beta-VAE {\\beta}-VAE \\b{eta}-VAE", "betavae " * 5),
        ("τ²-bench π0 Δt", "tau 2 tau2bench pi 0 delta t"),
        ("$\\ell_2$ $L_{2}$ G$^{2}$D x^2", "l2 l2 g2 g2d x2"),
        ("\\textbf{DeepSeek}", "deep seek"),
        ("HyperZcdotZ", "hyper z hyperzz"),
        ("aaBbbCccDddEeeFffGggHhhIii", ""),
    ],
)
def test_what_is_found_by_more_than_its_words(text: str, beside: str) -> None:
    assert [word.decode() for piece in pieces(text) for word in indexed(piece).beside] == beside.split()


TEXTS = st.text() | st.lists(
    st.sampled_from(
        [
            *"aBbZ17-_^$\\'\"{}éŁß注½βΔ· \u0301",
            "\\beta",
            "\\textbf{",
            "cdot",
            "ABc",
            "v2",
            "\\r{ho}",
            "\\c ",
            ".",
            ",",
        ]
    )
).map("".join)


@given(TEXTS)
def test_spans_are_those_of_the_words(text: str) -> None:
    spans = word_spans(text)
    found = [span for piece in spans for span in piece.words]
    assert [word for word, _, _ in found] == words(text)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)
    for piece, spanned in zip(pieces(text), spans, strict=True):
        assert [word.encode() for word, _, _ in spanned.words] == [*indexed(piece).words]
        assert [word.encode() for word, _, _ in spanned.beside] == [*indexed(piece).beside]
        first, last = spanned.words[0][1] if spanned.words else 0, len(text)
        assert all(first <= start < end <= last for _, start, end in spanned.beside)


@given(TEXTS)
def test_no_word_goes_on_from_one_chunk_to_the_next(text: str) -> None:
    chunks = apart(text).split()
    assert [piece for chunk in chunks for piece in pieces(whole(chunk))] == pieces(text)


@given(TEXTS)
def test_words_are_fixed_points(text: str) -> None:
    for piece in pieces(text):
        for word in [*indexed(piece).words, *indexed(piece).beside]:
            assert parts(word.decode()) == (word.decode(),)
            assert 0 < len(word.decode()) <= 64


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="\\{$_^")))
def test_plain_text_has_the_same_words_on_both_ways(text: str) -> None:
    assert words(text) == words(f"{text} é")[:-1]


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
    assert stem("activate") == stem("activated") == stem("activating")
    assert stem("admit") == stem("admitted")
    assert [stem(word) for word in ("is", "as", "naïveté", "l2")] == ["is", "as", "naïveté", "l2"]


AS_TYPED = {
    "Poincar\\'e maps": ["poincare ", "poincaré", "POINCARE", "Poincar\\'e "],
    "The Fr\\'echet distance": ["frechet ", "Fréchet"],
    "A $\\beta$-VAE": ["beta-vae", "beta vae", "β-vae ", "\\beta-VAE", "betavae ", "vae ", '"beta vae"'],
    "Measuring with $τ$-bench": ["tau bench", "tau-bench ", "τ-bench", "$τ$-bench "],
    "Lossy {\\emph compression}": ["compression ", "{\\emph compression}"],
    "In \\textbf{R}etrieval we trust": ["retrieval "],
    "Time mathcal{O}(d^k)": ["O(d^k)", "o d k "],
    "HyperZ$\\cdot$Z$\\cdot$W": ["hyper", "hyperz ", "HyperZ·Z·W ", "hyperzzw "],
    "GPT-4-based judges": ["gpt-4 ", "gpt4 ", "gpt 4 ", "GPT-4-based", "gpt "],
    "Llama3 herds": ["llama 3 ", "llama3", "llama-3 ", "Llama "],
    "A 3D look": ["3d ", "3D", "3-d "],
    "An $\\ell_2$ norm": ["l2 ", "l_2", "ℓ2 ", "l-2"],
    "DeepSeek-R1 incentivized": [
        "deepseek ",
        "deep seek ",
        "DeepSeek",
        "seek ",
        "deepseek r1 ",
        "deepseek-r1",
    ],
    "PyTorch implemented": ['"pytorch implementation"', "torch ", "PyTorch "],
    "基于注意力机制的模型": ["注意力", "模型 ", '"注意力'],
}


@pytest.fixture(scope="module")
def typed_about(tmp_path_factory: pytest.TempPathFactory) -> Index:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(tmp_path_factory.mktemp("state")))
        return make(tmp_path_factory.mktemp("index"), map(paper, AS_TYPED))


@pytest.mark.parametrize(
    ("title", "typed"), [(title, each) for title in AS_TYPED for each in AS_TYPED[title]]
)
def test_titles_are_found_the_way_they_are_typed(typed_about: Index, title: str, typed: str) -> None:
    assert title in titles(typed_about, typed)


def test_a_command_is_no_word(typed_about: Index) -> None:
    assert titles(typed_about, "textbf OR emph OR cdot OR beta4 ") == []
