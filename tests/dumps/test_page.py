"""The page form and its variants."""

from __future__ import annotations

import codecs
import random
from datetime import date
from pathlib import Path

import pytest

from .rendering import FURNITURE, HEADER, page, pairs_of, papers, read

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PAPERS = papers(4)


def test_the_seeds_give_181_papers_and_249_sightings() -> None:
    dumps = [read(path.read_bytes(), path.name) for path in SEEDS]
    assert sum(len(dump.entries) for dump in dumps) == 249
    assert len({paper.id for dump in dumps for paper in dump.papers()}) == 181
    assert [(dump.day.month, dump.day.day) for dump in dumps] == [(9, 9), (3, 11), (3, 12), (8, 18), (8, 20)]
    assert not any(dump.problems for dump in dumps)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_seeds_alternate_as_they_stand(path: Path) -> None:
    text = path.read_text("utf-8")
    body = text[text.index("research community") :].split("\n\n")[2:]
    dump = read(path.read_bytes())
    assert pairs_of(dump) == [
        (title.strip(), " ".join(abstract.split()))
        for title, abstract in zip(body[::2], body[1::2], strict=True)
    ]
    assert [entry.rank for entry in dump.entries] == list(range(1, len(dump.entries) + 1))


def test_a_paper_listed_twice_in_a_dump_is_one_paper_at_its_first_place() -> None:
    (title, abstract), *_ = PAPERS
    dump = read(page([*PAPERS[:2], (title.upper(), abstract + " And more.")]))
    first, second = dump.papers()
    assert (first.abstract, second.title) == (abstract + " And more.", PAPERS[1][0])
    (sighting,) = first.sightings
    assert (sighting.rank, sighting.dump, sighting.name, sighting.day) == (1, dump.id, "page.txt", dump.day)


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        [line for line in HEADER if line != "Daily Papers"],
        ["byAK and the research community"],
        ["Daily Papers"],
        ["new", "Subscribe"],
        [*HEADER[:4], "by", "AK", "and the research community"],
        [*HEADER[:4], "by AK and the research community"],
        ["new", "Get trending papers in your email inbox once a day!", "Subscribe", *HEADER[3:]],
        [*HEADER[:2], "once a day!", "Subscribe", *HEADER[3:]],
        [*HEADER, "Daily", "Weekly", "Monthly"],
        [*HEADER, "Daily Weekly Monthly", "42"],
        ["Daily\nWeekly\nMonthly", "\n".join(HEADER)],
        ["Hugging Face", "Models", "Datasets", "Log In", "Sign Up", *HEADER],
        ["Daily Papers - Hugging Face", "https://huggingface.co/papers", "Skip to the content", *HEADER],
        [],
    ],
)
def test_headers(header: list[str]) -> None:
    dump = read(page(PAPERS, header=header))
    assert (pairs_of(dump), dump.day, dump.problems) == (PAPERS, date(2026, 9, 9), ())


@pytest.mark.parametrize("header", [HEADER, HEADER[1:2], HEADER[2:4], HEADER[3:4], HEADER[4:]])
def test_a_header_without_a_day(header: list[str]) -> None:
    dump = read(page(PAPERS, header=header, day=""))
    assert (pairs_of(dump), dump.day, dump.inferred) == (PAPERS, date.min, False)


def test_the_tabs_after_the_day() -> None:
    text = page(PAPERS).replace("Sep 9", "Sep 9\n\nDaily\n\nWeekly\n\nMonthly")
    assert pairs_of(read(text)) == PAPERS


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_between_papers(furniture: str) -> None:
    at_the_end = f"{page(PAPERS)}\n\n{furniture}"
    for text in (page(PAPERS, before=[furniture]), page(PAPERS, after=[furniture]), at_the_end):
        dump = read(text)
        assert (pairs_of(dump), dump.problems) == (PAPERS, ())


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_between_title_and_abstract(furniture: str) -> None:
    text = "\n\n".join(["Sep 9", *(f"{title}\n\n{furniture}\n\n{abstract}" for title, abstract in PAPERS)])
    dump = read(text)
    assert (pairs_of(dump), dump.problems) == (PAPERS, ())


def test_furniture_without_blank_lines_around_it() -> None:
    crowded = [(f"Submitted by\nbob\n12\n{title}\n+3", f"{abstract}\n7") for title, abstract in PAPERS]
    assert pairs_of(read(page(crowded))) == PAPERS


@pytest.mark.parametrize("title", ["1984", "12", "Models", "Daily Papers", "May 5", "5 authors", "New"])
@pytest.mark.parametrize("place", range(5))
def test_a_title_that_looks_like_furniture(title: str, place: int) -> None:
    strange = [*PAPERS[:place], (title, "It is a novel. " * 30 + "It ends."), *PAPERS[place:]]
    for before in ((), ("12",), ("Submitted by\n\nbob", "3")):
        dump = read(page(strange, before=before, after=["· 5 authors"] if before else ()))
        assert (pairs_of(dump), dump.day.month, dump.problems) == (strange, 9, ())


def test_short_papers_with_a_title_that_looks_like_furniture() -> None:
    pairs = [("Alpha", "About alpha."), ("1984", "A dark novel."), ("Gamma", "About gamma.")]
    assert pairs_of(read(page(pairs))) == pairs


