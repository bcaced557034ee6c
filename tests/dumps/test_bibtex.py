"""Abbreviations of BibTeX: as many as a file has, each read once."""

from __future__ import annotations

import bibtexparser
import pytest

from .rendering import read


def entry(number: int, venue: str) -> str:
    return f"@article{{key{number}, title = {{Title {number}}}, abstract = {{Text}}, journal = {venue}}}\n"


def venues(text: str) -> list[str]:
    return [entry.details.venue for entry in read(text).entries]


def test_thousands_of_abbreviations_are_known_and_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    parse = bibtexparser.parse_string

    def counting(text: str, **options: object) -> bibtexparser.Library:
        nonlocal taken
        taken += len(text)
        return parse(text, **options)

    monkeypatch.setattr(bibtexparser, "parse_string", counting)
    strings = "".join(f'@string{{v{n} = "The Journal of Number {n}, New Series"}}\n' for n in range(2000))
    text = strings + "".join(entry(n, f"v{n * 19}") for n in range(100))
    assert venues(text) == [f"The Journal of Number {n * 19}, New Series" for n in range(100)]
    assert taken <= len(text)


def test_an_abbreviation_means_what_it_was_said_to_mean_last() -> None:
    text = (
        entry(0, "jn") + "@string{JN = {One}}\n" + entry(1, "jn") + "@String(jn = {Two})\n" + entry(2, "Jn")
    )
    assert venues(text) == ["jn", "One", "Two"]


def test_what_stands_in_braces_or_quotes_is_no_abbreviation() -> None:
    assert venues("@string{jn = {One}}\n" + entry(1, "{jn}") + entry(2, '"jn"')) == ["jn", "jn"]


def test_a_broken_abbreviation_costs_nothing_else() -> None:
    text = "@string{jn = {One\n@string{jm = {Two}}\n" + entry(1, "jm") + entry(2, "jn")
    assert venues(text) == ["Two", "jn"]
