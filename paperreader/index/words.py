"""What counts as a word, in papers, in queries and on the screen alike.

Each word has a place in its text, and phrases are words at places that follow one another. Beside
them stand other ways to type what is there: "multi-modal" is also "multimodal", "DeepSeek" is also
"deep" and "seek", "GPT4" is also "gpt" and "4".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from paperreader.index import debris
from paperreader.latex.tex import GREEK

LONGEST = 64
"""A word is known by its first 64 characters; nobody types more, and a 10 MB "word" must not hurt."""
MOST_JOINED = 8
"""How many words hyphens can make one of, and how many can be taken out of one."""

_CJK = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that put no space between words: each character is a word, and a run of them a phrase."""
_LETTER = rf"[^\W_{_CJK}]"
_PART = rf"(?:{_LETTER}|{debris.LETTER})(?:{_LETTER}+|[\u0300-\u036f]|{debris.LETTER}|{debris.BREAK})*"

_PLAIN = f"[A-Za-z0-9]++(?:-[A-Za-z0-9]++){{0,{MOST_JOINED - 1}}}+"
_PLAIN_PIECE = re.compile(_PLAIN)
"""A word, or several joined by hyphens, in ASCII without LaTeX, which most text is."""


@cache
def _any_piece() -> re.Pattern[str]:
    """The same in any text; not compiled before it is needed, which takes 10 ms."""
    several = rf"{_PART}(?:{debris.HYPHEN}{_PART}){{0,{MOST_JOINED - 1}}}"
    other = rf"(?=[\\{{\w])(?:[{_CJK}]|{several}|{debris.COMMAND})"
    return re.compile(rf"{_PLAIN}(?![-\\{{}}$^_\x80-\U0010ffff])|{other}")


@cache
def _any_spaced() -> re.Pattern[bytes]:
    return re.compile(debris.SPACED.encode())


@cache
def _any_part() -> re.Pattern[str]:
    return re.compile(rf"[{_CJK}]|{_PART}|{debris.COMMAND}")


@cache
def _plain_seam() -> re.Pattern[bytes]:
    return re.compile(_SEAMS.encode())


@cache
def _any_seam(ascii_only: bool) -> re.Pattern[str]:
    return re.compile(_SEAMS if ascii_only else f"{_SEAMS}|{_GREEK_SEAMS}")


_ACCENT = re.compile("[\u0300-\u036f]")
_INDIVISIBLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Æ": "AE", "Œ": "OE", "Þ": "TH"}
)
"""Letters that Unicode does not take apart into a plain one and an accent."""
_LOST_CDOT = "(?<=[A-Z])cdot(?=[A-Z])"

_GREEK = "[\u0391-\u03a9\u03b1-\u03c9]"
_ALONE = f"(?<!{_GREEK}){_GREEK}(?!{_GREEK})"
"""A Greek letter that is no part of a Greek word."""
_GREEK_NAMES = {letter.casefold(): name.casefold().removeprefix("var") for name, letter in GREEK.items()}
_SEAMS = (
    "(?<=[a-z])(?=[A-Z])(?:(?<![A-Z][a-z])|(?=[A-Z][a-z]{2}))"  # Deep|Seek, Py|Torch, x|LSTM; but LLaMA
    "|(?<=[A-Z0-9])(?=[A-Z][a-z]{2})"  # BERT|Score; but LLMs
    "|(?<=[A-Z])(?=v[0-9])"  # YOLO|v8
    "|(?<=[A-Z]{2})(?=[0-9])|(?<=[A-Za-z][a-z])(?<![A-Z]v)(?=[0-9])"  # GPT|4o, Llama|3; but L2
)
"""Where a word is put together from others."""
_GREEK_SEAMS = f"(?<={_GREEK})(?<!{_GREEK}{{2}})(?!{_GREEK}|$)|(?<!{_GREEK})(?<!^)(?={_GREEK}(?!{_GREEK}))"
"""The same beside a Greek letter: β|VAE."""
_SEAM_POSSIBLE = re.compile(r"[^-\W][A-Z0-9]|[^\0-\x7f]|\\")

_GLUE = "\x7f"
"""Stands for a space in a chunk."""
_GLUED = rb"\1" + _GLUE.encode()

Span = tuple[str, int, int]
"""A word, and where it begins and ends."""


