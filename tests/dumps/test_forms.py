"""Every form is known by what is in it, however it is compressed, and whatever its name says."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from paperreader.dumps import Dump, Entry, NotADump
from paperreader.dumps.forms import open_dump
from paperreader.paper import Details

from .rendering import TODAY, pairs_of, read
from .samples import FORMS, PACKED, PAPERS, ROWS, api_row, lines

NAMES = ("a.txt", "a.json.gz", "a.bib", "refs", "", "2026-01-05.csv")


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_in_every_packing_under_every_name(form: str, packing: str) -> None:
    data = PACKED[packing](FORMS[form].encode())
    for name in NAMES:
        dump = read(data, name)
        assert (pairs_of(dump), dump.problems) == (PAPERS, ())
        assert dump.id == read(FORMS[form]).id
        assert [entry.rank for entry in dump.entries] == [1, 2, 3, 4]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_every_form_in_every_encoding(form: str, encoding: str) -> None:
    text = FORMS[form].replace('encoding="UTF-8"', "")
    assert pairs_of(read(text.encode(encoding))) == PAPERS
    assert pairs_of(read(text.replace("\n", "\r\n").encode(encoding))) == PAPERS


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_one_id_and_two_forms_have_two(form: str) -> None:
    ids = {read(text).id for text in FORMS.values()}
    assert len(ids) == len(FORMS)
    assert len(read(FORMS[form]).id) == 16


def first(form: str, name: str = "a.txt") -> Entry:
    return read(FORMS[form], name).entries[0]


LISTED = date(2026, 1, 5)
API = Details(
    authors=("Ada Lovelace", "Émilie du Châtelet"),
    arxiv_id="2601.00001",
    links=("https://a.example/b", "https://github.com/a/b"),
    published=date(2026, 1, 1),
    submitted=date(2026, 1, 2),
    listed=LISTED,
    ai_summary="It studies a number.",
    keywords=("numbers", "uses"),
)


@pytest.mark.parametrize("form", ["API, a list", "API, Python's repr", "API, wrapped", "a saved page"])
def test_what_the_daily_papers_say(form: str) -> None:
    entry = first(form)
    assert entry.details == API
    assert (entry.day, entry.upvotes, entry.comments) == (LISTED, 11, 1)


def test_an_old_row_was_seen_on_the_day_of_its_file_or_when_it_was_put_there() -> None:
    entry = first("API, old rows")
    assert entry.details == Details(*API[:2], published=date(2026, 1, 1), submitted=date(2026, 1, 2))
    assert (entry.day, entry.upvotes, entry.comments) == (date(2026, 1, 2), 11, 1)
    assert first("API, old rows", "2026-01-03.json").day == date(2026, 1, 3)
    wrapped = json.dumps({"date": "2026-01-04", "data": [{"paper": {"title": "A", "summary": "B"}}]})
    assert read(wrapped, "2026-01-03.json").entries[0].day == date(2026, 1, 4)


BOTH = ("Ada Lovelace", "Émilie du Châtelet")
NUMBERS = Details(authors=BOTH, arxiv_id="2601.00001", doi="10.1234/abc.1", venue="Journal of Numbers")


@pytest.mark.parametrize(
    ("form", "details", "day"),
    [
        (
            "arXiv, bulk",
            NUMBERS._replace(
                venue="Journal of Numbers 12 (2026)",
                categories=("math.NT", "cs.LG"),
                published=date(2026, 1, 1),
                updated=date(2026, 2, 3),
            ),
            date(2026, 2, 3),
        ),
        (
            "arXiv, lists",
            Details(BOTH, "2601.00001", ("math.NT", "cs.LG"), listed=date(2026, 1, 6)),
            date(2026, 1, 6),
        ),
        (
            "arXiv, Atom",
            Details(
                ("Ada Lovelace",),
                "2601.00001",
                ("math.NT", "cs.LG"),
                ("http://arxiv.org/pdf/2601.00001v2",),
                venue="J. Num. 12",
                published=date(2026, 1, 1),
                updated=date(2026, 2, 3),
            ),
            date(2026, 3, 4),
        ),
        (
            "BibTeX",
            NUMBERS._replace(
                authors=("Ada Lovelace", "The Team", "Émilie du Châtelet"),
                categories=("math.NT",),
                published=date(2026, 1, 2),
            ),
            None,
        ),
        ("RIS", NUMBERS._replace(published=date(2026, 1, 2), keywords=("numbers",)), None),
        ("CSL", NUMBERS._replace(authors=("Ada Lovelace", "The Team"), published=date(2026, 1, 2)), None),
        (
            "CSV",
            Details(BOTH, "2601.00001", links=("https://a.example/b",), published=date(2026, 1, 2)),
            None,
        ),
        ("JSON lines", Details(), None),
    ],
)
def test_what_the_other_forms_say(form: str, details: Details, day: date | None) -> None:
    entry = first(form)
    assert entry.details == details
    assert entry.day == day
    if day is None:
        assert first(form, "2026-03-04 papers.txt").day == date(2026, 3, 4)
        assert read(FORMS[form]).day == date.min
    assert entry.upvotes == (11 if form == "CSV" else 0)


def test_a_row_without_a_title_is_left_out_and_named() -> None:
    broken = [ROWS[0], {"paper": {"summary": "x"}}, ROWS[1], 7, "{'a': __import__('os')}", ROWS[2]]
    dump = read(json.dumps(broken, indent=1))
    assert pairs_of(dump) == PAPERS[:3]
    assert [problem.partition(": ")[2] for problem in dump.problems] == ["no title", *["not a paper"] * 2]
    where = int(dump.problems[0].split(":")[0].removeprefix("line ")) - 1
    assert json.dumps(broken, indent=1).splitlines()[where : where + 2] == [" {", '  "paper": {']


def test_a_line_that_is_no_json_is_left_out_and_named() -> None:
    text = lines(ROWS).splitlines()
    dump = read("\n".join([text[0], "oops", "", text[1], "[" * 100_000, *text[2:]]) + "\n")
    assert pairs_of(dump) == PAPERS
    assert dump.problems == ("line 2: not JSON: expecting value", "line 5: nested too deeply")


def test_of_many_problems_the_first_are_named_and_the_others_counted() -> None:
    dump = read(lines(ROWS[:1]) + "oops\n" * 1200)
    assert len(dump.problems) == 6
    assert dump.problems[-1] == "1,195 more like these"


def test_a_file_of_problems_alone_is_refused_with_the_first() -> None:
    with pytest.raises(NotADump, match=r"^line 1: a title of 3,000 characters$"):
        read(json.dumps({"title": "x" * 3000, "abstract": "y"}))
    with pytest.raises(NotADump, match=r"^line 2: no title$"):
        read("title,abstract\n,text\n")


@pytest.mark.parametrize("title", ["no arXiv, no ID", '"quoted", and\nwrapped'])
def test_fields_in_quotes(title: str) -> None:
    text = "abstract,title\n" + f'text,"{title.replace(chr(34), chr(34) * 2)}"\n'
    assert pairs_of(read(text)) == [(" ".join(title.split()), "text")]


def test_an_abstract_is_optional_where_the_form_tells_what_it_is() -> None:
    assert pairs_of(read("@misc{a, title={A {\\emph title} of $x_{12}$}}")) == [
        ("A \\emph title of $x_{12}$", "")
    ]
    assert pairs_of(read("TY  - JOUR\nT1  - A title\nER  - ")) == [("A title", "")]
    assert pairs_of(read('[{"type": "book", "id": "x", "title": "A title"}]')) == [("A title", "")]
    assert pairs_of(read(json.dumps([{"paper": {"title": "A title"}}]))) == [("A title", "")]


def test_entries_come_while_the_file_is_read() -> None:
    text = lines([api_row(1, (f"Title {number}", "Text. " * 500)) for number in range(1000)])

    class Counting(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    file = Counting(text.encode())
    entries = iter(open_dump(file, "a", TODAY))
    assert next(entries).title == "Title 0"
    assert file.taken < len(text) / 2
    assert sum(1 for _ in entries) == 999


def test_facts_come_at_the_end() -> None:
    reading = open_dump(io.BytesIO(FORMS["CSV"].encode()), "a.csv", TODAY)
    next(iter(reading))
    assert not hasattr(reading, "dump")
    assert reading.facts() == Dump(read(FORMS["CSV"]).id, "a.csv", date.min, False, (), ())


def test_no_prose_with_commas_is_a_table() -> None:
    for text in ("Title, abstract and such\nfollow, here", "a title\tone\nb\tc", "title\nabstract\n"):
        with pytest.raises(NotADump, match=r"a Daily Papers page|no column is called abstract"):
            read(text)
