"""A text in paragraphs, each made harmless and put on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from paperreader.dumps.decode import lines_of
from paperreader.dumps.dump import NotADump
from paperreader.dumps.furniture import is_furniture
from paperreader.text import one_line

_MOST = 1_000_000
_SUSPENDED = frozenset({"and", "or", "to", "nor", "but"})
"""Before these a hyphen at the end of a line ends a word: "pre- and post-training"."""


class Paragraph(NamedTuple):
    """What stands between two blank lines."""

    text: str
    line: int
    """The number of its first line, from 1."""
    furniture: bool
    """Whether it may be no part of a paper: see `furniture.is_furniture`."""


class _Block(NamedTuple):
    lines: list[str]
    number: int
    """That of the first line, from 1."""

    def part(self, start: int, end: int) -> _Block:
        return _Block(self.lines[start:end], self.number + start)

    def each_line(self, start: int = 0, end: int | None = None) -> Iterator[_Block]:
        return (self.part(i, i + 1) for i in range(len(self.lines))[start:end])


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text whose line ends are "\\n". Raises NotADump when they are too many.

    Lines of furniture at the edge of a paragraph stand alone. In a text without any blank line,
    every line is a paragraph.
    """
    blocks = _blocks(text)
    first = list(islice(blocks, 2))
    blocks = first[0].each_line() if len(first) == 1 else chain(first, blocks)
    found: list[Paragraph] = []
    before = ""
    for block in blocks:
        if len(found) > _MOST:
            raise NotADump(f"more than {_MOST:,} paragraphs: no page has so many")
        for part in _split_furniture(block, before):
            joined = _join(part.lines)
            found.append(Paragraph(joined, part.number, is_furniture(joined, before)))
            before = joined
    return found


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    start = 0
    for number, raw in enumerate(lines_of(text), 1):
        line = one_line(raw)
        if line:
            if not lines:
                start = number
            lines.append(line)
        elif lines:
            yield _Block(lines, start)
            lines = []
    if lines:
        yield _Block(lines, start)


def _split_furniture(block: _Block, before: str) -> Iterator[_Block]:
    lines = block.lines
    start, end = 0, len(lines)
    while start < end - 1 and is_furniture(lines[start], before):
        before = lines[start]
        start += 1
    while start < end - 1 and is_furniture(lines[end - 1]) and not _goes_on(lines[end - 2], lines[end - 1]):
        end -= 1
    yield from block.each_line(end=start)
    yield block.part(start, end)
    yield from block.each_line(start=end)


def _goes_on(before: str, line: str) -> bool:
    """Whether the line is a word or a number that may belong to the text before it."""
    letters = re.sub("[ .,]", "", line)
    return (letters.isalpha() or letters.isdecimal()) and not before.endswith((".", "!", "?"))


def _join(lines: Sequence[str]) -> str:
    """The lines as one, with a space between two unless the first breaks off at a hyphen."""
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        broken = before.endswith("-") and before.rstrip("-")[-1:].isalnum() and line[0].isalnum()
        if not broken or line.split(" ", 1)[0] in _SUSPENDED:
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)
