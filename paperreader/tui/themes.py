"""The program's own themes, and what it needs to know of any theme to be readable in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.color import Color
from textual.theme import Theme

DEFAULT = "ink"

_HIGH = ("contrast", "contrast-light")
"""The themes in which no text is dim."""

_OF_TAGS = ("primary", "accent", "success", "warning", "error")
_OF_TAGS_IN_ANSI = ("blue", "magenta", "green", "yellow", "red")
"""The colours of tags, of which `labels` chooses."""

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
    Theme(
        name="contrast",
        dark=True,
        primary="#8cc8ff",
        secondary="#c8d2e0",
        accent="#ffb070",
        warning="#ffd75f",
        error="#ff9a9a",
        success="#7dfa8c",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
    ),
    Theme(
        name="contrast-light",
        dark=False,
        primary="#00307a",
        secondary="#333333",
        accent="#6e2500",
        warning="#553b00",
        error="#7d000c",
        success="#00450a",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#ececec",
    ),
    Theme(
        name="terminal",
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        accent="ansi_magenta",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
            "border": "ansi_blue",
            "border-blurred": "ansi_bright_black",
            "scrollbar": "ansi_bright_black",
            "scrollbar-hover": "ansi_default",
            "scrollbar-active": "ansi_default",
            "scrollbar-background": "ansi_default",
            "scrollbar-background-hover": "ansi_default",
            "scrollbar-background-active": "ansi_default",
            "block-cursor-foreground": "ansi_default",
            "block-cursor-background": "ansi_default",
            "block-cursor-text-style": "reverse",
            "input-selection-background": "ansi_blue",
            "input-selection-foreground": "ansi_bright_white",
            "screen-selection-background": "ansi_blue",
            "screen-selection-foreground": "ansi_bright_white",
        },
    ),
)


def tokens(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """What the style sheet asks for by meaning: colours, and how text is set where there are none.

    `variables` are the theme's own. A theme made of the terminal's sixteen colours has no tones in
    between, so that what is dim or under the cursor is set otherwise there.
    """
    if theme.ansi:
        return {
            "dim-style": "dim",
            "dim-here": "ansi_bright_white",
            "cursor": "ansi_bright_white",
            "cursor-ground": "ansi_blue",
            "cursor-style": "bold",
            "cursor-blurred-ground": "ansi_default",
            "cursor-blurred-style": "bold",
            "match": "ansi_magenta",
            "match-ground": "ansi_default",
            "match-style": "bold underline",
            "here": "ansi_bright_white",
            "here-ground": "ansi_magenta",
            "star": "ansi_yellow",
            "new": "ansi_green",
            "later": "ansi_cyan",
            "faint": "ansi_bright_black",
            "tag-ground": "ansi_default",
            **{f"tag-{number}": f"ansi_{name}" for number, name in enumerate(_OF_TAGS_IN_ANSI)},
            "rule": "ansi_bright_black",
            "thumb": "ansi_bright_black",
            "veil": "ansi_default",
            "text-muted": "ansi_default",
            "text-disabled": "ansi_default",
        }
    ink, background, surface, panel, primary, accent = (
        Color.parse(variables[name])
        for name in ("foreground", "background", "surface", "panel", "primary", "accent")
    )
    cursor = surface.blend(primary, 0.22, alpha=1)
    grounds = (background, surface, panel)
    high = theme.name in _HIGH
    least = 7.0 if high else 4.5
    # between what is dim and what is faint there must be a difference that can be seen
    dim = _dimmed(ink, background, grounds, 9.0 if high else 5.5).hex

    def readable(name: str) -> str:
        """The colour itself where it can be read, else Textual's that is nearer to black or white."""
        fair = all(contrast(Color.parse(variables[name]), ground) >= least for ground in (*grounds, cursor))
        return variables[name if fair else f"text-{name}"]

    return {
        "dim-style": "none",
        "dim-here": _dimmed(ink, background, (cursor,), least).hex,
        "cursor": variables["foreground"],
        "cursor-ground": cursor.hex,
        "cursor-style": "bold",
        "cursor-blurred-ground": f"{variables['foreground']} 7%",
        "cursor-blurred-style": "none",
        "match": variables["text-accent"],
        "match-ground": f"{variables['accent']} 18%",
        "match-style": "bold",
        "here": max((background, ink), key=lambda text: contrast(text, accent)).hex,
        "here-ground": accent.hex,
        "star": readable("warning"),
        "new": readable("success"),
        "later": readable("secondary"),
        "faint": _dimmed(ink, background, grounds, least, 64).hex,
        "tag-ground": f"{variables['foreground']} 6%",
        **{f"tag-{number}": readable(name) for number, name in enumerate(_OF_TAGS)},
        "rule": variables["panel"],
        "thumb": f"{variables['foreground']} 18%",
        "veil": f"{variables['background']} 60%",
        "text-muted": dim,
        "text-disabled": dim,
    }


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, from 1 to 21; see WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _dimmed(ink: Color, towards: Color, grounds: Sequence[Color], least: float, furthest: int = 40) -> Color:
    """The dimmest ink that has this contrast on each of the grounds; what is dim must look dim, though."""
    shades = [ink.blend(towards, percent / 100, alpha=1) for percent in range(furthest, 12, -2)]
    return next((s for s in shades if all(contrast(s, ground) >= least for ground in grounds)), shades[-1])


def _luminance(colour: Color) -> float:
    red, green, blue = map(_linear, colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
