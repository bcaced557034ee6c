"""What stands between formulas: which dollars are money, and what TeX makes of quotes, ties and dashes."""

from __future__ import annotations

import re

from paperreader.latex.rules import Rule, applied

_WORDS = r"[A-Za-z]{4}|\s[A-Za-z]{2}"
"""What has these, and no command, is prose."""
_PLAIN_WORDS = r"[A-Za-z]{4}|\s[a-z]{3}|\s(?:as|at|by|if|in|is|it|no|of|on|or|to|up|we)\b"
"""The same for what is mathematics but for these."""
_OPERATOR = r"[=<>+·×±≤≥≈≠→∈∉⊆⊂∪∩Α-Ωα-ω]"
_ABOUT = "\b"
"""Stands for a tilde that is no space, as in 5~10 and in IoU~0.5, whatever TeX would say."""
_NOT_WORDS = (
    r"\\(?:text|math|operator|mbox|hbox)[a-z]*\s*\{[^{}]*\}|\\[A-Za-z]+|[\^_]\{[^{}]*\}"
    r"|\b(?:arg|cos|det|dim|exp|gcd|inf|ker|lim|log|max|min|mod|sin|sup|tan)\b"
)
_VARIABLE = r"(?P<brace>\{)?(?:[A-Za-z_]\w+(?(brace)\})=|[A-Z][A-Z\d]\w+(?(brace)\})[ :/=-]+)"
"""What a shell has from one dollar to the next, as in $PATH=$HOME and ${LD_PATH}:$DIR."""


def is_formula(between: str, before: str, after: str) -> bool:
    """Whether what stands between two dollars is mathematics, and not the way from one price to another.

    `before` and `after` are the characters before the first dollar and behind the second, if any.
    """
    content = between.strip()
    spaced = content != between  # an author's `$ x $`, or the space after a price
    displayed = re.match(r"[ \t]*\n", between) and (after in "\n" or re.search(r"\n[ \t]*$", between))
    counted = content[:1].isdigit()  # as a price would begin
    if displayed or (between[-1] in ".,;" and not counted and not after.isalnum()):
        content = content.rstrip(" .,;")  # the sentence ends or goes on
    variable = (after.isalpha() or after in ("_", "{")) and re.fullmatch(_VARIABLE, between)
    if variable or not content or re.match(r"[,;:.)]+\s", content):
        return False
    marked = bool(re.search(r"[\\^_{}\1-\7]", content))
    formal = bool((displayed or not counted) and (marked or re.search(_OPERATOR, content)))
    prose = re.search(_PLAIN_WORDS if formal else _WORDS, re.sub(_NOT_WORDS, "", between))
    if spaced:
        unfinished = content[-1] in "/:,;-" or (len(content) > 1 and content[-1] in "=<>+")
        lopsided = between[0].isspace() != between[-1].isspace()
        priced = after.isdigit() or (lopsided and (before.isdigit() or (before.isalpha() and counted)))
        if prose or unfinished or (priced and not marked):
            return False
        return marked or formal or between[0].isspace() or (len(content) == 1 and content.isalpha())
    if marked or (len(content) == 1 and not content.isalnum()):
        return True
    if re.fullmatch(r"[^\W\d_]\S{0,3}", content):
        return True
    return content[-1] not in "/:,;.-" and not after.isdigit() and not (prose and re.search(r"\s", content))


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
