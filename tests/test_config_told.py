"""Every command tells, once, of a config file that cannot be used, and does its work all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperreader import places
from paperreader.cli import main
from tests.commands import Capture


@pytest.fixture
def filled(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with the sample dumps, used when none is named."""
    monkeypatch.setenv("PAPERREADER_LIBRARY", str(seeded))
    places.config_file().parent.mkdir(parents=True, exist_ok=True)
    return seeded


@pytest.mark.parametrize(
    ("text", "says"), [("bogus = 1\n", "unknown setting 'bogus'"), ("theme = [broken", "at line 1, column")]
)
def test_a_bad_config_file_is_told_of(filled: Path, capsys: Capture, text: str, says: str) -> None:
    places.config_file().write_text(text)
    for command in (["info"], ["search", "hebbian"], ["import", str(next((filled / "dumps").iterdir()))]):
        assert main(command) == 0
        out, err = capsys.readouterr()
        (line,) = err.splitlines()
        assert out and line.startswith(f"paperreader: {places.config_file()}: ") and says in line
    assert main(["doctor"]) == 1
    out, err = capsys.readouterr()
    assert "problem: settings (1)" in out and says in out and err == ""


def test_the_doctor_knows_the_keys(filled: Path, capsys: Capture) -> None:
    places.config_file().write_text('[keys]\nstarr = "b"\n')
    assert main(["doctor"]) == 1
    assert "did you mean 'star'?" in capsys.readouterr().out


def test_a_saved_search_is_found_beside_a_bad_word(filled: Path, capsys: Capture) -> None:
    places.config_file().write_text('bogus = 1\n[searches]\nplastic = "hebbian"\n')
    assert main(["search", "--saved", "plastic"]) == 0
    out, err = capsys.readouterr()
    assert out and "bogus" in err
