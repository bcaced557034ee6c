"""Each rule for LaTeX debris: the text it is for, and the text it must leave alone."""

from __future__ import annotations

import re

import pytest

from paperreader.latex import lost, prose, unlatex
from paperreader.latex.lost import _SYMBOL_HINTS, _SYMBOLS
from paperreader.latex.rules import Rule, fewest

RULES = [*lost.RULES, *prose.RULES]
PATTERNS = [f"{number}: {rule.pattern[:40]}" for number, rule in enumerate(RULES)]


def tried(rule: Rule, text: str) -> bool:
    return any(hint in text for hint in rule.hints)


@pytest.mark.parametrize("rule", RULES, ids=PATTERNS)
def test_a_rule_does_what_its_example_says(rule: Rule) -> None:
    text, shown = rule.example
    assert unlatex(text) == shown
    assert unlatex(f"First, {text}") == f"First, {shown}"


@pytest.mark.parametrize("rule", RULES, ids=PATTERNS)
def test_a_rule_is_tried_on_what_it_is_for(rule: Rule) -> None:
    assert re.search(rule.pattern, rule.example[0])
    assert tried(rule, rule.example[0])
    if rule.before_digit:
        assert any(re.search(rf"{hint}\d", rule.example[0]) for hint in rule.hints)


@pytest.mark.parametrize("rule", RULES, ids=PATTERNS)
def test_a_rule_leaves_alone_what_it_is_not_for(rule: Rule) -> None:
    assert tried(rule, rule.not_example)
    assert not re.search(rule.pattern, rule.not_example)
    assert unlatex(rule.not_example) == rule.not_example


def test_each_symbol_has_one_of_the_hints() -> None:
    assert [name for name in _SYMBOLS if not any(hint in name for hint in _SYMBOL_HINTS)] == []
    assert [hint for hint in _SYMBOL_HINTS if not any(hint in name for name in _SYMBOLS)] == []
    for name, symbol in _SYMBOLS.items():
        assert unlatex(f"by {name} there") == f"by {symbol} there"


def test_the_fewest_hints_find_what_all_find() -> None:
    assert fewest(["times", "rightarrow", " times ", "arrow", "times"]) == ("arrow", "times")
