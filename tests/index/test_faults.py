"""A disk that is full, or fails, takes nothing away: what was there stays, and the next change is made."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import whoosh.index

from paperreader import atomic
from paperreader.index import Index, cataloguing, documents, manifest, segment

from .making import contents, make
from .test_building import assert_only_its_own_files
from .test_killed import CHANGES, NEW, prepare

PLACES = {
    "a paper": (documents.DocumentWriter, "add"),
    "papers": (documents.DocumentWriter, "finish"),
    "words": (segment, "write"),
    "catalogue": (cataloguing, "write"),
    "table of contents": (whoosh.index.TOC, "write"),
    "flushing": (manifest, "describe"),
    "manifest": (atomic, "replace"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, place: str, before: bool
) -> None:
    folder = tmp_path / "index"
    old = prepare(folder)
    opened = Index.open(folder)
    owner, name = PLACES[place]
    monkeypatch.setattr(owner, name, _full(getattr(owner, name), before))
    with pytest.raises(OSError, match="No space left"):
        CHANGES[change](folder)
    monkeypatch.undo()
    monkeypatch.setenv("PAPERREADER_STATE", str(tmp_path / ".home" / "state"))
    done = place == "manifest" and not before
    new = contents(make(tmp_path / "other", NEW, ["new"])) if change != "tidy" else old
    assert contents(Index.open(folder)) == (new if done else old)
    assert contents(opened) == old
    CHANGES[change](folder)
    assert contents(Index.open(folder)) == new
    assert_only_its_own_files(folder)


def _full(original: Callable[..., Any], before: bool) -> Callable[..., Any]:
    """The disk is full before the original is called, or after."""

    def full(*arguments: Any, **named: Any) -> Any:
        if not before:
            original(*arguments, **named)
        raise OSError(errno.ENOSPC, "No space left on device")

    return full
