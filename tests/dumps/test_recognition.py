"""What is a dump is told from its text, and what is none gets one clear reason."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from paperreader.dumps import NotADump

from .rendering import HEADER, page, pairs_of, papers, read

PAPERS = papers(3)
PROSE = """# paperreader

A terminal reader for lists of research papers. It reads pages, and it finds papers in them again.

## Install

Clone the repository and run the one command that stands below.

It opens the sample pages. There is nothing else to do, and nothing to configure.

- a list on the left
- an abstract on the right

Press a question mark for help.
"""


def _zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("page.txt", page(PAPERS))
        archive.writestr("other.txt", page(PAPERS))
    return file.getvalue()


HTML = "<!DOCTYPE html>\n<html>\n\n<body>\n\n<h1>502 Bad Gateway</h1>\n\n<p>nginx</p>\n\n</body></html>"
BARE = page(PAPERS, header=(), day="").encode()
LATIN_1 = page([("Poincaré ResNet", "On a Poincaré ball. " * 9)]).encode("latin-1")

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "white space": (b" \r\n\n\t\n", "empty"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "empty"),
    "HTML": (HTML.encode(), "an HTML file"),
    "XML": (b"\n <?xml version='1.0'?><feed/>", "an HTML file"),
    "JSON of something else": (b'{\n "name": "x",\n "version": 1\n}', "line 1: a title and an abstract are"),
    "JSON lines of something else": (b'{"name": "a"}\n{"name": "b"}\n', "line 1: a title and an"),
    "half a JSON object": (b'{"title": "a", "abstract": "b', "line 1: cut short"),
    "no JSON after all": (b'{"title": "a",\n "abstract": oops}', "line 2: not JSON: expecting value"),
    "a control character in JSON": (b'{"a": "b\x01"}', "line 1: not JSON: invalid control character"),
    "JSON of numbers": (b"[1, 2, 3]", "a JSON file without papers"),
    "JSON of nothing": (b"[]", "no papers in it"),
    "Latin-1": (LATIN_1, f"not UTF-8 text (byte 0xe9 at offset {LATIN_1.index(0xE9)})"),
    "half a character": (page(PAPERS).encode() + b"\xc3", "not UTF-8 text (byte 0xc3 at offset "),
    "half of UTF-16": (b"\xff\xfeN\0e", "not UTF-16 text (byte 0x65 at offset 4)"),
    "half of UTF-16, no mark": (page(PAPERS).encode("utf-16-le")[:-1], "not UTF-16 text (byte 0x2e at"),
    "random bytes": (bytes(range(256)), "not UTF-8 text (byte 0x80 at offset 128)"),
    "NULs": (bytes(10_000), "binary data"),
    "a zip of two": (_zipped(), "a zip archive with 2 files: each of them is a dump of its own"),
    "a table of titles": (b"year,title\n2026,A title\n", "line 1: a table with titles, but no column"),
    "gzip of nothing": (gzip.compress(b""), "empty"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
    "an image": (b"\x89PNG\r\n\x1a\n", "an image"),
    "a readme": (PROSE.encode(), "not a list of papers in a known form"),
    "an error": (b"429 Too Many Requests\n", "not a list of papers in a known form"),
    "titles and abstracts alone": (BARE, "not a list of papers in a known form"),
    "a header alone": ("\n\n".join(HEADER).encode(), "no papers in it"),
    "a header and a day": (page([]).encode(), "no papers in it"),
    "one title": (page([]).encode() + b"\n\nA title", "no papers in it"),
    "a day in the middle": (BARE + b"\n\nSep 9", "not a list of papers"),
    "two pages": (f"{page(PAPERS)}{page(PAPERS)}".encode(), "two pages in one (line 25)"),
    "a text under a common word": (f"Daily Papers\n\n{PROSE}".encode(), "not a Daily Papers page: prose"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_dump_gets_one_clear_reason(case: str) -> None:
    data, reason = REFUSED[case]
    with pytest.raises(NotADump) as refusal:
        read(data)
    message = str(refusal.value)
    assert message.startswith(reason)
    assert "\n" not in message
    assert message.isprintable()
    assert len(message) < 120


def test_a_date_in_the_file_name_is_enough_for_a_list_of_papers() -> None:
    text = page(PAPERS, header=(), day="")
    assert pairs_of(read(text, "2026-01-05.txt")) == PAPERS
    short = [("First paper", "What it says."), ("Second paper", "What that one says.")]
    assert pairs_of(read(page(short, header=(), day=""), "2026-01-05.txt")) == short


@pytest.mark.parametrize("name", ["2026-01-05.md", "notes 20260105.txt"])
def test_prose_is_no_dump_even_with_a_date_in_its_name(name: str) -> None:
    with pytest.raises(NotADump, match="prose"):
        read(PROSE, name)


def test_a_page_that_someone_quotes_in_prose_is_no_dump() -> None:
    quoted = "This is how the page begins, in every one of the variants that we have seen so far:\n\n" * 2
    with pytest.raises(NotADump, match="a Daily Papers page"):
        read(quoted + page(PAPERS))


def test_the_format_is_told_from_the_text_not_from_the_name() -> None:
    for name in ("page.html", "page.json", "page.gz", "page", ""):
        assert pairs_of(read(page(PAPERS), name)) == PAPERS


def test_a_few_nuls_make_no_page_binary() -> None:
    assert pairs_of(read(page(PAPERS).replace("good", "go\0od"))) == PAPERS


def test_too_many_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperreader.dumps.paragraphs._MOST", 10)
    with pytest.raises(NotADump, match="more than 10 paragraphs"):
        read(page(PAPERS))


def test_the_files_of_this_repository_are_no_dumps() -> None:
    root = Path(__file__).parents[2]
    for path in (*root.glob("*.toml"), *(root / "paperreader").glob("*.py"), *root.glob("*.md")):
        with pytest.raises(NotADump):
            read(path.read_bytes(), path.name)


def test_a_table_without_a_title_is_refused_as_a_table() -> None:
    with pytest.raises(NotADump, match="a table, but no column is called title"):
        read(b"a,b,c\n1,2,3\n", "papers.csv")
