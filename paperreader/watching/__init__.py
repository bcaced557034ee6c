"""Watching: dumps that appear in folders come in by themselves, once they are whole."""

from __future__ import annotations

from paperreader.watching.watch import PATIENCE, Watch

__all__ = ["PATIENCE", "Watch"]
