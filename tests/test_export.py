"""Papers as texts for other programs, whatever their titles hold."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from paperreader.export import bibtex, markdown, title_and_abstract
from paperreader.paper import Details, Paper, Sighting

DAYS = (date(2026, 8, 18), date(2026, 8, 20))


def paper(title: str, abstract: str = "", days: tuple[date, ...] = DAYS) -> Paper:
    """A paper that was seen on these days."""
    return Paper(
        "id", title, abstract, tuple(Sighting(day, f"d{i}", 1, "name") for i, day in enumerate(days))
    )


def test_a_bibtex_entry() -> None:
    entry = bibtex(
        paper(r"The Poincar\'e Net: 50% of R&D in C_1 {and} \more", "At https://arxiv.org/pdf/2303.14027v2.")
    )
    assert entry == (
        "@misc{poincare2026,\n"
        "  title = {{The Poincaré Net: 50\\% of R\\&D in C₁ \\textbraceleft{}and\\textbraceright{} more}},\n"
        "  howpublished = {Seen on Hugging Face Daily Papers, 2026-08-18},\n"
        "  year = {2026},\n"
        "  url = {https://arxiv.org/abs/2303.14027v2},\n"
        "  abstract = {At https://arxiv.org/pdf/2303.14027v2.},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Attention Is All You Need", "attention2026"),
        ("On the Evolution of 3D-GS", "evolution2026"),
        ("$τ$-bench: A Benchmark", "bench2026"),
        ("论文", "paper2026"),
        ("", "paper2026"),
        ("Is To Be", "be2026"),
        ("Schr\\\"odinger's cat", "schrodinger2026"),
    ],
)
def test_the_key_is_a_word_of_the_title_and_the_year(title: str, key: str) -> None:
    assert bibtex(paper(title)).startswith(f"@misc{{{key},\n")


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("Qinsi Wang", "From RLVR to RLSVR: On the Way", "wang2026rlvr"),
        ("Wang, Qinsi", "To Be or Not to Know", "wang2026know"),
        ("Henri Poincaré", "On 3D", "poincare20263d"),
        ("Laurens van der Maaten", "Visualizing Data", "maaten2026visualizing"),
        ("William Strunk Jr.", "The Elements of Style", "strunk2026elements"),
        ("Ana Ruiz-García", "Attention", "ruizgarcia2026attention"),
        ("李飞飞", "Attention", "attention2026"),
        (" , ", "Attention", "attention2026"),
        ("Jr.", "Attention", "jr2026attention"),
    ],
)
def test_the_key_begins_with_the_first_author_where_one_is_known(author: str, title: str, key: str) -> None:
    written = paper(title)._replace(details=Details(authors=(author, "Somebody Else")))
    assert bibtex(written).startswith(f"@misc{{{key},\n")


def test_keys_of_several_papers_are_several() -> None:
    taken: set[str] = set()
    keys = [bibtex(paper("Attention"), taken).partition(",")[0][6:] for _ in range(28)]
    assert keys[:3] == ["attention2026", "attention2026b", "attention2026c"] and len(set(keys)) == 28


def test_a_paper_of_an_unknown_day_has_no_year() -> None:
    entry = bibtex(paper("Title", days=(date.min,)))
    assert entry.startswith("@misc{title,\n")
    assert "Daily Papers}" in entry and "year" not in entry and "url" not in entry


def test_a_markdown_page() -> None:
    shown = markdown(
        paper("*Stars* & [links](x) # 1", "A $1 gain.\n- no list\n2. no list\nSee https://a.b/c_d_e{here}."),
        "# My *own* note\n",
    )
    assert shown == (
        "# \\*Stars\\* \\& \\[links\\](x) \\# 1\n\n"
        "Seen on 2026-08-18, 2026-08-20\n\n"
        "> A \\$1 gain.\n> \\- no list\n> 2\\. no list\n> See here (<https://a.b/c_d_e>).\n\n"
        "# My *own* note\n"
    )


def test_markdown_leaves_out_what_there_is_not() -> None:
    assert markdown(paper("", days=()), "  \n") == "# Untitled\n"


def test_the_title_and_the_abstract() -> None:
    assert title_and_abstract(paper("The\nTitle", r"84.25\% of it ")) == "The Title\n\n84.25% of it\n"


PIECES = r"{ } \ \} @misc{a, $ % é a <b> ](x) [ ` ``` # --- === - 1. 2) + &amp; ** _a_ | https://a.b/c_ ~~a~~"
UNSEEN = ("\n", "\n\n", " ", "    ", "\t", "\x1b[31m", "\0", "\u202e", "\ud800", ",\n  x = {")
HOSTILE = st.text() | st.lists(st.sampled_from((*PIECES.split(), *UNSEEN))).map("".join)


@given(HOSTILE, HOSTILE)
def test_bibtex_is_one_entry_whatever_the_title(title: str, abstract: str) -> None:
    entry = bibtex(paper(title, abstract))
    depth = 0
    for i, c in enumerate(entry):
        depth += (c == "{") - (c == "}")
        assert depth > 0 or i < len("@misc") or entry[i:] in ("}\n", "\n")
    assert re.fullmatch(r"@misc\{[a-z0-9]+,\n(?:  [a-z]+ = \{.*\},\n)+\}\n", entry)
    assert_harmless(entry)


@given(HOSTILE, HOSTILE)
def test_markdown_shows_the_text_and_nothing_else(title: str, abstract: str) -> None:
    page = markdown(paper(title, abstract), "")
    assert_harmless(page)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page)
    blocks = [token.type for token in tokens if not token.type.startswith("paragraph")]
    assert blocks[:3] == ["heading_open", "inline", "heading_close"]
    assert set(blocks[3:]) <= {"inline", "blockquote_open", "blockquote_close"}
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "text_special", "softbreak", "link_open", "link_close"}


@given(HOSTILE, HOSTILE)
def test_plain_text_is_only_text(title: str, abstract: str) -> None:
    assert_harmless(title_and_abstract(paper(title, abstract)))


def assert_harmless(text: str) -> None:
    """No control characters but newlines and tabs, no direction overrides, no lone surrogates."""
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_bibtex_entry_of_a_paper_of_which_more_is_known() -> None:
    details = Details(
        authors=("Ana {Q} Lee", "Bo Li"),
        arxiv_id="2401.01234",
        doi="10.1/a_b",
        venue="NeurIPS",
        published=date(2024, 1, 2),
    )
    entry = bibtex(paper("Sparse nets")._replace(details=details))
    assert entry.startswith("@misc{lee2024sparse,\n")
    assert "  author = {Ana \\textbraceleft{}Q\\textbraceright{} Lee and Bo Li},\n" in entry
    assert "  doi = {10.1/a\\_b},\n" in entry and "  eprint = {2401.01234},\n" in entry
    assert "  year = {2024},\n" in entry and "  note = {NeurIPS},\n" in entry
    assert "  url = {https://arxiv.org/abs/2401.01234},\n" in entry
