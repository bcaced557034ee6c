"""What is offered to whoever types a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.completion import MOST, Known, Offer, offers
from paperreader.index.fields import FIELDS
from paperreader.index.filters import STATES

DAYS = [date(2025, 12, 31), date(2026, 3, 11), date(2026, 3, 12), date(2026, 9, 9)]
TAGS = {"rl": 3, "replay": 5, "to read": 1, "über": 1, "replay (old)": 1, "-odd": 1}
AUTHORS = ("hinton", "hinrichs")


class Index:
    """What is asked of an index."""

    def facets(self, field: str, beginning: str, most: int) -> Sequence[str]:
        """Those of authors."""
        return [name for name in AUTHORS if field == "author" and name.startswith(beginning)][:most]


STATES_OF_PAPERS = SimpleNamespace(tags={tag: range(count) for tag, count in TAGS.items()})
KNOWN = cast(Known, SimpleNamespace(days=lambda: DAYS, states=STATES_OF_PAPERS, index=Index()))
LEXEMES = st.sampled_from(
    [
        " ",
        "(",
        ")",
        '"',
        "“",
        "-",
        "a",
        "ti",
        "is",
        ":",
        "tag:",
        "is:",
        "date:",
        "author:",
        "re",
        "to",
        ">=20",
    ]
)


@pytest.mark.parametrize(
    ("typed", "values", "first"),
    [
        ("ti", ["title:"], "title:"),
        ("neural -(au", ["author:"], "neural -(author:"),
        ("is", ["is:"], "is:"),
        ("title", ["title:"], "title:"),
        ("t", [], ""),
        ("Ti", [], ""),
        ("xyz", [], ""),
        ("", [], ""),
        ("is:st", ["starred"], "is:starred"),
        ("is:ST", ["starred"], "is:starred"),
        ("a -is:r", ["read"], "a -is:read"),
        ("is:unread", [], ""),
        ("is:un ", [], ""),
        ("tag:re", ["replay", "replay (old)"], "tag:replay"),
        ("tag:replay", ["replay (old)"], 'tag:"replay (old)"'),
        ("tag:to", ["to read"], 'tag:"to read"'),
        ('tag:"to r', ["to read"], 'tag:"to read"'),
        ('tag:"to read"', [], ""),
        ("tag:-", ["-odd"], 'tag:"-odd"'),
        ("tag:ÜB", ["über"], "tag:über"),
        ("date:", ["7d", "2026-09", "2026-03", "2025-12"], "date:7d"),
        ("date:>=2025", ["2025-12"], "date:>=2025-12"),
        ("date:2026-03", ["2026-03-12", "2026-03-11"], "date:2026-03-12"),
        ("author:hin", ["hinton", "hinrichs"], "author:hinton"),
        ("venue:neu", [], ""),
        ('"neural ti', [], ""),
        ('title:"neural ti', [], ""),
        ('"closed" ti', ["title:"], '"closed" title:'),
        ("seen:", [], ""),
        ("foo:st", [], ""),
    ],
)
def test_offers(typed: str, values: list[str], first: str) -> None:
    found = offers(typed, KNOWN)
    assert [offer.value.removeprefix(">=") for offer in found] == values
    assert (found[0].text if found else "") == first


@given(st.one_of(st.lists(LEXEMES, max_size=9).map("".join), st.text(max_size=30)))
def test_whatever_is_typed_goes_on(typed: str) -> None:
    found = offers(typed, KNOWN)
    assert len(found) <= MOST
    for offer in found:
        assert offer.rest and offer.value.endswith(offer.rest)
        if not set(typed) & set('"“”„'):
            assert offer.text.startswith(typed[: -len(re.split(r"[\s(]", typed)[-1])])
        again = [other.text for other in offers(offer.text, KNOWN)]
        assert offer.text not in again


def test_all_states_and_fields_can_be_had_by_their_beginnings() -> None:
    for field in FIELDS:
        assert f"{field}:" in [offer.value for offer in offers(field[:2], KNOWN)]
    assert Offer("unread", "ad", "is:unread") in offers("is:unre", KNOWN)
    assert len(offers("is:", KNOWN)) == len(STATES) + 1


def test_a_text_of_any_length_takes_little() -> None:
    for text in ("-" * 100_000, "(" * 100_000, 'tag:"' * 20_000, "a " * 50_000, '"' * 99_999 + "is:st"):
        offers(text, KNOWN)
