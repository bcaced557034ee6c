"""Hiding what is judged, in every view and query."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.annotations import Field, Setting
from paperreader.index import Index, Members
from paperreader.index.hiding import asks_for_judged
from paperreader.index.query import parse
from paperreader.library import Library, Sort, View
from paperreader.switches import Switches
from tests.index.asking import TYPED
from tests.index.making import TODAY, made, make, search

Open = Callable[[], Library]
JUDGING: tuple[Field, ...] = ("read", "skipped", "later", "starred")
VIEWS: tuple[View, ...] = ("all", "new", "trending")
SORTS: tuple[Sort | None, ...] = (None, "date", "title", "trending")


def judge(library: Library, every: int = 3) -> frozenset[int]:
    """Judge some of the papers in each of the ways there are."""
    ordinals = sorted(library.search().ordinals)[::every]
    papers = [library.paper(ordinal) for ordinal in ordinals]
    library.annotations.change_all(
        [Setting(p.id, p.title, JUDGING[n % 4], True) for n, p in enumerate(papers)]
    )
    return frozenset(ordinals)


@pytest.mark.parametrize("text", ["", "learning", "neural network ", "-learning", "date:2026-08", '"deep'])
def test_what_is_judged_is_left_out_of_every_answer(open_library: Open, text: str) -> None:
    library = open_library()
    hidden = judge(library)
    for view, sort in product(VIEWS, SORTS):
        everything = library.search(text, view=view, sort=sort)
        answer = library.search(text, view=view, sort=sort, hide=library.annotations.snapshot)
        left = [n for n in everything.ordinals if n not in hidden]
        assert list(answer.ordinals) == left and len(answer.ordinals) == len(left)
        assert answer.hidden == len(everything.ordinals) - len(left) > 0
        assert answer.total == 181
        assert [answer.position(n) for n in left] == list(range(len(left)))
        assert all(answer.position(n) is None for n in hidden)


def test_it_is_shown_where_it_is_asked_for(open_library: Open) -> None:
    library = open_library()
    judge(library)
    library.note(library.paper(0), "a note")
    library.tag(library.paper(1), ["rl"])
    views: tuple[View, ...] = ("starred", "noted", "later")
    for view in views:
        assert list(library.search(view=view, hide=library.annotations.snapshot).ordinals)
        assert library.search(view=view, hide=library.annotations.snapshot) == library.search(view=view)
    for text in (
        "is:starred",
        "is:skipped learning",
        "is:read OR is:later",
        "tag:rl",
        "note:note",
        "is:judged",
    ):
        answer = library.search(text, hide=library.annotations.snapshot)
        assert list(answer.ordinals) == list(library.search(text).ordinals) and not answer.hidden


def test_to_exclude_some_is_not_to_ask_for_them() -> None:
    for text in ("is:unread", "-is:skipped", "-(is:starred OR tag:x)", "is:new", "learning", "-note:x"):
        assert not asks_for_judged(parse(text, TODAY)), text
    for text in ("is:starred", "x (y OR is:read)", "tag:x -is:later", "note:x", "is:judged", "is:tagged"):
        assert asks_for_judged(parse(f"{text} ", TODAY)), text


def test_what_is_judged_later_stays(open_library: Open) -> None:
    library = open_library()
    first, second, third = list(library.search().ordinals)[:3]
    library.mark(library.paper(first), "read", True)
    library.mark(library.paper(second), "later", True)
    then = library.annotations.snapshot
    library.mark(library.paper(third), "skipped", True)
    assert library.search(hide=then).hidden == 2
    assert library.search(hide=then).ordinals[0] == third
    library.mark(library.paper(first), "read", False)
    assert list(library.search(hide=then).ordinals)[:2] == [first, third]
    library.mark(library.paper(second), "skipped", True)
    assert library.search(hide=then).hidden == 1, "judged in another way, and still judged"
    library.mark(library.paper(first), "starred", True)
    assert library.search(hide=library.annotations.snapshot).hidden == 3
    assert list(library.search("is:skipped", hide=then).ordinals) == [second, third]


def test_papers_that_are_in_no_dump_any_more_are_hidden_too(open_library: Open) -> None:
    library = open_library()
    library.annotations.change("f" * 16, "Gone", "starred", True)
    library.annotations.change("e" * 16, "Gone, too", "note", "unjudged")
    answer = library.search(hide=library.annotations.snapshot)
    assert (answer.total, len(answer.ordinals), answer.hidden) == (183, 182, 1)
    assert len(list(answer.ordinals)) == 182
    assert library.paper(list(answer.ordinals)[-1]).title == "Gone, too"


def test_what_is_hidden_needs_no_other_spelling(open_library: Open) -> None:
    library = open_library()
    for n in library.search("hebbian ").ordinals:
        library.mark(library.paper(n), "skipped", True)
    answer = library.search("hebbian ", hide=library.annotations.snapshot)
    assert not answer.meant and not answer.ordinals and answer.hidden > 0
    assert library.search("hebbien ", hide=library.annotations.snapshot).hidden == 0


def test_an_empty_library_has_nothing_to_hide(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    for text in ("", "x"):
        assert library.search(text, hide=library.annotations.snapshot).hidden == 0


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return make(tmp_path_factory.mktemp("index"), made(300))


@given(TYPED, st.integers(0, 300), st.sampled_from(["relevance", "date", "title", "trending"]))
def test_every_query_is_answered_as_if_it_were_not_there(
    index: Index, text: str, some: int, sort: Sort
) -> None:
    hidden = Members.of(Random(some).sample(range(300), some))
    query = parse(text, TODAY)
    everything = search(index, text, sort=sort)
    hits = index.search(
        query,
        sort=sort,
        states={},
        notes={},
        notes_version=0,
        cancelled=lambda: False,
        hidden=hidden,
    )
    left = [n for n in everything.ordinals if n not in hidden or asks_for_judged(query)]
    assert list(hits.ordinals) == left and hits.hidden == len(everything.ordinals) - len(left)


def test_a_switch_is_remembered(tmp_path: Path) -> None:
    switches = Switches(tmp_path / "state")
    assert not switches.is_on("a")
    switches.set("a", True)
    switches.set("b", True)
    switches.set("b", False)
    again = Switches(tmp_path / "state")
    assert again.is_on("a") and not again.is_on("b")
    for content in (b"", b"[]", b"{", b'{"a": 3}', b"\xff"):
        (tmp_path / "state" / "switches.json").write_bytes(content)
        assert not again.is_on("a")
    again.set("a", True)
    assert again.is_on("a")
    Switches(tmp_path / "state" / "switches.json" / "deeper").set("a", True)
