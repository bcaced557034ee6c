"""A rule: which texts it is for, what it makes of them, and which it has to leave alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Rule(NamedTuple):
    """One thing that is done to a text; a test holds each rule to its examples."""

    hint: str | tuple[str, ...]
    """What a text must have, or several of which it must have one, for the rule to be tried."""
    pattern: str
    """What is sought; it begins with letters where it can, and looks back from behind them, as `re` likes."""
    becomes: str | Callable[[re.Match[str]], str]
    """What it becomes, as `re.sub` takes it."""
    example: tuple[str, str]
    """A text that the rule is for, and how it is shown in the end."""
    not_example: str
    """A text that has the hint, but that no rule may change."""
    before_digit: bool = False
    """Whether the hint, else a common one, stands before a digit."""

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints, also where it is one."""
        return (self.hint,) if isinstance(self.hint, str) else self.hint


def applied(rules: Iterable[Rule], text: str) -> str:
    """The text after these rules, one by one."""
    for hint, pattern, becomes, *_ in rules:
        if hint in text if isinstance(hint, str) else any(map(text.__contains__, hint)):
            text = re.sub(pattern, becomes, text)
    return text


def fewest(hints: Iterable[str]) -> tuple[str, ...]:
    """Those that are in no text without another of them: who looks for these has looked for all."""
    found: list[str] = []
    for hint in sorted(set(hints), key=lambda hint: (len(hint), hint)):
        if not any(map(hint.__contains__, found)):
            found.append(hint)
    return tuple(found)
