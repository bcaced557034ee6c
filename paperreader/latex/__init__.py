r"""LaTeX debris in titles and abstracts, shown as Unicode.

Two kinds arrive: real LaTeX (`Poincar\'e`, `$\mathcal{O}(d^k)$`), and LaTeX whose dollars and
backslashes a web page has lost (`mathcal{O}(d^k)`, `gamma to infty`). The second kind gets its
symbols back only where its surroundings cannot be prose. What is in doubt stays as it came, and so
do addresses, paths, code and money.

A parser of real LaTeX such as pylatexenc is no help here, for most of this is LaTeX no more: it takes what
follows "81.5% of" for a comment and "$18/hour versus $60" for a formula, knows nothing of lost backslashes,
and writes x^2 as it came. Of the cases in `tests/test_latex_cases.py`, all of them real, pylatexenc 2.11
shows 86 of 127 otherwise than wanted, and spoils 14 of the 38 that are to stay; it needs twenty times as
long for an abstract, raises for one in a hundred, and takes a quarter of a second to import.

Everywhere in this package patterns are strings, which `re` compiles when they are first needed:
most texts need few of them, and the first screen should not wait for the rest.
"""

from __future__ import annotations

import re

from paperreader.latex import lost, prose
from paperreader.latex.rules import fewest
from paperreader.latex.tex import HIDDEN, convert

_RULES = (*lost.RULES, *prose.RULES)
_SYNTAX = ("\\", "^", "$", "_", "{")
_HINTS = fewest((*_SYNTAX, *(hint for rule in _RULES for hint in rule.hints if not rule.before_digit)))
_HINTS_BEFORE_DIGITS = tuple(rf"{hint}\d" for rule in _RULES for hint in rule.hints if rule.before_digit)
"""Texts with debris have one of these; to look for them all takes no longer than three `str.split`."""

_SHOWN = {ord(hidden): shown for shown, hidden in HIDDEN.items()}
_APART = "\0"
"""Stands for what is no prose, while the prose around it is worked on."""

_NO_PROSE = (
    r"`(?<![`\\]`)[^`'\n]{1,200}(?<!\\)`(?!`)"  # code
    r"|:(?<=\b[A-Za-z]:)\\[\w.\\-]+|\\\\\w+\\\S+"  # paths
    r"|\\(?:href|hyperlink)\s*\{\s*(?P<linked>https?://[^\s{}\\$<>\"]+)\s*\}\s*"
    r"\{(?P<words>(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}\}){0,300})\}"
    r"|\\?(?P<url>https?://[^\s{}\\$<>\"]+)(?:\{(?P<label>(?:[^{}]|\{[^{}]*\}){0,300})\})?"
    r"|(?P<fence>\$\$?)(?P<dollars>[^$]{1,400})\$\$?"
    r"|\\\((?P<round>(?:(?!\\[()]).){1,400})\\\)|\\\[(?P<square>(?:(?!\\[\[\]]).){1,800})\\\]"
)


def unlatex(text: str) -> str:
    """The text as its author meant it to look, as far as that is certain; else as it is.

    Linear in the length of the text, and almost free for a text without debris.
    """
    if not any(map(text.__contains__, _HINTS)) and not any(
        re.search(hint, text) for hint in _HINTS_BEFORE_DIGITS
    ):
        return text
    text = re.sub("[\0-\b]", "", text).replace(r"\^{}", "^")
    text = re.sub(r"\\\\\[[\d.]+[a-z]{2}\]", r"\\\\", text)  # how far apart two lines are
    text = re.sub(r"\\([$%&#_{}])", lambda m: HIDDEN[m[1]], text)
    between, apart = _taken_apart(text)
    parts = iter(apart)
    between = prose.typeset(convert(lost.restore(between), formula=False))
    return re.sub(_APART, lambda _: next(parts, ""), between).translate(_SHOWN)


def _taken_apart(text: str) -> tuple[str, list[str]]:
    """The prose of a text, an `_APART` for each thing that is none; and these things as they are shown."""
    around, apart, at = [], [], 0
    search = re.compile(_NO_PROSE, re.DOTALL).search
    start = 0
    while match := search(text, start):
        start = match.end()
        if (between := match["dollars"]) is not None and not prose.is_formula(
            between, text[start : start + 1]
        ):
            start = match.end("fence")  # what closes nothing may open the next formula
            continue
        around += [text[at : match.start()], _APART]
        apart.append(_shown_apart(match))
        at = start
    return "".join([*around, text[at:]]), apart


def _shown_apart(match: re.Match[str]) -> str:
    if address := match["linked"] or match["url"]:
        label = match["words"] or match["label"] or ""
        return _address(address.translate(_SHOWN), label.translate(_SHOWN))
    if formula := match["dollars"] or match["round"] or match["square"]:
        if "http" in formula:
            return unlatex(formula)
        return convert(formula.replace("~", " ").strip(), formula=True).replace("--", "–")
    return match[0]


def _address(address: str, label: str) -> str:
    """An address and the words it was linked to, `https://a/b{here}`, in the order of a sentence."""
    for _ in range(3):
        label = re.sub(r"\\?\w*\{([^{}]*)\}", r"\1", label)
    words = label.replace("\\ ", " ").strip()
    return f"{words} ({address})" if words.rstrip("./") not in ("", address.rstrip("./")) else address
