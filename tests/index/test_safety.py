"""What was not built here, or is not whole any more, is never opened; and it can always be built again."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader import places
from paperreader.index import Index, IndexUnusable, build, tidy, update

from .making import ignore, make, search, seeds

PAPERS = seeds()[:10]
QUERY = "model OR data OR learning "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a whole index."""
    make(tmp_path / "index", PAPERS, ["a dump"]).close()
    return tmp_path / "index"


def files(folder: Path) -> list[Path]:
    """Every file of an index."""
    return sorted(path for path in folder.iterdir() if path.name not in ("lock", "MAIN_WRITELOCK"))


def assert_repairable(folder: Path, reason: str) -> None:
    with pytest.raises(IndexUnusable, match=f"^{reason}$"):
        Index.open(folder)
    index = make(folder, PAPERS)
    assert len(index) == len(PAPERS)
    assert len(search(index, QUERY).ordinals) > 0
    assert len(Index.open(folder)) == len(PAPERS)
    index.close()


def spoil(path: Path, how: str) -> None:
    size = path.stat().st_size
    match how:
        case "delete":
            path.unlink()
        case "truncate":
            os.truncate(path, size // 2)
        case "empty":
            os.truncate(path, 0)
        case "append":
            with path.open("ab") as file:
                file.write(b"\0")
        case "rewrite":
            path.write_bytes(bytes(size))


NAMES = ("manifest.json", "papers-1.catalogue", "_MAIN_1.toc", "MAIN_*.documents", "MAIN_*.postings")


def test_every_file_of_an_index_is_tried(folder: Path) -> None:
    assert len(files(folder)) == len(NAMES)
    assert all(len(list(folder.glob(name))) == 1 for name in NAMES)


@pytest.mark.parametrize("how", ["delete", "truncate", "empty", "append", "rewrite"])
@pytest.mark.parametrize("name", NAMES)
def test_no_file_can_be_changed(folder: Path, name: str, how: str) -> None:
    (path,) = folder.glob(name)
    spoil(path, how)
    assert_repairable(folder, f"(damaged|incomplete): {re.escape(path.name)} .*|from another machine")


@pytest.mark.parametrize(
    ("how", "reason"),
    [("delete", "is missing"), ("truncate", "is shorter than it was"), ("append", "is longer than it was")],
)
def test_the_reason_is_told(folder: Path, how: str, reason: str) -> None:
    spoil(folder / "papers-1.catalogue", how)
    assert_repairable(folder, rf"damaged: papers-1\.catalogue {reason}")


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda m: m | {"schema": 0}, "made by an older version"),
        (lambda m: m | {"schema": None}, "made by an older version"),
        (lambda m: m | {"schema": m["schema"] + 1}, "made by a newer version"),
        (lambda m: m | {"program": "another"}, "made by another program"),
        (lambda m: [m], "made by another program"),
        (lambda m: {}, "made by another program"),
        (lambda m: m | {"sightings": 5}, "from another machine"),
        (lambda m: m | {"toc": "../../elsewhere/_MAIN_1.toc"}, "from another machine"),
        (lambda m: m | {"catalogue": "papers-2.catalogue"}, "from another machine"),
        (lambda m: m | {"signature": "é"}, "from another machine"),
        (lambda m: m | {"signature": None}, "from another machine"),
        (lambda m: m | {"files": {}}, "from another machine"),
        (lambda m: m | {"more": 1}, "from another machine"),
    ],
)
def test_the_manifest_cannot_be_edited(folder: Path, edit: Callable[[object], object], reason: str) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(edit(json.loads(manifest.read_text()))))
    assert_repairable(folder, reason)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000, b"1" * 10_000, b"null"])
def test_the_manifest_can_be_anything(folder: Path, data: bytes) -> None:
    (folder / "manifest.json").write_bytes(data)
    assert_repairable(folder, "damaged: manifest.json cannot be read|made by another program")


def test_an_index_that_is_not_there(tmp_path: Path) -> None:
    assert_repairable(tmp_path / "nowhere", "missing")
    (tmp_path / "empty").mkdir()
    assert_repairable(tmp_path / "empty", "missing")
    (tmp_path / "file").write_text("not a folder")
    assert_repairable(tmp_path / "file", "damaged: manifest.json cannot be read")


def test_an_index_of_another_machine(folder: Path) -> None:
    key = places.state_folder() / "index.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    assert_repairable(folder, "from another machine")
    key.write_bytes(b"too short")
    assert_repairable(folder, "from another machine")


def test_an_index_can_be_copied_on_the_same_machine(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    assert len(Index.open(tmp_path / "copy")) == len(PAPERS)


class Bomb:
    """A pickle of this makes a file when it is read."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return os.mkdir, (str(self.target), 0o777)


def bomb(toc: Path, target: Path) -> None:
    """Put a bomb where the pickles are in Whoosh's table of contents, at the same size and time."""
    status = toc.stat()
    data = toc.read_bytes()
    start = data.index(b"\x80\x02")
    explosive = pickle.dumps(Bomb(target), 2)
    assert len(explosive) < len(data) - start
    toc.write_bytes((data[:start] + explosive).ljust(len(data), b"."))
    os.utime(toc, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_pickle_bomb_is_not_set_off(folder: Path, tmp_path: Path) -> None:
    bomb(folder / "_MAIN_1.toc", tmp_path / "exploded")
    assert_repairable(folder, r"damaged: _MAIN_1\.toc was changed")
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("change", [build, update, tidy])
def test_a_newer_table_of_contents_is_nobodys(
    folder: Path, tmp_path: Path, change: Callable[..., object]
) -> None:
    """Whoosh would read the one with the highest number, wherever it is from."""
    shutil.copy2(folder / "_MAIN_1.toc", folder / "_MAIN_99.toc")
    bomb(folder / "_MAIN_99.toc", tmp_path / "exploded")
    assert len(search(Index.open(folder), QUERY).ordinals) > 0
    change(folder, *(() if change is tidy else (PAPERS, ["a dump"], ignore)))
    assert not (folder / "_MAIN_99.toc").exists()
    assert len(Index.open(folder)) == len(PAPERS)
    assert not (tmp_path / "exploded").exists()


def test_another_programs_index(folder: Path, tmp_path: Path) -> None:
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in

    foreign = tmp_path / "foreign"
    foreign.mkdir()
    writer = create_in(foreign, Schema(id=ID(stored=True), body=TEXT)).writer()
    writer.add_document(id="1", body="some model")
    writer.commit()
    bomb(foreign / "_MAIN_1.toc", tmp_path / "exploded")
    shutil.rmtree(folder)
    shutil.copytree(foreign, folder)
    assert_repairable(folder, "made by another program")
    shutil.copytree(foreign, folder, dirs_exist_ok=True)
    assert_repairable(folder, r"damaged: _MAIN_1\.toc is \w+ than it was")
    assert not (tmp_path / "exploded").exists()


def test_where_no_key_can_be_kept_the_index_serves_this_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PAPERREADER_STATE", str(tmp_path / "file" / "state"))
    assert len(make(tmp_path / "index", PAPERS)) == len(PAPERS)
