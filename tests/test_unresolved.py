"""What is LaTeX that nobody here can resolve, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.latex.unresolved import unresolved


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"We propose \OurMethod, which wins.", [r"\OurMethod"]),
        (r"\ours{} beats $\baseline$, and \ours again", [r"\ours", r"\baseline"]),
        (r"\textbf{\surgellm} is new", [r"\surgellm"]),
        (r"a code \footnote{that is never closed", [r"\footnote"]),
        ("at rate 2mathcal{O}(n)", ["mathcal"]),
        (r"a difference of 10^{-6): it is small", ["^{-6):"]),
    ],
)
def test_what_only_its_author_knows(text: str, found: list[str]) -> None:
    assert list(unresolved(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words, {braces}, $5 and 100%.",
        r"Poincar\'e and $\mathcal{O}(d^k \log n)$, \emph{now}",
        r"mathcal{O}(d^k) as gamma to infty",
        r"\RED{red words}, which are shown",
        r"\(n \times\) and \[x_{i}^{2}\]",
        r"in C:\Users\me, at \\server\share, or in ~/a\b",
        r"a tab is `\tab`, a line ends in \n",
        "textit and boldness are words of ours, mathematics too",
        r"$\Omega(n)$ and $\varepsilon$-nets, {\em and} $\hat{x}$",
    ],
)
def test_what_can_be_shown(text: str) -> None:
    assert unresolved(text) == ()


@given(st.text(st.sampled_from("ab\\{}$^_ `:/~mathclOurMetod")))
def test_whatever_there_is_each_thing_is_told_once(text: str) -> None:
    found = unresolved(text)
    assert len(set(found)) == len(found)
    assert all(found)
