"""The values in a JSON text, one at a time: those of a list, or one a line, or one after another."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from paperreader.dumps.dump import NotADump
from paperreader.dumps.stream import LONGEST, Text

_PIECE: Final = 2**18
_BETWEEN = re.compile(r"[\s,]*")
_BEGUN = re.compile(r"(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\\?u?[0-9a-fA-F]{0,4})\s*\Z")
"""How a text may end in the middle of a value, from where the decoder stops."""
_decoder = json.JSONDecoder()

Value = tuple[str, Any]
"""Where a value begins, such as "line 3", and the value."""


def values(text: Text, problem: Callable[[str], None]) -> Iterator[Value]:
    """All values. What is no JSON between whole lines of it is left out and told to `problem`.

    Raises NotADump for a text that is something else from its start, and where it goes wrong in
    the middle of a list.
    """
    first = text.head.lstrip().partition("\n")[0].rstrip()
    if first.startswith("{") and _parsed(first) is not None:
        return _lines(text, problem)
    return _Scanner(text, problem).values()


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _lines(text: Text, problem: Callable[[str], None]) -> Iterator[Value]:
    for line in text.lines():
        if line.isspace():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            if line.endswith("\n"):
                problem(f"line {text.line}: {_reason(error)}")
            else:
                problem(f"line {text.line}: cut short")
            continue
        yield f"line {text.line}", value


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg[:1].lower()}{error.msg[1:].removesuffix(' at')}"
    return "not JSON: a number is too long"


class _Scanner:
    """Values that may stretch over lines, in brackets or not, with commas between them or not."""

    def __init__(self, text: Text, problem: Callable[[str], None]) -> None:
        self._text = text
        self._problem = problem
        self._ahead = ""
        self._at = 0
        self._line = 1
        self._is_list = False

    def values(self) -> Iterator[Value]:
        """See the function of this name."""
        self._is_list = self._skip() == "["
        last = self._line
        if self._is_list:
            self._at += 1
        while next_ := self._skip():
            if next_ == "]" and self._is_list:
                self._at += 1
                self._is_list = False
                continue
            where = f"line {self._line}"
            try:
                value = self._value()
            except (ValueError, RecursionError) as error:
                if isinstance(error, NotADump):
                    raise
                self._stop(error)
                return
            yield where, value
            last = self._line
        if self._is_list:
            self._problem(f"line {last}: cut short, the list does not end")

    def _stop(self, error: Exception) -> None:
        """A value is no JSON: either the text ends in it, or there is nothing to be made of the rest."""
        line = self._line
        if isinstance(error, json.JSONDecodeError):
            # what ends in a value, ends where the last of it is: after that there may be an end of line
            end = min(error.pos, len(self._ahead.rstrip()))
            line += self._ahead.count("\n", self._at, end)
            if error.msg.startswith("Unterminated") or _BEGUN.match(self._ahead, error.pos):
                self._problem(f"line {line}: cut short")
                return
        raise NotADump(f"line {line}: {_reason(error)}")

    def _skip(self) -> str:
        """Go to the next value; gives its first character, or "" at the end."""
        while True:
            found = _BETWEEN.match(self._ahead, self._at)
            end = found.end() if found else self._at
            self._line += self._ahead.count("\n", self._at, end)
            self._at = end
            if end < len(self._ahead):
                return self._ahead[end]
            if not self._more():
                return ""

    def _value(self) -> Any:
        while True:
            try:
                value, end = _decoder.raw_decode(self._ahead, self._at)
                if end < len(self._ahead) or not self._more():
                    self._line += self._ahead.count("\n", self._at, end)
                    self._at = end
                    return value
            except ValueError as error:
                # a mistake far from the end of what has been read stays one, whatever follows
                near = len(self._ahead) - getattr(error, "pos", 0) < 64 or "Unterminated" in str(error)
                if not near or not self._more():
                    raise

    def _more(self) -> bool:
        """Read on, more and more at a time while one value does not end."""
        kept = self._ahead[self._at :]
        if len(kept) > LONGEST:
            raise NotADump(f"line {self._line}: an entry of more than {LONGEST:,} characters")
        piece = self._text.read(max(_PIECE, len(kept)))
        self._ahead, self._at = kept + piece, 0
        return bool(piece)
