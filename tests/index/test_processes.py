"""Several processes: those that write one index together, and those that want it at the same time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from paperreader.index import Index, batches, build, update
from paperreader.index.base import DOCUMENTS, POSTINGS
from paperreader.index.codec import PaperWriter, create, open_index
from paperreader.index.inversion import WIDE
from paperreader.paper import Paper

from .making import contents, ignore, made, make, seeds
from .test_building import assert_only_its_own_files


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Few papers are a batch, and two processes write them; those that were started."""
    started: list[subprocess.Popen[bytes]] = []
    original = subprocess.Popen

    def popen(*arguments: Any, **named: Any) -> subprocess.Popen[bytes]:
        started.append(original(*arguments, **named))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setattr(batches, "_BATCH", 10)
    monkeypatch.setattr(batches, "_FEW", 20)
    monkeypatch.setattr(batches, "_LARGEST", 40)
    monkeypatch.setattr(batches, "_processes", lambda: 2)
    return started


def segments(index: Index) -> list[tuple[int, int]]:
    """How many papers each segment has, and its layout."""
    return [(size.live, size.layout) for size in index._catalogue.sizes]


def test_two_processes_write_what_one_does(
    tmp_path: Path, workers: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = made(1)[0]._replace(abstract="model " * 300)
    papers = [*seeds()[:90], long, *seeds()[90:]]
    counts: list[int] = []
    build(tmp_path / "two", papers, ["a"], counts.append)
    two = Index.open(tmp_path / "two")
    assert len(workers) == 2
    assert {worker.returncode is not None for worker in workers} == {True}
    assert counts[-1] == 182
    assert_only_its_own_files(tmp_path / "two")
    monkeypatch.setattr(batches, "_processes", lambda: 1)
    one = make(tmp_path / "one", papers, ["a"])
    assert len(workers) == 2
    assert segments(two) == segments(one)
    assert [live for live, _ in segments(two)][:-1] == [40, 40, 40, 49, 12]
    assert segments(two)[-1] == (1, WIDE.bits)
    assert contents(two) == contents(one)
    assert written(tmp_path / "two", two) == written(tmp_path / "one", one)


def written(folder: Path, index: Index) -> list[bytes]:
    """What is in the files of the segments, in order."""
    names = [part.segment + suffix for part in index._catalogue.parts for suffix in (DOCUMENTS, POSTINGS)]
    return [(folder / name).read_bytes() for name in names]


def test_two_processes_add_what_one_does(tmp_path: Path, workers: list[subprocess.Popen[bytes]]) -> None:
    folder = tmp_path / "index"
    make(folder, (each._replace(abstract="old") for each in seeds()[:30])).close()
    started = len(workers)
    update(folder, seeds(), ["b"], ignore)
    assert len(workers) == started + 2
    assert_only_its_own_files(folder)
    assert contents(Index.open(folder)) == contents(make(tmp_path / "other", seeds(), ["b"]))


Workers = Sequence["subprocess.Popen[bytes]"]


def dying(workers: Workers) -> Iterator[Paper]:
    for n, each in enumerate(seeds()):
        if n == 50:
            workers[0].kill()
        yield each


def failing(_: Workers) -> Iterator[Paper]:
    for n, each in enumerate(seeds()):
        yield each._replace(id="not a number") if n == 30 else each


def interrupted(_: Workers) -> Iterator[Paper]:
    yield from seeds()[:50]
    raise KeyboardInterrupt


TROUBLES = [(dying, OSError), (failing, OSError), (interrupted, KeyboardInterrupt)]


@pytest.mark.parametrize(("trouble", "error"), TROUBLES)
@pytest.mark.parametrize("change", [build, update])
def test_trouble_leaves_the_old_index_and_no_process(
    tmp_path: Path,
    workers: list[subprocess.Popen[bytes]],
    capfd: pytest.CaptureFixture[str],
    change: Callable[..., None],
    trouble: Callable[[Workers], Iterator[Paper]],
    error: type[BaseException],
) -> None:
    folder = tmp_path / "index"
    before = contents(make(folder, made(10), ["a"]))
    with pytest.raises(error):
        change(folder, trouble(workers), ["b"], ignore)
    assert len(workers) == 2
    assert all(worker.returncode is not None for worker in workers)
    assert capfd.readouterr() == ("", "")
    assert contents(Index.open(folder)) == before
    update(folder, [], ["a"], ignore)
    assert_only_its_own_files(folder)


def test_workers_import_nothing_from_where_the_reader_is(
    tmp_path: Path, workers: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "numpy.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path / "here")
    assert len(make(tmp_path / "index", seeds())) == 181
    assert len(workers) == 2


ENDLESS = """
import itertools, subprocess, sys
from pathlib import Path
from paperreader.index import batches, build
from tests.index.making import ignore, seeds

batches._BATCH = batches._FEW = batches._LARGEST = 50
batches._processes = lambda: 2
original = subprocess.Popen

def popen(*arguments, **named):
    worker = original(*arguments, **named)
    print(worker.pid, flush=True)
    return worker

subprocess.Popen = popen
try:
    build(Path(sys.argv[1]), itertools.cycle(seeds()), ["new"], ignore)
except KeyboardInterrupt:
    raise SystemExit(130)
"""


def is_running(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").exists() or ") Z " not in Path(f"/proc/{pid}/stat").read_text()


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_signal_leaves_the_old_index_and_no_process(
    tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    folder = tmp_path / "index"
    before = contents(make(folder, made(10), ["a"]))
    writer = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    workers = [int(writer.stdout.readline()) for _ in range(2)]
    while len(list(folder.glob("MAIN_*.postings"))) < 4:  # both are at work
        assert writer.poll() is None
    writer.send_signal(sent)
    out, errors = writer.communicate(timeout=30)
    assert (writer.returncode, out, errors) == (code, "", "")
    until = time.monotonic() + 30
    while any(map(is_running, workers)) and time.monotonic() < until:
        pass
    assert [is_running(each) for each in workers] == [False, False]
    assert contents(Index.open(folder)) == before
    update(folder, [], ["a"], ignore)
    assert_only_its_own_files(folder)


SOME = """
import sys
from pathlib import Path
from paperreader.index import build, tidy, update
from tests.index.making import ignore, made, seeds
print(flush=True)
sys.stdin.readline()
folder, part = Path(sys.argv[1]), int(sys.argv[2])
for n in range(part * 4, part * 4 + 4):
    update(folder, seeds()[n * 10 : n * 10 + 10], [str(part)], ignore)
    tidy(folder)
"""


def test_nothing_is_lost_when_several_add_at_once(tmp_path: Path) -> None:
    """They wait for each other; those who read wait for nobody."""
    folder = tmp_path / "index"
    make(folder, made(5)).close()
    adding = [
        subprocess.Popen(
            [sys.executable, "-c", SOME, str(folder), str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for n in range(3)
    ]
    for each in adding:
        assert each.stdout
        each.stdout.readline()
    for each in adding:
        assert each.stdin
        each.stdin.close()
    known = 5
    while any(each.poll() is None for each in adding):
        index = Index.open(folder)
        assert len(index) >= known
        assert len({index.paper(n).id for n in index.order("date")}) == len(index)
        known = len(index)
    assert [each.returncode for each in adding] == [0, 0, 0]
    index = Index.open(folder)
    assert {index.paper(n) for n in index.order("date")} == {*made(5), *seeds()[:120]}
    assert_only_its_own_files(folder)


def test_writers_that_begin_at_once_have_nothing_in_common(tmp_path: Path) -> None:
    create(tmp_path)

    def begin(_: int) -> None:
        PaperWriter(open_index(tmp_path), _lk=False).cancel()

    with ThreadPoolExecutor(3) as threads:
        assert len(list(threads.map(begin, range(300)))) == 300
