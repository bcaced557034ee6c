"""A note as Markdown, made into text that can do nothing but be read.

Markdown that markdown-it understands (CommonMark, strikethrough) becomes spans of a `Content`: there is no
widget for each paragraph, so that a note costs no more than an abstract when one moves through the list.
Links show where they lead and lead nowhere, pictures are their descriptions, HTML is the text it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content, Span
from textual.style import Style

from paperreader.text import clean
from paperreader.tui.hanging import Hang

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_PIECE = 4_000
"""Characters of a paragraph that are read at a time: some take time that grows with the square of these."""
_BRACKETS = 400
"""A piece that has more of them has no links: to see that none begins there takes long for each."""
_DEEPEST = 40
"""How deep things may stand in one another, a list being two; what goes deeper is shown as it is written."""


class NoteText(NamedTuple):
    """A note as it is shown."""

    text: str
    styles: tuple[tuple[int, int, str], ...]
    """Stretches of it with the part they are set in: strong, em, code, strike, head, link, dim."""
    hangs: tuple[Hang, ...]
    """How each of its lines is set."""

    def content(self, part: Callable[[str], Style]) -> Content:
        """The text in the styles that the parts have now."""
        return Content(self.text, [Span(start, end, part(name)) for start, end, name in self.styles])


@lru_cache(maxsize=64)
def note_text(note: str) -> NoteText:
    """A note as Markdown; what is no Markdown is text."""
    note = clean(note)
    lines = note.split("\n")
    writer = _Writer()
    for block in _blocks(_parser().parse(note)):
        first = block[0]
        too_deep = any(token.level >= _DEEPEST - 2 for token in block)  # the parser leaves it out
        marks_nothing = first.type != "hr" and not any(token.content for token in block)
        if too_deep or marks_nothing:
            writer.add_as_written("\n".join(lines[slice(*first.map or (None,))]))
        else:
            writer.add(block)
    return writer.written()


def _blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


@cache
def _parser(links: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt

    options = {"html": False, "linkify": False, "maxNesting": _DEEPEST}
    # a link's address that is written apart from it would be seen nowhere
    parser = MarkdownIt("commonmark", options).enable("strikethrough").disable("reference")
    parser.core.ruler.at("inline", _read_inline)
    return parser if links else parser.disable(["link", "image"])


def _read_inline(state: StateCore) -> None:
    """The parser's rule for what stands in a paragraph or the like, which here it reads in pieces."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            for piece in _pieces(token.content):
                parser = _parser(links=piece.count("[") <= _BRACKETS)
                parser.inline.parse(piece, parser, state.env, token.children)


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces, parted between lines, or else words."""
    while len(text) > _PIECE:
        at = next((at for gap in ("\n", " ") if (at := text.rfind(gap, 1, _PIECE)) > 0), _PIECE)
        yield text[:at]
        text = text[at:]
    yield text


class _Writer:
    """Goes through the tokens of a text and writes down what is to be seen of them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._styles: list[tuple[int, int, str]] = []
        self._open: list[tuple[str, int]] = []
        self._hangs: list[Hang] = []
        self._around: list[str] = []
        """What each line begins with, for every list and quotation around it."""
        self._above: list[str] = []
        """The same as it was for the line before."""
        self._markers: dict[int, str] = {}
        """What the next line begins with in place of some of these: a bullet or a number."""
        self._numbers: list[int | None] = []
        """For each list around, the number of the next item; None where it has bullets."""
        self._linked = 0
        """The parts that stand before the last link."""
        self._apart = False
        """Whether an empty line is due before the next line."""

    def add(self, tokens: list[Token]) -> None:
        """Write these down below what is there."""
        self._apart = True
        for token in tokens:
            self._block(token)

    def add_as_written(self, text: str) -> None:
        """The same for a text that is no Markdown."""
        self._apart = True
        self._lines_of(text.strip("\n").split("\n"), "")

    def written(self) -> NoteText:
        """All that is to be seen."""
        return NoteText("".join(self._parts), tuple(self._styles), tuple(self._hangs))

    # -- blocks

    def _block(self, token: Token) -> None:
        if token.type == "inline":
            for line in _lines(token.children or []):
                self._line()
                for child in line:
                    self._inline(child)
        elif token.type in ("fence", "code_block"):
            if token.info.strip():
                self._lines_of([token.info.strip()], "dim")
                self._apart = False
            self._lines_of(token.content.rstrip("\n").split("\n"), "code")
        elif token.type == "hr":
            self._lines_of(["─" * 12], "dim")
        elif token.type.startswith("heading"):
            self._heading(token.nesting)
        elif token.type == "paragraph_close":
            self._apart = not token.hidden  # it is in a list without empty lines
        else:
            self._container(token)

    def _lines_of(self, lines: list[str], name: str) -> None:
        for text in lines:
            self._line()
            self._set(text, name)
        self._apart = True

    def _heading(self, nesting: int) -> None:
        self._apart = True
        if nesting > 0:
            self._open.append(("head", self._length))
        else:
            self._close("head")

    def _container(self, token: Token) -> None:
        if token.type == "blockquote_open":
            self._around.append("│ ")
        elif token.type == "list_item_open":
            self._item(token.markup)
        elif token.type in ("blockquote_close", "list_item_close"):
            self._around.pop()
        elif token.type == "bullet_list_open":
            self._numbers.append(None)
        elif token.type == "ordered_list_open":
            self._numbers.append(int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
            self._apart = not self._numbers

    def _item(self, mark: str) -> None:
        number = self._numbers[-1]
        if number is not None:
            self._numbers[-1] = number + 1
        marker = "• " if number is None else f"{number}{mark} "
        self._markers[len(self._around)] = marker
        self._around.append(" " * len(marker))

    def _line(self) -> None:
        """Begin a line, after an empty one where that is due."""
        for name, start in self._open:
            self._style(start, name)
        if self._apart and self._hangs:
            self._write("\n")
            both = takewhile(lambda pair: pair[0] == pair[1], zip(self._above, self._around, strict=False))
            self._set("".join(text for text, _ in both).rstrip(), "dim")
            self._hangs.append(Hang())
        if self._hangs:
            self._write("\n")
        self._apart = False
        begins = "".join(self._markers.get(depth, text) for depth, text in enumerate(self._around))
        self._markers.clear()
        self._above = [*self._around]
        self._hangs.append(Hang(len(begins), "".join(self._around)))
        self._set(begins, "dim")
        self._open = [(name, self._length) for name, _ in self._open]

    # -- what stands in a line

    def _inline(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self._set(token.content, "")
        elif kind == "code_inline":
            self._set(token.content, "code")
        elif kind == "image":
            self._set(f"[{token.content or 'picture'}] ({_address(token, 'src')})", "dim")
        elif kind == "link_open":
            self._open.append((f"link {_address(token, 'href')}", self._length))
            self._linked = len(self._parts)
        elif kind == "link_close":
            name, _ = self._close("link")
            address, shown = name.removeprefix("link "), "".join(self._parts[self._linked :])
            if address not in (shown, f"mailto:{shown}"):
                self._set(f" ({address})", "dim")
        elif kind.endswith("_open"):
            self._open.append((_NAMES.get(kind[:-5], ""), self._length))
        elif kind.endswith("_close"):
            self._close(_NAMES.get(kind[:-6], ""))

    def _close(self, name: str) -> tuple[str, int]:
        """End the innermost stretch of this name."""
        at = max(i for i, (opened, _) in enumerate(self._open) if opened.partition(" ")[0] == name)
        opened, start = self._open.pop(at)
        self._style(start, name)
        return opened, start

    def _set(self, text: str, name: str) -> None:
        """Write a text in a style of its own."""
        start = self._length
        self._write(clean(text).replace("\n", " "))
        self._style(start, name)

    def _style(self, start: int, name: str) -> None:
        """Have what was written since then in a style."""
        if name and self._length > start:
            self._styles.append((start, self._length, name.partition(" ")[0]))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _address(token: Token, name: str) -> str:
    """Where a link or a picture is, and what is said of that."""
    return " ".join(str(token.attrs[each]) for each in (name, "title") if token.attrs.get(each))


_NAMES = {"strong": "strong", "em": "em", "s": "strike"}


def _lines(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of a paragraph, line by line as they are written: a note is no typeset page."""
    line: list[Token] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield line
            line = []
        else:
            line.append(token)
    yield line
