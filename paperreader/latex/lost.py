"""LaTeX that has lost its backslashes and dollars gets them back, where it cannot be prose."""

from __future__ import annotations

from paperreader.latex.rules import Rule, applied
from paperreader.latex.tex import GREEK, table

_SYMBOLS = table(
    "infty ∞ rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ "
    "longrightarrow ⟶ leq ≤ geq ≥ neq ≠ lesssim ≲ gtrsim ≳ simeq ≃ propto ∝ cdot · cdots ⋯ ldots … nabla ∇ "
    "subseteq ⊆ supseteq ⊇ setminus ∖ otimes ⊗ oplus ⊕ odot ⊙ notin ∉ varnothing ∅ emptyset ∅ langle ⟨ "
    "rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ varepsilon ε varphi φ"
)
"""Symbols whose names are no words of any language, so that they are known wherever they stand."""

_SYMBOL_HINTS = (
    *(
        "infty",
        "tarrow",
        "leq",
        "geq",
        "neq",
        "lesssim",
        "gtrsim",
        "simeq",
        "propto",
        "mapsto",
        "cdot",
        "ldots",
    ),
    *("nabla", "seteq", "setminus", "emptyset", "otimes", "oplus", "odot", "notin", "varnothing", "langle"),
    *("rangle", "floor", "ceil", "varepsilon", "varphi"),
)
"""Parts of their names, each in few other words."""

_GREEK = "|".join(GREEK)
_RAISED = "circ|top|star|ast|prime|dagger|infty|" + _GREEK
_ALONE = r"(?<![\w\\/.@#-])"
_TIME = r"(?:s|ms|secs?|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|years?)\b"

