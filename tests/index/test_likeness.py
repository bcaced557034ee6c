"""Papers that are like others: what is said of them is what the formulas say, and makes sense."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.index import Alike, Cancelled, Index, never
from paperreader.index.likeness import COMMONEST
from paperreader.index.profile import marks
from paperreader.index.stems import stem
from paperreader.paper import Paper

from . import liking
from .liking import Topics
from .making import ids, ignore, made, make, paper, rewritten, seeds
from .oracle import Oracle
from .paths import small_segments

ALL_WORDS = 10**6


def alike(
    index: Index,
    liked: Mapping[str, float] | Collection[str],
    disliked: Collection[str] = (),
    words: int = ALL_WORDS,
    most: int | None = None,
    notes: Mapping[str, str] | None = None,
) -> Alike:
    """What is like papers that are given by their ids; those themselves are not found."""
    values = liked if isinstance(liked, Mapping) else dict.fromkeys(liked, 1.0)
    numbers = {each: index.find(each) for each in (*values, *disliked)}
    return index.alike(
        {numbers[each]: value for each, value in values.items()},  # type: ignore[misc]
        [numbers[each] for each in disliked],  # type: ignore[misc]
        excluded=list(numbers.values()),  # type: ignore[arg-type]
        words=words,
        most=most,
        notes=notes or {},
        notes_version=len(notes or {}),
        cancelled=never,
    )


@pytest.fixture(scope="module", params=["one segment", "many", "changed"])
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Index, list[Paper]]:
    """Papers of words of every kind."""
    papers = list(made(150))
    folder = tmp_path_factory.mktemp("library")
    with small_segments() if request.param != "one segment" else nullcontext():
        index = make(folder, papers)
        if request.param == "changed":
            from paperreader.index import update

            changed = {each.id: rewritten(each) for each in papers[::7]}
            update(folder, changed.values(), [], ignore)
            papers = [changed.get(each.id, each) for each in papers]
            index = Index.open(folder)
    return index, papers


JUDGED = st.dictionaries(st.integers(0, 149), st.sampled_from((1.0, 1.0, 0.5, -1.0)), min_size=1, max_size=40)


@given(judged=JUDGED, noted=st.sets(st.integers(0, 149), max_size=4))
@settings(max_examples=25)
def test_weights_and_scores_are_those_of_the_formulas(
    library: tuple[Index, list[Paper]], judged: dict[int, float], noted: set[int]
) -> None:
    index, papers = library
    notes = {papers[n].id: "zebra attention of note" for n in noted}
    liked = {papers[n].id: value for n, value in judged.items() if value > 0}
    disliked = [papers[n].id for n, value in judged.items() if value < 0]
    found = alike(index, liked, disliked, notes=notes)

    oracle = Oracle(papers, notes)
    weights = liking.profile(oracle, liked, disliked)
    assert {stem(word): weight for word, weight in found.profile.words.items()} == pytest.approx(weights)
    scores = liking.scores(oracle, weights)
    for each in papers[::10]:
        assert sum(found.profile.contributions(each).values()) == pytest.approx(scores[each.id])
    listed = ids(index, found.ordinals)
    others = {i: score for i, score in scores.items() if i not in {papers[n].id for n in judged}}
    assert {i for i, score in others.items() if score > 1e-6} <= set(listed)
    assert set(listed) <= {i for i, score in others.items() if score > -1e-6}
    in_order = [scores[each] for each in listed]
    assert in_order == pytest.approx(sorted(in_order, reverse=True), abs=1e-5)


def test_common_words_and_unique_ones_and_numbers_say_nothing(library: tuple[Index, list[Paper]]) -> None:
    index, papers = library
    oracle = Oracle(papers)
    for each in papers[::15]:
        for word in alike(index, [each.id]).profile.words:
            having = sum(
                stem(word) in {stem(w) for c in contents.values() for w in c.row + c.beside}
                for contents in oracle.contents
            )
            assert 2 <= having <= max(2, COMMONEST * len(papers))
            assert not word.isdigit() and not liking.is_letter(word)


PLANTED = st.builds(Topics, seed=st.integers(0, 10**6), topics=st.integers(9, 12), papers=st.integers(12, 16))


@given(PLANTED, st.data())
@settings(max_examples=8)
def test_a_planted_preference_is_found(topics: Topics, data: st.DataObject) -> None:
    """Five or more stars on one topic: the others of that topic come first, and its words are the reasons."""
    topic = data.draw(st.integers(0, len(topics.papers) - 1))
    there = topics.papers[topic]
    stars = data.draw(st.integers(5, len(there) - 3))
    with TemporaryDirectory() as folder, small_segments():
        index = make(Path(folder), topics.all)
        found = alike(index, [each.id for each in there[:stars]], words=120)
        rest = there[stars:]
        first = [index.paper(n) for n in found.ordinals[: len(rest)]]
        assert {each.id for each in first} == {each.id for each in rest}
        for each in first:
            reasons = found.profile.because(each, 3)
            assert len(reasons) == 3 and set(reasons) <= set(topics.words[topic])
        index.close()


@given(PLANTED)
@settings(max_examples=8)
def test_skips_push_down(topics: Topics) -> None:
    """What is like the skipped counts less; and of a topic that is skipped alone nothing comes."""
    one, other, skipped = topics.papers[:3]
    with TemporaryDirectory() as folder:
        index = make(Path(folder), topics.all)
        liked = [each.id for each in (*one[:6], *other[:6])]
        skips = [each.id for each in other[6:10]]
        before, after = (alike(index, liked, these, words=120).profile for these in ((), skips))
        for each in other[10:]:
            assert sum(after.contributions(each).values()) < sum(before.contributions(each).values())
        without = alike(index, [each.id for each in one[:6]], [each.id for each in skipped[:6]], words=120)
        listed = ids(index, without.ordinals)
        assert {each.id for each in one[6:]} == set(listed[: len(one) - 6])
        assert not set(listed) & {each.id for each in skipped}
        index.close()


@given(PLANTED, st.integers(0, 100))
@settings(max_examples=8)
def test_the_nearest_are_of_the_same_topic(topics: Topics, n: int) -> None:
    one = topics.all[n]
    own = next(each for each in topics.papers if one in each)
    with TemporaryDirectory() as folder:
        index = make(Path(folder), topics.all)
        found = alike(index, [one.id], words=25, most=8)
        nearest = ids(index, found.ordinals)
        assert 1 <= len(nearest) <= 8 and one.id not in nearest
        assert set(nearest[:3]) <= {each.id for each in own}
        index.close()


def test_it_does_not_matter_how_papers_are_shared_out(tmp_path: Path) -> None:
    topics = Topics(1, 10, 14)
    together = make(tmp_path / "together", topics.all)
    with small_segments():
        apart = make(tmp_path / "apart", topics.all)
    liked, disliked = [each.id for each in topics.papers[3][:7]], [each.id for each in topics.papers[4][:3]]
    found = [alike(index, liked, disliked, words=100) for index in (together, apart)]
    assert ids(together, found[0].ordinals) == ids(apart, found[1].ordinals)
    assert dict(found[0].profile.words) == pytest.approx(dict(found[1].profile.words))
    again = alike(apart, liked, disliked, words=100)
    assert again.ordinals == found[1].ordinals and again.profile.words == found[1].profile.words


def test_a_paper_with_a_note_is_like_the_same_ones(tmp_path: Path) -> None:
    """Though it is in a small segment of its own then, and its note is not compared."""
    index = make(tmp_path, seeds())
    for one in seeds()[::20]:
        plain = alike(index, [one.id], words=25, most=20)
        noted = alike(index, [one.id], words=25, most=20, notes={one.id: "quantum gravity"})
        assert [*map(stem, noted.profile.words)] == [*map(stem, plain.profile.words)]
        assert ids(index, noted.ordinals) == ids(index, plain.ordinals)
        assert "quantum" not in noted.profile.words


def test_of_the_seeds_too(tmp_path: Path) -> None:
    index = make(tmp_path, seeds())
    kan = next(each for each in seeds() if each.title.startswith("Activation Space Selectable Kolmogorov"))
    found = alike(index, [kan.id], words=25, most=10)
    best = index.paper(found.ordinals[0])
    assert best.title.startswith("AF-KAN")
    assert {"kan", "arnold", "kolmogorov"} <= set(found.profile.because(best, 6))
    hebbian = [each.id for each in seeds() if "hebbian" in f"{each.title} {each.abstract}".lower()]
    liked = alike(index, hebbian[:5], words=120)
    assert set(hebbian[5:]) <= set(ids(index, liked.ordinals)[:10])
    assert "hebbian" in list(liked.profile.words)[:3]


def test_nothing_is_like_what_shares_nothing(tmp_path: Path) -> None:
    index = make(tmp_path, [paper("alone"), paper("other words"), paper("")])
    found = alike(index, [paper("alone").id], words=25, most=10)
    assert list(found.ordinals) == [] and not found.profile.words


def test_it_can_be_given_up(tmp_path: Path) -> None:
    index = make(tmp_path, seeds())
    with pytest.raises(Cancelled):
        index.alike({0: 1.0}, excluded=(), words=25, notes={}, notes_version=0, cancelled=lambda: True)


def test_the_words_are_marked() -> None:
    spans = marks(["replay", "networks"]).spans("Replayed by a network, replaying", "abstract")
    assert spans == [(0, 8), (14, 21), (23, 32)]
