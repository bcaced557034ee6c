r"""LaTeX debris in titles and abstracts, shown as Unicode.

Two kinds arrive: real LaTeX (`Poincar\'e`, `$\mathcal{O}(d^k)$`), and LaTeX whose dollars and
backslashes a web page has lost (`mathcal{O}(d^k)`, `gamma to infty`). The second kind gets its
symbols back only where its surroundings cannot be prose. What is in doubt stays as it came, and so
do addresses, paths, code and money.

A parser of real LaTeX such as pylatexenc is no help here: it takes what follows "81.5% of" for a
comment and "$1 Million, or $" for a formula.

Everywhere in this package patterns are strings, which `re` compiles when they are first needed:
most texts need few of them, and the first screen should not wait for the rest.
"""

from __future__ import annotations

import re

from paperreader.latex.lost import restore
from paperreader.latex.tex import HIDDEN, convert

_HINTS = (
    *("\\", "^", "$", "_", "{", "~", "=", "`", "--", "times", "arrow", "infty", "approx ", "math", "wide"),
    *("boldsymbol", "cdot", "varepsilon", "Omega(", "Theta(", " ell", "(ell", "leq", "geq", "neq", "propto"),
    *("mapsto", "nabla", "varnothing", "otimes", "oplus", " circ ", " mid ", " ge ", " le "),
)
"""Texts with debris have one of these; to look for them all takes as long as one `str.split`."""

_SHOWN = {ord(hidden): shown for shown, hidden in HIDDEN.items()}
_APART = "\0"
"""Stands for what is no prose, while the prose around it is worked on."""

_NO_PROSE = (
    r"`(?<![`\\]`)[^`'\n]{1,200}(?<!\\)`(?!`)"  # code
    r"|:(?<=\b[A-Za-z]:)\\[\w.\\-]+|\\\\\w+\\\S+"  # paths
    r"|(?:h|\\href\s*\{h)ttps?://[^\s{}\\$<>\"]+(?:\}?\{(?:[^{}]|\{[^{}]*\}){0,300}\})?"
    r"|\$\$?(?!\s)(?P<dollars>[^$]{1,400})(?<!\s)\$\$?"
    r"|\\\((?P<round>.{1,400}?)\\\)|\\\[(?P<square>.{1,800}?)\\\]"
)


def unlatex(text: str) -> str:
    """The text as its author meant it to look, as far as that is certain; else as it is.

    Linear in the length of the text, and almost free for a text without debris.
    """
    if not any(map(text.__contains__, _HINTS)):
        return text
    apart: list[str] = []

    def keep(match: re.Match[str]) -> str:
        formula = match["dollars"] or match["round"] or match["square"]
        if match[0].startswith(("http", r"\href")):
            apart.append(_address(match[0]))
        elif formula and (match["dollars"] is None or _is_formula(match)):
            apart.append(convert(formula.strip(), formula=True).replace("--", "–"))
        else:
            apart.append(match[0])
        return _APART

    text = re.sub("[\0-\7]", "", text).replace(r"\^{}", "^")
    text = re.sub(r"\\([$%&#_{}])", lambda m: HIDDEN[m[1]], text)
    text = re.sub(_NO_PROSE, keep, text, flags=re.DOTALL)
    text = _typography(convert(restore(text), formula=False))
    parts = iter(apart)
    return re.sub(_APART, lambda _: next(parts, ""), text).translate(_SHOWN)


def _address(text: str) -> str:
    """An address and the words it was linked to, `https://a/b{here}`, in the order of a sentence."""
    address, _, label = text.removeprefix(r"\href").lstrip(" {").partition("{")
    address = address.rstrip("}")
    words = re.sub(r"\\?\w*\{([^{}]*)\}", r"\1", label.removesuffix("}")).strip()
    return f"{words} ({address})" if words.rstrip("./") not in ("", address.rstrip("./")) else address


def _is_formula(match: re.Match[str]) -> bool:
    """Whether what stands between two dollars is mathematics, and not the way from one price to another."""
    between, after = match["dollars"], match.string[match.end() : match.end() + 1]
    if re.search(r"[\\^_{}\1-\7]", between) or (len(between) == 1 and not between.isalnum()):
        return True
    if between[-1] in "/:,;.-" or after.isdigit():
        return False
    return not re.search(r"\s", between) or not re.search(r"[A-Za-z]{4}|\s[A-Za-z]{2}", between)


def _typography(text: str) -> str:
    """Ties, dashes and quotation marks as TeX sets them."""
    if "~" in text:
        text = re.sub(r"(?<=[A-Za-z.,)])~+(?=\s)", "", text)
        text = re.sub(r"(?<=[\w.,)\]][\w.,)\]:%])(?:(?<!\d)~|~(?!\d))(?=[\w(\[\\\0])", " ", text)
    if "`" in text:
        text = re.sub(r"``([^`]{1,300}?)''", r"“\1”", text)
        text = re.sub(r"(?<![\w`\\])`([^`'\n]{1,100})'(?!\w)", r"‘\1’", text)
    if "--" in text:
        text = re.sub(r"(?<![-!<])--(-?)(?=[\w\s(\[\"'“‘~\0])", _dash, text)
    return text


def _dash(match: re.Match[str]) -> str:
    text, start, end = match.string, *match.span()
    if not text[start - 1 : start].strip() and text[end : end + 1].strip():
        return match[0]  # an option of a program
    return "—" if match[1] else "–"
