"""What stands between formulas: which dollars are money, and what TeX makes of quotes, ties and dashes."""

from __future__ import annotations

import re

from paperreader.latex.rules import Rule, applied

_WORDS = r"[A-Za-z]{4}|\s[A-Za-z]{2}"
"""What has these, and no command, is prose."""
_ABOUT = "\b"
"""Stands for a tilde that is no space, as in 5~10 and in IoU~0.5, whatever TeX would say."""
_NOT_WORDS = r"\\(?:text|math|operator|mbox|hbox)[a-z]*\s*\{[^{}]*\}|\\[A-Za-z]+|[\^_]\{[^{}]*\}"


def is_formula(between: str, after: str) -> bool:
    """Whether what stands between two dollars is mathematics, and not the way from one price to another.

    `after` is the character behind the second dollar, if any.
    """
    content = between.strip()
    marked = re.search(r"[\\^_{}\1-\7]", content)
    if not content:
        return False
    if content != between:  # an author's `$ x $`, or the space after a price
        words = re.search(_WORDS, re.sub(_NOT_WORDS, "", between))
        return bool(marked or between[0].isspace()) and not words and content[-1] not in "/:,;-"
    if marked or (len(content) == 1 and not content.isalnum()):
        return True
    if content[0].isalpha() and re.fullmatch(r"[^\W_]\S{0,3}", content):
        return True
    if content[-1] in "/:,;.-" or after.isdigit():
        return False
    return not re.search(r"\s", content) or not re.search(_WORDS, content)


def _dash(match: re.Match[str]) -> str:
    text, start, end = match.string, *match.span()
    if not text[start - 1 : start].strip() and text[end : end + 1].strip():
        return match[0]  # an option of a program
    return "—" if match[1] else "–"


RULES = (
    Rule(
        "~", r"(?<=[A-Za-z.,)])~+(?=\s)", "", ("available at~ https", "available at https"), "only ~5M, 5~ 6"
    ),
    Rule("~", r"(?<=[a-z])~na\b", "ña", ("Maga~na and", "Magaña and"), "~nap, ~/na"),
    Rule(
        "~",
        r"~(?:(?<=\d[KMBG]~)|(?<=[\d%\2]~))(?=\d)|~(?=\d[\d.]*%)|(?<=[A-Z\d])~(?=0\.\d)",
        _ABOUT,
        ("of 5~10, IoU~0.101", "of 5~10, IoU~0.101"),
        "only ~5M, ~/x and Ours~",
    ),
    Rule(
        "~",
        r"(?<=[\w.,)\]][\w.,)\]:%\2])~(?<!\bHEAD~)(?=[\w(\[\\\0])|(?<=[\0\d])~(?=[A-Za-z(])",
        " ",
        ("on an RTX~3090, (2)~We", "on an RTX 3090, (2) We"),
        "checkout HEAD~2, ~/x, a ~5M",
    ),
    Rule(
        "`",
        r"``([^`]{1,300}?)(?:''|(?<![\s\"])\"(?!\w))",
        r"“\1”",
        ("``mis-evolution'' of", "“mis-evolution” of"),
        "``code``, ``open",
    ),
    Rule(
        "`",
        r"(?<![\w`\\])`([^`'\n]{1,100})'(?!\w)",
        r"‘\1’",
        ("the `teacher' network", "the ‘teacher’ network"),
        "the model`s parametric, `code`",
    ),
    Rule(
        "''",
        r"(?<![\w'`=])''(?=[^\W_])([^'`\"]{1,200}?)(?<!\s)''(?!['\w])",
        r"“\1”",
        ("''gacha'' loop", "“gacha” loop"),
        "x='' and y='', 5'' or 6''",
    ),
    Rule(
        "--",
        r"(?<![-!<])--(-?)(?=[\w\s(\[\"'“‘~\0])",
        _dash,
        ("vision--language; so---finally", "vision–language; so—finally"),
        "a --> b, <!-- x, i--;, -----",
    ),
)
"""Ties, quotation marks and dashes, in the order in which they are set."""


def typeset(text: str) -> str:
    """The text with ties, dashes and quotation marks as TeX sets them."""
    return applied(RULES, text).replace(_ABOUT, "~")
