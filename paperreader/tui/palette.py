"""Every command and theme by name: Textual's palette, also on a screen of a few lines."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette


class Palette(CommandPalette):
    """Textual's, which cannot page through a list of no height."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).size.height or not action.startswith("page"):
            super()._action_command_list(action)
