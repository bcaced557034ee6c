"""What is measured in a new process each: building, the first answer, and memory."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import ParamSpec, TypeVar

from benchmarks import corpus, engines

_P = ParamSpec("_P")
_T = TypeVar("_T")
_MB = 1e6
_SMAPS = Path("/proc/self/smaps_rollup")
_STATUS = Path("/proc/self/status")


def apart(function: Callable[_P, _T], *arguments: _P.args, **options: _P.kwargs) -> _T:
    """What the function returns when it is called in a new process, which then ends."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *arguments, **options).result()


def missing(name: str) -> str | None:
    """The library that an engine needs and that is not installed."""
    try:
        engines.load(name)
    except ModuleNotFoundError as error:
        return error.name
    return None


def built(name: str, folder: Path, records: Path, count: int) -> dict[str, float]:
    """Build an index: its rate, its size, and the most memory that took.

    The time runs from the first record that is read to the end of the commit, without the import of the
    engine before it and what `settle` does after it, which is told apart. The memory is that of this process
    and its largest child.
    """
    engine = engines.load(name)
    start = time.perf_counter()
    engine.build(folder, islice(corpus.read(records), count))
    seconds = time.perf_counter() - start
    peak = _peak()
    start = time.perf_counter()
    if settle := getattr(engine, "settle", None):
        settle(folder)
    settled = time.perf_counter() - start
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {
        "built": count,
        "docs_per_s": round(count / seconds),
        "build_s": round(seconds, 2),
        "size_mb": round(size / _MB, 1),
        "bytes_a_paper": round(size / count),
        "build_peak_mb": round(peak / _MB),
        "settle_s": round(settled, 2),
        "settle_peak_mb": round(_peak() / _MB),
    }


def first_answer(name: str, folder: Path, text: str) -> float:
    """Milliseconds from nothing, not even the engine's library, to the papers of the first answer."""
    start = time.perf_counter()
    reader = engines.load(name).open(folder)
    reader.answer(text)
    seconds = time.perf_counter() - start
    reader.close()
    return 1000 * seconds


def off_the_disk_cache(folder: Path) -> bool:
    """Have the system forget the pages of the files, so that they come from the disk; False if it cannot."""
    if not hasattr(os, "posix_fadvise"):
        return False
    for file in filter(Path.is_file, folder.rglob("*")):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
    return True


def into_the_disk_cache(folder: Path) -> None:
    """Read the files, so that they come from memory and not from the disk."""
    for path in filter(Path.is_file, folder.rglob("*")):
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass


def memory(name: str, folder: Path, texts: Sequence[str], seconds: float) -> dict[str, float | None]:
    """Megabytes of a reading process after these keystrokes, one after the other as in the program.

    Resident in all; private (it would be needed without any file); and mapped from files. After so many
    seconds no more is typed.
    """
    reader = engines.load(name).open(folder)
    until = time.perf_counter() + seconds
    for text in texts:
        if time.perf_counter() < until:
            reader.answer(text)
    figures = _resident()
    reader.close()
    return figures


def _resident() -> dict[str, float | None]:
    if _SMAPS.exists():
        pages = dict(line.split(":") for line in _SMAPS.read_text().splitlines()[1:])
        resident, private = (1024 * int(pages[name].split()[0]) for name in ("Rss", "Anonymous"))
        return _in_mb(resident, private, resident - private)
    try:
        import psutil  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError:
        return _in_mb(None, None, None)
    process = psutil.Process()
    return _in_mb(process.memory_info().rss, getattr(process.memory_full_info(), "uss", None), None)


def _in_mb(resident: float | None, private: float | None, mapped: float | None) -> dict[str, float | None]:
    figures = {"rss_mb": resident, "private_mb": private, "mapped_mb": mapped}
    return {name: size and round(size / _MB, 1) for name, size in figures.items()}


def _peak() -> float:
    """The most bytes that were resident at a time."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    ours = unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if _STATUS.exists():  # which, other than the former, has nothing of the process that started us
        status = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
        ours = 1024 * int(status["VmHWM"].split()[0])
    return ours + unit * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
