"""`paperreader search`: what it prints, and what it says beside that."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from paperreader import places
from paperreader.annotations import Annotations
from paperreader.cli import main
from paperreader.library import IndexUnusable, Library
from paperreader.paper import Paper, paper_id
from tests.commands import Capture, facts, found

TITLE = "Adding Gradient Noise Improves Learning for Very Deep Networks"


@pytest.fixture
def filled(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with the sample dumps, used when none is named."""
    monkeypatch.setenv("PAPERREADER_LIBRARY", str(seeded))
    return seeded


def test_a_line_for_people_and_an_object_for_programs(filled: Path, capsys: Capture) -> None:
    assert main(["search", "gradient", "noise", "--limit", "1"]) == 0
    assert capsys.readouterr() == (f"2026-09-09     {TITLE}\n", "")
    (paper,) = found(capsys, "gradient noise", "--limit", "1")
    assert list(paper) == [
        *("id", "title", "abstract", "authors", "arxiv_id", "doi", "venue", "published", "categories"),
        *("keywords", "urls", "upvotes", "dates", "dumps"),
        *("starred", "read", "skipped", "later", "tags", "note"),
    ]
    assert (paper["id"], paper["title"]) == (paper_id(TITLE), TITLE)
    assert str(paper["abstract"]).startswith("Deep feedforward and recurrent networks")
    assert paper["dates"] == ["2026-03-11", "2026-03-12", "2026-08-20", "2026-09-09"]
    assert len(paper["dumps"]) == 4  # type: ignore[arg-type]
    assert (paper["starred"], paper["note"]) == (False, "")


def test_all_that_is_known_is_told(empty: Path, tmp_path: Path, capsys: Capture) -> None:
    known = {
        "id": "2401.01234",
        "title": "On the Poincar\\'e Ball",
        "summary": "See https://example.org/ball.",
        "authors": [{"name": "Ada Lovelace"}, {"name": "Henri Poincaré"}],
        "publishedAt": "2026-09-08T00:00:00.000Z",
        "upvotes": 12,
        "ai_keywords": ["geometry"],
    }
    (tmp_path / "2026-09-09.json").write_text(json.dumps([{"paper": known}]), encoding="utf-8")
    assert main(["import", str(tmp_path / "2026-09-09.json")]) == 0
    capsys.readouterr()
    (paper,) = found(capsys, "poincare")
    assert paper["title"] == known["title"] and paper["authors"] == ["Ada Lovelace", "Henri Poincaré"]
    assert paper["arxiv_id"] == "2401.01234" and paper["published"] == "2026-09-08"
    assert {"https://example.org/ball", "https://arxiv.org/abs/2401.01234"} <= {*paper["urls"]}
    assert (paper["upvotes"], paper["keywords"], paper["venue"]) == (12, ["geometry"], "")
    assert main(["search", "poincare"]) == 0
    assert capsys.readouterr().out.endswith("  On the Poincaré Ball\n")
    assert main(["search", "--raw", "poincare"]) == 0
    assert capsys.readouterr().out.endswith("  On the Poincar\\'e Ball\n")


def test_papers_are_printed_as_they_are_read(
    filled: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["search", "neural"]) == 0
    whole = capsys.readouterr().out.splitlines()
    read = Library.paper

    def damaged(library: Library, ordinal: int) -> Paper:
        paper = read(library, ordinal)
        if paper.title in whole[7]:
            monkeypatch.setattr(Library, "paper", read)
            assert capsys.readouterr().out.splitlines() == whole[:7]
            raise IndexUnusable("damaged")
        return paper

    monkeypatch.setattr(Library, "paper", damaged)
    assert main(["search", "neural"]) == 0
    rest, said = capsys.readouterr()
    assert rest.splitlines() == whole[7:] and "made again" in said


def test_annotations_are_found_and_told(filled: Path, capsys: Capture) -> None:
    annotations = Annotations(filled / "annotations.json")
    annotations.change(paper_id(TITLE), TITLE, "starred", True)
    annotations.change(paper_id(TITLE), TITLE, "note", "compare with quixotic dropout")
    annotations.change("0123456789abcdef", "Its Dump Is Gone", "starred", True)
    (paper,) = found(capsys, "quixotic")
    assert (paper["title"], paper["starred"], paper["note"]) == (TITLE, True, "compare with quixotic dropout")
    assert {paper["title"] for paper in found(capsys, "is:starred")} == {TITLE, "Its Dump Is Gone"}
    said = facts(capsys)
    assert (said["starred"], said["noted"]) == (2, 1)


def test_a_search_gives_what_the_filter_gives(filled: Path, capsys: Capture) -> None:
    library = Library(filled)
    assert library.open() == ""
    for query in ("neural", '"neural network"', "title:learning OR attention", "seen:>2", "networks -deep"):
        filter_gives = [library.paper(ordinal).id for ordinal in library.search(query).ordinals]
        assert filter_gives
        assert [paper["id"] for paper in found(capsys, query)] == filter_gives


def test_a_word_to_leave_out_is_no_option(filled: Path, capsys: Capture) -> None:
    without = found(capsys, "networks -deep")
    assert 0 < len(without) < len(found(capsys, "networks"))
    assert found(capsys, "networks", "-deep") == without
    assert found(capsys, "-deep", "networks") == found(capsys, " -deep networks") != []


