"""Rows that a program printed as Python writes its values, where JSON was meant."""

from __future__ import annotations

import ast
import re
from typing import Any

_LONGEST = 2**20
"""Characters; rows have some ten thousand."""
_DEEPEST = 32
# one that does not end is taken to the end as well, or every quote in it would be tried as its beginning
_STRING = re.compile(r"'(?:[^'\\]|\\.)*+'?|\"(?:[^\"\\]|\\.)*+\"?", re.DOTALL)
_REST = re.compile(r"(?>[\s{}\[\](),:]|True|False|None|-?[0-9]++(?:\.[0-9]++)?(?:e[+-]?[0-9]++)?)*+")


def parse(text: str) -> Any:
    """The value of a literal of texts, numbers, lists and dictionaries. Raises ValueError for all else.

    Nothing is evaluated. What comes to Python's own parser is not long, not deep, and has no name
    but True, False and None in it.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long")
    bare = _STRING.sub("0", text)
    if not _REST.fullmatch(bare) or _depth(bare) > _DEEPEST:
        raise ValueError("not a value")
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, MemoryError, RecursionError, TypeError) as error:
        raise ValueError("not a value") from error


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "{[(":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}])":
            depth -= 1
    return deepest
