"""What a reader types: queries of every kind, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd

WORDS = (
    *("transformer", "diffusion", "reasoning", "lora", "segmentation", "hallucination", "tokenizer"),
    *("diffusion models", "vision transformer", "neural network", "robot policy", "speech recognition"),
    *("alignment safety", "gaussian splatting", "3d scene", "time series", "optimal transport"),
    *("large language models", "chain of thought", "mixture of experts", "state space model"),
    *(
        "graph neural network",
        "text to image",
        "retrieval augmented generation",
        "neural architecture search",
    ),
    *("large language models reasoning", "attention is all you", "learning to learn fast"),
    *("code generation benchmark evaluation", "we propose a method", "self-supervised", "multi-modal agents"),
    *("few-shot", "gpt-4", "poincaré", "l2"),
)
COMMON = ("a", "s", "the", "of the", "in this paper", "model", "learning", "we", "p", "i", "tra")
"""One-letter starts that stay so, and words that most papers have."""
PHRASES = (
    *(
        '"language model"',
        '"state of the art" video',
        '"in the wild"',
        '"of the"',
        '"neural network" pruning',
    ),
    *('"large language models" benchmark', 'title:"language models"', '"attention is all you need"'),
)
FIELDS = (
    *("title:sparse attention", "title:vision transformer", "abstract:convergence rate", "title:a"),
    *("title:learning abstract:robust",),
)
NEGATIONS = (
    *("agent -web", "transformer -language -image", "diffusion -image", "learning -deep"),
    *('video -"language model"', "title:graph -neural"),
)
ALTERNATIVES = ("quantization OR pruning", "(gan OR diffusion) faces", "speech OR audio")
NOTHING = ("zzxqy", "graph zzxqy", '"neural zzxqy"', "title:xylophonist")
FILTERED = (
    *("is:starred learning", "is:unread transformer", "date:2021 graph neural network", "is:starred"),
    *("diffusion is:unread", "learning date:>=2023", "date:2022-03..2023-03 language"),
)

QUERIES = (*WORDS, *COMMON, *PHRASES, *FIELDS, *NEGATIONS, *ALTERNATIVES, *NOTHING, *FILTERED)

PLAIN = (
    *("transformer", "the", "large language models", "graph neural network", '"state of the art"'),
    *("title:learning", "agent -web", "we propose a method"),
)
"""Queries that are typed with and without a filter before them."""
FILTERS = {"starred": "is:starred", "unread": "is:unread", "dates": "date:2021-03..2023-03"}


def keystrokes(query: str) -> Iterator[str]:
    """The filter's text after each key, without those that ask nothing."""
    typed = (query[:end] for end in range(1, len(query) + 1))
    return (text for text in typed if not text.isspace())


def spread(queries: Sequence[str]) -> list[str]:
    """The queries so that those of one kind do not stand together: a beginning of them is like all."""
    step = next(n for n in range(len(queries) * 5 // 8, 0, -1) if gcd(n, len(queries)) == 1)
    return [queries[n * step % len(queries)] for n in range(len(queries))]
