"""Debris of real titles and abstracts, quoted as it stands there, each with the form that is wanted."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from paperreader.latex import unlatex

SEEDS = {
    r"Poincar\'e": "Poincaré",
    r"Fr\'echet": "Fréchet",
    r"{\emph compression}": "compression",
    r"Embedding\&MLP": "Embedding&MLP",
    r"84.25\% top-1": "84.25% top-1",
    "2^k - 1 possible inputs": "2ᵏ - 1 possible inputs",
    "R^d rightarrow R": "Rᵈ → R",
    "mathcal{O}(d^k) samples": "O(dᵏ) samples",
    "gamma to infty. Second": "γ → ∞. Second",
    "u mapsto y by": "u ↦ y by",
    "HyperZcdotZcdotW": "HyperZ·Z·W",
    "https://github.com/Zood123/COMET{https://github.com/Zood123/COMET}.": (
        "https://github.com/Zood123/COMET."
    ),
    "widetildeTheta(d^4)": "Θ̃(d⁴)",
    "Omega(k^2d) samples": "Ω(k²d) samples",
    "f_theta (which": "f_θ (which",
    "L^2 difference": "L² difference",
    "work~nichani2023provable": "work nichani2023provable",
    "patches (e.g., 4times4) as": "patches (e.g., 4×4) as",
    "about 1.5sim3.0 AP": "about 1.5~3.0 AP",
    "T times J neurons": "T × J neurons",
    "`teacher' network": "‘teacher’ network",
    "mathcal O_i(u) = sigmaleft( sum_j mathcal W_{ij} u + mathcal B_{ij}right)": (
        "Oᵢ(u) = σ( ∑ⱼ Wᵢⱼ u + Bᵢⱼ)"
    ),
}
"""From the sample dumps."""

PAGES = {
    r"R\&D, and": "R&D, and",
    "https://gigabrain05m.github.io{project page}": "project page (https://gigabrain05m.github.io)",
    "the N times K distance": "the N × K distance",
    "up to times3.23 attention": "up to ×3.23 attention",
    "increases from approx5% to approx80%": "increases from ≈5% to ≈80%",
    "ρapprox 0.10": "ρ≈ 0.10",
    "0.254to0.797": "0.254→0.797",
    "(97,ms)": "(97 ms)",
    "1.04sim2.2times faster": "1.04~2.2× faster",
    "1.2{sim}1.3times": "1.2~1.3×",
    "leq 1K resolution": "≤ 1K resolution",
    "we set h=varnothing": "we set h=∅",
    "(L ge 576)": "(L ≥ 576)",
    "Spearman's rho=0.85": "Spearman's ρ=0.85",
    "π_{0.5}, and": "π₀.₅, and",
    "q_i propto p_i^{,old} exp(u_i)": "qᵢ ∝ pᵢ^(,old) exp(uᵢ)",
    "DR^{3}-Eval": "DR³-Eval",
    "GigaBrain-0.5M^*": "GigaBrain-0.5M*",
    "7.1 x 10^-4 mean": "7.1 x 10⁻⁴ mean",
    "p < 10^(-10)": "p < 10⁻¹⁰",
    "(O(N^k))": "(O(Nᵏ))",
    "up to 2^{256} states": "up to 2²⁵⁶ states",
    "64.1 rightarrow 70.3": "64.1 → 70.3",
    "{S}ignal {P}reservation": "Signal Preservation",
    "symmet{R}y brea{K}ing": "symmetRy breaKing",
    "{L}earn{ING}": "LearnING",
    r"19.7\,FPS on": "19.7 FPS on",
    "RTX~5090 GPU": "RTX 5090 GPU",
    r"(\ie, frame": "(i.e., frame",
    "vision--language": "vision–language",
    "``mis-evolution'' of": "“mis-evolution” of",
    "Pass^k across": "Passᵏ across",
}
"""From saved pages, which have lost backslashes and dollars."""

ANSWERS = {
    r"(\"Ust\"un et": "(Üstün et",
    "any\nn times n matrices": "any\nn × n matrices",
    "8.377,s with ECoT": "8.377 s with ECoT",
    "GAE (lambda=1, gamma=1)": "GAE (λ=1, γ=1)",
    "pi_{RL}, an": "π_RL, an",
    "pi_0 and pi_{0.5} from": "π₀ and π₀.₅ from",
    "un^2CLIP": "un²CLIP",
    r"\url{https://huggingface.co/lelapa}": "https://huggingface.co/lelapa",
}
"""From answers of the Daily Papers API."""

RECORDS = {
    r"Schr\"odinger": "Schrödinger",
    r"B\'ezier": "Bézier",
    r"M\"unchen": "München",
    r"moir\'e": "moiré",
    r"T{\"}ulu-3 families": "Tülu-3 families",
    "Maga~na and": "Magaña and",
    "2{,}865 English": "2,865 English",
    r"\textbf{D}iscover-\textbf{S}egment-\textbf{S}elect (\textbf{DSS})": "Discover-Segment-Select (DSS)",
    r"\textit{\textbf{(iii)}} propose": "(iii) propose",
    "CH$_{4}$ point": "CH₄ point",
    r"$\text{F}_\text{1}$-scores": "F₁-scores",
    r"$\mathbb{R}^2\times S^1$": "ℝ²×S¹",
    r"\(L\in\{1,\dots,16\}\)": "L∈{1,…,16}",
    r"$p\in(0,1]$": "p∈(0,1]",
    r"$\overlineδ$": "δ̄",
    "PSV$_{a,p}$": "PSV_(a,p)",
    "A$^3$Tune": "A³Tune",
    "10^{-16}). Yet": "10⁻¹⁶). Yet",
    r"3$\times$ more": "3× more",
    r"$-57 \pm 21$ mbb/hand": "-57 ± 21 mbb/hand",
    r"$P \ne NP$": "P ≠ NP",
    "models~(LLMs)": "models (LLMs)",
    "i.e.~identifying": "i.e. identifying",
    "at~ https://github.com/ZhiyiZZhou/VDFP": "at https://github.com/ZhiyiZZhou/VDFP",
    "''gacha'' loop": "“gacha” loop",
    '``stress test"': "“stress test”",
    "`Lord of the Flies' tribalism": "‘Lord of the Flies’ tribalism",
    r"--0.97\%, SSIM": "--0.97%, SSIM",
    r"\href{https://github.com/cs-nlp-uu/scenereg}{https://github.com/cs-nlp-uu/scenereg}.": (
        "https://github.com/cs-nlp-uu/scenereg."
    ),
    r"\href{https://github.com/bakerhassan/Patch2Loc}{GitHub page}": (
        "GitHub page (https://github.com/bakerhassan/Patch2Loc)"
    ),
    r"\href{https://github.com/hardenyu21/KnowMT-Bench}{\textcolor{cyan}{\texttt{KnowMT-Bench}}}": (
        "KnowMT-Bench (https://github.com/hardenyu21/KnowMT-Bench)"
    ),
    r"\https://github.com/ssssszj/RCA.": "https://github.com/ssssszj/RCA.",
    r"\textcolor{blue}{https://AIMS-Lab-HKUSTGZ.github.io/NMRGym/}": (
        "https://AIMS-Lab-HKUSTGZ.github.io/NMRGym/"
    ),
    "$ O(n) $, and": "O(n), and",
    "$t-$test": "t-test",
    "($e.g.$, CLIP)": "(e.g., CLIP)",
    r"$O(\sqrt T)$": "O(√T)",
    "pass@$K$": "pass@K",
    "real-time $60$~FPS encoding and $42$~FPS decoding": "real-time 60 FPS encoding and 42 FPS decoding",
    "those four ($1/4$~pass). We": "those four (1/4 pass). We",
    r"\$0.58M--\$0.70M for": "$0.58M--$0.70M for",
    r"between \$48-\$74 per": "between $48-$74 per",
    r"$O(n \log n)$ runtime": "O(n log n) runtime",
    r"\(\sim 2^{(n \log n)R}\)": "~2^((n log n)R)",
    r"$O(U_{\mathrm{max}} \log T)$": "O(Uₘₐₓ log T)",
    r"\not\equiv 2 \pmod{3}$": "≢  2  (mod 3)$",
    r"$U_{wind}\approx740\sqrt{{\mu}U_{leaf}/{\rho}D}$": "U_wind≈740√(μU_leaf/ρD)",
    "$X=F_{X}^{-1}(F_W(W))$": "X=F_X⁻¹(F_W(W))",
    r"M\`imir streamlines": "Mìmir streamlines",
    r"\noindent\textbf{Results:} Even": "Results: Even",
    "$M/G/1$ queue": "M/G/1 queue",
    r"$92.8 \pm 4.1$ vs.\ $76.4 \pm 8.3$": "92.8 ± 4.1 vs. 76.4 ± 8.3",
    r"\footnote{https://github.com/PhealenWang/financial\_rag\_benchmark}": (
        " (https://github.com/PhealenWang/financial_rag_benchmark)"
    ),
    "A$_3$B$_2$": "A₃B₂",
    "erasures produce Delta=+0.3pp": "erasures produce Δ=+0.3pp",
    r"{\deg}C. However": "°C. However",
    r"0{\deg} to 75{\deg}": "0° to 75°",
    "macro $F_1$ degrades": "macro F₁ degrades",
    "t-$ω$ formulation": "t-ω formulation",
    "Top-$nσ$ achieve": "Top-nσ achieve",
    r"$(s, a)$-rectangular $L_\infty$ RMDPs": "(s, a)-rectangular L_∞ RMDPs",
    "$K{=}4$ alternative": "K=4 alternative",
    r"$128{ \times }128$ facial": "128 × 128 facial",
    r"${\alpha}$climate = .76": "αclimate = .76",
    "pulses~m$^{-2}$": "pulses m⁻²",
    r"$\#P$-hard": "#P-hard",
    "matrices is\n  $\n  N \\cdot \\prod": "matrices is\n  $\n  N · ∏",
    "range\n  $\n  0<v<\\frac{m\\Qm}{2},\n  $\n  equivalently": "range\n  0<v<(m Qm)/2,\n  equivalently",
    "codes associated to $f(x).$ In": "codes associated to f(x). In",
    "and $[77,7,44].$": "and [77,7,44].",
    "the LoRA update $ΔW = BA$ as": "the LoRA update ΔW = BA as",
    "reaching $ΔV = -9.8 pp$ (a": "reaching ΔV = -9.8 pp (a",
    "function $RD = Hp - HD$ from": "function RD = Hp - HD from",
    "of context $C $ into": "of context C into",
    "time of $ 0.07$s per": "time of 0.07s per",
    r"top-\$p\$": "top-p",
    r"factors of $ \sqrt{K \ln KT }$ and": "factors of √(K ln KT ) and",
    r"ring $B$ with $ ker(φ)=\langle π\rangle$ then": "ring B with ker(φ)=⟨π⟩ then",
    r"u^{k-1}\mathbb F_2 ,$ where": "uᵏ⁻¹F₂ ,$ where",
    "(Spearman's rho > 0.90)": "(Spearman's ρ > 0.90)",
    r"+8.8\%~mPC on": "+8.8% mPC on",
}
"""From arXiv records."""

UNTOUCHED = {
    "seeds": [
        'information ---the "blackboard"',
        "zero-sum",
        "prime candidate",
        "inverse gamma priors",
    ],
    "page-text": [
        "1.91 times and 2.57 times speedups",
        "d_f = 1.316",
        "fix_1@1",
        "[d_out, d_in] product",
        "ai_parse_document yields",
        "(Z_T = {-1,0,1})",
        "$OneMillion-Bench",
        "alpha blending",
        "delta strokes",
        "Deep Delta Learning",
        "Phi-4-reasoning",
        "sim-to-real transfer",
        "partial occlusion",
        "C++",
        "10 times fewer",
        "text-to-image",
    ],
    "hf-api": [
        "there exists a gap",
        "top-k pooling",
    ],
    "arxiv": [
        "scalable real2sim2real system",
        "(IoU~0.101 at",
        "only~46% and 36%",
        "--> Cityscapes",
        "(Ours--) with",
        "https://www.robots.ox.ac.uk/~vgg/research/dynamic-point-maps/",
        "$18/hour versus $60/hour",
        "at just $4 per",
        "$500-$780 USD",
        "three times",
        r'"\n\n", serving',
        "less than US$0.50 per",
        "models such as\n`o4-mini`, `gemini-2.5-flash`",
        "prior `<think>` blocks",
        "dependent omniASR_CTC_300M_v2, OmniVoice",
        r"suppressing \n\n after <think>",
        "the model`s parametric",
    ],
    "shells": [
        "$PATH=$HOME",
        "$PATH=$HOME:$PATH",
        "$path=${HOME}/bin",
        "${HOME}/$USER and ${LD_LIBRARY_PATH}:${DIR}",
        "$LD_LIBRARY_PATH:$HOME",
        "cp $SRC_DIR $DST",
    ],
}
"""What has no debris, however much it looks like it, by where it is from."""

DATA = os.environ.get("PAPERREADER_DATA", "")


@pytest.mark.parametrize(
    ("text", "wanted"), [*SEEDS.items(), *PAGES.items(), *ANSWERS.items(), *RECORDS.items()]
)
def test_debris_becomes_what_was_meant(text: str, wanted: str) -> None:
    assert unlatex(text) == wanted
    assert unlatex(wanted) == wanted


@pytest.mark.parametrize("text", [text for texts in UNTOUCHED.values() for text in texts])
def test_what_is_no_debris_stays(text: str) -> None:
    assert unlatex(text) == text
    assert unlatex(f"It has {text} in it.") == f"It has {text} in it."


def test_the_cases_of_the_samples_are_real() -> None:
    folder = Path(__file__).parent.parent / "seeds"
    samples = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.txt"))
    assert [case for case in (*SEEDS, *UNTOUCHED["seeds"]) if case not in samples] == []


@pytest.mark.skipif(not DATA, reason="needs PAPERREADER_DATA")
def test_the_other_cases_are_real() -> None:
    folder = Path(DATA)
    pages = "\n".join(file.read_text(encoding="utf-8") for file in (folder / "page-text").glob("*.txt"))
    answers = "\n".join(
        text for file in (folder / "hf-api").glob("*.json") for text in _texts(json.loads(file.read_bytes()))
    )
    with gzip.open(folder / "arxiv-50k.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = "\n".join(text for line in lines for text in _texts(json.loads(line)))
    assert [case for case in (*PAGES, *UNTOUCHED["page-text"]) if case not in pages] == []
    assert [case for case in (*ANSWERS, *UNTOUCHED["hf-api"]) if case not in answers] == []
    assert [case for case in (*RECORDS, *UNTOUCHED["arxiv"]) if case not in records] == []


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]