class Words(NamedTuple):
    """What a piece of text is found by, in UTF-8."""

    words: tuple[bytes, ...]
    """Its words in order, each at a place of its own."""
    beside: tuple[bytes, ...]
    """Other ways to type it, which have no place."""


class Spans(NamedTuple):
    """What a piece of text is found by, and where in the text."""

    words: list[Span]
    beside: list[Span]


def pieces(text: str) -> list[str]:
    """The words of a text in order, as they stand there; those joined by hyphens in one.

    Only `parts` makes them comparable.
    """
    found: list[str] = _piece(text).findall(text)
    return [piece for piece in found if piece[0] != "\\" or debris.is_word(piece)]


def _piece(text: str) -> re.Pattern[str]:
    """What finds pieces in a text, the sooner and the earlier at hand the plainer that is."""
    return _PLAIN_PIECE if text.isascii() and not _has_signs(text) else _any_piece()


def _has_signs(text: str) -> bool:
    """Whether there is something in it that LaTeX is made of."""
    return "\\" in text or "{" in text or "}" in text or "$" in text or "_" in text or "^" in text


def _table(separators: str, separator: str) -> bytes:
    return bytes(ord(separator) if chr(n) in separators else n for n in range(256))


_OTHER = "".join(chr(n) for n in range(128) if not chr(n).isalnum())
_BETWEEN_PLAIN = _table(_OTHER.replace("-", ""), " ")
_ALPHANUMERIC = "".join(chr(n).lower() if chr(n).isalnum() else " " for n in range(128))
# not by a space, behind which a word may go on
_BETWEEN = _table(f",;:!?()[]/<>+*&%#@|{_GLUE}", "\n")


def apart(text: str) -> bytes:
    """The text in UTF-8, with white space between its *chunks*: no word goes on from one to the next.

    A text's words are those of its chunks, as `whole` reads them. As texts have few different ones, it
    pays to remember what is in each.
    """
    data = text.encode("utf-8", "surrogatepass")
    if text.isascii() and not _has_signs(text):
        return data.translate(_BETWEEN_PLAIN)
    data = data.translate(_BETWEEN)
    return _any_spaced().sub(_GLUED, data) if b"\\" in data else data


def whole(chunk: bytes) -> str:
    """A chunk as it stood in the text."""
    return chunk.decode("utf-8", "surrogatepass").replace(_GLUE, " ")


def word_spans(text: str) -> list[Spans]:
    """What each of `pieces` is found by, and where it stands in the text."""
    found = []
    for match in _piece(text).finditer(text):
        piece, offset = match[0], match.start()
        if piece[0] != "\\" or debris.is_word(piece):
            in_order, beside = _spans(piece)
            found.append(Spans(_shifted(in_order, offset), _shifted(beside, offset)))
    return found


@lru_cache(maxsize=1 << 16)
def parts(piece: str) -> tuple[str, ...]:
    """The words of a piece as they are compared: without case, accents and LaTeX, taken apart at hyphens.

    Every word is a fixed point: `parts(word) == (word,)`.
    """
    return tuple(word for word, _, _ in _words(piece))


def indexed(piece: str) -> Words:
    """What a piece is found by. It is not remembered; who asks for many pieces should."""
    spans = _words(piece)
    return Words(_encoded(spans), _encoded(_beside(piece, spans)))


def is_plain(chunk: bytes) -> bool:
    """Whether a chunk is one piece, and it is known at once what that is found by.

    Each of its parts, between hyphens, is a word and has `seams`; beside them stand, of more than two parts,
    every two of which one is letters and the next begins with a digit; and all of it as one word.
    """
    parts = chunk.split(b"-")
    return all(map(bytes.isalnum, parts)) and len(parts) <= MOST_JOINED and b"cdot" not in chunk


def seams(part: bytes) -> Sequence[bytes]:
    """The words that a part of a plain piece was put together from, if any; as `indexed` finds them."""
    found = _plain_seam().split(part)
    return [word[:LONGEST].lower() for word in found] if 1 < len(found) <= MOST_JOINED else ()


def _encoded(spans: Sequence[Span]) -> tuple[bytes, ...]:
    return tuple([word.encode() for word, _, _ in spans])


def joined(found: Sequence[str]) -> str:
    """Several words written as one: "multi" and "modal" as "multimodal"."""
    return "".join(found)[:LONGEST]


