"""Similar papers and papers for you, as a library answers them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader.library import STARS_NEEDED, Library
from paperreader.paper import Paper
from tests.index.liking import Topics

Open = Callable[[], Library]


@pytest.fixture
def topics() -> Topics:
    """Papers on ten topics."""
    return Topics(7, 10, 14)


@pytest.fixture
def planted(tmp_path: Path, home: Path, topics: Topics) -> Library:
    """A library of them."""
    parts = [f"Daily Papers\n\nSep 9\n\n{each.title}\n\n{each.abstract}\n" for each in topics.all]
    page = "\n".join([parts[0], *(part.split("\n\n", 2)[2] for part in parts[1:])])
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    library = Library(tmp_path / "planted")
    library.take_in([str(tmp_path / "page.txt")], 2026)
    assert len(library) == len(topics.all)
    return library


def listed(library: Library, text: str = "", **how: object) -> list[Paper]:
    """The papers of an answer."""
    return [library.paper(n) for n in library.search(text, **how).ordinals]  # type: ignore[arg-type]


def test_for_you_needs_five_stars(planted: Library, topics: Topics) -> None:
    for n in range(STARS_NEEDED):
        answer = planted.search(view="for you")
        assert (list(answer.ordinals), answer.alike, answer.scored) == ([], None, False)
        assert list(planted.search("title:nr ", view="for you").ordinals) == []
        planted.mark(topics.papers[2][n], "starred", True)
    answer = planted.search(view="for you")
    assert answer.sort == "relevance" and answer.scored and answer.alike
    rest = {each.id for each in topics.papers[2][STARS_NEEDED:]}
    assert {planted.paper(n).id for n in answer.ordinals[: len(rest)]} == rest
    for n in answer.ordinals[: len(rest)]:
        assert set(answer.because(planted.paper(n))[:3]) <= set(topics.words[2])


def test_what_is_read_or_judged_is_not_for_you_any_more(planted: Library, topics: Topics) -> None:
    liked = topics.papers[0]
    planted.mark_all(liked[:6], "starred", True)
    planted.mark(liked[6], "read", True)
    planted.mark(liked[7], "later", True)
    planted.mark(liked[8], "skipped", True)
    planted.note(liked[9], "something else altogether")
    planted.annotations.change("0" * 16, liked[10].title, "starred", True)  # in no dump
    found = {each.id for each in listed(planted, view="for you")}
    assert found & {each.id for each in liked} == {each.id for each in liked[10:]}
    assert "0" * 16 not in found


def test_notes_and_what_is_put_off_count_less_than_stars(planted: Library, topics: Topics) -> None:
    one, other = topics.papers[:2]
    planted.mark_all(one[:5], "starred", True)
    planted.mark_all(other[:5], "later", True)
    both = [each.id for each in listed(planted, view="for you")][: len(one) + len(other) - 10]
    assert set(both) == {each.id for each in (*one[5:], *other[5:])}
    places = [[both.index(each.id) for each in topic[5:]] for topic in (one, other)]
    assert sum(places[0]) < sum(places[1])


def test_skips_send_a_topic_away(planted: Library, topics: Topics) -> None:
    one, other = topics.papers[:2]
    planted.mark_all([*one[:5], *other[:5]], "starred", True)
    last = {each.id for each in other[9:]}
    before = [each.id in last for each in listed(planted, view="for you")][:14]
    planted.mark_all(other[5:9], "skipped", True)
    after = [each.id in last for each in listed(planted, view="for you")][:14]
    assert sum(after[:7]) < sum(before[:10])
    planted.mark_all(other[:5], "starred", False)
    planted.mark_all(other[:5], "skipped", True)
    assert not last & {each.id for each in listed(planted, view="for you")}


def test_the_filter_narrows_and_the_order_can_be_another(planted: Library, topics: Topics) -> None:
    planted.mark_all(topics.papers[3][:8], "starred", True)
    everything = listed(planted, view="for you")
    word = topics.words[3][0]
    having = [each for each in everything if word in f"{each.title} {each.abstract}".split()]
    assert 0 < len(having) < len(everything)
    answer = planted.search(f"{word} ", view="for you")
    assert [planted.paper(n) for n in answer.ordinals] == having and answer.marks
    assert [answer.position(n) for n in answer.ordinals] == list(range(len(having)))
    assert answer.position(planted.search(view="starred").ordinals[0]) is None
    assert listed(planted, f"{word} ", view="for you", sort="title") == sorted(
        having, key=lambda each: each.title
    )
    assert set(listed(planted, view="for you", sort="date")) == set(everything)


def test_it_is_worked_out_once_while_nothing_changes(planted: Library, topics: Topics) -> None:
    planted.mark_all(topics.papers[3][:8], "starred", True)
    first = planted.search(view="for you").alike
    assert planted.search("x", view="for you").alike is first
    planted.mark(topics.papers[3][9], "starred", True)
    assert planted.search(view="for you").alike is not first


def test_the_papers_near_one(open_library: Open) -> None:
    library = open_library()
    one = library.paper(library.search("title:kolmogorov-arnold title:selectable ").ordinals[0])
    answer = library.search(near=one.id)
    assert answer.alike and 0 < len(answer.ordinals) <= 100
    first = library.paper(answer.ordinals[0])
    assert first.title.startswith("AF-KAN") and "kolmogorov" in answer.because(first)
    narrowed = library.search("is:unread learning -robust ", near=one.id)
    assert [n for n in answer.ordinals if n in set(narrowed.ordinals)] == list(narrowed.ordinals)
    assert 0 < len(narrowed.ordinals) < len(answer.ordinals)
    for gone in ("f" * 16, "nonsense"):
        assert list(library.search(near=gone).ordinals) == []


def test_a_star_in_no_dump_has_neighbours_too(open_library: Open) -> None:
    library = open_library()
    library.annotations.change("1" * 16, "Hebbian Plasticity for Replay", "starred", True)
    near = listed(library, near="1" * 16)
    assert near[0].title.startswith("Hebbian Learning")
    assert any(each.id == "1" * 16 for each in listed(library, near=near[0].id))