RULES = (
    Rule(
        "math",
        r"(math(?<![\\\w]math)(?:cal|bb|rm|bf|it|sf|tt|frak|scr))(?![a-z])",
        r"\\\1 ",
        ("mathcal{O}(d^k) samples", "O(dᵏ) samples"),
        "polymathbb, mathematics, mathitem",
    ),
    Rule(
        "boldsymbol",
        r"boldsymbol(?<![\\\w]boldsymbol)(?![a-z])",
        "",
        ("boldsymbolπ-StepNFT", "π-StepNFT"),
        "boldsymbols",
    ),
    Rule(
        ("widehat", "widetilde"),
        r"(wide(?<![\\\w]wide)(?:hat|tilde)) ?(?=[A-Z{])",
        r"\\\1 ",
        ("widetilde Theta(d^{kq}) samples", "Θ̃(d^(kq)) samples"),
        "widehats, mywidehat A, widehat",
    ),
    Rule(
        "{",
        r"(?<![\\\w])(frac|sqrt|text(?:bf|it|tt|sc|rm)?|emph|hat|tilde|bar|overline)(?=\{)",
        r"\\\1",
        ("critical textit{O}bstacles", "critical Obstacles"),
        "{emph}, {text}, mytext{Ing}",
    ),
    Rule(
        "{",
        r"\{(times|sim|pm|approx|circ|to)\}",
        r"{\\\1}",
        ("256{times}256, only {sim}1K", "256×256, only ~1K"),
        "{times, to}, {name}",
    ),
    Rule(
        "cdot",
        r"cdot(?<=[A-Z0-9{}]cdot)(?=[A-Z0-9{}\s])",
        r"\\cdot{}",
        ("HyperZcdotZcdotW", "HyperZ·Z·W"),
        "anecdote, Acdotal",
    ),
    Rule(
        "^",
        rf"\^(?:\{{({_RAISED})\}}|({_RAISED})(?=times|[^a-z]|$))",
        r"^{\\\1\2}",
        ("(360^circtimes180^circ)", "(360°×180°)"),
        "^topic, ^starry",
    ),
    Rule(
        "_",
        rf"_(?:\{{({_GREEK})\}}|(?<![\w\\]\w_)(?<=\w_)({_GREEK})(?!\w))",
        r"_{\\\1\2}",
        ("f_theta (which", "f_θ (which"),
        "learning_beta, theta_dim, f_beta_1",
    ),
    Rule("sum_", r"sum(?<![\w\\.]sum)_(?=\{|\w\b)", r"\\sum_", ("sum_j W", "∑ⱼ W"), "check_sum_x, np.sum_x"),
    Rule(
        ("left(", "left[", "left|"),
        rf"({_GREEK})(?=left[(\[|])",
        r"\\\1{}",
        ("sigmaleft(x_i + 1right)", "σ(xᵢ + 1)"),
        "betaleft [gamma] left(and) right",
    ),
    Rule(
        ("left(", "left[", "left|"),
        r"left(?<![\\A-Za-z]left)([(\[|])(?=[^\n]{0,300}[\\^_=+])([^\n]{1,300}?)right(?<!\\right)([)\]|])",
        r"\1\2\3",
        ("left(x_i + 1right)", "(xᵢ + 1)"),
        "the left(most) and the right) one, a cleft(x)",
    ),
    Rule(
        "Omega(",
        r"Omega(?<![\w\\/.@#-]Omega)\(",
        "Ω(",
        ("to Omega(k^2d) samples", "to Ω(k²d) samples"),
        "np.Omega(k)",
    ),
    Rule("Theta(", r"Theta(?<![\w\\/.@#-]Theta)\(", "Θ(", ("in Theta(n)", "in Θ(n)"), "np.Theta(k)"),
    Rule(
        " to infty",
        rf"({_GREEK})(?= to infty)",
        r"\\\1",
        ("size gamma to infty.", "size γ → ∞."),
        "gamma is to inftyx",
    ),
    Rule(
        " to infty",
        r"(\b[A-Za-z]|\\[A-Za-z]+) to infty\b",
        r"\1 → ∞",
        ("as n to infty", "as n → ∞"),
        "up to inftyx",
    ),
    Rule(
        ("ell^", "ell_", "ell)"),
        r"ell(?<![\w\\/.@#-]ell)(?=[\^_)])",
        "ℓ",
        ("for the ell_1 norm", "for the ℓ₁ norm"),
        "(as well), cell_type, ell",
    ),
    Rule(
        "times",
        r"times(?:(?<=[\d}]times)(?![a-z])|(?<=\b[A-NP-Z]times)\b)",
        "×",
        ("2.3times faster, by Rtimes.", "2.3× faster, by R×."),
        "5 timestamps, NYtimes, sometimes",
    ),
    Rule(
        " times ",
        rf" times (?<=\d times )(?=\d+(?!\w|-|\.\d| {_TIME}))",
        " × ",
        ("a 5 times 5 grid", "a 5 × 5 grid"),
        "repeated 5 times 10 minutes apart, run 3 times 2 weeks later, 10 times 5-fold",
    ),
    Rule(
        "sim",
        r"sim(?<=\dsim)(?<![A-Za-z]\dsim)(?=\d)(?!\d+real)",
        "~",
        ("is 1.04sim2.2times faster", "is 1.04~2.2× faster"),
        "a real2sim2real system, 2sim2real, sim2real",
        before_digit=True,
    ),
    Rule(
        " times ",
        r" times (?<=\b[B-HJ-Zb-z] times )(?=[A-HJ-Zb-z]\b)",
        " × ",
        ("any n times n matrices", "any n × n matrices"),
        "a times A, I times B, many times we",
    ),
    Rule(
        " times",
        r"times(?<= times)(?=\d)",
        "×",
        ("up to times3.23", "up to ×3.23"),
        "at times, 5 times",
    ),
    Rule(
        "to",
        r"to(?<=\.\dto)(?=\d+\.\d)|to(?<=\.\d\dto)(?=\d+\.\d)|to(?<=\.\d{3}to)(?=\d+\.\d)",
        "→",
        ("from 0.254to0.797", "from 0.254→0.797"),
        "mp4to3, 1.5to2, auto2.5",
        before_digit=True,
    ),
    Rule(
        "approx",
        r"approx(?<![A-Za-z]approx)(?= ?\d| \.\d)",
        "≈",
        ("to approx80%, p_c approx 0.593", "to ≈80%, p_c ≈ 0.593"),
        "approx. 5 hours, approximately",
    ),
    Rule(",ms", r",(?<=\d,)(?=ms\b)", " ", ("(97,ms)", "(97 ms)"), "a,ms and 5,msg"),
    Rule(",s", r",(?<=\.\d{3},)(?=s\b)", " ", ("8.377,s with", "8.377 s with"), "8,377,s and 0.5,s"),
    Rule(
        " circ ",
        r" circ (?<=\b[a-zA-Z] circ )(?=[a-zA-Z]\b)",
        " ∘ ",
        ("h = g circ p", "h = g ∘ p"),
        "the circ command",
    ),
    Rule(
        " mid ",
        r" mid (?<=\(\w mid )(?=\w\b)",
        " | ",
        ("a policy (a mid v)", "a policy (a | v)"),
        "the mid layers, a mid one",
    ),
    Rule(
        " ge ",
        r" ge (?<=\b[A-Zk-nx-z] ge )(?=\d)",
        " ≥ ",
        ("dominate (L ge 576)", "dominate (L ≥ 576)"),
        "GE ge 2, on ge 5",
    ),
    Rule(
        " le ",
        r" le (?<=\b[A-Zk-nx-z] le )(?=\d)",
        " ≤ ",
        ("where n le 576", "where n ≤ 576"),
        "on le monde, le 5 mai",
    ),
    Rule(
        ("^", "_", "=", "<", ">"),
        rf"{_ALONE}({_GREEK})(?<!\d psi)(?=\^|_\{{|_\w\b| ?=[^=]| ?[<>]=? ?[\d.])",
        lambda match: GREEK[match[1]],
        ("(lambda=1), tau > 0.5", "(λ=1), τ > 0.5"),
        "alpha == 1, --alpha=0.5, model.alpha=1, under 32 psi = 2.2 bar, the beta -> gamma",
    ),
    Rule(
        _SYMBOL_HINTS,
        rf"{_ALONE}({'|'.join(_SYMBOLS)})(?!\w)",
        lambda match: _SYMBOLS[match[1]],
        ("R^d rightarrow R, only leq 1K", "Rᵈ → R, only ≤ 1K"),
        "/nabla, infty2, triangle, anecdotal, np.rangle",
    ),
)
"""In the order in which they are applied."""


def restore(text: str) -> str:
    """The text with the commands that it has lost, or with the symbols they stand for."""
    return applied(RULES, text)
