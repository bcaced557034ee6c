"""Whatever the bytes are: a dump or a reason, and no paper of a well-formed page is lost."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from paperreader.dumps import Dump, NotADump, read_dump
from paperreader.dumps.furniture import is_furniture
from paperreader.text import one_line

from .rendering import FURNITURE, HEADER, TODAY, Pair, page, pairs_of, papers, read

PAGE = page(papers(3), before=["12"], after=["· 5 authors"]).encode()
HOSTILE = st.sampled_from(
    [
        *("\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://a\x1b\\", "\x9b1m", "\x9d", "\x1b", "\x07", "\0"),
        *("\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\x85", "\x0c", "\ud800", "\udfff", "\U000e0041"),
        *("[b]", "[/]", "[@click=app.quit]", "👩‍👩‍👧‍👦", "e\u0301", "深度学习", "مرحبا"),
        *("\x7f", "\t", "  ", "$x$", "\\emph{a}"),
    ]
)
ANY_CHARACTER = st.characters(exclude_categories=(), exclude_characters="\r\n")
LINE = st.lists(st.text(ANY_CHARACTER, max_size=20) | HOSTILE, min_size=1, max_size=8).map("".join)
"""One line of anything."""


def _may_stand_alone(line: str) -> bool:
    seen = one_line(line)
    return bool(seen) and not is_furniture(seen)


PAIRS = st.lists(st.tuples(*[LINE.filter(_may_stand_alone)] * 2), min_size=1, max_size=6)
BLANK = st.sampled_from(["", " ", "\t ", "\u200b", "\n", " \n\n"])


@st.composite
def pages(draw: st.DrawFn, pairs: Sequence[Pair]) -> bytes:
    """A page of these papers in any mix of variants."""
    some = st.lists(st.sampled_from(FURNITURE), max_size=3)
    kept = draw(st.integers(0, 31))
    header = [line for i, line in enumerate(HEADER) if kept >> i & 1]
    parts = [*header, draw(st.sampled_from(["Sep 9", "September 9", "Sep 9, 2026"]))]
    for title, abstract in pairs:
        parts += [*draw(some), title, abstract, *draw(some)]
    text = f"\n{draw(BLANK)}\n".join(parts) + draw(st.sampled_from(["", "\n", "\n\n \n"]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from([b"", codecs.BOM_UTF8])) + text.encode("utf-8", "surrogatepass")


@given(st.data(), PAIRS)
def test_every_well_formed_paper_is_read_back(data: st.DataObject, pairs: list[Pair]) -> None:
    dump = read(data.draw(pages(pairs)))
    assert pairs_of(dump) == [(one_line(title), one_line(abstract)) for title, abstract in pairs]
    assert dump.day == date(2026, 9, 9)


WORDS = st.text("abcdefghij", min_size=1, max_size=12)


@given(st.data(), st.lists(st.lists(WORDS, min_size=1, max_size=60), min_size=1, max_size=4))
def test_hard_wrapped_abstracts_are_read_back(data: st.DataObject, abstracts: list[list[str]]) -> None:
    width = data.draw(st.integers(20, 100))
    pairs, wrapped = [], []
    for number, words in enumerate(abstracts):
        lines = ["We"]
        for word in (*words, "finally."):
            if len(lines[-1]) + len(word) >= width:
                lines.append(word)
            else:
                lines[-1] += f" {word}"
        pairs.append((f"Title {number}", " ".join(lines)))
        wrapped.append((f"Title {number}", "\n".join(lines)))
    assert pairs_of(read(data.draw(pages(wrapped)))) == pairs


TITLES = st.sampled_from(["1984", "12", "Models", "May 5", "New", "5 authors"]) | st.integers(20, 140).map(
    lambda length: ("A Theory of Everything " * 9)[:length].strip()
)
ABSTRACTS = st.integers(400, 2500).map(lambda length: ("We show how it works. " * 120)[:length].strip() + ".")


@given(st.data(), st.lists(st.tuples(TITLES, ABSTRACTS), min_size=1, max_size=8))
def test_titles_that_look_like_furniture_are_read_back(data: st.DataObject, pairs: list[Pair]) -> None:
    dump = read(data.draw(pages(pairs)))
    assert (pairs_of(dump), dump.problems) == (pairs, ())


def _check(dump: Dump) -> None:
    assert dump.entries
    for entry in dump.entries:
        assert entry.title
        assert entry.abstract
        assert one_line(entry.title) == entry.title
        assert one_line(entry.abstract) == entry.abstract
    for problem in (*dump.problems, dump.name):
        assert one_line(problem) == problem
    assert list(dump.papers())


LINES = st.sampled_from([*FURNITURE, *HEADER, "Sep 9", "A title", "", "It works. " * 30])
BYTES = (
    st.binary(max_size=300)
    | st.lists(LINE, max_size=30).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))
    | st.lists(LINES, max_size=30).map(lambda lines: "\n".join(lines).encode())
    | st.tuples(st.integers(0, len(PAGE)), st.integers(0, 60), st.binary(max_size=30)).map(
        lambda cut: PAGE[: cut[0]] + cut[2] + PAGE[cut[0] + cut[1] :]
    )
)
LONG_NAME = "x" * 300 + "20260105.md"
NAMES = st.text(ANY_CHARACTER) | st.sampled_from(["2026-01-05.txt", "2026-09-09_a.txt", LONG_NAME])
DAYS = st.sampled_from(["Sep 9", "Feb 29", "Mar 1, 2024", ""])


@given(BYTES, NAMES, st.dates(), st.none() | st.integers(-5, 10_005))
@example(PAGE, "", date.min, None)
@example(PAGE, "", date.max, 0)
def test_no_bytes_raise_anything_but_not_a_dump(
    data: bytes, name: str, modified: date, year: int | None
) -> None:
    try:
        dump = read_dump(data, name, modified, year)
    except NotADump as refusal:
        assert one_line(str(refusal)) == str(refusal)
        assert str(refusal)
    else:
        _check(dump)


@given(DAYS, NAMES, st.dates(), st.none() | st.integers(1, 9999))
def test_the_name_tells_the_day_again(day: str, name: str, modified: date, year: int | None) -> None:
    text = page(papers(1), day=day)
    try:
        dump = read(text, name, modified, year)
    except NotADump:
        assume(False)
    assert read(text, dump.name, modified) == dump


UNITS = ("a", "ab ", "-", "[", "\0", "\x1b", "\x1b[1;", "\x1b]", "深")


@pytest.mark.parametrize("megabytes", [2, pytest.param(10, marks=pytest.mark.slow)])
@pytest.mark.parametrize("unit", UNITS)
def test_a_line_of_megabytes(unit: str, megabytes: int) -> None:
    line = f"We show {unit * (megabytes * 1_000_000 // len(unit.encode()))} here"
    ((title, abstract),) = pairs_of(read(page([("A title", line)])))
    assert title == "A title"
    assert abstract == one_line(line)


def test_ten_thousand_papers() -> None:
    many = [(f"Title {i}", f"Abstract {i}. " + "More of it. " * 20 + "The end.") for i in range(10_000)]
    text = page(many, before=["12"], after=["Submitted by\n\nbob", "+3"])
    assert pairs_of(read(text)) == many
    dump = read(text + "\n\nCut o")
    assert pairs_of(dump) == many
    assert len(dump.problems) == 1


def test_what_a_terminal_would_obey_is_gone() -> None:
    title = "\x1b]0;owned\x07A \x1b[31mred\x1b[0m \u202etitle\u202c\0 [b]\ud800"
    ((seen, _),) = pairs_of(read(page([(title, "And [@click=app.quit]why\x9b2J.")]), modified=TODAY))
    assert seen == "A red title [b]\ufffd"
