"""LaTeX as it should be: commands, accents, scripts and groups, turned into Unicode."""

from __future__ import annotations

import re
import unicodedata

from paperreader.text import clean


def table(pairs: str) -> dict[str, str]:
    """A dict from words in turn: a name, what it stands for, the next name."""
    words = iter(pairs.split())
    return dict(zip(words, words, strict=True))


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = table(
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ "
    "Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_SYMBOLS = {
    **GREEK,
    **table(
        r"times × div ÷ pm ± mp ∓ cdot · cdots ⋯ dots … ldots … dotsc … vdots ⋮ circ ∘ bullet • star ⋆ ast * "
        r"le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ sim ~ simeq ≃ approx ≈ cong ≅ "
        r"equiv ≡ propto ∝ prec ≺ succ ≻ to → gets ← mapsto ↦ iff ⇔ implies ⇒ rightarrow → leftarrow ← "
        r"uparrow ↑ downarrow ↓ leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ longrightarrow ⟶ "
        r"Longrightarrow ⟹ Longleftrightarrow ⟺ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ "
        r"cup ∪ cap ∩ bigcup ⋃ bigcap ⋂ setminus ∖ emptyset ∅ varnothing ∅ forall ∀ exists ∃ neg ¬ land ∧ "
        r"lor ∨ wedge ∧ vee ∨ top ⊤ bot ⊥ perp ⊥ parallel ∥ mid | nmid ∤ vert | Vert ‖ colon : oplus ⊕ "
        r"ominus ⊖ otimes ⊗ odot ⊙ boxtimes ⊠ square □ sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ infty ∞ ell ℓ "
        r"hbar ℏ Re ℜ Im ℑ aleph ℵ prime ′ dagger † langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ "
        r"deg ° degree ° textdegree ° textmu µ bigstar ★ checkmark ✓ item • textregistered ® textemdash — "
        r"textendash – textasciitilde ~ textasciicircum ^ textbackslash \ ss ß ae æ AE Æ oe œ OE Œ aa å AA Å "
        r"o ø O Ø l ł L Ł i ı j ȷ ie i.e. eg e.g. etc etc. wrt w.r.t."
    ),
    **{"etal": "et al.", "choose": " choose ", "quad": " ", "qquad": " ", "space": " ", "newline": " "},
}
_SILENT = _names(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr limits noindent xspace smash par protect relax "
    "displaystyle textstyle bf it em rm sc sf tt cal tiny small footnotesize normalsize large Large mathcal "
    "mathbb mathrm mathbf mathit mathsf mathtt mathfrak mathscr mathbin mathrel mathop boldsymbol boldmath "
    "bm text textbf textit textsl textsc textsf texttt textrm textnormal emph underline uline operatorname "
    "mbox hbox ensuremath"
)
"""Commands that say how to set what follows, which is all that they leave of themselves."""
_PAIRS = _names("frac dfrac tfrac binom textcolor")
_ACCENTS = dict(
    zip(
        "`'^\"~=.Hckruv",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u030b\u0327\u0328\u030a\u0306\u030c",
        strict=True,
    )
)
_HATS = table("hat \u0302 widehat \u0302 tilde \u0303 widetilde \u0303 bar \u0304 overline \u0304")
WORDLESS = frozenset(
    (_SYMBOLS.keys() - GREEK.keys() | _SILENT | _PAIRS | _HATS.keys())
    | _names("sqrt cite citep citet ref label href url footnote begin end textsuperscript textsubscript")
)
"""Commands whose names nobody means to be read."""
_BLACKBOARD = str.maketrans("CHNPQRZ", "ℂℍℕℙℚℝℤ")
_SPACING = {"!": "", "/": "", "@": "", "-": "-", "|": "‖", **dict.fromkeys(",;:> ", " ")}
_RAISED = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘⊤*⋆′†®™",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°ᵀ*⋆′†®™",
        strict=True,
    )
)
_LOWERED = dict(
    zip("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
_FORMULA_SCRIPTS = (r"([\^_])(-?\d+|[^\s{}\\^_])",)
_PROSE_SCRIPTS = (
    r"(\^)(?<=[\w)\]}]\^)(?<!\bHEAD\^)([+-]?\d+|[A-Za-zα-ω](?![A-Za-z0-9])|[+-](?!\w)|[*⋆∘⊤′†®™])",
    r"(\^)(?<=\d\^)\(([+-]?\d+)\)",
    r"(_)(?<![\w\\/.@#]._)(?<=[A-Za-zα-ωΑ-Ωℓ∑∏]_)(\d+|[a-zα-ωA-Z])(?!\w|\.[a-z]{1,4}\b)",
)


HIDDEN = {c: chr(i) for i, c in enumerate("$%&#_{}", 1)}
"""The control characters which hide those that were escaped, so that no rule takes them for syntax."""


def convert(text: str, formula: bool) -> str:
    """The text with all its LaTeX turned into Unicode, from the innermost group outwards.

    In a `formula` every `^`, `_` and pair of braces is syntax; in prose only what cannot be else.
    """
    if "\\" in text:
        text = re.sub(r"\\(?=[^\x00-\x7f])|\\footnotemark(?:\[\d+\])?|\\(?=\+|~\d)", "", text)
        text = re.sub(r"(?<=\\texttt\{)\w+(?=\})", lambda m: m[0].replace("_", HIDDEN["_"]), text)
        text = re.sub(r"\{\\([`'^\"~=.])\}([A-Za-z])", r"{\\\1\2}", text)
        text = re.sub(r"\\([`'^\"~=.])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))", _accent, text)
        text = re.sub(r"\\([Hckruvbt])\s*\{\s*\\?([A-Za-z]+)\s*\}", _letter_accent, text)
        text = re.sub(
            r"\\(?:(?<=[A-Za-z]\\)(?=\w [a-z])|(?<![^\s(]\\)(?=\w [A-Z][a-z]))([Hckv]) (\w)", _accent, text
        )
        text = re.sub(r"\\mathbb\s*(\{)?([A-Z])(?(1)\})", lambda m: m[2].translate(_BLACKBOARD), text)
        text = re.sub(r"\\not\s*(?:\\([a-z]+)|([=<>]))", _not, text)
        text = re.sub(r"\\sqrt\s*(?:\\([a-z]+)|([^\W_]))(?![A-Za-z])", _root, text)
        text = re.sub(r"\\([A-Za-z]+)\*?(\{\}|\s*)(?=(\{?))", lambda m: _command(m, formula), text)
        text = re.sub(
            r"\\((?:wide)?(?:hat|tilde|bar|overline))\s*(\w)(?![^\W_])", lambda m: _apply(m[1], m[2]), text
        )
    if "^" in text or "_" in text:
        for pattern in _FORMULA_SCRIPTS if formula else _PROSE_SCRIPTS:
            text = re.sub(pattern, lambda m: _script(m[1], m[2]), text)
    if "{" in text or "frac" in text:
        text = _groups(text, formula)
    if "\\" in text:
        text = re.sub(r" ?\\\\ ?", " ", text)
        text = re.sub(r"\\([,;:> !/|@-])", lambda m: _SPACING[m[1]], text)
        text = re.sub(r"\{?\\([A-Za-z]+)\s*\{?", lambda m: "" if m[1] in _SILENT else m[0], text)
    return text


def _accent(match: re.Match[str]) -> str:
    accent, letter = match[1], match[2] or match[3]
    if accent == "'" and re.match(r"(?:s|t|d|m|re|ve|ll)\b", match.string[match.end() - 1 : match.end() + 2]):
        return match[0][1:]  # an apostrophe that somebody escaped
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    return composed if composed < "\u0250" and len(composed) == 1 else match[0]


def _not(match: re.Match[str]) -> str:
    symbol = _SYMBOLS.get(match[1] or "", match[2] or "")
    struck = unicodedata.normalize("NFC", symbol + "\u0338")
    return struck + " " if len(struck) == 1 and symbol else match[0]


def _root(match: re.Match[str]) -> str:
    return "√" + (match[2] or _SYMBOLS.get(match[1], match[1]))


def _letter_accent(match: re.Match[str]) -> str:
    command, letters = match.groups()
    if len(letters) == 1 and command in _ACCENTS:
        return unicodedata.normalize("NFC", letters + _ACCENTS[command])
    return GREEK.get(command + letters, match[0])  # arXiv writes \rho as \r{ho}


def _command(match: re.Match[str], formula: bool) -> str:
    """A command that stands without an argument; one with an argument is left for `_groups`."""
    name, space, group = match.groups()
    before = match.string[match.start() - 1 : match.start()]
    if space == "{}" or (formula and name in _SYMBOLS and not before.isspace()):
        space = ""  # TeX drops it; with a space before it too, it is there for the eye
    if name == "deg" and formula and match.string[match.end() : match.end() + 1].isalnum():
        return "deg "
    if symbol := _SYMBOLS.get(name):
        return (symbol.rstrip(".") if match.string.startswith(".", match.end()) else symbol) + space
    if group or name in _PAIRS or name in _HATS or (name in _SILENT and before == "{"):
        return match[0]
    if name in _SILENT:
        return ""
    if formula:
        return (" " if before.isalnum() or before == "}" else "") + name + space
    return match[0] if len(name) == 1 or before.isalpha() else name + space


def _script(mark: str, content: str) -> str:
    """What is raised (`^`) or lowered (`_`), in small letters where Unicode has them all."""
    small = _RAISED if mark == "^" else _LOWERED
    spaced, content = re.sub(r" *([^\w\s]) *", r"\1", content.strip()), content.replace(" ", "")
    if all(c in small or c == "." for c in content) and not re.search("[A-Za-z]{4}", content):
        return "".join(small.get(c, c) for c in content)
    plain = len(content) == 1 or (content.isalnum() and (mark == "_" or len(content) > 3))
    return mark + content if plain else f"{mark}({spaced})"


def _groups(text: str, formula: bool) -> str:
    def group(match: re.Match[str]) -> str:
        mark, name, content = match.groups()
        if name in _PAIRS:
            return match[0]
        content = re.sub(r"^(?:\\([A-Za-z]+)\s*)+", lambda m: "" if m[1] in _SILENT else m[0], content)
        if not name and not mark:
            return content if formula or content != match[3] else _braces_of_prose(match)
        if name:
            content = _apply(name, content)
        return _script(mark, content) if mark else content

    argument = r"\s*(?:\{([^{}]*)\}|([\w\0]))"
    for _ in range(6):  # deeper than anybody nests them
        before = text
        text = re.sub(rf"\\([dt]?frac|binom|textcolor){argument}{argument}", _pair, text)
        text = re.sub(r"([\^_])?(?:\\([A-Za-z]+)\*?\s*)?(?<!\})\{([^{}]*)\}", group, text)
        if text == before:
            break
    return text


def _pair(match: re.Match[str]) -> str:
    name, first, second = match[1], match[2] or match[3] or "", match[4] or match[5] or ""
    if name == "textcolor":
        return second
    return f"({first} choose {second})" if name == "binom" else f"{_term(first)}/{_term(second)}"


def _term(text: str) -> str:
    return text if re.fullmatch(r"√?[\w.∞]*|√?\([^()]*\)", text) else f"({text})"


def _apply(name: str, content: str) -> str:
    """A command with what it is applied to; an unknown one is taken for a way to set it."""
    if name in _HATS and len(content) == 1:
        content = unicodedata.normalize("NFC", content + _HATS[name])
    elif name == "sqrt":
        content = "√" + _term(content)
    elif name == "footnote":
        content = f" ({content})"
    elif name.startswith("cite"):
        content = f"[{content}]"
    elif name == "pmod":
        content = f" (mod {content})"
    elif name in ("textsuperscript", "textsubscript"):
        content = _script("^" if name == "textsuperscript" else "_", content)
    elif name == "unicode" and re.fullmatch("x[0-9A-Fa-f]{2,4}", content):
        content = clean(chr(int(content[1:], 16)))
    elif name in ("begin", "end", "label") and re.fullmatch(r"[\w:*-]*", content):
        return ""
    return content or name


def _braces_of_prose(match: re.Match[str]) -> str:
    """They stay, unless nobody can have meant them to be seen."""
    content, text, (start, end) = match[3], match.string, match.span()
    beside = text[start - 1 : start] + text[end : end + 1]
    if (
        content in ("~", "\0")
        or (len(content) == 1 and not content.isascii())
        or (re.search(r"[\w\0]", beside) and re.fullmatch(r"[^\w\s]?|[A-Z]+|·\S*", content))
    ):
        return content
    return HIDDEN["{"] + content + HIDDEN["}"]
