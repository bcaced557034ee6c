"""Scenes: each shows in the real app what one command does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.tui.driving import Reader

Scene = Callable[[Reader], Awaitable[None]]
SCENES: dict[str, Scene] = {}
"""Command id -> the scene that shows it."""


def command(name: str) -> Callable[[Scene], Scene]:
    """Declare a scene as the one of a command."""

    def declare(scene: Scene) -> Scene:
        assert name not in SCENES
        SCENES[name] = scene
        return scene

    return declare
