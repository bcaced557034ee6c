"""The command line: what it says, where it says it, and with which status it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paperreader import __version__, places
from paperreader.annotations import Annotations
from paperreader.cli import main
from paperreader.library import IndexUnusable, Library
from paperreader.paper import Paper, paper_id
from tests.commands import Capture, counts, facts, found

TITLE = "Adding Gradient Noise Improves Learning for Very Deep Networks"


@pytest.fixture
def filled(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with the sample dumps in it."""
    monkeypatch.setenv("PAPERREADER_LIBRARY", str(seeded))
    return seeded


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "--year", "soon", "x"],
        ["search", "--limit", "-1", "x"],
        ["search", "--sort", "up", "x"],
    ],
)
def test_a_wrong_command_line_says_how_it_is_used(empty: Path, capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: paperreader" in capsys.readouterr().err
    assert not empty.exists()


def test_a_misspelt_command_is_told_from_a_path(empty: Path, capsys: Capture) -> None:
    assert main(["serch", "attention"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.endswith(
        "neither a file nor a command; did you mean: paperreader search\n"
    )
    assert not empty.exists()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["import", "--help"], ["search", "-h"], ["info", "--help"]]
)
def test_every_command_has_a_help(capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("usage: paperreader")


def test_the_version_is_said(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"paperreader {__version__}\n"


# -- search


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
    for query in ('"open', "((", "OR OR", "title:", "date:never", "-", "nofield:x \x1b[2J", "*"):
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
    said = "paperreader: no search is called 'net'; there are: nets, either, dated\n"
    assert capsys.readouterr() == ("", said)
    file.write_text("searches = 3")
    assert main(["search", "--saved", "nets"]) == 1
    assert "searches must be a table" in capsys.readouterr().err


def test_what_means_nothing_is_said_beside_the_output(filled: Path, capsys: Capture) -> None:
    assert main(["search", "is:starrd", "hebbian"]) == 0
    out, said = capsys.readouterr()
    assert out and said == "paperreader: is:starrd means nothing\n"
    assert main(["search", "published:2024 hebbian"]) == 0
    assert capsys.readouterr().err.startswith("paperreader: published: is no field, so a word; perhaps date:")


def test_finding_nothing_is_said_beside_the_output(filled: Path, capsys: Capture) -> None:
    assert main(["search", "xylophone"]) == 0
    assert capsys.readouterr() == ("", "paperreader: nothing matches\n")


# -- the library


def test_info_says_what_and_where(filled: Path, capsys: Capture) -> None:
    said = facts(capsys)
    assert {name: said[name] for name in ("dumps", "papers", "sightings", "starred", "noted")} == {
        "dumps": 5,
        "papers": 181,
        "sightings": 249,
        "starred": 0,
        "noted": 0,
    }
    assert said["library"] == str(filled)
    assert main(["info"]) == 0
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert lines == [[name, str(value)] for name, value in said.items()]


def test_an_empty_library_is_counted_and_not_made(empty: Path, capsys: Capture) -> None:
    assert counts(capsys) == (0, 0, 0)
    assert found(capsys, "anything") == []
    assert not empty.exists()


@pytest.mark.parametrize("damage", ["gone", "cut short", "foreign"])
def test_an_index_is_made_again_from_the_dumps(filled: Path, capsys: Capture, damage: str) -> None:
    index = filled / "index"
    if damage == "gone":
        shutil.rmtree(index)
    elif damage == "cut short":
        largest = max((f for f in index.rglob("*") if f.is_file()), key=lambda f: f.stat().st_size)
        os.truncate(largest, largest.stat().st_size // 2)
    else:
        shutil.rmtree(index)
        index.mkdir()
        (index / "_MAIN_1.toc").write_bytes(b"cos\nsystem\n(S'touch /tmp/owned'\ntR.")
    assert main(["search", "gradient noise", "--limit", "1"]) == 0
    said = capsys.readouterr()
    assert TITLE in said.out
    (line,) = said.err.splitlines()
    assert line.startswith("paperreader: the index is ")
    assert line.endswith("made again from the dumps")
    assert counts(capsys) == (5, 181, 249)
    assert capsys.readouterr().err == "", "once is enough"


# -- among other programs


def run(*arguments: str, **options: object) -> subprocess.Popen[str]:
    """The program as a process of its own."""
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "paperreader", *arguments],
        **{
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            **options,
        },
    )


def test_without_a_terminal_it_says_what_to_do(filled: Path) -> None:
    program = run()
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out) == (1, "")
    assert err == "paperreader: the reader needs a terminal; without one, use: paperreader search QUERY\n"


@pytest.mark.parametrize("arguments", [["info"], ["--help"], ["search", "--json", ""]], ids=" ".join)
def test_whoever_has_read_enough_may_go(filled: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    program = run(*arguments, stdout=writing, env=buffered)
    os.close(writing)
    _, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")


def test_a_narrow_encoding_loses_letters_and_no_papers(filled: Path) -> None:
    narrow = {**os.environ, "PYTHONIOENCODING": "ascii"}
    out, err = run("search", "", env=narrow).communicate(timeout=60)
    assert (len(out.splitlines()), err) == (181, "")
    out, err = run("search", "--json", "", env=narrow).communicate(timeout=60)
    library = Library(filled)
    library.open()
    assert err == ""
    assert {json.loads(line)["abstract"] for line in out.splitlines()} == {
        library.paper(ordinal).abstract for ordinal in library.search().ordinals
    }


def test_a_damaged_paper_is_noticed_and_the_index_made_again(filled: Path, capsys: Capture) -> None:
    assert main(["search", "attention"]) == 0
    before = capsys.readouterr().out
    (documents,) = (filled / "index").glob("*.documents")
    status, data = documents.stat(), bytearray(documents.read_bytes())
    data[: len(data) // 2] = bytes(len(data) // 2)
    documents.write_bytes(data)
    os.utime(documents, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert main(["search", "attention"]) == 0
    out, said = capsys.readouterr()
    assert out == before
    assert "damaged" in said and "made again" in said
