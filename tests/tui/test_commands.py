"""One declaration for each command, and everything that speaks of commands follows it."""

from __future__ import annotations

from pathlib import Path

from paperreader.config import read
from paperreader.tui.commands import COMMANDS, DEFAULT_KEYS, PANES, for_footer, key_names
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.triage.screen import TriageScreen

ROOT = Path(__file__).parents[2]


def table() -> str:
    """The table of docs/keys.md."""
    keys = {c.id: " ".join(f"`{key}`" for key in key_names(c.keys)) for c in COMMANDS}
    rows = [f"| `{c.id}` | {keys[c.id]} | {c.help} |" for c in COMMANDS]
    return "\n".join(["| name | keys | does |", "|---|---|---|", *rows])


def test_no_key_is_given_twice(tmp_path: Path) -> None:
    keys = [(command.pane, key) for command in COMMANDS for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
    (tmp_path / "config.toml").write_text('[keys]\nstar = "F5"\n'.lower())
    assert read(tmp_path / "config.toml", DEFAULT_KEYS, PANES).keys == {"star": "f5"}


def test_every_command_has_an_action() -> None:
    for command in COMMANDS:
        assert hasattr(TriageScreen if command.pane == "triage" else MainScreen, command.method), command.id


def test_the_footer_shows_at_most_eight() -> None:
    for pane in ("filter", "list", "abstract", "empty"):
        assert 1 < len(for_footer(pane)) <= 8  # type: ignore[arg-type]


def test_the_page_of_keys_is_true() -> None:
    assert table() in (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
