"""What has changed since the last visit: new, seen again, gone."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.library import Library, News
from paperreader.paper import Paper, Sighting
from tests.index.making import make, paper

PAGES = {
    "2026-09-01": ("alpha", "beta"),
    "2026-09-02": ("beta", "gamma"),
    "2026-09-03": ("alpha", "delta"),
    "2026-09-04": ("epsilon",),
}


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    """A file of a page for each day."""
    files = {}
    for day, names in PAGES.items():
        papers = "".join(f"\n\nThe {name} paper\n\nIts abstract about {name}." for name in names)
        file = tmp_path / f"{day}.txt"
        file.write_text(f"Daily Papers\n\nSep {date.fromisoformat(day).day}{papers}\n")
        files[day] = str(file)
    return files


def visit(folder: Path, *pages: str) -> Library:
    """The library as it is opened next, with these pages imported at once."""
    library = Library(folder)
    if library.open():
        library.rebuild()
    if pages:
        library.take_in(pages)
    return library


def names(library: Library, query: str) -> set[str]:
    """What papers are called."""
    return {library.paper(n).title.split()[1] for n in library.search(query).ordinals}


def remove(folder: Path, day: str) -> None:
    """Take away the dump of a day."""
    (dump,) = (folder / "dumps").glob(f"{day}*")
    dump.unlink()


def test_new_again_and_gone(tmp_path: Path, pages: dict[str, str]) -> None:
    folder = tmp_path / "library"
    first = visit(folder, pages["2026-09-01"], pages["2026-09-02"])
    assert not first.visited and first.news() == News(3, 0, 0)
    assert names(first, "is:again") == set()
    first.end_visit()

    nothing = visit(folder)
    assert nothing.visited and nothing.news() == News(0, 0, 0)

    second = visit(folder, pages["2026-09-03"], pages["2026-09-04"])
    assert second.news() == News(2, 1, 0)
    assert names(second, "is:new") == {"delta", "epsilon"} and names(second, "is:again") == {"alpha"}
    assert names(second, "-is:again -is:new ") == {"beta", "gamma"}
    second.end_visit()

    remove(folder, "2026-09-02")
    third = visit(folder)
    assert third.news() == News(0, 0, 1)
    assert [each.title for each in third.gone()] == ["The gamma paper"]
    elsewhere = visit(folder)
    assert [each.title for each in elsewhere.gone()] == [""]
    elsewhere.end_visit()
    assert visit(folder).news() == News(0, 0, 0)


def test_the_title_of_what_was_annotated_is_known(tmp_path: Path, pages: dict[str, str]) -> None:
    folder = tmp_path / "library"
    library = visit(folder, *pages.values())
    (gamma,) = library.search("gamma ").ordinals
    library.mark(library.paper(gamma), "starred", True)
    library.end_visit()
    remove(folder, "2026-09-02")
    remove(folder, "2026-09-04")
    visit(folder)
    gone = visit(folder).gone()
    assert [each.title for each in gone] == ["The gamma paper", ""]


def test_what_goes_while_one_reads_is_known_too(tmp_path: Path, pages: dict[str, str]) -> None:
    folder = tmp_path / "library"
    library = visit(folder, *pages.values())
    library.end_visit()
    library = visit(folder)
    assert library.gone() == []
    remove(folder, "2026-09-04")
    library.rebuild()
    assert [each.title for each in library.gone()] == ["The epsilon paper"]


def test_a_paper_that_goes_under_another_name_is_not_gone(tmp_path: Path) -> None:
    folder, day = tmp_path / "library", "2026-09-01T00:00:00.000Z"
    for n, title in enumerate(("Zebra", "Aardvark")):
        about = {"id": "2609.01234", "title": title, "summary": "It is an animal."}
        text = json.dumps([{"title": title, "publishedAt": day, "paper": about}])
        (tmp_path / f"2026-09-0{n + 1}.json").write_text(text)
    library = visit(folder, str(tmp_path / "2026-09-01.json"))
    zebra = library.paper(0).id
    library.end_visit()
    library = visit(folder, str(tmp_path / "2026-09-02.json"))
    assert len(library) == 1 and library.find(zebra) is not None
    assert library.news() == News(0, 1, 0)


def test_a_list_that_has_grown_is_not_seen_again(tmp_path: Path, pages: dict[str, str]) -> None:
    folder, page = tmp_path / "library", Path(pages["2026-09-01"])
    visit(folder, str(page)).end_visit()
    page.write_text(f"{page.read_text()}\n\nThe zeta paper\n\nIts abstract about zeta.\n")
    library = visit(folder, str(page))
    assert library.news() == News(1, 0, 0) and names(library, "is:new") == {"zeta"}
    (alpha,) = library.search("alpha ").ordinals
    assert len(library.paper(alpha).sightings) == 2 and library.paper(alpha).seen == 1


def test_without_dumps_nothing_is_said(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert library.news() == News(0, 0, 0) and list(library.gone()) == []
    library.end_visit()
    assert not Library(tmp_path).visited


DUMPS = "abcde"
SIGHTINGS = st.lists(
    st.builds(
        Sighting,
        day=st.sampled_from((date.min, date(2026, 9, 1), date(2026, 9, 2))),
        dump=st.sampled_from(DUMPS),
        rank=st.just(1),
        name=st.sampled_from(("x", "y")),
    ),
    max_size=4,
    unique_by=lambda seen: seen.dump,
)


@given(st.lists(SIGHTINGS, min_size=1, max_size=8), st.sets(st.sampled_from(DUMPS)))
@settings(max_examples=30)
def test_again_is_what_was_known_and_is_in_another_list(
    papers: list[list[Sighting]], known: Collection[str]
) -> None:
    made = [paper(f"paper {n}")._replace(sightings=tuple(sorted(s))) for n, s in enumerate(papers)]
    with TemporaryDirectory() as folder:
        index = make(Path(folder), made)
        found = {index.paper(n).id for n in index.sighted_again(known)}
        index.close()
    assert found == {each.id for each in made if _is_again(each, known)}


def _is_again(one: Paper, known: Collection[str]) -> bool:
    lists = [{(s.day, s.name) for s in one.sightings if (s.dump in known) == old} for old in (True, False)]
    return bool(lists[0]) and bool(lists[1] - lists[0])
