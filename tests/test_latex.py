r"""LaTeX debris: real cases from lists of papers, each with the form that is wanted, and what must stay."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.latex import unlatex

SEEDS = Path(__file__).parent.parent / "seeds"

# Backslashes and dollars lost on the way: the sample dumps and other pages of this kind.
MANGLED = [
    ("out of 2^k - 1 possible inputs", "out of 2ᵏ - 1 possible inputs"),
    (
        "mathcal O_i(u) = sigmaleft( sum_j mathcal W_{ij} u + mathcal B_{ij}right). Here, mathcal W_{ij} is",
        "Oᵢ(u) = σ( ∑ⱼ Wᵢⱼ u + Bᵢⱼ). Here, Wᵢⱼ is",
    ),
    ("HyperZcdotZcdotW Operator Connects", "HyperZ·Z·W Operator Connects"),
    ("a HyperZ{cdotZ{cdot}W} operator", "a HyperZ·Z·W operator"),
    ("softmax(XQK^top X^top), W=KQ^top.", "softmax(XQKᵀ Xᵀ), W=KQᵀ."),
    (
        "h = g circ p where p : R^d rightarrow R is a degree k polynomial and g: R rightarrow R",
        "h = g ∘ p where p : Rᵈ → R is a degree k polynomial and g: R → R",
    ),
    ("test error in mathcal{O}(d^k) samples", "test error in O(dᵏ) samples"),
    ("require widetilde Theta(d^{kq}) samples", "require Θ̃(d^(kq)) samples"),
    ("size of widetildeTheta(d^4). Our", "size of Θ̃(d⁴). Our"),
    ("over prior work~nichani2023provable", "over prior work nichani2023provable"),
    ("compared to Omega(k^2d) samples", "compared to Ω(k²d) samples"),
    ("the network function f_theta (which", "the network function f_θ (which"),
    ("equal to the L^2 difference", "equal to the L² difference"),
    ("when the step size gamma to infty. Second", "when the step size γ → ∞. Second"),
    ("sequence u mapsto y by", "sequence u ↦ y by"),
    ("patches (e.g., 16times16) as", "patches (e.g., 16×16) as"),
    ("{emph}", "{emph}"),
    ("three critical textit{O}bstacles", "three critical Obstacles"),
    ("a 2.3times speedup, 10times-20times larger", "a 2.3× speedup, 10×-20× larger"),
    ("is 1.04sim2.2times faster", "is 1.04~2.2× faster"),
    ("1.2{sim}1.3times, only {sim}1K entries", "1.2~1.3×, only ~1K entries"),
    ("on ImageNet 256{times}256 across 4{times}", "on ImageNet 256×256 across 4×"),
    ("ImageNet 256 times 256, (2 times 2 times 2)", "ImageNet 256 × 256, (2 × 2 × 2)"),
    ("up to R^2times and KV cache by Rtimes.", "up to R²× and KV cache by R×."),
    ("consistent 360^{circ} geometry, (360^circtimes180^circ)", "consistent 360° geometry, (360°×180°)"),
    ("from 64.1 rightarrow 70.3", "from 64.1 → 70.3"),
    ("tails O(ell^{-β}) for the ell_1 norm", "tails O(ℓ⁻ᵝ) for the ℓ₁ norm"),
    ("posterior π(a mid v, ell).", "posterior π(a | v, ℓ)."),
    ("dominate (L ge 576)", "dominate (L ≥ 576)"),
    ("threshold p_c approx 0.593", "threshold p_c ≈ 0.593"),
    ("from noise (varepsilon), varepsilon-, v-", "from noise (ε), ε-, v-"),
    ("Kendall's tau=0.81, rho = -0.61", "Kendall's τ=0.81, ρ = -0.61"),
    ("(lambda=1, gamma=1), delta <= 1pp", "(λ=1, γ=1), δ <= 1pp"),
    ("pi_{RL}, pi_0 and π_{0.5}, G_{stack}", "π_RL, π₀ and π₀.₅, G_stack"),
    ("guidance scale λ^star, GigaBrain-0.5M^*", "guidance scale λ⋆, GigaBrain-0.5M*"),
    ("r^{update} and r^{exit}", "r^update and r^exit"),
    ("DR^{3}-Eval, τ^2-bench, EMPO^2, S^2Bench", "DR³-Eval, τ²-bench, EMPO², S²Bench"),
    ("within 7.1 x 10^-4, 10^{-3}", "within 7.1 x 10⁻⁴, 10⁻³"),
    ("q_i propto p_i^{,old} exp(u_i)", "qᵢ ∝ pᵢ^(,old) exp(uᵢ)"),
    ("totaling 1{,}879 rounds", "totaling 1,879 rounds"),
    ("{S}ignal {P}reservation {A}nd symmet{R}y", "Signal Preservation And symmetRy"),
    ("we set h=varnothing; only leq 1K", "we set h=∅; only ≤ 1K"),
    (r"\textit{boldsymbolπ-StepNFT}", "π-StepNFT"),
]

TEXT_MODE = [
    (r"the Poincar\'e ball, Fr\'echet mean, Mor{\'e}", "the Poincaré ball, Fréchet mean, Moré"),
    (r"Schr\"odinger, na{\"\i}ve, \"Ust\"un", "Schrödinger, naïve, Üstün"),
    (r"fa\c{c}ade, {\L}ukasiewicz, \v{C}ech", "façade, Łukasiewicz, Čech"),
    (r"Erd\H{o}s, Espa\~na", "Erdős, España"),
    (r"vis-\`a-vis, pr\'e-entra\^inement, Mah\={a}n", "vis-à-vis, pré-entraînement, Mahān"),
    (r"In today\'s world it doesn\'t", "In today's world it doesn't"),
    (r"{\emph compression} of the input", "compression of the input"),
    (r"a similar Embedding\&MLP paradigm", "a similar Embedding&MLP paradigm"),
    (r"84.25\% top-1, 62--73\% range", "84.25% top-1, 62–73% range"),
    (r"the \overfeat network, (\method), \Ours is", "the overfeat network, (method), Ours is"),
    (r"the \methodname{} model, \CFE{}", "the methodname model, CFE"),
    (r"(\ie, frames), \eg sci-fi, \etal.", "(i.e., frames), e.g. sci-fi, et al."),
    (r"cost of \$200, \$OneMillion-Bench", "cost of $200, $OneMillion-Bench"),
    (r"19.7\,FPS on an RTX~3090, (2)~We, scaling~(TTS)", "19.7 FPS on an RTX 3090, (2) We, scaling (TTS)"),
    (r"Denoising Network\ for Time, PCBA \\ via", "Denoising Network for Time, PCBA via"),
    (r"\textbf{43.2} on \textsc{AIEV-Instruct}", "43.2 on AIEV-Instruct"),
    (r"(Phase-wise \textbf{Self-Reward Decoding) for", "(Phase-wise Self-Reward Decoding) for"),
    (r"({\Delta}{\Delta}G), 360{\deg} view", "(ΔΔG), 360° view"),
    (r"M\textsuperscript{4}Fuse", "M⁴Fuse"),
    (r"\r{ho} = 0.93, \b{eta}-VAE, (\k{appa}=0.7)", "ρ = 0.93, β-VAE, (κ=0.7)"),
    (r"\textcolor{red}{Offensive} results\footnote{Code soon.}", "Offensive results (Code soon.)"),
    (r"than GPT4o~\cite{gpt4o} with", "than GPT4o [gpt4o] with"),
    ("the ``mis-evolution'' of `reasoning' models", "the “mis-evolution” of ‘reasoning’ models"),
    (
        "evidence -- from China; so---finally; human--object",
        "evidence – from China; so—finally; human–object",
    ),
    (r"Fran\c cois, Ple\v sko, Erd\H os, \v Cech", "François, Pleško, Erdős, Čech"),
    (r"\begin{itemize} \item one \end{itemize}", " • one "),
]

FORMULAS = [
    ("$τ$-bench", "τ-bench"),
    (r"$\mathcal{O}(\frac{1}{\sqrt{T}})$", "O(1/√T)"),
    (r"M$^3$Searcher, H$^{\mathbf{3}}$DP, T$^\text{3}$S, SGG-R$^{\rm 3}$", "M³Searcher, H³DP, T³S, SGG-R³"),
    (r"$\text{F}^2\text{HDR}$, $\mathbf{S^2LM}$, CH$_{4}$, PM$_{2.5}$", "F²HDR, S²LM, CH₄, PM₂.₅"),
    (r"over $\mathbb{F}_q\times(\mathbb{F}_q+v\mathbb{F}_q)$, $\mathbb{R}^n$", "over F_q×(F_q+vF_q), ℝⁿ"),
    (r"$\frac{\mathbb{F}_{p^m}[u]}{\langle u^t \rangle}$", "(F_pᵐ[u])/(⟨uᵗ ⟩)"),
    (r"($\sim$8s $\rightarrow$ $\sim$317s), $\sim$2$\%$, $\alpha$1", "(~8s → ~317s), ~2%, α1"),
    (r"by $2\times$ to $\approx 90\%$, \(4\times\)x", "by 2× to ≈90%, 4×x"),
    (r"$\{0,1\}^n$ and $O(n\log n)$", "{0,1}ⁿ and O(n log n)"),
    (r"$\hat{x}_i$, $\tilde{O}(kT^{5/8})$", "x̂ᵢ, Õ(kT^(5/8))"),
    (r"$\sum_{i=1}^n x_i^2 \leq \sqrt{T}\ln T$, $\frac12$", "∑ᵢ₌₁ⁿ xᵢ² ≤ √T ln T, 1/2"),
    (r"$\ell_{2,0}$-norm, pass@$K$, ($<$5%), $-$0.02", "ℓ_(2,0)-norm, pass@K, (<5%), -0.02"),
    (r"steps$\unicode{x2013}$those; $q \equiv 1 \pmod{4}$", "steps–those; q ≡ 1  (mod 4)"),
    (r"$\texttt{YC-Bench}$, $NOVA$, $100$B", "YC-Bench, NOVA, 100B"),
    (r"\[ a \leq b \]", "a ≤ b"),
    ("matrices is\n  $\n  N \\cdot x^2,\n  $\n  where", "matrices is\n  N · x²,\n  where"),
    ("form\n  $$\n  \\left[ x^2\\right], $$\n  with", "form\n  [ x²],\n  with"),
    (r"Let $ \mathbb F_2+\cdots+u^{k-1}\mathbb F_2 ,$ where $u^k=0$", "Let F₂+⋯+uᵏ⁻¹F₂ , where uᵏ=0"),
    (r"$x = max(a, b)$, $p < q$; $A = BC.$", "x = max(a, b), p < q; A = BC."),
]

ADDRESSES = [
    ("at https://github.com/a/b{https://github.com/a/b}.", "at https://github.com/a/b."),
    ("on our https://a.github.io{project page}.", "on our project page (https://a.github.io)."),
    ("at https://github.com/A/D{mypink{Github}}.", "at Github (https://github.com/A/D)."),
    (r"at \href{https://a.b/c}{https://a.b/c/}, \url{https://a.b/d_e}", "at https://a.b/c, https://a.b/d_e"),
    (r"see \href{https://a.b/c}{\textbf{here}}", "see here (https://a.b/c)"),
    (r"github\footnote{https://a.b/c--d}. We", "github (https://a.b/c--d). We"),
    (r"https://a.b/simplification\_nmi", "https://a.b/simplification_nmi"),
    ("https://a.b/~user/x_1^2/2^k", "https://a.b/~user/x_1^2/2^k"),
]

UNTOUCHED = [
    "Earn $1 Million from Real-World $2 Freelance",
    "Turbo Sparsity 1$: cheap, 2$: dear, 5$ and 6$ more",
    "costs $5-$20, $5/$10, US$ 5 and A$AP, $0.1-$0.2 per day, from $100 to $200",
    "5$, 10$, 15$; 5$ 10$ 15$; 5$ + 3$; R$ 5, A$ 6; from 5$ to 10$ (α = 5$); 2$ × 3$, 5$\n10$\n15$\n",
    "$5 = €4 and $6, $AAPL,$MSFT,$GOOG, $A = 5 and $B = 6, $3 < $5 < $7, from $5 → $3",
    "$5 + tax or $6, $10 per GPU_hour, $Bonus\ncode$, $1-2k → $500, costs $5.$6, $2 × $3, $100 = 1; $200 = 2",
    "alpha mining and alpha blending, a beta release, the delta of an AI, the Omega watch, Theta waves",
    "three times as large, 10 times 5-fold, at times, many times, to and fro, in sum, top right",
    "the left (right) hand, left-to-right, sim-to-real, mid-training, dots.mocr, a subset, prime time",
    "approx. 5 hours, anecdotes, well, cells, pi 0.5 baseline, ell, le monde, partial order, parallel",
    "snake_case, ai_parse_document, fix_1@1, d_out, [d_out, d_in], GRPO_data, SULAND_v2, a_b.x_1",
    r"C:\new\times\alpha, \\server\share\n, `\alpha x_1 ^2` and `{sim}`",
    r'"\n\n", \d+, \81, \d{3}-\d{4}, \w{2,} and \s{1}',
    r"in src\alpha\beta\times.py, ..\delta\file.txt and .\c next, print\t x, a \v b",
    "the file x_1.txt, git checkout HEAD~2 and HEAD^1, HEAD^ and HEAD^^2",
    "--alpha=0.5, model.alpha=1, run --fast, a -> b, a --> b, <!-- x -->, i--;, -----, ~5M, 2~3, ~/x",
    '{0, 1}, {-1,0,1}, (1) {Flow-Noise}, {"a": 1}, x{0,1}, {name}.txt, earn{Ing}',
    "^_^, a ^ b, A && B, 100%, #1, Q*bert, pass@k, C++, 81.5% top-1 and 96.2% top-5",
    "Sep 9, 中文～论文, 論文——摘要, emoji 👩‍🔬, R.I.P. O'Neil's don't",
]


@pytest.mark.parametrize(("text", "wanted"), MANGLED + TEXT_MODE + FORMULAS + ADDRESSES)
def test_debris_becomes_what_was_meant(text: str, wanted: str) -> None:
    assert unlatex(text) == wanted


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_debris_stays(text: str) -> None:
    assert unlatex(text) == text


def test_no_debris_is_left_in_the_samples() -> None:
    shown = "\n\n".join(
        unlatex(paragraph)
        for dump in SEEDS.glob("*.txt")
        for paragraph in dump.read_text(encoding="utf-8").split("\n\n")
    )
    assert re.findall(r"\\\w+|mathcal|infty|cdot|rightarrow|\^\w|[{}]|\b\w_\{", shown) == []


WORDS = """
    alpha beta gamma times to in left right top sum sim mid circ star prime dot text hat bar ell le ge approx
    log max exp partial parallel subset exists Omega Theta Delta Pi 2 10 16 (left) right) left( R C: no, well.
    5% 3.14 cell similar anecdotal widely mathematics infant
"""
PIECES = r"""
    \alpha \' \{ \} { } $ $$ \( \) \[ \] ^ _ ~ -- --- `` '' ` ' \frac \frac{ \sqrt{ \text{ x_{ 2^ \\ \ a 1
    times infty left( right) \mathbb{ \hat \r{ho} \unicode{x1b} \unicode{x202e} \begin{ https:// % & #
"""
ENGLISH = st.lists(st.sampled_from(WORDS.split())).map(" ".join)
DEBRIS = st.lists(
    st.sampled_from([*PIECES.split(), " ", "\n", "https://a.b/c", "word", "é", "\0", "\1", "\7", "\ud800"])
).map("".join)


def test_control_characters_cannot_pose_as_what_they_stand_for() -> None:
    assert unlatex("a\0b \1\6 $k$ and https://a.b/c{c}") == "ab  k and c (https://a.b/c)"


@given(ENGLISH)
def test_plain_prose_stays(text: str) -> None:
    formula = r"(?<=\d )times(?= \d)|(?<![^ ])approx(?= \d)|(?<=R )([gl]e(?= \d)|circ(?= R))"
    prose = re.sub(formula, "or", text)
    assert unlatex(prose) == prose


@given(DEBRIS | st.text())
def test_anything_can_be_read(text: str) -> None:
    shown = unlatex(text)
    new = set(shown) - set(text)
    assert not [c for c in new if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co")]


@given(st.lists(st.tuples(DEBRIS, st.integers(0, 999)), max_size=8))
def test_addresses_come_through_whole_and_in_order(parts: list[tuple[str, int]]) -> None:
    text = "".join(f"{debris.replace('https://', '')} https://a.b/{n}_x~y--z " for debris, n in parts)
    text = re.sub(r"\\\(|\\\[|\$|`|\\href", "", text)  # these take what is between them as it is
    assert re.findall(r"https://a.b/\d+_x~y--z", unlatex(text)) == re.findall(r"https://a.b/\d+_x~y--z", text)


@pytest.mark.parametrize(
    "unit", ["{", "}", "\\", "\\a", "$", "$ ", "^", "a_{", "`", "--", "http://a{", "\\(", "~ "]
)
def test_a_huge_line_takes_no_more_than_its_length(unit: str) -> None:
    """A rule that looked back and forth over the whole line would take minutes here."""
    assert len(unlatex(unit * 100_000)) <= 2 * len(unit) * 100_000
