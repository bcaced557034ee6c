"""Papers keep their identity whatever their title went through, and whichever dump came first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.paper import Paper, Sighting, merge, paper_id


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
    ],
)
def test_one_title_in_two_spellings(one: str, other: str) -> None:
    assert paper_id(one) == paper_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Networks 1", "Networks 2"), ("がく", "かく"), ("???", "!!!"), ("深度学习", "深度强化学习"), ("", "-")],
)
def test_two_titles(one: str, other: str) -> None:
    assert paper_id(one) != paper_id(other)


@given(st.text(st.characters(codec=None), max_size=60))
def test_every_text_has_an_identity(title: str) -> None:
    assert len(paper_id(title)) == 16
    assert paper_id(title) == paper_id(f"  {title}\n")


papers = st.builds(
    Paper,
    id=st.just("id"),
    title=st.sampled_from(["A", "a"]),
    abstract=st.text("xy", max_size=4),
    sightings=st.lists(
        st.builds(
            Sighting,
            day=st.integers(0, 5).map(lambda n: date(2026, 1, 1) + timedelta(n)),
            dump=st.sampled_from("pqr"),
            rank=st.integers(1, 3),
            name=st.just("n"),
        ),
        max_size=3,
    ).map(tuple),
)


@given(st.lists(papers, min_size=1, max_size=5), st.randoms())
def test_merging_knows_no_order(known: list[Paper], random: object) -> None:
    whole = merge(known)
    shuffled = sorted(known, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert merge(shuffled) == whole
    assert merge([merge(known[:1]), *known[1:]]) == whole
    assert merge([whole, *known]) == whole
    assert len(whole.abstract) == max(len(p.abstract) for p in known)
    assert {s.dump for s in whole.sightings} == {s.dump for p in known for s in p.sightings}
    assert list(whole.sightings) == sorted(whole.sightings)
