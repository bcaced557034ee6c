"""Segments become one: what is in them stays, what was deleted goes, and there are never many."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from math import log2
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperreader.index import Index, build, merging_policy, tidy, update
from paperreader.index.inversion import FENCE, LAYOUTS, NARROW, WIDE, Inversion, Layout
from paperreader.index.merging import merge, widened, without
from paperreader.index.merging_policy import LARGEST, Size, choose
from paperreader.index.pool import Pool
from paperreader.index.segment import Segment
from paperreader.index.words import indexed, pieces

from .making import VOCABULARY, contents, ignore, made, make, rewritten
from .paths import forced

TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
DOCUMENTS = st.lists(st.tuples(TEXTS, TEXTS), max_size=8)
LAYOUT = st.sampled_from(list(LAYOUTS.values()))


def inverted(documents: Sequence[Sequence[str]], layout: Layout = NARROW) -> Inversion:
    """What the pool makes of documents, each the texts of its fields."""
    pool = Pool(layout)
    for document in documents:
        pool.add(document)
    return pool.invert()


def assert_equal(one: Inversion, other: Inversion) -> None:
    """The same to the last number, and of the same types."""
    for each in fields(Inversion):
        left, right = getattr(one, each.name), getattr(other, each.name)
        if isinstance(left, np.ndarray):
            assert left.dtype == right.dtype, each.name
            np.testing.assert_array_equal(left, right, each.name)
        else:
            assert left == right, each.name


@given(st.lists(DOCUMENTS, min_size=1, max_size=4), LAYOUT)
def test_merging_is_like_inverting_all_at_once(groups: list[list[tuple[str, str]]], layout: Layout) -> None:
    parts = [inverted(group, layout) for group in groups]
    assert_equal(merge(parts), inverted([document for group in groups for document in group], layout))


@given(DOCUMENTS, st.sets(st.integers(0, 7)), LAYOUT)
def test_nothing_is_left_of_what_was_deleted(
    documents: list[tuple[str, str]], deleted: set[int], layout: Layout
) -> None:
    gone = sorted(n for n in deleted if n < len(documents))
    kept = [document for n, document in enumerate(documents) if n not in deleted]
    assert_equal(without(inverted(documents, layout), gone), inverted(kept, layout))


@given(st.lists(DOCUMENTS, min_size=1, max_size=4), LAYOUT, st.sampled_from([1, 7, 1 << 17]))
def test_documents_that_come_together_are_like_those_that_come_alone(
    groups: list[list[tuple[str, str]]], layout: Layout, step: int
) -> None:
    """Whether a posting is in one piece of what is looked at together, or in two."""
    together = Pool(layout)
    with forced("as it is", occurrences___STEP=step):
        assert [together.add_all(group) for group in groups] == [[]] * len(groups)
        found = together.invert()
    assert_equal(found, inverted([document for group in groups for document in group], layout))


@given(DOCUMENTS)
def test_what_is_narrow_can_be_wide(documents: list[tuple[str, str]]) -> None:
    assert_equal(widened(inverted(documents)), inverted(documents, WIDE))


@given(DOCUMENTS, LAYOUT, st.sampled_from([0xFFFF, 5, 0]))
def test_a_segment_gives_back_what_was_written(
    documents: list[tuple[str, str]], layout: Layout, rare: int
) -> None:
    with forced("as it is", forward__RARE=rare):
        inversion = inverted(documents, layout)
        assert_equal(Segment.of(inversion).inversion(), inversion)


PIECES = st.lists(st.sampled_from([*"aBZ17-- {.", "GPT", "Deep", "cdot", "\\beta", "\\c c"])).map("".join)


@given(st.lists(st.tuples(TEXTS | PIECES, PIECES, TEXTS), max_size=6))
@example([("A0-0-0 a-0-0 A0-1b-GPT4", "", "")])
def test_an_inversion_has_every_word_where_it_is(documents: list[tuple[str, str, str]]) -> None:
    found = inverted(documents, WIDE)
    expected: dict[bytes, list[tuple[int, int, int]]] = defaultdict(list)  # document, lane, place
    for n, document in enumerate(documents):
        place = 0
        for lane, text in enumerate(document):
            length = 0
            for piece in pieces(text):
                words, beside = indexed(piece)
                length += len(words) + len(beside)
                for word in words:
                    expected[word].append((n, lane, place))
                    assert found.words[found.forward[found.forward_starts[n] + place]] == word
                    place += 1
                for word in beside:
                    expected[word].append((n, lane, WIDE.nowhere))
            assert found.lengths[n, lane] == length
            assert found.forward[found.forward_starts[n] + place] == FENCE
            if lane < 2:
                assert found.ends[n, lane] == place
            place += 1
    assert found.words == sorted(expected)
    for number, word in enumerate(found.words):
        these = slice(int(found.starts[number]), int(found.starts[number + 1]))
        having = sorted({n for n, _, _ in expected[word]})
        assert found.documents[these].tolist() == having
        for lane in range(3):
            times = [sum((n, lane) == each[:2] for each in expected[word]) for n in having]
            assert WIDE.lane(found.frequencies[these], lane).tolist() == times
        places = found.places[int(found.place_starts[number]) : int(found.place_starts[number + 1])]
        assert sorted(places.tolist()) == sorted(place for _, _, place in expected[word])


# -- the policy


class Days:
    """What becomes of the segments of a library to which papers are added day by day."""

    def __init__(self, *sizes: Size) -> None:
        self.sizes = list(sizes)
        self.moved = 0
        self.most = 0

    def add(self, papers: int, deleted: int = 0, at: int = 0, layout: int = NARROW.bits) -> None:
        if deleted:
            old = self.sizes[at % len(self.sizes)]
            gone = min(deleted, old.live)
            self.sizes[at % len(self.sizes)] = old._replace(live=old.live - gone, deleted=old.deleted + gone)
        self.sizes.append(Size(papers, 0, layout))

    def change(self, papers: int, chance: random.Random) -> None:
        """So many papers come again, from anywhere."""
        weights = [size.live for size in self.sizes]
        for at in chance.choices(range(len(weights)), weights, k=papers):
            old = self.sizes[at]
            self.sizes[at] = old._replace(live=old.live - 1, deleted=old.deleted + 1)
        self.add(papers)

    def tidy(self, most: int = LARGEST) -> bool:
        chosen = choose(self.sizes, most)
        if not chosen:
            return False
        assert sum(self.sizes[n].live for n in chosen) <= most
        assert len({self.sizes[n].layout for n in chosen}) == 1
        assert chosen == sorted(set(chosen))
        together = sum(self.sizes[n].live for n in chosen)
        dropped = sum(self.sizes[n].deleted for n in chosen)
        assert dropped or len(chosen) > 1, "nothing is gained"
        self.moved += together
        layout = self.sizes[chosen[0]].layout
        self.sizes = [size for n, size in enumerate(self.sizes) if n not in chosen]
        if together:
            self.sizes.append(Size(together, 0, layout))
        return True


def few(sizes: Sequence[Size]) -> bool:
    """Whether there are no more segments than there may be of so many papers, once all is tidy."""
    for layout in {size.layout for size in sizes}:
        live = [size.live for size in sizes if size.layout == layout]
        small = sum(each < merging_policy._SMALL for each in live)
        full = sum(2 * each > LARGEST for each in live)
        if small > merging_policy._MOST_SMALL or len(live) - small - full > 1:
            return False
    return all(size.deleted <= merging_policy._MOST_DELETED * (size.live + size.deleted) for size in sizes)


@pytest.mark.parametrize("daily", [1, 20, 150, 1_000, 20_000])
@pytest.mark.parametrize("known", [(), (100_000,), (25_000, 25_000, *[50_000] * 19)], ids=len)
def test_a_year_of_days(daily: int, known: Sequence[int]) -> None:
    """Tidied every day, a library never has many segments, and no paper is written again very often."""
    days = Days(*(Size(papers, 0, NARROW.bits) for papers in known))
    while days.tidy():
        pass
    assert days.moved <= sum(known)
    days.moved = 0
    for _ in range(365):
        days.add(daily)
        while days.tidy():
            pass
        assert few(days.sizes)
    total = sum(known) + 365 * daily
    assert sum(size.live for size in days.sizes) == total
    assert len(days.sizes) <= merging_policy._MOST_SMALL + 1 + 2 * total / LARGEST
    assert days.moved <= 365 * daily * log2(365)


@pytest.mark.parametrize("again", [10, 500, 5_000])
def test_a_year_of_imports_that_change_what_is_there(again: int) -> None:
    """Papers that come again in other words: what they were before is dropped, in segments of any size."""
    days, chance = Days(Size(100_000, 0, NARROW.bits), Size(50_000, 0, NARROW.bits)), random.Random(1)
    for _ in range(365):
        days.change(again, chance)
        while days.tidy():
            pass
        assert few(days.sizes)
    deleted = sum(size.deleted for size in days.sizes)
    assert sum(size.live for size in days.sizes) == 150_000
    assert deleted <= 150_000 * merging_policy._MOST_DELETED / (1 - merging_policy._MOST_DELETED)
    assert days.moved <= 365 * again * 2 * log2(365)


@pytest.mark.parametrize("most", [merging_policy.BRIEF, LARGEST])
@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 80_000), st.integers(0, 80_000), st.integers(0, 20), st.sampled_from([8, 8, 21])
        ),
        max_size=40,
    )
)
def test_tidying_comes_to_an_end(most: int, changes: list[tuple[int, int, int, int]]) -> None:
    days = Days(Size(100_000, 0, 8))
    for papers, deleted, at, layout in changes:
        days.add(papers, deleted, at, layout)
    for _ in range(2 * len(days.sizes) + 1):
        if not days.tidy(most):
            break
    else:
        raise AssertionError("it goes on and on")
    assert most < LARGEST or few(days.sizes)


def test_an_index_is_tidied_day_by_day(tmp_path: Path) -> None:
    papers = made(120)
    make(tmp_path / "daily", papers[:40]).close()
    most, chance = 0, random.Random(1)
    known = {each.id: each for each in papers[:40]}
    for day in range(40):
        new = [*papers[40 + 2 * day : 42 + 2 * day], *map(rewritten, chance.sample(list(known.values()), 2))]
        known |= {each.id: each for each in new}
        update(tmp_path / "daily", new, [f"{day}"], ignore)
        index = Index.open(tmp_path / "daily")
        assert index.untidy == tidy(tmp_path / "daily")
        most = max(most, len(Index.open(tmp_path / "daily")._catalogue.parts))
    assert most <= merging_policy._MOST_SMALL + 1
    assert contents(Index.open(tmp_path / "daily")) == contents(
        make(tmp_path / "anew", known.values(), ["39"])
    )


def test_deletions_are_dropped(tmp_path: Path) -> None:
    build(tmp_path, map(rewritten, made(50)), [], ignore)
    update(tmp_path, made(50)[:25], [], ignore)
    assert Index.open(tmp_path).end == 75
    assert tidy(tmp_path)
    assert Index.open(tmp_path).end == len(Index.open(tmp_path)) == 50
    update(tmp_path, map(rewritten, made(50)), [], ignore)
    while tidy(tmp_path):
        pass
    index = Index.open(tmp_path)
    assert index.end == len(index) == 50
    assert not index.untidy
    assert {index.paper(n) for n in range(50)} == set(map(rewritten, made(50)))
