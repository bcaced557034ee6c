"""A stored dump that is not as it came is noticed, and a good copy takes its place."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from paperreader import doctor
from paperreader.cli import main
from paperreader.library import Library
from tests.commands import Capture, counts

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture
def filled(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with the sample dumps, used when none is named."""
    monkeypatch.setenv("PAPERREADER_LIBRARY", str(seeded))
    return seeded


def dump(library: Path, number: int = 1) -> Path:
    (found,) = (library / "dumps").glob(f"*{number:03}_*")
    return found


def cut(path: Path, size: int = 40_000) -> bytes:
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    return whole


def findings(library: Path) -> list[doctor.Finding]:
    return [each for each in doctor.examine(library) if each.severity == "problem"]


@pytest.mark.parametrize("size", [40_000, 3_000, 0])
def test_a_dump_that_was_cut_short_is_mended_by_importing_it(
    filled: Path, capsys: Capture, size: int
) -> None:
    bad = dump(filled)
    whole = cut(bad, size)
    kinds = {each.kind: each for each in findings(filled)}
    assert kinds.keys() == {"changed" if size else "dump", "index"}
    assert all("import" in each.advice for each in kinds.values())
    assert "from before the damage" in kinds["index"].what and not kinds["index"].fixable

    shutil.rmtree(filled / "index")
    assert main(["search", "attention", "--limit", "1"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"paperreader: {bad}: ") and "made again" in lines[1] and len(lines) == 2
    assert ("import a good copy" if size else "left out") in lines[0]
    papers = counts(capsys)[1]
    assert isinstance(papers, int) and papers < 181
    assert [each.kind for each in findings(filled)] == ["changed" if size else "dump"]

    assert main(["import", str(SEEDS)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("0 new dumps (4 already here, 1 mended): ")
    assert f"takes the place of {bad}, which was cut short\n" in err
    assert bad.read_bytes() == whole
    assert counts(capsys) == (5, 181, 249)
    assert findings(filled) == []
    assert main(["import", str(SEEDS)]) == 0
    assert capsys.readouterr().out.startswith("0 new dumps (5 already here)")


def test_what_somebody_wrote_into_a_dump_is_kept_aside(filled: Path, capsys: Capture) -> None:
    bad = dump(filled)
    whole = bad.read_bytes()
    written = whole.replace(b"attention", b"diligence")
    bad.write_bytes(written)
    assert main(["import", str(SEEDS)]) == 0
    (aside,) = filled.glob("*.damaged-*")
    assert f"which was changed, which is now {aside}" in capsys.readouterr().err
    assert (bad.read_bytes(), aside.read_bytes()) == (whole, written)
    assert counts(capsys) == (5, 181, 249)
    assert [each.where for each in doctor.examine(filled) if each.kind == "aside"] == [aside.name]


def test_the_same_dump_in_other_bytes_is_no_damage(filled: Path, tmp_path: Path, capsys: Capture) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(dump(filled).read_bytes().rstrip() + b"\n\n\n")
    (tmp_path / "copy.gz").write_bytes(gzip.compress(copy.read_bytes()))
    assert main(["import", str(copy), str(tmp_path / "copy.gz")]) == 0
    assert capsys.readouterr() == ("0 new dumps (2 already here): 0 papers new, 0 seen again\n", "")
    assert list(filled.glob("*.damaged-*")) == []


def test_a_good_copy_may_bring_a_year(filled: Path, tmp_path: Path, capsys: Capture) -> None:
    bad = dump(filled)
    (tmp_path / "good.txt").write_bytes(cut(bad))
    assert main(["import", str(tmp_path / "good.txt"), "--year", "2023"]) == 0
    assert "1 mended" in capsys.readouterr().out
    assert not bad.exists() and counts(capsys) == (5, 181, 249)
    assert findings(filled) == []


def test_an_interruption_after_the_mending_costs_nothing(filled: Path) -> None:
    cut(dump(filled))
    shutil.rmtree(filled / "index")
    library = Library(filled)
    library.open()
    library.rebuild()
    assert len(library) < 181

    def interrupt(what: str, _: int) -> None:
        if what == "papers indexed":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.take_in([str(SEEDS)], progress=interrupt)
    again = Library(filled)
    assert again.open()
    again.rebuild()
    assert len(again) == 181


def test_a_good_copy_that_was_put_there_by_hand_is_indexed_by_the_doctor(filled: Path) -> None:
    bad = dump(filled)
    whole = cut(bad)
    shutil.rmtree(filled / "index")
    library = Library(filled)
    library.open()
    library.rebuild()
    bad.write_bytes(whole)
    (finding,) = findings(filled)
    assert (finding.kind, finding.fixable) == ("index", True)
    (mended,) = (each for each in doctor.examine(filled, fix=True) if each.severity == "problem")
    assert mended.done
    assert findings(filled) == []