def test_orders_and_limits(filled: Path, capsys: Capture) -> None:
    everything = found(capsys, "", "--sort", "title")
    titles = [str(paper["title"]).casefold() for paper in everything]
    assert len(titles) == 181
    assert titles[0] < titles[90] < titles[-1]
    dates = [max(paper["dates"]) for paper in found(capsys, "neural", "--sort", "date")]  # type: ignore[call-overload]
    assert len(dates) > 20
    assert dates == sorted(dates, reverse=True)
    trending = [paper["dates"] for paper in found(capsys, "", "--sort", "trending")]
    lately = [(sum(day > "2026-08-10" for day in days), len(days)) for days in trending]  # type: ignore[attr-defined, misc, arg-type]
    assert lately == sorted(lately, reverse=True)
    assert lately[:4] == [(3, 5), (3, 5), (3, 4), (3, 3)]
    assert len(found(capsys, "", "--limit", "7")) == 7


def test_nothing_typed_is_an_error(filled: Path, capsys: Capture) -> None:
    for query in ('"open', "((", "OR OR", "title:", "-", "nofield:x \x1b[2J", "*"):
        assert main(["search", "--", query]) == 0
    assert "\x1b" not in "".join(capsys.readouterr())


def test_a_saved_search_is_done_again(filled: Path, capsys: Capture) -> None:
    file = places.config_file()
    file.parent.mkdir(parents=True)
    file.write_text(
        '[keys]\nnone = "x"\n[searches]\nnets = "neural net"\neither = "hebbian OR replay"\n'
        'dated = "hebbian OR date:2026-08"\n'
    )
    assert found(capsys, "--saved", "nets") == found(capsys, "neural net") != []
    assert found(capsys, "--saved", "either", "-memory") == found(capsys, "(hebbian OR replay) -memory") != []
    assert found(capsys, "--saved", "dated") == found(capsys, "hebbian OR date:2026-08") != []
    assert found(capsys, "--saved", "dated", "-memory") == found(capsys, "(hebbian OR date:2026-08) -memory")
    assert main(["search", "--saved", "net"]) == 1
    assert capsys.readouterr() == (
        "",
        "paperreader: no search is called 'net'; there are: nets, either, dated\n",
    )
    file.write_text("searches = 3")
    assert main(["search", "--saved", "nets"]) == 1
    assert "searches must be a table" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("is:stared hebbian", "is:stared means nothing; did you mean is:starred"),
        ("hebbian OR -is:unred", "is:unred means nothing; did you mean is:unread"),
        ("is:star", "is:star means nothing; did you mean is:starred"),
        ("is:zzz", "is:zzz means nothing; there are: is:starred, is:noted, is:read"),
        ("date:2026-13-01", "date:2026-13-01 means nothing"),
        ("date:never", "date:never means nothing"),
    ],
)
def test_a_filter_without_a_meaning_gives_no_papers(
    filled: Path, capsys: Capture, query: str, says: str
) -> None:
    assert main(["search", "--", *query.split()]) == 1
    out, said = capsys.readouterr()
    assert out == "" and said.startswith(f"paperreader: {says}") and said.count("\n") == 1


@pytest.mark.parametrize(
    "options", [["--sort", "trending"], ["--sort", "relevance"], ["--json"], ["--raw"], ["--limit", "200"]]
)
def test_options_without_a_query_list_all_papers(filled: Path, capsys: Capture, options: list[str]) -> None:
    assert main(["search", *options]) == 0
    out, said = capsys.readouterr()
    assert (len(out.splitlines()), said) == (181, "")


def test_what_is_starred_becomes_a_list_for_other_programs(filled: Path, capsys: Capture) -> None:
    annotations = Annotations(filled / "annotations.json")
    annotations.change(paper_id(TITLE), TITLE, "starred", True)
    annotations.change(paper_id(TITLE), TITLE, "note", "My *own* words.")
    annotations.change("0123456789abcdef", "Adding Nothing", "starred", True)
    assert main(["search", "--format", "bibtex", "is:starred"]) == 0
    out, said = capsys.readouterr()
    assert said == "" and re.findall(r"^@misc\{(.*),$", out, re.MULTILINE) == ["adding2026", "adding"]
    assert (
        "\n}\n\n@misc" in out and f"title = {{{{{TITLE}}}}}" in out and "abstract = {Deep feedforward" in out
    )
    assert main(["--format", "markdown", "search", "is:starred"]) == 0
    out, _ = capsys.readouterr()
    assert out.startswith(f"# {TITLE}\n\nSeen on ") and "\n\nMy *own* words.\n\n# Adding Nothing\n" in out


def test_what_is_no_field_is_said_beside_the_output(filled: Path, capsys: Capture) -> None:
    assert main(["search", "published:2024 hebbian"]) == 0
    assert capsys.readouterr().err.startswith("paperreader: published: is no field, so a word; perhaps date:")


def test_finding_nothing_is_said_beside_the_output(filled: Path, capsys: Capture) -> None:
    assert main(["search", "xylophone"]) == 0
    assert capsys.readouterr() == ("", "paperreader: nothing matches\n")