def words(text: str) -> list[str]:
    """The words of a text in order."""
    if text.isascii() and not _has_signs(text) and "cdot" not in text:
        # as what follows would find them
        return [word[:LONGEST] for word in text.translate(_ALPHANUMERIC).split()]
    return [word for chunk in apart(text).split() for word in _of_chunk(chunk)]


@lru_cache(maxsize=1 << 16)
def _of_chunk(chunk: bytes) -> tuple[str, ...]:
    if chunk.isalpha() and b"cdot" not in chunk:  # in ASCII
        return (chunk[:LONGEST].decode().lower(),)
    return tuple([word for piece in pieces(whole(chunk)) for word in parts(piece)])


@lru_cache(maxsize=1 << 14)
def _spans(piece: str) -> Spans:
    spans = _words(piece)
    return Spans(spans, _beside(piece, spans))


def _words(piece: str) -> list[Span]:
    if _PLAIN_PIECE.fullmatch(piece) and "cdot" not in piece:
        spans, start = [], 0
        for word in piece.lower().split("-"):
            spans.append((word[:LONGEST], start, start + len(word)))
            start += len(word) + 1
        return spans
    return [(word, start, start + len(part)) for part, start in _cut(piece) for word in _folded(part)]


def _beside(piece: str, spans: Sequence[Span]) -> list[Span]:
    """What else a piece is found by, given its words."""
    found: list[Span] = []
    if _SEAM_POSSIBLE.search(piece):
        for start, end in dict.fromkeys([(start, end) for _, start, end in spans]):
            found += _within(piece[start:end], start, end)
    if len(spans) > 2:  # "gpt4" in "GPT-4-based"
        found += [_join(two) for two in pairwise(spans) if two[0][0].isalpha() and two[1][0][0].isdigit()]
    if len(spans) > 1:
        found.append(_join(spans))
    return found


def _within(part: str, start: int, end: int) -> list[Span]:
    """The words that one was put together from."""
    plain = _plain(part)
    seams = [match.start() for match in _any_seam(plain.isascii()).finditer(plain)]
    if not 0 < len(seams) < MOST_JOINED:
        return []
    cuts = list(pairwise([0, *seams, len(plain)]))
    if plain == part:
        return [(word, start + a, start + b) for a, b in cuts for word in _folded(part[a:b])]
    return [(word, start, end) for a, b in cuts for word in _folded(plain[a:b])]


def _join(spans: Sequence[Span]) -> Span:
    return joined([word for word, _, _ in spans]), spans[0][1], spans[-1][2]


def _shifted(spans: list[Span], by: int) -> list[Span]:
    return [(word, start + by, end + by) for word, start, end in spans]


def _cut(piece: str) -> Iterator[tuple[str, int]]:
    """The parts of a piece between its hyphens, and where they begin."""
    for match in _any_part().finditer(piece):
        part, start = match[0], match.start()
        if part[0] == "\\" and not debris.is_word(part):
            continue
        for lost in re.finditer(_LOST_CDOT, part) if "cdot" in part else ():
            yield piece[start : match.start() + lost.start()], start
            start = match.start() + lost.end()
        yield piece[start : match.end()], start


def _folded(part: str) -> tuple[str, ...]:
    if part.isascii() and part.isalnum():
        return (part.lower()[:LONGEST],)
    known: tuple[str, ...] = ()
    found: tuple[str, ...] = (part,)
    while found != known:  # folding can bring out more than one word: "½" is "1⁄2"
        known, found = found, tuple(word for part in found for word in _fold(part))
    return found


def _fold(part: str) -> Iterator[str]:
    text = unicodedata.normalize("NFKC", _plain(part).casefold()).casefold()
    if not text.isascii():
        text = re.sub(_ALONE, lambda match: _GREEK_NAMES.get(match[0], match[0]), text)
    for word in _any_part().findall(text):
        yield word[:LONGEST]


def _plain(part: str) -> str:
    """A part without accents and LaTeX."""
    if part.isascii() and part.isalnum():
        return part
    if "\\" in part or "{" in part:
        part = debris.unset(part)
    part = _ACCENT.sub("", unicodedata.normalize("NFKD", part))
    return unicodedata.normalize("NFKC", part).translate(_INDIVISIBLE)
