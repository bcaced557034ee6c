"""Notes as Markdown: what is shown of it, how it is set, and that it can do nothing."""

from __future__ import annotations

import unicodedata
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content, Span
from textual.css.styles import Styles
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection
from textual.style import Style
from textual.visual import RenderOptions

from paperreader.tui.hanging import Hang, Hanging
from paperreader.tui.note_text import NoteText, note_text


def set_in(note: NoteText, name: str) -> list[str]:
    return [note.text[start:end] for start, end, style in note.styles if style == name]


def lines(content: Content, width: int, options: RenderOptions | None = None) -> list[str]:
    """The content as it is wrapped."""
    options = options or RenderOptions(lambda _: Style(), Styles())
    return [strip.text.rstrip() for strip in content.render_strips(width, None, Style(), options)]


@pytest.mark.parametrize(
    ("written", "shown", "styles"),
    [
        ("plain words\nand a line", "plain words\nand a line", {}),
        ("**bold** *em* __bold__ ~~gone~~", "bold em bold gone", {"strong": ["bold", "bold"], "em": ["em"]}),
        ("one\n\n\n\ntwo", "one\n\ntwo", {}),
        ("# Head\ntext", "Head\n\ntext", {"head": ["Head"]}),
        ("text\n\n## Head *em*", "text\n\nHead em", {"head": ["Head em"], "em": ["em"]}),
        ("`a_b` and snake_case_", "a_b and snake_case_", {"code": ["a_b"]}),
        ("```py\nx = 1\n\ny\n```\nz", "py\nx = 1\n\ny\n\nz", {"code": ["x = 1", "y"]}),
        ("- a\n- b\n  - c", "• a\n• b\n  • c", {"dim": ["• ", "• ", "  • "]}),
        ("3. a\n4. b", "3. a\n4. b", {}),
        ("1) a\n\n2) b", "1) a\n\n2) b", {}),
        ("> a\n> b", "│ a\n│ b", {"dim": ["│ ", "│ "]}),
        ("> a\n>\n> b\n\nc", "│ a\n│\n│ b\n\nc", {}),
        ("- > a", "• │ a", {}),
        ("a\n\n---\nb", "a\n\n────────────\n\nb", {}),
        ("[page](https://a.b/c)", "page (https://a.b/c)", {"link": ["page"], "dim": [" (https://a.b/c)"]}),
        ("<https://a.b/c>", "https://a.b/c", {"link": ["https://a.b/c"], "dim": []}),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))", {"link": []}),
        ("![a picture](https://a.b/c.png)", "[a picture] (https://a.b/c.png)", {}),
        ("<b>no</b> <script>x</script>", "<b>no</b> <script>x</script>", {"strong": []}),
        ("[@click=app.quit]here[/] [red]x[/red]", "[@click=app.quit]here[/] [red]x[/red]", {}),
        ("&lt;b&gt; &amp; &#27;[31m &#x202e;x", "<b> & �[31m x", {}),
        ("**two\nlines**", "two\nlines", {"strong": ["two", "lines"]}),
        ("5 * 3 = 15, 2^k and a_b * c", "5 * 3 = 15, 2^k and a_b * c", {"em": []}),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |", {}),
        ("[a]: https://a.b/c 'title'", "[a]: https://a.b/c 'title'", {}),
        ('[a](https://a.b "told")', "a (https://a.b told)", {}),
        ("> " * 60 + "deep", "> " * 60 + "deep", {}),
        ("> >", "> >", {}),
        ("> >\n\n**a**\n\n" + "> " * 60 + "deep", "> >\n\na\n\n" + "> " * 60 + "deep", {"strong": ["a"]}),
        ("***", "────────────", {}),
        ("", "", {}),
    ],
)
def test_markdown_becomes_text(written: str, shown: str, styles: dict[str, list[str]]) -> None:
    note = note_text(written)
    assert note.text == shown
    assert {name: set_in(note, name) for name in styles} == styles


