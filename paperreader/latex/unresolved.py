"""What of the LaTeX in a text cannot be shown as it was meant, because nothing here says how."""

from __future__ import annotations

import functools
import re

from paperreader.latex import unlatex
from paperreader.latex.tex import GREEK, WORDLESS

_FUNCTIONS = (
    *("arccos", "arcsin", "arctan", "arg", "argmax", "argmin", "bmod", "cos", "cosh", "cot", "csc", "deg"),
    *("det", "dim", "exp", "gcd", "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max"),
    *("min", "mod", "pmod", "Pr", "sec", "sin", "sinh", "sup", "tan", "tanh"),
)
"""Commands that are shown by their names, and rightly."""
_KNOWN = WORDLESS | GREEK.keys() | {*_FUNCTIONS}
_CODE = r"`[^`'\n]{1,200}`"
# not in a path; and one letter after a backslash is most often the end of a line, in a text about code
_COMMAND = r"(?<![\w\\/:`])\\([A-Za-z]{2,})(?![A-Za-z\\])"
_ARGUMENT = r"\s*\{[^}]"
_HINTS = ("\\", "math", "bold", "text", "infty", "vareps", "operator", "_{", "^{")
_LOST = (
    r"(?<![A-Za-z\\/.@#`-])"
    r"(?:math(?:cal|bb|rm|bf|it|sf|tt|frak|scr)|text(?:bf|it|tt|sc|sf|rm)(?=\{)|boldsymbol|operatorname|infty"
    r"|varepsilon)(?![a-z])"
)
_SCRIPT = r"[\^_]\{[^{}\s]{0,20}\}?"


def unresolved(text: str) -> tuple[str, ...]:
    """The commands and scripts that `unlatex` leaves, or shows by a name that only the author knows.

    Each once, as it stands in the text: `\\OurMethod`, or `mathcal` where it has lost its backslash
    and stands so that it could be a word. Almost free for a text without LaTeX.
    """
    if not any(map(text.__contains__, _HINTS)):
        return ()
    shown = re.sub(_CODE, "", unlatex(text))
    text = re.sub(_CODE, "", text)
    known = functools.cache(shown.__contains__)  # each is looked for once: linear time
    own = [
        match[0]
        for match in re.finditer(_COMMAND, text)
        if (
            known(match[0])
            if match[1] in _KNOWN
            else not re.match(_ARGUMENT, text[match.end() : match.end() + 9])
        )
    ]
    left = [match[0] for pattern in (_LOST, _SCRIPT) for match in re.finditer(pattern, shown)]
    return tuple(dict.fromkeys([*own, *left]))
