"""Text from outside, made harmless."""

from __future__ import annotations

import re

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    # OSC, DCS and the like; their text ends at the latest where another one begins: linear time
    r"|(?:\x1b[\]P^_X]|[\x9d\x90\x9e\x9f\x98])[^\x07\x1b\x9c\x9d\x90\x9e\x9f\x98\n]{0,4096}"
    r"(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(f"[\x0b\x0c\x1b\r\u2028\u2029\ud800-\udfff{_UNSAFE.pattern[1:]}")


def clean(text: str) -> str:
    """The text without what a terminal would obey or a reader would not see.

    Escape sequences, control characters (except newline and tab), direction overrides and other
    invisible marks go; line ends become newlines, lone surrogates the replacement character.
    Joiners stay: emoji and several scripts are written with them.
    """
    if text.isprintable() or not _SUSPECT.search(text):
        return text
    text = _LINE_END.sub("\n", _ESCAPE_SEQUENCE.sub("", text))
    return _SURROGATE.sub("\ufffd", _UNSAFE.sub("", text))


def one_line(text: str) -> str:
    """The cleaned text on one line, white space folded."""
    flat = text.replace("\n", " ")
    if flat.isprintable():  # as nearly all are, which is found out faster than anything else
        whole = "  " not in flat and flat[:1] != " " != flat[-1:]
        return flat if whole else " ".join(flat.split())
    return " ".join(clean(text).split())