ENCODINGS = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "a byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16, little end first": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 without a mark, little end first": lambda text: text.encode("utf-16-le"),
    "UTF-16 without a mark, big end first": lambda text: text.encode("utf-16-be"),
    "blank lines at the end": lambda text: (text + "\n\n \n\t\n").encode(),
    "blank lines at the start": lambda text: ("\n \n" + text).encode(),
    "a newline at the end": lambda text: (text + "\n").encode(),
    "blank lines of spaces and tabs": lambda text: text.replace("\n\n", "\n \t \n").encode(),
    "blank lines of zero-width spaces": lambda text: text.replace("\n\n", "\n\u200b\n").encode(),
    "blank lines of no-break spaces": lambda text: text.replace("\n\n", "\n\xa0\n").encode(),
    "several blank lines": lambda text: text.replace("\n\n", "\n\n\n\n").encode(),
    "no blank lines": lambda text: text.replace("\n\n", "\n").encode(),
    "white space around lines": lambda text: text.replace("\n\n", "  \n\n\t ").encode(),
}


@pytest.mark.parametrize("variant", ENCODINGS)
def test_encodings_and_line_ends(variant: str) -> None:
    dump = read(ENCODINGS[variant](page(PAPERS)))
    assert (pairs_of(dump), dump.day, dump.problems) == (PAPERS, date(2026, 9, 9), ())


@pytest.mark.parametrize(
    "variant", ["CRLF", "CR", "a byte order mark", "UTF-16, big end first", "blank lines at the end"]
)
def test_the_same_page_with_other_line_ends_is_the_same_dump(variant: str) -> None:
    assert read(ENCODINGS[variant](page(PAPERS))).id == read(page(PAPERS)).id


def test_other_papers_are_another_dump() -> None:
    assert read(page(PAPERS)).id != read(page(PAPERS[:3])).id
    assert read(page(PAPERS)).id != read(page(PAPERS).replace("A Study", "A  Study")).id


def test_hard_wrapped_paragraphs_flow() -> None:
    lines = ("We use a state-of-the-", "art model with pre-", "and post-training, a", "lot -", "of it.")
    ((title, abstract),) = pairs_of(read(page([("A title\nin two lines", "\n".join(lines))])))
    assert title == "A title in two lines"
    assert abstract == "We use a state-of-the-art model with pre- and post-training, a lot - of it."


@pytest.mark.parametrize("end", ["95", "95.3", "models", "GitHub"])
def test_the_last_word_of_a_wrapped_paragraph_stays(end: str) -> None:
    wrapped = page([(f"What this is all about:\n{end}", f"We write at length on\n{end}")])
    ((title, abstract),) = pairs_of(read(wrapped))
    assert (title, abstract) == (f"What this is all about: {end}", f"We write at length on {end}")


def test_lengths_do_not_matter_where_titles_and_abstracts_take_turns() -> None:
    pairs = [("T" * 300 + ".", "a"), ("t", "a" * 3000), ("Why?" * 50, "No"), ("x.", "y")] * 5
    assert pairs_of(read(page(pairs))) == pairs
    assert pairs_of(read(page(pairs, before=["Submitted by\n\nbob", "12"], after=["+3"]))) == pairs


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("furniture", [(), ("12",), ("Submitted by\n\nbob", "· 5 authors")])
def test_a_title_without_an_abstract_is_left_out_and_named(place: int, furniture: tuple[str, ...]) -> None:
    title, abstract = PAPERS[place]
    text = page(PAPERS, before=furniture).replace(f"\n\n{abstract}", "")
    dump = read(text)
    assert pairs_of(dump) == PAPERS[:place] + PAPERS[place + 1 :]
    line = text[: text.index(title)].count("\n") + 1
    assert dump.problems == (f'"{title}" (line {line}) has no abstract',)


def test_a_dump_cut_off_in_the_last_title() -> None:
    dump = read(page(PAPERS) + "\n\nHow to Cu")
    assert pairs_of(dump) == PAPERS
    assert dump.problems == ('"How to Cu" (line 29) has no abstract',)


def test_where_all_look_alike_the_last_one_has_no_abstract() -> None:
    dump = read(page([("same", "same")] * 3) + "\n\nsame")
    assert len(dump.entries) == 3
    assert dump.problems == ('"same" (line 25) has no abstract',)


def test_an_abstract_without_a_title_is_left_out_and_named() -> None:
    text = page(PAPERS).replace(PAPERS[1][0] + "\n\n", "")
    dump = read(text)
    assert pairs_of(dump) == [PAPERS[0], *PAPERS[2:]]
    (problem,) = dump.problems
    assert problem.startswith('"We study 2.')
    assert problem.endswith('…" (line 17) has no title')


def test_titles_and_abstracts_that_seem_to_have_slipped_are_kept_and_named() -> None:
    (title, abstract) = PAPERS[0]
    dump = read(page([("Menu", title), (abstract, "Menu"), PAPERS[1]]))
    assert len(dump.entries) == 3
    assert len(dump.problems) == 1
    assert dump.problems[0].endswith("(line 17) is very long for a title")


def test_lost_abstracts_are_found_wherever_they_are_missing() -> None:
    dice = random.Random(1)
    for path in SEEDS:
        whole = pairs_of(read(path.read_bytes()))
        for lost in dice.sample(range(len(whole)), 5):
            text = page(whole).replace(f"\n\n{whole[lost][1]}", "", 1)
            dump = read(text)
            assert pairs_of(dump) == whole[:lost] + whole[lost + 1 :]
            assert len(dump.problems) == 1
