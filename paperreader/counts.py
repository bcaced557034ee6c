"""How many there are of something, in words."""

from __future__ import annotations


def counted(number: int, thing: str, things: str = "") -> str:
    """So many of a thing: "1 paper", "1,234 papers"; `things` names several where an "s" does not."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"
