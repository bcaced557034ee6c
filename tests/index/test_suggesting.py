"""What is suggested when nothing is found."""

from __future__ import annotations

import pytest

from paperreader.index.query import Query, parse
from paperreader.index.suggesting import Suggestion, suggest

from .making import TODAY, paper
from .oracle import Oracle
from .test_spelling import Words, lexicon, texts_of

PAPERS = [
    paper("Hebbian learning", "Neurons that fire together, in Hebbian ways"),
    paper("Diffusion models", "The diffusion of a diffuse language model"),
    paper("A modern language", "In other modes"),
    paper("Multi-modal Poincar\\'e maps of DeepSeek-R1"),
    paper("The transformers", "transformers"),
    paper("A transformer"),
]


def suggestion(typed: str) -> Suggestion | None:
    """What is suggested for a query that these papers do not match."""
    oracle = Oracle(PAPERS, {}, {"starred": {each.id for each in PAPERS[:2]}})

    def found(query: Query) -> int:
        return len(oracle.found(query))

    assert not found(parse(typed, TODAY))
    texts = [texts_of(each.title, each.abstract) for each in PAPERS]
    return suggest(parse(typed, TODAY), [lexicon(texts[::2]), lexicon(texts[1::2])], found)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("hebbiam", "hebbian"),
        ("hebbiam ", "hebbian "),
        ("difusion mod", "diffusion mod"),
        ("Difusion LANGAUGE", "diffusion language"),
        ("difussi", "diffusion"),
        ("trasnformer", "transformer"),
        ('"langauge model" ', '"language model" '),
        ('"languaje mod', '"language mod'),
        (
            "(title:hebian OR title:hebbiam) -modle is:starred",
            "(title:hebbian OR title:hebbian) -modle is:starred",
        ),
        ("multi-modla ", "multi-modal "),
        ("poincaer\\'e ", "poincare "),
        ("hebbiam* seen:0", "hebbian* seen:0"),
        ("deepseak-r1", "deepseek-r1"),
        ("abstract:hebian -langauge~", "abstract:hebbian -langauge~"),
    ],
)
def test_a_misspelled_query_is_corrected(typed: str, text: str) -> None:
    found = suggestion(typed)
    assert found
    assert found.text == text
    assert found.query == parse(text, TODAY)
    assert found.hits
    changed = [found.text[start:end] for start, end in found.spans]
    assert changed
    assert all(word not in typed for word in changed)


@pytest.mark.parametrize(
    "typed",
    [
        "hebbian diffusion ",  # both are known
        "hebbiam diffusion ",  # helps nobody
        "xyzzyxyzzy",  # near to nothing
        "title:neurons",
        "hebbian -hebbian ",
        "is:noted",
        "wxyz~",
        "heb bina lern ign ofx ",  # too much is unknown
        "zq",
    ],
)
def test_nothing_is_suggested_that_does_not_help(typed: str) -> None:
    assert suggestion(typed) is None


COMMON = {
    "diffusion": 900,
    "model": 5000,
    "protein": 300,
    "sparse": 400,
    "space": 900,
    "image": 2000,
}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("difusion model", "diffusion model"),  # somebody else has misspelled it, too
        ("model difusion ", "model diffusion "),
        ("difusion protien", "diffusion protein"),
        ("sparce model", "sparse model"),
        ("protien space", "protein space"),  # whose "sparse" is not ten times as common
        ("difusion protien imagge modell langauge", None),
    ],
)
def test_a_word_is_doubted_that_is_much_rarer_than_one_like_it(typed: str, text: str | None) -> None:
    known = Words({**COMMON, "difusion": 1, "sparce": 2})

    def found(query: Query) -> int:
        return int(not {"difusion", "sparce", "protien"} & set(query.typed.text.split()))

    suggested = suggest(parse(typed, TODAY), [known], found)
    assert (suggested and suggested.text) == text
