"""Whatever is in a file of some form: papers that are safe to show, or one reason; and never a bomb."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import zipfile
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperreader.dumps import Dump, NotADump, literal, unpack
from paperreader.dumps.fields import arxiv_id_in, arxiv_id_of, day_of, doi_of, links_of, names_of, texts_of
from paperreader.records import packed, unpacked
from paperreader.text import one_line

from .rendering import TODAY, pairs_of, read
from .samples import FORMS, PACKED, PAPERS, ROWS, lines

WHOLE = {form: text.encode() for form, text in FORMS.items() if form != "a page"}


def check(dump: Dump) -> None:
    """Everything in it is harmless."""
    assert dump.entries
    for entry in dump.entries:
        assert entry.title
        details = entry.details
        texts = (*details.authors, *details.categories, *details.links, *details.keywords)
        for text in (entry.title, entry.abstract, *texts, details.arxiv_id, details.doi, details.venue):
            assert one_line(text) == text
        assert all(link.startswith(("http://", "https://")) for link in map(str.lower, details.links))
        assert min(entry.upvotes, entry.comments) >= 0
    for paper in dump.papers():
        assert unpacked(packed(paper)) == paper
    for line in (*dump.problems, dump.name):
        assert one_line(line) == line
        assert len(line) < 200


def outcome(data: bytes, name: str = "a") -> Dump | None:
    """The dump, checked; None when it was refused in one line."""
    try:
        dump = read(data, name)
    except NotADump as refusal:
        assert str(refusal)
        assert one_line(str(refusal)) == str(refusal)
        assert len(str(refusal)) < 200
        return None
    check(dump)
    return dump


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A file of some form with some bytes taken out and others put in, here and there."""
    data = draw(st.sampled_from(list(WHOLE.values())))
    for _ in range(draw(st.integers(1, 3))):
        at, gone = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        piece = draw(st.binary(max_size=20) | st.sampled_from(PIECES))
        data = data[:at] + piece + data[at + gone :]
    return data


PIECES = [
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"'",
        b",",
        b":",
        b"\\",
        b"@",
        b"\n",
        b"\0",
        b"&#0;",
        b"<",
        b"]]>",
        b"ER  - ",
    ),
    *(
        b"TY  - ",
        b"null",
        b"1e999",
        b"-1",
        b"NaN",
        b'{"paper": {}}',
        b"\\ud800",
        b"\xed\xa0\x80",
        b"\x1b[31m",
    ),
    *(b"\xe2\x80\xae", b"@string{a=b}", b"\t", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&quot;", b"\xff"),
]


@given(mutations())
def test_any_mutation_gives_papers_or_a_reason(data: bytes) -> None:
    outcome(data)


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_of_a_file_cut_short_what_is_whole_comes_in_or_it_is_refused(form: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(WHOLE[form]) - 1))
    dump = outcome(WHOLE[form][:cut])
    if dump is not None:
        whole = pairs_of(dump)
        # in a table or a form made of lines nothing tells that the last field is not all there
        assert whole[:-1] == PAPERS[: len(whole) - 1]
        assert whole[-1][0] == PAPERS[len(whole) - 1][0]


@given(st.sampled_from(sorted(set(PACKED) - {"plain"})), st.data())
def test_of_compressed_data_cut_short_likewise(packing: str, data: st.DataObject) -> None:
    whole = PACKED[packing](lines(ROWS * 50).encode())
    dump = outcome(whole[: data.draw(st.integers(0, len(whole) - 1))])
    if dump is not None:
        assert [e.title for e in dump.entries] == ([title for title, _ in PAPERS] * 50)[: len(dump.entries)]
        assert dump.problems or len(dump.entries) == 200


@given(st.sampled_from(sorted(set(PACKED) - {"plain"})), st.data())
def test_damaged_archives_are_refused_or_give_papers(packing: str, data: st.DataObject) -> None:
    whole = bytearray(PACKED[packing](lines(ROWS * 5).encode()))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    outcome(bytes(whole))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["A", "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "given"]), inner, max_size=2)
    ),
    max_leaves=8,
)
KEYS = sorted({key for row in ROWS for key in (*row, *row["paper"])})
OTHER_KEYS = [
    "abstract",
    "categories",
    "authors_parsed",
    "versions",
    "update_date",
    "type",
    "issued",
    "author",
    "DOI",
]


@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS + OTHER_KEYS), VALUES, max_size=12), min_size=1, max_size=3)
)
@example([{"title": "A", "type": "b", "issued": {"date-parts": [[10**30, 1, 1]]}}])
@example(
    [{"id": "2601.00001", "title": "A", "abstract": "", "categories": [], "versions": [{"created": "x"}]}]
)
@example([{"title": "A", "abstract": "B", "upvotes": 10**40}])
def test_rows_of_anything(rows: list[dict[str, object]]) -> None:
    outcome(json.dumps(rows).encode())
    outcome(json.dumps(list(map(repr, rows))).encode())
    outcome("\n".join(map(json.dumps, [{"paper": row} for row in rows])).encode())


