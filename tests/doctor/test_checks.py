"""Each check: a library with just that defect gives just that finding, and looking writes nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from paperreader import index as indexes
from paperreader import places
from paperreader.annotations import Annotations
from paperreader.doctor import examine, folders, leftovers
from paperreader.doctor.dumps import alike
from paperreader.dumps.folder import DumpFolder
from paperreader.index import Index
from paperreader.library import Library

from .making import DAMAGED, PAGE, add, content, kinds, only

PART = ".0123456789abcdef.part"
TEMPORARY = ".annotations.json.0123456789ab.tmp"


def test_in_a_healthy_library_nothing_is_found(healthy: Path) -> None:
    assert list(examine(healthy)) == []


def test_in_an_empty_library_nothing_is_found(tmp_path: Path) -> None:
    assert list(examine(tmp_path)) == []


@pytest.mark.parametrize("fix", [False, True])
def test_a_library_that_is_not_there_is_not_made(tmp_path: Path, fix: bool) -> None:
    assert list(examine(tmp_path / "nowhere", fix=fix)) == []
    assert not (tmp_path / "nowhere").exists()


# -- dumps


def test_a_dump_that_cannot_be_read(healthy: Path) -> None:
    name = min(DumpFolder(healthy / "dumps").names())
    (healthy / "dumps" / name).write_bytes(b"\0\1\2")
    finding, outlived = examine(healthy)
    assert finding[:3] == ("dump", "problem", f"dumps/{name}")
    assert finding.what.startswith("cannot be read: ")
    assert outlived.kind == "index" and not finding.fixable and not outlived.fixable


def test_what_is_left_out_of_a_dump(healthy: Path) -> None:
    add(healthy, "2026-09-11.txt", [*PAGE[:2], ("A Title That Lost Its Abstract on the Way", ""), PAGE[3]])
    finding = only(healthy)
    assert finding[:2] == ("left-out", "remark")
    assert finding.where.startswith("dumps/2026-09-11~")
    assert '"A Title That Lost Its Abstract on the Way"' in finding.what


OTHER = "Merchants of medieval Venice kept ledgers whose margins mention shipwrecks, plagues and weddings."


def test_one_title_with_two_abstracts(healthy: Path) -> None:
    add(healthy, "2026-09-11.txt", [(PAGE[0][0].upper(), OTHER)])
    finding = only(healthy)
    assert finding[:2] == ("abstracts", "remark")
    assert finding.where.casefold() == PAGE[0][0].casefold()
    assert "dumps/2026-09-11~" in finding.what or "dumps/2026-09-09~" in finding.what


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (OTHER, OTHER, True),
        (OTHER, OTHER[:60], True),
        (OTHER, OTHER.replace("medieval", r"\textit{medieval}").upper(), True),
        (OTHER, f"Nothing is the same. {OTHER}", True),
        (OTHER, "", True),
        (OTHER, "Too short.", True),
        (OTHER, "Neural networks learn representations of protein structures from evolutionary data.", False),
    ],
)
def test_what_can_be_one_abstract(one: str, other: str, same: bool) -> None:
    assert alike(one, other) == alike(other, one) == same


# -- papers


def test_a_title_without_an_abstract(healthy: Path) -> None:
    index = Index.open(healthy / "index")
    papers = [index.paper(n) for n in index.order("title")]
    papers[0] = papers[0]._replace(abstract="")
    indexes.build(healthy / "index", papers, index.dumps, lambda _: None)
    finding = only(healthy)
    assert finding[:3] == ("no-abstract", "remark", papers[0].title)
    assert all(sighting.name in finding.what for sighting in papers[0].sightings)


def test_latex_of_which_nobody_knows_the_meaning(healthy: Path) -> None:
    add(
        healthy,
        "2026-09-11.txt",
        [("Our Method and Others", r"We call it \OurMethod, as $\alpha^{2}$ does.")],
    )
    assert only(healthy)[:4] == ("latex", "remark", "Our Method and Others", r"has \OurMethod")


# -- the index


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def swap_a_byte(path: Path) -> None:
    """What only reading all of it can tell: neither size nor time of the file are others."""
    status = path.stat()
    with path.open("r+b") as file:
        file.seek(status.st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def older(path: Path) -> None:
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"schema": 1}))


INDEXES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda library: shutil.rmtree(library / "index"), "is missing"),
    "no manifest": (lambda library: (library / "index/manifest.json").unlink(), "is incomplete"),
    "cut": (lambda library: cut(library / "index/manifest.json"), "is damaged"),
    "one bit": (lambda library: swap_a_byte(next(library.glob("index/*.postings"))), "is damaged"),
    "older": (lambda library: older(library / "index/manifest.json"), "is made by an older version"),
    "foreign": (lambda library: (places.state_folder() / "index.key").unlink(), "is from another machine"),
    "gone": (lambda library: min((library / "dumps").iterdir()).unlink(), "there are 1 fewer now"),
    "come": (
        lambda library: shutil.copy(min((library / "dumps").iterdir()), library / "dumps/2026-09-12.txt"),
        "there are 1 more now",
    ),
}


@pytest.mark.parametrize("defect", INDEXES)
def test_an_index_that_cannot_be_used(healthy: Path, defect: str) -> None:
    (healthy / "annotations.json").unlink()
    shutil.rmtree(healthy / "backups")
    INDEXES[defect][0](healthy)
    finding = only(healthy)
    assert finding[:3] == ("index", "problem", "index")
    assert INDEXES[defect][1] in finding.what
    assert finding.fixable


# -- annotations


@pytest.mark.parametrize("data", [DAMAGED, b"", b"<<<<<<< HEAD\n", b"\xff"])
def test_damaged_annotations_and_their_backup(healthy: Path, data: bytes) -> None:
    (healthy / "annotations.json").write_bytes(data)
    finding = only(healthy)
    assert finding[:3] == ("annotations", "problem", "annotations.json")
    assert finding.what.startswith("is damaged: it ")
    assert "backups/annotations.latest.json" in finding.what
    assert "with 1 paper" in finding.what
    assert finding.fixable


def test_damaged_annotations_without_a_backup_are_left_to_the_reader(healthy: Path) -> None:
    (healthy / "annotations.json").write_bytes(DAMAGED)
    shutil.rmtree(healthy / "backups")
    assert only(healthy)[:2] == ("annotations", "problem")
    before = content(healthy)
    assert not only(healthy, fix=True).fixable
    assert content(healthy) == before


def test_annotations_that_are_gone(healthy: Path) -> None:
    (healthy / "annotations.json").unlink()
    finding = only(healthy)
    assert (finding.kind, finding.fixable) == ("annotations", True)
    assert finding.what.startswith("is gone; the newest good backup is backups/")


def test_a_backup_that_cannot_be_read(healthy: Path) -> None:
    (healthy / "backups/annotations.2026-09-01.json").write_bytes(DAMAGED)
    assert only(healthy)[:3] == ("backup", "remark", "backups/annotations.2026-09-01.json")


@pytest.mark.parametrize("name", ["annotations.json", "history.jsonl"])
def test_what_was_moved_aside(healthy: Path, name: str) -> None:
    (healthy / name).write_bytes(DAMAGED)
    annotations = Annotations(healthy / "annotations.json")
    annotations.change("0123456789abcdef", "A Paper That Is Gone", "later", True)
    annotations.undo()
    finding = only(healthy)
    assert finding[:2] == ("aside", "remark")
    assert (healthy / finding.where).read_bytes() == DAMAGED


def test_annotations_without_a_paper(healthy: Path) -> None:
    annotations = Annotations(healthy / "annotations.json")
    annotations.change("0123456789abcdef", "A Paper That Is Gone", "starred", True)
    annotations.change("0123456789abcdef", "A Paper That Is Gone", "note", "where is it?")
    annotations.change("0123456789abcdef", "A Paper That Is Gone", "later", True)
    finding = only(healthy)
    assert finding[:3] == ("orphan", "remark", "A Paper That Is Gone")
    assert finding.what == "is starred and noted and kept for later, but in no dump"


def test_without_dumps_every_annotated_paper_is_an_orphan(healthy: Path) -> None:
    shutil.rmtree(healthy / "dumps")
    assert only(healthy).kind == "orphan"


# -- leftovers


@pytest.mark.parametrize(
    "name",
    [
        *(TEMPORARY, ".history.jsonl.0123456789ab.tmp", f"dumps/{PART}"),
        *(f"backups/.annotations.{name}.json.0123456789ab.tmp" for name in ("2026-09-01", "latest")),
    ],
)
def test_a_temporary_file(healthy: Path, name: str) -> None:
    (healthy / name).write_bytes(b"half of it")
    finding = only(healthy)
    assert finding[:3] == ("leftover", "remark", name)
    assert finding.fixable


def test_a_temporary_file_beside_the_state(healthy: Path) -> None:
    path = places.state_folder() / ".visits.json.0123456789ab.tmp"
    path.write_bytes(b"half of it")
    assert only(healthy).where == str(path)


def test_files_that_are_no_part_of_the_index(healthy: Path) -> None:
    (healthy / "index/MAIN_0123456789abcdef.postings").write_bytes(b"half of it")
    (healthy / "index/generation-0123456789abcdef").mkdir()
    finding = only(healthy)
    assert finding[:4] == (
        "leftover",
        "remark",
        "index",
        "has 2 files that are no part of the index any more",
    )


@pytest.mark.parametrize("name", [".annotations.json.tmp", ".mine.tmp", "notes.txt", "index/notes.txt"])
def test_what_is_not_ours_is_none_of_our_business(healthy: Path, name: str) -> None:
    (healthy / name).write_bytes(b"mine")
    assert list(examine(healthy, fix=True)) == []
    assert (healthy / name).read_bytes() == b"mine"


def test_a_temporary_file_may_be_in_use(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "AGE", 3600.0)
    for name in (TEMPORARY, f"dumps/{PART}", "index/MAIN_0123456789abcdef.postings"):
        (healthy / name).write_bytes(b"half of it")
        os.utime(healthy / name, (0, 0))  # as a copy has it, before it is whole
    assert list(examine(healthy)) == []


# -- places


@pytest.mark.parametrize("name", [".", "dumps", "index", "backups", "annotations.json", "history.jsonl"])
def test_a_place_that_cannot_be_written_to(healthy: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(folders.os, "access", lambda path, mode: path != healthy / name)
    finding = only(healthy)
    assert finding[:3] == ("folder", "problem", str(healthy) if name == "." else name)
    assert finding.what.startswith("cannot be written to: ")


def test_a_state_that_cannot_be_written_to(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders.os, "access", lambda path, mode: path != places.state_folder())
    assert only(healthy)[:3] == ("folder", "problem", str(places.state_folder()))


@pytest.mark.parametrize("name", ["dumps", "index", "backups"])
def test_a_file_where_a_folder_should_be(healthy: Path, name: str) -> None:
    shutil.rmtree(healthy / name)
    (healthy / name).write_bytes(b"in the way")
    found = {(f.kind, f.where): f.what for f in examine(healthy)}
    assert found["folder", name].startswith("is no folder")
    assert found.keys() - {("folder", name)} <= {("index", "index"), ("orphan", PAGE[0][0])} | {
        ("orphan", title) for title, _ in PAGE
    }


@pytest.mark.parametrize("name", ["annotations.json", "history.jsonl"])
def test_a_folder_where_a_file_should_be(healthy: Path, name: str) -> None:
    (healthy / name).unlink()
    (healthy / name).mkdir()
    assert only(healthy)[:3] == ("folder", "problem", name)


def test_a_folder_that_cannot_be_listed_is_named_once(healthy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> list[Path]:
        if path == healthy / "dumps":
            raise PermissionError(13, "Permission denied", str(path))
        return [path / name for name in os.listdir(path)]  # noqa: PTH208 - it is what is replaced

    monkeypatch.setattr(Path, "iterdir", refuse)
    finding = only(healthy)
    assert finding[:4] == ("folder", "problem", "dumps", "cannot be looked at: Permission denied")


# -- all of them


def spoil(library: Path) -> None:
    """Every defect that can be mended, and some that cannot."""
    (library / "annotations.json").write_bytes(DAMAGED)
    cut(library / "index/manifest.json")
    for name in (TEMPORARY, f"dumps/{PART}", "dumps/hello.txt"):
        (library / name).write_bytes(b"hello")


def test_looking_writes_nothing(healthy: Path, home: Path) -> None:
    spoil(healthy)
    before = content(healthy), content(home)
    assert kinds(healthy) == ["annotations", "index", "leftover", "leftover", "dump"]
    assert (content(healthy), content(home)) == before


def test_the_dumps_are_those_that_the_library_sees(healthy: Path) -> None:
    (healthy / "dumps/folder").mkdir()
    (healthy / "dumps/.hidden").write_bytes(b"")
    assert list(examine(healthy)) == []
    library = Library(healthy)
    assert library.open() == ""
