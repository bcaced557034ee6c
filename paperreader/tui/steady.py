"""Characters of which terminals disagree how wide they are, drawn so that they agree.

Emoji are joined to families, given a skin and a sex, turned into keys and flags by further characters.
Some terminals draw all that in two cells, as Textual counts, and others add up the parts: whatever
stands after it in the line, a scrollbar say, is then in another column than the lines around it. So
what is sent is the first of the parts, filled up to the width that was counted.
"""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from paperreader.tui.unbroken import NO_BREAK, breakable

_SKINS = "\U0001f3fb-\U0001f3ff"
_JOINER = "\u200d"
_LETTERS = "\U0001f1e6-\U0001f1ff"
_SUSPECT = re.compile(f"[{NO_BREAK}{_JOINER}\ufe0e\ufe0f{_SKINS}{_LETTERS}]")
_JOINED = re.compile(rf"(?<=[\w\s]){_JOINER}+|{_JOINER}+(?=[\w\s{_JOINER}]|\Z)|\A{_JOINER}+")
_CLUSTER = re.compile(
    f"(?P<flag>[{_LETTERS}]+)"
    f"|(?P<base>[^{_SKINS}]?)(?P<rest>(?:[\ufe0e\ufe0f{_SKINS}]\u20e3?|{_JOINER}[^\\s\\w]?)+)"
)


def unjoined(text: str) -> str:
    """The text without joiners that join no emoji, for which Textual takes two characters to be one."""
    return text if text.isascii() else _JOINED.sub("", text)


def steady(text: str) -> str:
    """The text with nothing in it that is not as wide as its characters are one by one; as wide as it was."""
    if text.isascii() or not _SUSPECT.search(text):
        return text
    return breakable(_CLUSTER.sub(_plain, text))


def _plain(cluster: re.Match[str]) -> str:
    if flag := cluster["flag"]:
        plain = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag)
    elif _JOINER in cluster["rest"] and cluster["base"].isalpha():
        return cluster[0]  # several scripts are written with joiners
    else:
        plain = cluster["base"]
    cells = cell_len(cluster[0])
    padded = plain + " " * (cells - cell_len(plain))
    return padded if cell_len(padded) == cells else "?" * cells  # a joiner at the start takes in what follows


class Steady(LineFilter):
    """Sends every line to the terminal in steady characters."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line, as wide as before."""
        if not any(_SUSPECT.search(segment.text) for segment in segments):
            return segments
        return [Segment(steady(text), style, control) for text, style, control in segments]