def test_what_hangs_keeps_its_place() -> None:
    note = note_text("- trees that grow as they do\n  1. and grids\n\n> said by somebody")
    content = Hanging(note.content(lambda _: Style()), note.hangs)
    assert lines(content, 14) == [
        "• trees that",
        "  grow as they",
        "  do",
        "  1. and grids",
        "",
        "│ said by",
        "│ somebody",
    ]
    assert content.get_height(Styles(), 14) == 7
    assert lines(content, 2)  # no room for anything: shown all the same


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [(SELECT_ALL, "a • bcd efg"), (Selection(Offset(2, 1), Offset(5, 1)), "bcd")],
)
def test_the_mouse_selects_what_it_points_at(selection: Selection, wanted: str) -> None:
    content = Hanging(Content("a\n• bcd efg"), [Hang(), Hang(2, "  ")])
    options = RenderOptions(lambda _: Style(), Styles(), selection, Style(reverse=True))
    strips = content.render_strips(6, None, Style(), options)
    found = " ".join(s.text for strip in strips for s in strip if s.style and s.style.reverse)
    assert found.split() == wanted.split()


def test_styles_are_those_of_their_words_after_wrapping() -> None:
    bold = Style(bold=True)
    content = Hanging(Content("• one two three", [Span(6, 9, bold)]), [Hang(2, "  ")])
    strips = content.render_strips(8, None, Style(), RenderOptions(lambda _: Style(), Styles()))
    assert [s.text for strip in strips for s in strip if s.style and s.style.bold] == ["two"]


PIECES = [*"#*_`~[]()<>!|-+=&\\:\"' \n\t", "\n\n", "- ", "1. ", "> ", "```", "](", "&#27;", "&#x9b;", "    "]
MARKDOWN = st.lists(st.sampled_from([*PIECES, "word", "https://a.b", "大", "é", "\u202e", "\x1b[31m"])).map(
    "".join
)


@given(MARKDOWN)
def test_no_word_is_lost(written: str) -> None:
    assert note_text(written).text.count("word") >= written.count("word")


@given(MARKDOWN | st.text())
def test_any_text_can_be_shown(written: str) -> None:
    note = note_text(written)
    assert not [c for c in note.text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t‍‌"]
    assert all(0 <= start < end <= len(note.text) for start, end, _ in note.styles)
    assert len(note.hangs) <= note.text.count("\n") + 1
    content = Hanging(note.content(lambda _: Style()), note.hangs)
    for line, hang in zip(note.text.split("\n"), note.hangs, strict=False):
        assert len(line) >= hang.length or not line.strip()
    assert all(strip.cell_length <= 12 for strip in content.render_strips(12, None, Style(), _OPTIONS))
    assert not any(span.style.meta or span.style.link for span in content.spans)  # type: ignore[union-attr]


_OPTIONS = RenderOptions(lambda _: Style(), Styles())


@pytest.mark.parametrize("unit", ["[", "![](", "- a\n", "> ", "**a*", "[[](", "`", "a\n\n", "<", "&", "  - "])
def test_a_long_note_is_read_in_pieces(unit: str) -> None:
    """Some of these take time that grows with the square of their length when they are read at once."""
    assert note_text(unit * (40_000 // len(unit))).text


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_block_longer_than_a_piece_is_one_block(gap: str) -> None:
    code = gap.join(f"x = a*{n}*b" for n in range(900))
    block = f"```\n{code}\n```"
    note = note_text(f"**Before**\n\n{block}\n\n- a\n\n{indent(block, '  ')}\n\nAfter **bold**")
    assert set_in(note, "code") == [line for line in code.split("\n") if line] * 2
    assert set_in(note, "strong") == ["Before", "bold"]
    assert note.text.endswith("\n\nAfter bold")


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_paragraph_longer_than_a_piece_is_one_paragraph(gap: str) -> None:
    written = gap.join(["[page](https://a.b) **bold**"] * 500)
    note = note_text(written)
    assert note.text == gap.join(["page (https://a.b) bold"] * 500)
    assert set_in(note, "strong") == ["bold"] * 500


def test_too_many_brackets_are_text() -> None:
    assert note_text("[a](b)" * 500).text == "[a](b)" * 500
    assert note_text("[" * 500 + "\n\n[a](b)").text == "[" * 500 + "\n\na (b)"


def test_no_word_is_lost_between_the_pieces() -> None:
    words = [f"word{n}" for n in range(5000)]
    for gap in ("\n\n", "\n", " "):
        assert note_text(gap.join(words)).text.split() == words
