"""The program's own two themes; every theme that comes with Textual can be chosen too."""

from __future__ import annotations

from textual.theme import Theme

DEFAULT = "ink"

THEMES = (
    Theme(
        name="ink",
        dark=True,
        primary="#7aa2d6",
        secondary="#8f9bb3",
        accent="#e5946b",
        warning="#e6c26a",
        error="#e06c75",
        success="#84b97c",
        foreground="#d5d8de",
        background="#14161a",
        surface="#181b20",
        panel="#22262d",
    ),
    Theme(
        name="paper",
        dark=False,
        primary="#2f62a3",
        secondary="#6a6f7b",
        accent="#b2542a",
        warning="#a87400",
        error="#b3323c",
        success="#3d7a36",
        foreground="#2a2c31",
        background="#faf8f3",
        surface="#f5f2ea",
        panel="#e9e5da",
    ),
)
