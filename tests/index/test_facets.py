"""Authors, venues, categories, identifiers and upvotes are searched, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperreader.index import Index, tidy, update
from paperreader.paper import Details, Paper, Sighting

from .making import TODAY, ignore, make, paper, search, titles


def detailed(title: str, upvotes: int = 0, **details: object) -> Paper:
    """A paper of which more is known."""
    seen = (Sighting(TODAY, "a dump", 1, "dump", upvotes=upvotes),)
    return paper(title)._replace(sightings=seen, details=Details(**details))  # type: ignore[arg-type]


PAPERS = [
    detailed("One", 25, authors=("Yoshua Bengio", "Geoffrey E. Hinton"), venue="NeurIPS 2024"),
    detailed("Two", 20, authors=("Łukasz Kaiser",), categories=("cs.CL", "cs.LG"), arxiv_id="2401.01234"),
    detailed("Three", 3, authors=("Samy Bengio",), categories=("math.AG",), arxiv_id="hep-th/9901001"),
    detailed("Bengio in the title"),
]


@pytest.fixture(params=["one segment", "changed", "merged"])
def index(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    if request.param == "one segment":
        return make(tmp_path, PAPERS)
    make(tmp_path, [PAPERS[0]._replace(details=Details(authors=("Nobody",)))]).close()
    for each in PAPERS:
        update(tmp_path, [each], [], ignore)
    if request.param == "merged":
        monkeypatch.setattr("paperreader.index.merging_policy._MOST_SMALL", 1)
        while tidy(tmp_path):
            pass
    return Index.open(tmp_path)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("author:bengio ", {"One", "Three"}),
        ("author:beng", {"One", "Three"}),
        ("author:beng ", set()),
        ('author:"yoshua bengio" ', {"One"}),
        ("author:kaiser author:lukasz ", {"Two"}),
        ("author:(hinton OR kaiser) ", {"One", "Two"}),
        ("-author:bengio ", {"Two", "Bengio in the title"}),
        ("author:nobody ", set()),
        ("bengio ", {"Bengio in the title"}),
        ("venue:neurips ", {"One"}),
        ("cat:cs ", {"Two"}),
        ("cat:CS.cl ", {"Two"}),
        ("cat:math", {"Three"}),
        ("id:2401.01234 ", {"Two"}),
        ("id:2401", {"Two"}),
        ("id:hep-th/99", {"Three"}),
        ("upvotes:>20 ", {"One"}),
        ("upvotes:20..30 ", {"One", "Two"}),
        ("upvotes:<4 ", {"Three", "Bengio in the title"}),
        ("upvotes:>=20 author:kaiser ", {"Two"}),
    ],
)
def test_facets_are_found(index: Index, typed: str, found: set[str]) -> None:
    assert set(titles(index, typed)) == found


def test_facets_go_with_words_and_do_not_rank(index: Index) -> None:
    (n,) = search(index, "three author:bengio ").ordinals
    assert index.paper(n).title == "Three"
    assert titles(index, "author:bengio ", "title") == ["One", "Three"]


def test_a_note_hides_no_facet(index: Index) -> None:
    notes = {PAPERS[1].id: "about sparse things"}
    assert len(search(index, "sparse author:kaiser cat:cs upvotes:20 ", notes=notes).ordinals) == 1


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ('author:"y beng', 'author:"y beng*"'),
        ("author:Bengio ", "author:bengio"),
        ("cat:CS.CL ", "cat:cs.cl"),
        ("upvotes:>20 ", "upvotes:>=21"),
        ("upvotes:5 ", "upvotes:5"),
    ],
)
def test_what_was_understood(typed: str, understood: str) -> None:
    from paperreader.index.query import parse

    assert parse(typed, TODAY).understood == understood
    assert parse(f"{understood} ", TODAY).node == parse(typed, TODAY).node


def test_facets_are_known_by_their_beginnings_the_most_frequent_first(index: Index) -> None:
    authors = index.facets("author", "")
    # papers that were replaced count until segments are merged
    assert [author for author in authors if author != "nobody"] == [
        "bengio",
        "e",
        "geoffrey",
        "hinton",
        "kaiser",
        "lukasz",
        "samy",
        "yoshua",
    ]
    assert index.facets("author", "", 1) == ["bengio"]
    assert index.facets("cat", "cs.") == ["cs.cl", "cs.lg"] and index.facets("venue", "n") == ["neurips"]
    assert index.facets("author", "x") == index.facets("author", "\ud800") == []
