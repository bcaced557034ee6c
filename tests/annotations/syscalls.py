"""Watches the calls by which annotations reach the disk, so that a test can strike at each of them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

_NAMES = ("open", "write", "ftruncate", "fsync", "replace", "stat", "fstat", "scandir", "mkdir", "unlink")
CALLS = [(os, name) for name in _NAMES]


@contextmanager
def watched(strike: Callable[[int, str], None]) -> Iterator[list[str]]:
    """Calls `strike` with the number (from 0) and the name of each call before it is made.

    Gives the list of the names, which grows.
    """
    names: list[str] = []

    def watch(real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            names.append(name)
            strike(len(names) - 1, name)
            return real(*args, **options)

        return call

    with ExitStack() as stack:
        for module, name in [*CALLS, (io, "open")]:
            label = f"{module.__name__}.{name}"
            stack.enter_context(mock.patch.object(module, name, watch(getattr(module, name), label)))
        yield names
