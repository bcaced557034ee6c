"""The LaTeX that is left in texts, as far as words are made of it; all of these are patterns.

A word must be found however it was set: `Poincar\\'e`, `$\\beta$-VAE`, `\\textbf{R}etrieval`, `{B}ayes`.
"""

from __future__ import annotations

import re
from functools import cache

from paperreader.latex.tex import GREEK, WORDLESS

_BARE = r"(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])"
_ACCENTED = rf"\\[`'^\"~=.]{_BARE}|\\[Hcdkruv](?:\{{[A-Za-z]\}}|\ [A-Za-z])"
_NAMES = "|".join([*GREEK, "ell"])
_NAMED = rf"\\(?:[lLoOi]|ae|AE|oe|OE|aa|AA|ss|{_NAMES})(?![A-Za-z])(?:\{{\}})?"
# arXiv writes \rho as \r{ho}, for \r puts a ring on a letter
_TORN = "|".join(rf"{name[0]}\{{{name[1:]}\}}" for name in GREEK if name[0] in "bcdkrtuv")
_SETTING = (
    r"\\(?:text(?:bf|it|sl|sf|sc|tt|rm|normal|superscript)?|math[a-z]{2,4}|boldsymbol|bm|emph|u(?:nder)?line)"
)
_SWITCH = r"\\(?:em|bf|sf|it|rm|sc|tt)\ "
_SET = rf"(?:{_SETTING}\ ?\{{){{1,3}}[^\W_]+\}}{{1,3}}|\{{{_SWITCH}[^\W_]+\}}"
_PROTECTED = r"\{[A-Z]+\}(?=[a-z])|\{[^\W\d_A-Za-z]\}"

LETTER = rf"(?:\{{(?:{_ACCENTED}|{_NAMED})\}}|{_ACCENTED}|{_NAMED}|\\(?:{_TORN})|{_SET}|{_PROTECTED})"
"""One or more letters of a word."""
BREAK = r"\\-"
"""Where a word may be broken at the end of a line; nothing to be seen elsewhere."""
HYPHEN = r"(?:[}$]{0,2}[-\u2010\u2011\u00b7\u22c5^_][{$]{0,2}?|\\_|\$?\\cdot\ ?\$?|\}?\$)"
"""What joins two words to one: a hyphen, but also what stands between a letter and its index."""
SPACED = rf"({_SETTING}|\\(?:em|bf|sf|it|rm|sc|tt|cdot|[Hcdkruv]))\ "
"""Commands behind which a word can go on after a space."""
COMMAND = r"\\[A-Za-z]+"
"""A command that is not part of a word; it may be one, if `is_word`."""


def is_word(command: str) -> bool:
    """Whether a `COMMAND` is shown by its name, and not obeyed."""
    return command[1:] not in WORDLESS or command == r"\ell"


@cache
def _letters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    named_or_torn = rf"\{{?\\(?:(?:{_NAMES})(?![A-Za-z])(?:\{{\}})?\}}?|{_TORN})"
    silent = rf"{_SETTING}(?![a-z])|{_SWITCH}|\\[`'^\"~=.-]|\\[Hcdkruv](?=[{{ ])|[\\{{}} ]"
    return re.compile(named_or_torn), re.compile(silent)


def unset(word: str) -> str:
    """A word, made of characters and `LETTER`s, without LaTeX; accents are left out."""
    named_or_torn, silent = _letters()
    word = named_or_torn.sub(lambda match: _symbol(re.sub(r"[\\{}]", "", match[0])), word)
    return silent.sub("", word)


def _symbol(name: str) -> str:
    return GREEK.get(name, "l")
