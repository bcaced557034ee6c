"""LaTeX that has lost its backslashes and dollars gets them back, where it cannot be prose."""

from __future__ import annotations

import re

from paperreader.latex.tex import GREEK, table

_SYMBOLS = table(
    "infty ∞ rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ "
    "longrightarrow ⟶ leq ≤ geq ≥ neq ≠ lesssim ≲ gtrsim ≳ simeq ≃ propto ∝ cdot · cdots ⋯ ldots … nabla ∇ "
    "subseteq ⊆ supseteq ⊇ setminus ∖ otimes ⊗ oplus ⊕ odot ⊙ notin ∉ varnothing ∅ emptyset ∅ langle ⟨ "
    "rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ varepsilon ε varphi φ"
)
"""Symbols whose names are no words of any language, so that they are known wherever they stand."""

_GREEK = "|".join(GREEK)
_RAISED = "circ|top|star|ast|prime|dagger|infty|" + _GREEK
_RULES = (
    # What must be in the text for a rule to be worth trying; what is sought; what it becomes.
    # Looking back comes after the word looked back from: `re` is quick when a pattern begins with letters.
    ("math", r"(math(?<![\\\w]math)(?:cal|bb|rm|bf|it|sf|tt|frak|scr))(?![a-z])", r"\\\1 "),
    ("boldsymbol", r"boldsymbol(?<![\\\w]boldsymbol)(?![a-z])", ""),
    ("wide", r"(wide(?<![\\\w]wide)(?:hat|tilde)) ?(?=[A-Z{])", r"\\\1 "),
    ("{", r"(?<![\\\w])(frac|sqrt|text(?:bf|it|tt|sc|rm)?|emph|hat|tilde|bar|overline)(?=\{)", r"\\\1"),
    ("{", r"\{(times|sim|pm|approx|circ|to)\}", r"{\\\1}"),
    ("cdot", r"cdot(?<=[A-Z0-9{}]cdot)(?=[A-Z0-9{}\s])", r"\\cdot{}"),
    ("^", rf"\^(?:\{{({_RAISED})\}}|({_RAISED})(?=times|[^a-z]|$))", r"^{\\\1\2}"),
    ("_", rf"_(?:\{{({_GREEK})\}}|(?<![\w\\]\w_)(?<=\w_)({_GREEK})(?!\w))", r"_{\\\1\2}"),
    ("sum_", r"sum(?<![\w\\.]sum)_(?=\{|\w\b)", r"\\sum_"),
    ("left", rf"({_GREEK})(?=left[(\[|])", r"\\\1{}"),
    ("left", r"left(?<![A-Za-z]left)([(\[|])(?=[^\n]{0,300}[\\^_=+])([^\n]{1,300}?)right([)\]|])", r"\1\2\3"),
    ("Omega(", r"Omega(?<![\w\\/.@#-]Omega)\(", "Ω("),
    ("Theta(", r"Theta(?<![\w\\/.@#-]Theta)\(", "Θ("),
    (" to infty", rf"({_GREEK})(?= to infty)", r"\\\1"),
    (" to infty", r"(\b[A-Za-z]|\\[A-Za-z]+) to infty\b", r"\1 → ∞"),
    ("ell", r"ell(?<![\w\\/.@#-]ell)(?=[\^_)])", "ℓ"),
    ("times", r"times(?:(?<=[\d}]times)(?![a-z])|(?<=\b[A-NP-Z]times)\b)", "×"),
    (" times ", r" times (?<=\d times )(?=\d+(?!\w|-|\.\d))", " × "),
    ("sim", r"sim(?<=\dsim)(?=\d)", "~"),
    (" times ", r" times (?<=\b[B-HJ-Zb-z] times )(?=[A-HJ-Zb-z]\b)", " × "),
    (" times", r"times(?<= times)(?=\d)", "×"),
    ("to", r"to(?<=\.\dto)(?=\d+\.\d)|to(?<=\.\d\dto)(?=\d+\.\d)|to(?<=\.\d{3}to)(?=\d+\.\d)", "→"),
    ("approx", r"approx(?<![A-Za-z]approx)(?= ?\d| \.\d)", "≈"),
    (",ms", r",(?<=\d,)(?=ms\b)", " "),
    (",s", r",(?<=\.\d{3},)(?=s\b)", " "),
    (" circ ", r" circ (?<=\b[a-zA-Z] circ )(?=[a-zA-Z]\b)", " ∘ "),
    (" mid ", r" mid (?<=\(\w mid )(?=\w\b)", " | "),
    (" ge ", r" ge (?<=\b[A-Zk-nx-z] ge )(?=\d)", " ≥ "),
    (" le ", r" le (?<=\b[A-Zk-nx-z] le )(?=\d)", " ≤ "),
)
_ALONE = r"(?<![\w\\/.@#-])"
_GREEK_IN_FORMULA = rf"{_ALONE}({_GREEK})(?=\^|_\{{|_\w\b| ?=[^=]| ?[<>]=? ?[\d.])"


def restore(text: str) -> str:
    """The text with the commands that it has lost, or with the symbols they stand for."""
    for hint, pattern, becomes in _RULES:
        if hint in text:
            text = re.sub(pattern, becomes, text)
    if re.search(r"[\^_=<>]", text):
        text = re.sub(_GREEK_IN_FORMULA, lambda m: GREEK[m[1]], text)
    if any(map(text.__contains__, _SYMBOLS)):
        text = re.sub(rf"{_ALONE}({'|'.join(_SYMBOLS)})(?!\w)", lambda m: _SYMBOLS[m[1]], text)
    return text
