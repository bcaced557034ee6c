"""From paths to sources."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from paperreader.dumps import NotADump
from paperreader.dumps import gather as module
from paperreader.dumps.gather import Source, gather


def found(*paths: Path | str) -> list[Source]:
    return list(gather(map(str, paths)))


def reason(source: Source) -> str:
    with pytest.raises((OSError, NotADump)) as refusal:
        source.read()
    return str(refusal.value)


def test_files_come_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"1")
    (tmp_path / "a.txt").write_bytes(b"2")
    os.utime(tmp_path / "b", (0, datetime(2026, 9, 9, 12, tzinfo=UTC).timestamp()))
    first, second = found(tmp_path / "b", tmp_path / "a.txt")
    assert (first.name, first.label, first.read()) == ("b", str(tmp_path / "b"), b"1")
    assert first.modified == date(2026, 9, 9)
    assert (second.name, second.read()) == ("a.txt", b"2")


def test_folders_give_their_files_sorted_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".git/config", ".hidden", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    names = [source.read().decode() for source in found(tmp_path)]
    assert names == ["a/b/c.txt", "a/z.txt", "b.txt", "c.txt"]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_bytes(b"x")
    assert [source.read() for source in found(tmp_path / ".hidden")] == [b"x"]


def test_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\r\n")))
    (source,) = found("-")
    assert (source.name, source.label, source.read()) == ("stdin", "stdin", b"\xff\r\n")
    assert abs((source.modified - datetime.now(UTC).date()).days) <= 1


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "no standard input" in reason(found("-")[0])


def test_what_cannot_be_read_says_so_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty" / ".hidden").mkdir(parents=True)
    (tmp_path / "good").write_bytes(b"x")
    missing, empty, void, nul, good = found(
        tmp_path / "missing\x1b[31m", tmp_path / "empty", "", "a\0b", tmp_path / "good"
    )
    assert "No such file" in reason(missing)
    assert missing.label == str(tmp_path / "missing")
    assert reason(empty) == "no file in this folder"
    assert "an empty path" in reason(void)
    assert "not a path" in reason(nul)
    assert good.read() == b"x"


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_loops_of_links_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page").write_bytes(b"x")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    page, dangling = found(tmp_path)
    assert (page.label, page.read()) == (str(tmp_path / "a" / "page"), b"x")
    assert "No such file" in reason(dangling)
    assert len(found(tmp_path / "self")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes with names")
def test_pipes_are_passed_over_below_a_folder_but_read_when_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "page").write_bytes(b"x")
    assert [source.name for source in found(tmp_path)] == ["page"]
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(b"from a pipe",), daemon=True)
    writer.start()
    assert [source.read() for source in found(tmp_path / "pipe")] == [b"from a pipe"]
    writer.join(10)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs permissions that count")
def test_unreadable_files_and_folders_say_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "file").chmod(0)
    (tmp_path / "folder").mkdir(mode=0)
    assert ["Permission denied" in reason(source) for source in found(tmp_path)] == [True, True]
    (tmp_path / "folder").chmod(0o700)


def test_deep_folders(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(400):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "page").write_bytes(b"x")
    assert [source.read() for source in found(tmp_path)] == [b"x"]


def test_what_has_no_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST", 2**20)
    (tmp_path / "large").write_bytes(bytes(2**20 + 1))
    (tmp_path / "largest").write_bytes(bytes(2**20))
    large, largest = found(tmp_path)
    assert reason(large) == "larger than 1 MB"
    assert len(largest.read()) == 2**20


def test_gathering_is_lazy(tmp_path: Path) -> None:
    def paths() -> Iterator[str]:
        yield str(tmp_path / "missing")
        pytest.fail("the second path was asked for")

    assert next(gather(paths())).problem is not None
