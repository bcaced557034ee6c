"""Papers keep their identity whatever their title went through, and whichever dump came first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.paper import Details, Paper, Sighting, arxiv_key, merge, paper_id, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attention Is All You Need", "attention is\n  all you need"),
        ("Poincar\\'e Embeddings", "Poincaré Embeddings"),
        ("Fr\\'{e}chet means", "Frechet Means"),
        ("{\\emph Compression} is all", "Compression is All"),
        ("Embedding\\&MLP", "Embedding & MLP"),
        ("Ａttention", "Attention"),
        ("Self-Attention", "Self Attention"),
        ("ﬁne-tuning", "fine-tuning"),
        ("$\\tau$-bench", "τ-bench"),
        ("The $\\varepsilon$-{\\bf Ball}", "The ε-Ball"),
        ("Sm{\\o}rgåsbord", "Smørgåsbord"),
        ("Video-Ma$^2$mba with \\textsc{AIEV}", "Video-Ma^2mba with AIEV"),
    ],
)
def test_one_title_in_two_spellings(one: str, other: str) -> None:
    assert paper_id(one) == paper_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Networks 1", "Networks 2"),
        ("がく", "かく"),
        ("???", "!!!"),
        ("深度学习", "深度强化学习"),
        ("", "-"),
        ("\\alpha-x", "\\beta-x"),
    ],
)
def test_two_titles(one: str, other: str) -> None:
    assert paper_id(one) != paper_id(other)


@given(st.text(st.characters(codec=None), max_size=60))
def test_every_text_has_an_identity(title: str) -> None:
    assert len(paper_id(title)) == 16
    assert paper_id(title) == paper_id(f"  {title}\n")


@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_letters_beside_ascii_change_nothing_for_the_others(title: str) -> None:
    assert title_key(f"{title}深") == title_key(f"{title}.") + "深" or title_key(title) == " ".join(
        title.split()
    )


WORDS = st.sampled_from([(), ("a",), ("b",), ("a", "c")])
DAYS = st.none() | st.integers(0, 3).map(lambda n: date(2026, 2, 1) + timedelta(n))
papers = st.builds(
    Paper,
    id=st.sampled_from(["1", "2", arxiv_key("2401.01234")]),
    title=st.sampled_from(["A", "a"]),
    abstract=st.text("xy", max_size=4),
    sightings=st.lists(
        st.builds(
            Sighting,
            day=st.integers(0, 5).map(lambda n: date(2026, 1, 1) + timedelta(n)),
            dump=st.sampled_from("pqr"),
            rank=st.integers(1, 3),
            name=st.just("n"),
            inferred=st.booleans(),
            upvotes=st.integers(0, 2),
            comments=st.integers(0, 2),
        ),
        max_size=3,
    ).map(tuple),
    details=st.builds(
        Details,
        authors=WORDS,
        arxiv_id=st.sampled_from(["", "2401.01234"]),
        categories=WORDS,
        links=WORDS,
        doi=st.sampled_from(["", "10.1/a"]),
        venue=st.sampled_from(["", "A", "B"]),
        published=DAYS,
        submitted=DAYS,
        listed=DAYS,
        updated=DAYS,
        ai_summary=st.sampled_from(["", "S"]),
        keywords=WORDS,
    ),
    aliases=WORDS,
)


@given(st.lists(papers, min_size=1, max_size=5), st.randoms())
def test_merging_knows_no_order(known: list[Paper], random: object) -> None:
    whole = merge(known)
    shuffled = sorted(known, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert merge(shuffled) == whole
    assert merge([merge(known[:1]), *known[1:]]) == whole
    assert merge([merge(known[:2]), *known[2:]]) == whole
    assert merge([whole, *known]) == whole
    assert {s.dump for s in whole.sightings} == {s.dump for p in known for s in p.sightings}
    assert list(whole.sightings) == sorted(whole.sightings)
    assert {key for p in known for key in (p.id, *p.aliases)} <= set(whole.keys)


@given(st.lists(papers, min_size=1, max_size=5))
def test_a_later_dump_erases_nothing(known: list[Paper]) -> None:
    whole = merge(known)
    for field, value in whole.details._asdict().items():
        assert bool(value) == any(getattr(p.details, field) for p in known) or field == "updated"
    assert {link for p in known for link in p.details.links} == set(whole.details.links)
    if not any(p.details.updated for p in known):
        assert len(whole.abstract) == max(len(p.abstract) for p in known)


def text(abstract: str, updated: date | None = None) -> Paper:
    return Paper("1", "A title", abstract, details=Details(updated=updated))


def test_the_latest_version_of_a_text_counts_and_else_the_longest() -> None:
    page, cut = text("As the page has it."), text("As the")
    first, second = text("The first version.", date(2026, 1, 1)), text("The second.", date(2026, 2, 2))
    assert merge([cut, page]).abstract == page.abstract
    assert merge([page, second, first]) == second
    assert merge([second, text("", date(2026, 3, 3))]) == second


def test_the_keys_of_a_paper() -> None:
    assert Paper("1", "A", "", aliases=("2",)).keys == ("1", "2")
    arxiv = arxiv_key("2401.01234")
    known = Details(arxiv_id="2401.01234")
    assert Paper("1", "A", "", details=known).keys == ("1", arxiv)
    assert Paper(arxiv, "A", "", details=known).keys == (arxiv,)
    assert merge([Paper(arxiv, "A", "", details=known), Paper("2", "B", "")]).keys == ("2", arxiv)
    assert merge([Paper("2", "A", "", details=known), Paper("1", "B", "")]).keys == ("1", "2", arxiv)
