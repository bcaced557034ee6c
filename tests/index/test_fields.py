"""What looks like a field and is none is told, with the field that may have been meant."""

from __future__ import annotations

from datetime import date

import pytest

from paperreader.index.fields import nearest
from paperreader.index.query import parse


@pytest.mark.parametrize(
    ("typed", "remarks"),
    [
        ("published:2024 ", ["published: is no field, so a word; perhaps date:"]),
        ("-published:2024 published:(a b)", ["published: is no field, so a word; perhaps date:"]),
        (
            'foo:bar (topic:"x")',
            ["foo: is no field, so a word", "topic: is no field, so a word; perhaps cat:"],
        ),
        (
            "is:foo comments:good ",
            ["is:foo means nothing", "comments: is no field, so a word; perhaps note:"],
        ),
        ("published", []),
        ("published:", []),
        ("BERT: pre-training of deep models", []),
        ("https://arxiv.org/abs/2401.01234 10:30 a::b title:x:y", []),
    ],
)
def test_it_is_told(typed: str, remarks: list[str]) -> None:
    assert list(parse(typed, date(2026, 8, 7)).remarks) == remarks


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *(
            ("Title", "title"),
            ("titel", "title"),
            ("abs", "abstract"),
            ("ti", "title"),
            ("authors", "author"),
        ),
        *(
            ("tags", "tag"),
            ("category", "cat"),
            ("upvote", "upvotes"),
            ("x", ""),
            ("bert", ""),
            ("models", ""),
        ),
    ],
)
def test_the_nearest_field(name: str, field: str) -> None:
    assert nearest(name) == field
