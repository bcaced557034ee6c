"""From paths to sources."""

from __future__ import annotations

import io
import os
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from paperreader.dumps import NotADump
from paperreader.dumps.gather import Source, gather


def found(*paths: Path | str) -> list[Source]:
    return list(gather(map(str, paths)))


def read(source: Source) -> bytes:
    with source.open() as file:
        return file.read()


def reason(source: Source) -> str:
    with pytest.raises(NotADump) as refusal:
        read(source)
    return str(refusal.value)


def test_files_come_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"1")
    (tmp_path / "a.txt").write_bytes(b"2")
    os.utime(tmp_path / "b", (0, datetime(2026, 9, 9, 12, tzinfo=UTC).timestamp()))
    first, second = found(tmp_path / "b", tmp_path / "a.txt")
    assert (first.name, first.label, read(first)) == ("b", str(tmp_path / "b"), b"1")
    assert first.modified == date(2026, 9, 9)
    assert (second.name, read(second)) == ("a.txt", b"2")


def test_folders_give_their_files_sorted_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".git/config", ".hidden", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    names = [read(source).decode() for source in found(tmp_path)]
    assert names == ["a/b/c.txt", "a/z.txt", "b.txt", "c.txt"]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_bytes(b"x")
    assert [read(source) for source in found(tmp_path / ".hidden")] == [b"x"]


def test_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\r\n")))
    (source,) = found("-")
    assert (source.name, source.label, read(source)) == ("stdin", "stdin", b"\xff\r\n")
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
    assert read(good) == b"x"


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_loops_of_links_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page").write_bytes(b"x")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    page, dangling = found(tmp_path)
    assert (page.label, read(page)) == (str(tmp_path / "a" / "page"), b"x")
    assert "No such file" in reason(dangling)
    assert len(found(tmp_path / "self")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes with names")
def test_pipes_are_passed_over_below_a_folder_but_read_when_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "page").write_bytes(b"x")
    assert [source.name for source in found(tmp_path)] == ["page"]
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(b"from a pipe",), daemon=True)
    writer.start()
    assert [read(source) for source in found(tmp_path / "pipe")] == [b"from a pipe"]
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
    assert [read(source) for source in found(tmp_path)] == [b"x"]


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return path


def parts(path: Path) -> list[Source]:
    (source,) = found(path)
    return list(source.parts())


def test_a_zip_archive_of_several_files_is_read_like_a_folder(tmp_path: Path) -> None:
    files = {"a/2026-01-05.txt": b"1", "b.json": b"2", "a/.hidden": b"3", "__MACOSX/a/b": b"4"}
    whole = zipped(tmp_path / "x.zip", files)
    one, other = parts(whole)
    assert (one.name, one.label, read(one)) == ("2026-01-05.txt", f"{whole}/a/2026-01-05.txt", b"1")
    assert (one.modified, other.name, read(other)) == (date(2026, 1, 5), "b.json", b"2")


def test_a_zip_archive_of_one_file_and_any_other_file_is_itself(tmp_path: Path) -> None:
    single = zipped(tmp_path / "x.zip", {"a": b"1", "b/": b""})
    plain, damaged = tmp_path / "plain", tmp_path / "damaged.zip"
    plain.write_bytes(b"PK")
    damaged.write_bytes(zipped(tmp_path / "y.zip", {"a": b"1", "b": b"2"}).read_bytes()[:60])
    for path in (single, plain, damaged):
        assert parts(path) == found(path)
    assert "No such file" in reason(parts(tmp_path / "missing")[0])


def test_a_bomb_among_the_files_of_an_archive_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperreader.dumps.unpack._FREE", 2**20)
    bomb, good = parts(zipped(tmp_path / "x.zip", {"bomb": bytes(2**21), "good": b"2"}))
    assert reason(bomb) == "unpacks to 2 MB, too much for its size"
    assert read(good) == b"2"


def test_gathering_is_lazy(tmp_path: Path) -> None:
    def paths() -> Iterator[str]:
        yield str(tmp_path / "missing")
        pytest.fail("the second path was asked for")

    assert next(gather(paths())).problem is not None
