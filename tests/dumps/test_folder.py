"""The library's folder of dumps."""

from __future__ import annotations

import gzip
import io
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType

import pytest

from paperreader.dumps import Dump, NotADump, folder, forms
from paperreader.dumps.day import modification_day
from paperreader.dumps.folder import DumpFolder

from .rendering import page, papers, read

DATA = page(papers(3)).encode()
MTIME = datetime(2025, 10, 1, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def dumps(tmp_path: Path) -> DumpFolder:
    return DumpFolder(tmp_path / "library" / "dumps")


def add(dumps: DumpFolder, data: bytes = DATA, name: str = "page.txt", year: int | None = None) -> str | None:
    return dumps.add(data, _dump(data, name, year), MTIME, year)


def _dump(data: bytes, name: str = "page.txt", year: int | None = None) -> Dump:
    return read(data, name, modification_day(MTIME), year)


def everything_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_missing_folder_is_an_empty_one(dumps: DumpFolder) -> None:
    assert dumps.names() == frozenset()
    assert dumps.ids() == {}


def test_a_dump_is_kept_as_it_came(dumps: DumpFolder) -> None:
    data = b"\xef\xbb\xbf" + DATA.replace(b"\n", b"\r\n")
    name = add(dumps, data)
    dump = _dump(data)
    assert name == f"page~{dump.id}.txt"
    assert (dumps.path / name).read_bytes() == data
    assert (dumps.path / name).stat().st_mtime == MTIME
    assert dumps.names() == {name}
    assert dumps.ids() == {dump.id: name}
    assert dumps.read(name) == dump


def test_the_same_dump_under_another_name_adds_nothing(dumps: DumpFolder) -> None:
    name = add(dumps)
    assert add(dumps) is None
    assert add(dumps, name="other.txt") is None
    assert add(dumps, DATA.replace(b"\n", b"\r\n")) is None
    assert add(DumpFolder(dumps.path), name="other.txt") is None
    assert dumps.names() == {name}


def test_two_dumps_may_have_one_name(dumps: DumpFolder) -> None:
    other = page(papers(4)).encode()
    assert add(dumps)
    assert add(dumps, other)
    assert {dumps.read(name).name for name in dumps.names()} == {"page.txt"}
    assert len(dumps.names()) == 2


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("page.txt", 2019),
        ("page.txt", 2025),
        ("2019-09-09_page.txt", 2024),
        ("2026-01-05.txt", None),
        ("2026-01-05.txt", 2024),
        ("../../\x1b[31mc:on\u202e" + "x" * 300 + "2024-09-09", None),
        ("CON", 1700),
        ("", None),
    ],
)
def test_the_stored_file_gives_the_same_dump_again(dumps: DumpFolder, name: str, year: int | None) -> None:
    stored = add(dumps, name=name, year=year)
    assert stored
    assert DumpFolder(dumps.path).read(stored) == _dump(DATA, name, year)
    assert everything_in(dumps.path) == {stored}
    assert everything_in(dumps.path.parent) == {"dumps"}


def test_an_explicit_year_dates_a_dump_again(dumps: DumpFolder) -> None:
    assert dumps.read(add(dumps) or "").inferred
    again = add(dumps, name="other.txt", year=2023)
    assert again == f"2023-09-09_other~{_dump(DATA).id}.txt"
    assert dumps.names() == {again}
    assert (dumps.read(again).day, dumps.read(again).inferred) == (date(2023, 9, 9), False)
    assert (dumps.path / again).stat().st_mtime == MTIME
    assert add(dumps, year=2023) is None
    assert add(dumps) is None
    later = add(dumps, name=again, year=2024)
    assert later == f"2024-09-09_other~{_dump(DATA).id}.txt"
    assert dumps.names() == {later}


def test_an_explicit_year_makes_a_guessed_one_certain(dumps: DumpFolder) -> None:
    guessed = dumps.read(add(dumps) or "")
    name = add(dumps, year=guessed.day.year)
    assert name == f"2025-09-09_page~{guessed.id}.txt"
    assert (dumps.read(name).day, dumps.read(name).inferred) == (guessed.day, False)
    assert add(dumps, year=guessed.day.year) is None


def test_a_dump_that_was_removed_can_be_added_again(dumps: DumpFolder) -> None:
    name = add(dumps)
    assert name
    (dumps.path / name).unlink()
    assert add(dumps) == name


def test_what_another_program_adds_is_seen(dumps: DumpFolder) -> None:
    other = DumpFolder(dumps.path)
    add(dumps)
    add(other, page(papers(4)).encode())
    assert add(dumps, page(papers(4)).encode(), "again.txt") is None
    assert add(other, name="again.txt") is None


def test_files_that_a_person_put_there_count(dumps: DumpFolder) -> None:
    dumps.path.mkdir(parents=True)
    (dumps.path / "by hand.txt").write_bytes(DATA)
    (dumps.path / "readme.txt").write_text("Put dumps here.")
    (dumps.path / ".hidden").write_bytes(DATA)
    (dumps.path / "folder").mkdir()
    assert dumps.names() == {"by hand.txt", "readme.txt"}
    assert dumps.ids() == {_dump(DATA).id: "by hand.txt"}
    assert add(dumps) is None
    with pytest.raises(NotADump, match="a Daily Papers page"):
        dumps.read("readme.txt")
    with pytest.raises(FileNotFoundError):
        dumps.read("../by hand.txt/../nothing")


