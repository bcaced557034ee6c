"""The query language: how what is typed is read."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.index.filters import Dates, Id, Seen, State, Tag
from paperreader.index.query import And, Node, Not, Or, Text, parse
from paperreader.index.words import words

TODAY = date(2026, 8, 7)


LEXEMES = (
    *(
        "(",
        ")",
        '"',
        "-",
        "OR",
        "AND",
        "NOT",
        " ",
        " ",
        "*",
        ":",
        "a",
        "bb",
        "multi-modal",
        "½",
        "é",
        "注意",
        "\\'e",
        "~",
        "~1",
        "wrod~2",
    ),
    *(
        "title:",
        "note:",
        "is:starred",
        "is:unread",
        "is:skipped",
        "tag:",
        "tag:rl",
        "seen:",
        ">2",
        "<=3",
        "date:",
        "2026-08",
        "..",
        "id:",
        "3f",
    ),
)


def tree(text: str) -> Node:
    return parse(text, TODAY).node


def understood(text: str) -> str:
    return parse(text, TODAY).understood


def word(text: str, field: str = "", prefix: bool = False) -> Text:
    return Text((text,), field, prefix)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("sparse attention", "sparse AND attention*"),
        ("sparse attention ", "sparse AND attention"),
        ("sparse attention.", "sparse AND attention"),
        ("Sparse AND Attention ", "sparse AND attention"),
        ("sparse* attention ", "sparse* AND attention"),
        ('title:attention sparse* -bert', "title:attention AND sparse* AND NOT bert"),
        ('"Open Phrase', '"open phrase*"'),
        ('"open phrase ', '"open phrase"'),
        ('"closed phrase"', '"closed phrase"'),
        ('"closed phras*"', '"closed phras*"'),
        ("“typographic quotes” x ", '"typographic quotes" AND x'),
        ('"alone"', "alone"),
        ("a OR b c ", "a OR b AND c"),
        ("(a OR b) c ", "(a OR b) AND c"),
        ("a (b (c d)) ", "a AND b AND c AND d"),
        ("-a -(b c) -\"d e\" ", 'NOT a AND NOT (b AND c) AND NOT "d e"'),
        ("NOT a -(-b) NOT -c ", "NOT a AND b AND c"),
        ("-bert", "NOT bert"),
        ("-(a OR ber", "NOT (a OR ber)"),
        ('title:"graph neural', 'title:"graph neural*"'),
        ("title:(a OR abstract:b) c ", "(title:a OR abstract:b) AND c"),
        ("-note:idea ", "NOT note:idea"),
        ("multi-modal ", "multi-modal"),
        ("Multi-Mod", "multi-mod*"),
        ("gpt-3.5 ", '"gpt 3 5"'),
        ("注意力", '"注 意 力*"'),
        ("Poincar\\'e café Łódź ", "poincare AND cafe AND lodz"),
        ("is:starred IS:new is:unread -is:unread ", "is:starred AND is AND new AND is:unread AND is:read"),
        ("seen:2 seen:>2 seen:<3 seen:4..2", "seen:2 AND seen:>=3 AND seen:0..2 AND seen:2..4"),
        ("id:3F2a", "id:3f2a"),
        ("wrod~ wrod~1 wrod~2 title:bicycel~ ", "wrod~ AND wrod~ AND wrod~2 AND title:bicycel~"),
        ("-bicycel~1 Multi-Modla~ Poincaer~", "NOT bicycel~1 AND multimodla~ AND poincaer~"),
        ("is:skipped is:later -is:judged", "is:skipped AND is:later AND NOT is:judged"),
        ("tag:R", "tag:r*"),
        ("tag:RL ", "tag:rl"),
        ("-tag:r", "NOT tag:r"),
        ('tag:"To  do', 'tag:"to do*"'),
        ('tag:"To do" tag:É* ', 'tag:"to do" AND tag:é*'),
        ('tag:(a OR b~) -tag:"-x" tag:"a:b" ', '(tag:a OR tag:b~) AND NOT tag:"-x" AND tag:"a:b"'),
        ("~ a~b x~3 注意~ ", '"a b" AND "x 3" AND "注 意"'),
    ],
)  # fmt: skip
def test_understood(typed: str, read: str) -> None:
    assert understood(typed) == read


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-08-01", "2026-08-01", "2026-08-01"),
        ("2026-8-1", "2026-08-01", "2026-08-01"),
        ("2026-08", "2026-08-01", "2026-08-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-", "2026-01-01", "2026-12-31"),
        ("2026-0", "2026-01-01", "2026-12-31"),
        ("2026-08-", "2026-08-01", "2026-08-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        (">=2026-08-01", "2026-08-01", "9999-12-31"),
        (">2026-08", "2026-09-01", "9999-12-31"),
        ("<2026-08", "0001-01-01", "2026-07-31"),
        ("<=2026-08", "0001-01-01", "2026-08-31"),
        ("2026-08-01..2026-08-07", "2026-08-01", "2026-08-07"),
        ("2026-08-07..2026-08-01", "2026-08-01", "2026-08-07"),
        ("2026..", "2026-01-01", "9999-12-31"),
        ("..2026-03", "0001-01-01", "2026-03-31"),
        ("7d", "2026-08-01", "2026-08-07"),
        ("1d", "2026-08-07", "2026-08-07"),
        ("2w", "2026-07-25", "2026-08-07"),
        ("999999999d", "0001-01-01", "2026-08-07"),
    ],
)
def test_dates(typed: str, first: str, last: str) -> None:
    assert tree(f"date:{typed}") == Dates(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "(",
            ")",
            "()",
            "((",
            "OR",
            "AND",
            "NOT",
            "-",
            "- -",
            "--",
            '"',
            '""',
            '-""',
            "*",
            ":",
            "&",
            "::",
        ),
        *(
            "is:",
            "is:sta",
            "is:foo",
            "seen:",
            "seen:x",
            "seen:<0",
            "seen:>=2..3",
            "date:",
            "date:x",
            "date:..",
        ),
        *("date:2026-13", "date:2026-02-30", "date:0000", "date:0d", "date:>9999-12-31", "date:>2025..2026"),
        *("id:", "id:!", "title:", "abstract:", "note:", "tag:", 'tag:","', "-title:", "is:😀"),
    ],
)
def test_what_means_nothing_is_left_out(typed: str) -> None:
    assert tree(typed) == And()
    assert tree(f"kept {typed}") == word("kept")


def test_a_dangling_sign_does_not_reach_the_next_word() -> None:
    assert tree("- kept ") == tree("-: kept ") == tree('-"" kept ') == tree("-is:foo kept ") == word("kept")


def test_unknown_fields_are_words() -> None:
    assert tree("foo:bar ") == And((word("foo"), word("bar")))
    assert tree('editor:"jane doe"') == And((word("editor"), Text(("jane", "doe"))))
    assert tree("title: and then ") == And((word("title"), word("and"), word("then")))


def test_keywords_are_words_in_lower_case_and_behind_a_field() -> None:
    assert tree("this or not ") == And((word("this"), word("or"), word("not")))
    assert tree("title:OR ") == word("or", "title")
    assert tree('"OR"') == word("or")


def test_the_tree() -> None:
    assert tree("title:(a OR b) -(c seen:>1) is:unread ") == And(
        (
            Or((word("a", "title"), word("b", "title"))),
            Not(And((word("c"), Seen(2, None)))),
            Not(State("read")),
        )
    )
    assert tree("id:ab OR c*") == Or((Id("ab"), word("c", prefix=True)))


@pytest.mark.parametrize(
    ("typed", "scored"),
    [
        ("", False),
        ("a", True),
        ("-a", False),
        ("is:new", False),
        ("is:new OR a", True),
        ("-(a b) is:new", False),
    ],
)
def test_only_words_that_are_not_negated_rank(typed: str, scored: bool) -> None:
    assert parse(typed, TODAY).scored is scored


def test_a_tag_is_whole_once_it_was_typed() -> None:
    assert tree("tag:r") == tree("tag:r* ") == tree('tag:"r') == Tag("r", prefix=True)
    assert tree("tag:r ") == tree('tag:"R"') == Tag("r", prefix=False)
    assert tree('tag:"r ') == tree("tag:r x ").children[0] == Tag("r", prefix=False)  # type: ignore[union-attr]
    assert tree("tag:") == tree('tag:""') == tree("tag:, ") == And()


def test_a_word_stands_for_those_near_to_it() -> None:
    assert tree("wrod~") == tree("wrod~ ") == Text(("wrod",), fuzzy=1)
    assert tree("attenton~") == tree("attenton~2") == Text(("attenton",), fuzzy=2)
    assert tree("note:attenton~1") == Text(("attenton",), "note", fuzzy=1)


@pytest.mark.parametrize(
    ("typed", "ignored"),
    [
        ("", []),
        ("is:foo", ["is:foo"]),
        ("is:sta", []),
        ("is:sta ", ["is:sta"]),
        ("(is:starred IS:new seen:>x) date:2026-13 or", ["seen:>x", "date:2026-13"]),
        ("-is:foo id:! is:unread is:unr", ["is:foo", "id:!"]),
        ("date:202", []),
        ("date:>", []),
        ("date:2026..202", []),
        ("date:12", []),
        ("date:soon", ["date:soon"]),
        ("seen:>", []),
        ("seen:2..", []),
        ("seen:many", ["seen:many"]),
        ("is: & title:", []),
    ],
)
def test_filters_without_meaning_are_told(typed: str, ignored: list[str]) -> None:
    assert parse(typed, TODAY).typed.ignored == tuple(ignored)


@given(st.text() | st.lists(st.sampled_from(LEXEMES), max_size=40).map("".join))
def test_it_is_known_where_each_word_was_typed(text: str) -> None:
    query = parse(text, TODAY)
    assert {found for found, _ in query.typed.words} >= set(query.texts)
    for found, spans in query.typed.words:
        assert len(spans) == len(found.words)
        for word_, (start, end) in zip(found.words, spans, strict=True):
            assert found.fuzzy or word_ in words(text[start:end])
    starts = [start for _, spans in query.typed.words for start, _ in spans]
    assert starts == sorted(starts)


def test_deep_nesting_is_read_without_recursion() -> None:
    assert tree("(" * 100_000 + "deep") == word("deep", prefix=True)
    assert tree("(-" * 100_000 + "deep" + ")" * 100_000 + " kept ") == And((word("deep"), word("kept")))
    limit = sys.getrecursionlimit()
    assert len(understood("(a OR (b " * limit)) > limit


@given(st.text() | st.lists(st.sampled_from(LEXEMES), max_size=40).map("".join))
def test_what_was_understood_reads_the_same(text: str) -> None:
    query = parse(text, TODAY)
    again = parse(query.understood + " ", TODAY)
    assert again == query


@pytest.mark.parametrize(
    "unit",
    ["(", "((a ", "-(", "a OR ", '"', '"a', "title:(", "-", "a-", "\\'", "{\\'", "date:", "é-", "1..", "~"],
)
def test_time_grows_with_length_only(unit: str) -> None:
    """Twenty times the text must not do four hundred times the work; counted in calls, not in seconds."""
    counts = []
    for length in (200, 4_000):
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            parse(unit * length, TODAY)
        finally:
            sys.setprofile(None)
        counts.append(calls)
    assert counts[1] <= counts[0] * 40
