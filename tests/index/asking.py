"""Queries of every kind of the query language, as Hypothesis makes them."""

from __future__ import annotations

from hypothesis import strategies as st

from .making import VOCABULARY

_WORD = st.sampled_from(
    (*VOCABULARY, "mod*", "att", "multi-mod", "s", "st", "注", "zzz", "1", "12", "po*", "мо", "м")
)
_MISSPELLED = st.sampled_from(("modle~", "teh~1", "atention~", "spars~2", "xx~", "of~1"))
_PHRASE = st.lists(_WORD, min_size=1, max_size=4).map(lambda words: f'"{" ".join(words)}"')
_COMMON_PHRASE = st.lists(st.sampled_from(VOCABULARY[:6]), min_size=2, max_size=3).map(
    lambda words: f'"{" ".join(words)}"'
)
_FILTER = st.sampled_from(
    (
        *("is:starred", "is:unread", "is:noted", "is:new", "seen:>1", "seen:0", "seen:1..2", "seen:<=1"),
        *("date:2026-08", "date:7d", "date:<2026", "date:2026-08-05", "date:..2026-08-01", "id:3", "id:a"),
        *("is:skipped", "is:later", "tag:rl", "tag:r*", 'tag:"to do"', "tag:no", "tag:(rl OR to*)"),
    )
)
_SIGN = st.sampled_from(("", "", "", "", "-", "NOT "))
_FIELD = st.sampled_from(("", "", "", "", "title:", "abstract:", "note:"))
_ATOM = st.builds("{}{}{}".format, _SIGN, _FIELD, _WORD | _WORD | _PHRASE | _COMMON_PHRASE | _MISSPELLED)
_FILTERED = st.builds("{}{}".format, _SIGN, _FILTER)


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.builds(
        lambda sign, field, words, between: f"{sign}{field}({between.join(words)})",
        _SIGN,
        _FIELD,
        some,
        st.sampled_from((" ", " OR ", " OR ")),
    )


_PARTS = st.recursive(_ATOM | _ATOM | _FILTERED, _group, max_leaves=5)
_LINES = st.builds(
    lambda parts, between: between.join(parts),
    st.lists(_PARTS | _ATOM, min_size=1, max_size=4),
    st.sampled_from((" ", " ", " ", " OR ")),
)

TYPED = st.builds(
    lambda line, end, cut: f"{line}{end}"[: len(line) + 1 - cut],
    _LINES,
    st.sampled_from((" ", " ", "")),
    st.sampled_from((0, 0, 0, 1, 2, 3)),
)
"""What somebody may have typed so far."""
EVERY_KIND = st.lists(TYPED, min_size=1, max_size=6)