def test_listing_reads_no_file(dumps: DumpFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    name = add(dumps)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("a file was opened"))
    assert dumps.names() == {name}
    assert set(dumps.ids().values()) == {name}


@pytest.mark.parametrize("modified", [float("nan"), float("inf"), -1e300, 1e300])
def test_impossible_modification_times_are_let_be(dumps: DumpFolder, modified: float) -> None:
    assert dumps.add(DATA, _dump(DATA), modified, None) in dumps.names()


# -- faults


def _fails(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_nothing(dumps: DumpFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _fails)
        with pytest.raises(OSError, match="No space left"):
            add(dumps)
    assert everything_in(dumps.path) == set()
    assert add(dumps)


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "dumps").write_text("")
    with pytest.raises(OSError):
        add(DumpFolder(tmp_path / "dumps"))


def test_a_folder_that_vanishes_is_made_again(dumps: DumpFolder) -> None:
    add(dumps)
    for file in dumps.path.iterdir():
        file.unlink()
    dumps.path.rmdir()
    assert add(dumps) in dumps.names()


def test_a_temporary_file_removed_by_another_program_is_written_again(
    dumps: DumpFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def unlucky(self: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        self.unlink()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", unlucky)
    name = add(dumps)
    assert everything_in(dumps.path) == {name}


def incoming(dumps: DumpFolder, data: bytes) -> None:
    with dumps.incoming(io.BytesIO(data), MTIME) as new:
        new.keep(new.read("page.txt").facts(), None)


def test_what_is_no_dump_leaves_nothing(dumps: DumpFolder) -> None:
    for data in (b"some text", b"%PDF-1.7", bytes(range(256)), b""):
        with pytest.raises(NotADump):
            incoming(dumps, data)
        assert everything_in(dumps.path) == set()


def test_a_dump_that_is_not_kept_leaves_nothing(dumps: DumpFolder) -> None:
    with dumps.incoming(io.BytesIO(DATA), MTIME) as new:
        assert len(everything_in(dumps.path)) == 1
        assert DumpFolder(dumps.path).names() == frozenset()
        assert new.read("page.txt").whole() == _dump(DATA)
    assert everything_in(dumps.path) == set()


def test_what_has_no_end_is_refused(dumps: DumpFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "_LARGEST_PAGE", 3 * 2**20)
    monkeypatch.setattr(forms, "_LARGEST", 5 * 2**20)

    class Endless:
        def __init__(self, line: bytes) -> None:
            self.line = line

        def read(self, size: int = -1) -> bytes:
            return self.line * (size // len(self.line))

    for line, most in ((b"and so on\n", 3), (b"\0", 3), (b'{"title": 1}\n', 5), (b"\x1f\x8b", 5)):
        with pytest.raises(NotADump, match=f"larger than {most} MB"), dumps.incoming(Endless(line), MTIME):
            pass
        assert everything_in(dumps.path) == set()


def test_compressed_dumps_stay_compressed(dumps: DumpFolder) -> None:
    packed = gzip.compress(DATA)
    incoming(dumps, packed)
    (name,) = dumps.names()
    assert (dumps.path / name).read_bytes() == packed
    assert dumps.ids() == {_dump(DATA).id: name}
    incoming(dumps, DATA)
    assert dumps.names() == {name}


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("again", [False, True], ids=["stored", "dated again"])
def test_killed_at_any_line_a_dump_is_there_whole_or_not_at_all(tmp_path: Path, again: bool) -> None:
    outcomes = set()
    for line in range(1, 1000):
        dumps = DumpFolder(tmp_path / str(line))
        old = add(dumps) if again else None
        new = _dump(DATA, year=2023)
        killed = _killed(line, lambda dumps=dumps, new=new: dumps.add(DATA, new, MTIME, 2023))
        left = {name for name in everything_in(dumps.path) if not name.startswith(".")}
        outcomes.add(frozenset(left))
        for name in left:
            assert (dumps.path / name).read_bytes() == DATA
            assert (dumps.path / name).stat().st_mtime == MTIME
        survivor = DumpFolder(dumps.path)
        assert survivor.names() == left
        assert everything_in(dumps.path) == left
        survivor.add(DATA, new, MTIME, 2023)
        assert [survivor.read(name).day for name in survivor.names()] == [date(2023, 9, 9)]
        if not killed:
            break
    assert not killed
    assert outcomes == {frozenset({old} if old else ()), frozenset(left)}


def _killed(line: int, work: Callable[[], object]) -> bool:
    """Run the work in a child that dies at the given line of the folder's code, counted as they run."""
    child = os.fork()
    if child == 0:
        lines = 0

        def trace(frame: FrameType, event: str, _: object) -> object:
            nonlocal lines
            if frame.f_code.co_filename != folder.__file__:
                return None
            lines += event == "line"
            if lines == line:
                os._exit(9)
            return trace

        sys.settrace(trace)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="Windows itself keeps open files from removal")
def test_the_temporary_file_of_a_living_program_is_let_be(
    dumps: DumpFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    fsync = os.fsync

    def slow(file: int) -> None:
        writing.set()
        go_on.wait(10)
        fsync(file)

    monkeypatch.setattr(os, "fsync", slow)
    writer = threading.Thread(target=add, args=(dumps,))
    writer.start()
    assert writing.wait(10)
    assert DumpFolder(dumps.path).names() == frozenset()
    assert len(everything_in(dumps.path)) == 1
    go_on.set()
    writer.join(10)
    assert len(dumps.names()) == 1