@given(st.text() | st.from_regex(r"[0-9a-z./:v-]{0,40}"))
def test_single_fields_of_anything(text: str) -> None:
    for name in (
        *names_of(text),
        *texts_of(text),
        *links_of(text),
        arxiv_id_of(text),
        arxiv_id_in(text),
        doi_of(text),
    ):
        assert one_line(name) == name
    assert isinstance(day_of(text), date | None)


@given(VALUES)
def test_python_literals_are_read_as_they_were_written(value: object) -> None:
    if "nan" not in repr(value) and "inf" not in repr(value):
        assert literal.parse(repr(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        *(
            "__import__('os')",
            "[x for x in ()]",
            "{'a': exec}",
            "'a' 'b' if 1 else 0",
            "1 + 1j",
            "f'{1}'",
            "b'a'",
        ),
        *(
            "[" * 40 + "]" * 40,
            "(" * 100_000,
            "-" * 100_000 + "1",
            "0" * 5000 + "x",
            "9" * 5000,
            "{[]: 1}",
            "'",
            "",
        ),
        *("[" + "1," * 600_000 + "]", "lambda: 0", "a.b", "{**{}}", "...", "1 .real"),
    ],
)
def test_what_is_no_plain_literal_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        literal.parse(text)


# -- bombs


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "_FREE", 2**20)


@pytest.mark.parametrize("packing", sorted(set(PACKED) - {"plain"}))
def test_a_bomb_is_not_unpacked(packing: str, small: None) -> None:
    bomb = PACKED[packing](b" " * 2**24)
    with pytest.raises(NotADump, match=r"^unpacks to (more than )?[0-9]+ MB, too much for its size$"):
        read(bomb)


def test_text_that_is_compressed_well_is_no_bomb(small: None) -> None:
    many = lines(ROWS * 1000)
    assert len(many) > 2**22
    assert len(read(gzip.compress(many.encode())).entries) == 4000


def test_a_decompressor_gets_no_more_memory_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "_MEMORY", 2**20)
    with pytest.raises(NotADump, match=r"^a damaged xz file: Memory usage limit"):
        read(lzma.compress(b"a", preset=9))


def test_archives_within_archives_come_to_an_end() -> None:
    data = lines(ROWS).encode()
    for _ in range(3):
        data = gzip.compress(data)
    assert pairs_of(read(data)) == PAPERS
    with pytest.raises(NotADump, match="compressed too often"):
        read(gzip.compress(data))


def test_entities_are_not_expanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(NotADump, match="declares entities"):
        read(bomb + FORMS["arXiv, Atom"].partition("?>")[2])


def test_a_zip_with_a_password_says_so() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a", "b")
    data = bytearray(file.getvalue())
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1  # the flag of an encrypted file
    with pytest.raises(NotADump, match="password"):
        read(bytes(data))


@pytest.mark.parametrize("form", ["API, lines", "API, a list", "arXiv, Atom", "BibTeX", "RIS", "CSV"])
def test_an_entry_without_an_end_is_refused(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("stream", "json_values", "atom", "ris", "table"):
        monkeypatch.setattr(f"paperreader.dumps.{module}.LONGEST", 2**17)
    line_end = "\\n" if form.startswith("API") else "\n"
    text = FORMS[form].replace("It is good. ", f"It is good.{line_end}" * 20_000)
    if form == "BibTeX":
        dump = read(text.replace(FORMS[form], "") + "\n@misc{a, title={A title}}")
        assert [entry.title for entry in dump.entries] == ["A title"]
        assert dump.problems[0] == "line 5: not a whole entry"
    else:
        with pytest.raises(NotADump, match=r"longer than|more than|field larger"):
            read(text, "a", TODAY)


@pytest.mark.parametrize(
    "data", [b"<!" * 200_000, b"<a " * 200_000, b"<a b='" * 200_000, b"&" * 500_000, b"<!--" * 100_000]
)
def test_html_that_keeps_a_parser_busy(data: bytes) -> None:
    outcome(b"<html>DailyPapers" + data)
    outcome(b'<html><div data-target="DailyPapers" ' + data)


@pytest.mark.parametrize(
    "data", [b"[" * 500_000, b'{"a":' * 200_000, b'["' + b"\\" * 500_000, b"[" + b"1," * 500_000]
)
def test_json_that_keeps_a_parser_busy(data: bytes) -> None:
    outcome(data)


@pytest.mark.parametrize(
    "data", [b"@a{" * 100_000, b"@a{b, c={" + b"{" * 100_000, b"@a{b,\n" * 3_000, b'@a{b, c="' * 9000]
)
def test_bibtex_that_keeps_a_parser_busy(data: bytes) -> None:
    outcome(data)


def test_python_values_that_keep_a_pattern_busy() -> None:
    for text in ("{'" + "a\\'" * 300_000, "{'" + "a\\'\"" * 200_000):
        with pytest.raises(ValueError):
            literal.parse(text)


def test_names_that_keep_a_pattern_busy() -> None:
    assert names_of(" " * 2_000_000 + "Ada Lovelace" + " " * 2_000_000) == ("Ada Lovelace",)
    assert names_of("," * 10_000 + " " * 2_000_000) == ()
