"""The keys to begin with, told at the first visit until some of them have been used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import RenderResult
from textual.content import Content

from paperreader.tui.bars import Line
from paperreader.tui.commands import BY_ID, key_name

_TOLD = (
    (("down", "up"), "move"),
    (("filter",), "find"),
    (("star",), "star"),
    (("note",), "note"),
    (("page-abstract",), "read on"),
    (("help",), "all keys"),
)
_ENOUGH = 3
"""How many of them are to be used before the line goes."""
_CLOSE = "×"


class HintLine(Line):
    """A line that takes itself away."""

    DEFAULT_CSS = """
    HintLine {
      height: 1; padding: 0 1; background: $primary 14%; color: $foreground;
      & > .line--key { color: $text-primary; text-style: bold; }
      & > .line--hint { color: $text-muted; }
    }
    """

    def __init__(self, keys: Mapping[str, str], seen: Callable[[], object]) -> None:
        """`keys` are those of the commands as they are mapped; `seen` is called when it is on the screen."""
        super().__init__()
        self._keys, self._seen = keys, seen
        self._used: set[str] = set()

    def render(self) -> RenderResult:
        """As many keys as fit; the last of them is the way to all others."""
        room = self.size.width - len(_CLOSE) - 1
        shown = [self._part(commands, label) for commands, label in _TOLD]
        while len(shown) > 1 and sum(part.cell_length + 3 for part, _ in shown) - 3 > room:
            del shown[-2]
        dot = (Content.styled(" · ", self.part("hint")), "")
        parts = [piece for part in shown for piece in (dot, part)][1:]
        used = sum(part.cell_length for part, _ in parts)
        close = (Content.styled(" " * max(1, room - used + 1) + _CLOSE, self.part("hint")), "screen.welcomed")
        return self.joined([*parts, close], gap=0)

    def _part(self, commands: tuple[str, ...], label: str) -> tuple[Content, str]:
        keys = " ".join(key_name(self._keys, command) for command in commands)
        return Content.assemble((keys, self.part("key")), f" {label}"), f"screen.{BY_ID[commands[0]].action}"

    def on_show(self) -> None:
        """Once seen, never again."""
        self._seen()

    def notice(self, key: str, character: str | None) -> bool:
        """Take a key that is pressed for learnt; returns whether that is enough."""
        for commands, _ in _TOLD:
            keys = {each for command in commands for each in self._keys[command].split(",")}
            if keys & {key, character}:
                self._used.add(commands[0])
        return len(self._used) >= _ENOUGH or key in self._keys["back"].split(",")
