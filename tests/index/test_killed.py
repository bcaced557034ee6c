"""Whoever writes can be killed at any moment: the index is then the old one or the new one, and whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paperreader.index import Index, IndexUnusable, build, manifest, tidy, update

from .making import contents, ignore, make, seeds
from .paths import forced
from .states_on_disk import states
from .test_building import assert_only_its_own_files

OLD, NEW = seeds()[:30], seeds()[:90]


def _build(folder: Path) -> None:
    build(folder, NEW, ["new"], ignore)


def _update(folder: Path) -> None:
    update(folder, NEW, ["new"], ignore)


def _tidy(folder: Path) -> None:
    with forced("as it is", merging_policy___MOST_SMALL=1):
        tidy(folder)


CHANGES = {"build": _build, "update": _update, "tidy": _tidy}


def prepare(folder: Path) -> object:
    """An index of two segments with a few documents deleted; returns its contents."""
    make(folder, (each._replace(abstract="old") for each in OLD[:10]), ["older"]).close()
    update(folder, OLD, ["old"], ignore)
    return contents(Index.open(folder))


@pytest.mark.parametrize("change", CHANGES)
def test_every_state_in_between_is_the_old_index_or_the_new_one(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "index"
    old = prepare(folder)
    opened = Index.open(folder)
    with states(folder, tmp_path) as found:
        CHANGES[change](folder)
    new = contents(Index.open(folder))
    assert (new == old) == (change == "tidy")
    assert contents(opened) == old
    manifests = [(state / manifest.NAME).read_bytes() for state in found]
    replaced = manifests.index(manifests[-1])
    assert manifests == [manifests[0]] * replaced + [manifests[-1]] * (len(found) - replaced)
    assert 8 <= replaced < len(found) - 1
    for n, state in enumerate(found):
        assert contents(Index.open(state)) == (old if n < replaced else new), state
        CHANGES[change](state)
        assert contents(Index.open(state)) == new, state
        assert_only_its_own_files(state)


def test_every_state_before_the_first_index_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    with states(folder, tmp_path) as found:
        _build(folder)
    new = contents(Index.open(folder))
    unfinished = [state for state in found if not (state / manifest.NAME).exists()]
    assert len(unfinished) >= 8
    for state in unfinished[1:]:
        with pytest.raises(IndexUnusable, match=r"^missing$|^incomplete: manifest\.json is missing$"):
            Index.open(state)
        with pytest.raises(IndexUnusable):
            update(state, [], [], ignore)
        _build(state)
        assert contents(Index.open(state)) == new
        assert_only_its_own_files(state)


KILLED = """
import sys
from pathlib import Path
from tests.index.test_killed import CHANGES
print(flush=True)
CHANGES[sys.argv[1]](Path(sys.argv[2]))
"""


def start(change: str, folder: Path) -> subprocess.Popen[bytes]:
    """A process that is about to change an index."""
    command = [sys.executable, "-c", KILLED, change, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    return process


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_hundred_random_kills(tmp_path: Path, seed: int) -> None:
    """Five of them here, whatever the moment; then the change is made."""
    folder = tmp_path / "index"
    old = prepare(folder)
    new = contents(make(tmp_path / "other", NEW, ["new"]))
    chance = random.Random(seed)
    for _ in range(5):
        change = chance.choice(list(CHANGES))
        process = start(change, folder)
        time.sleep(0.3 * chance.random() ** 2)
        process.kill()
        process.wait()
        assert contents(Index.open(folder)) in (old, new)
        Index.open(folder).verify()
    _update(folder)
    _tidy(folder)
    assert contents(Index.open(folder)) == new
    assert_only_its_own_files(folder)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can be killed anywhere")
def test_readers_go_on_while_others_write(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    old = prepare(folder)
    opened = Index.open(folder)
    for change in ("update", "tidy", "build", "update"):
        process = start(change, folder)
        while process.poll() is None:
            assert contents(opened) == old
            Index.open(folder).close()
        assert process.returncode == 0
    assert contents(opened) == old
