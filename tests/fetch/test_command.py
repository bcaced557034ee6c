"""`paperreader fetch`: into a real library, from a site on the loopback address."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from paperreader.cli import main
from paperreader.fetch import patience, run
from tests.commands import Capture, counts, found
from tests.fetch.conftest import TODAY
from tests.fetch.site import Server, body, listing, reset, row, rows, status

YESTERDAY = TODAY - timedelta(1)

pytestmark = pytest.mark.usefixtures("lists_are_dumps")


@pytest.fixture(autouse=True)
def at_the_site(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is that of the tests, and nobody waits."""
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    monkeypatch.setattr(run, "_BETWEEN", 0)
    monkeypatch.setattr(patience, "_FIRST", 0)


def test_what_came_since_the_last_fetch(empty: Path, server: Server, capsys: Capture) -> None:
    todays = [*rows(TODAY), row(1, YESTERDAY, listed=TODAY)]
    server.on(TODAY, listing(todays))
    server.on(YESTERDAY, listing(rows(YESTERDAY)))
    assert main(["fetch"]) == 0
    assert capsys.readouterr() == ("2 new days (5 empty): 6 papers new, 1 seen again\n", "")
    assert len(server.asked) == 7
    assert counts(capsys) == (2, 6, 7)
    stored = {path.name.partition("~")[0]: path.read_bytes() for path in (empty / "dumps").iterdir()}
    assert stored == {
        f"daily-papers-{YESTERDAY}": json.dumps(rows(YESTERDAY)).encode(),
        f"daily-papers-{TODAY}": json.dumps(todays).encode(),
    }
    (paper,) = found(capsys, f'title:"Paper 1 of {YESTERDAY}"')
    assert paper["dates"] == [str(YESTERDAY), str(TODAY)]

    assert main(["fetch"]) == 0
    assert capsys.readouterr().out == "0 new days (2 already here): 0 papers new, 0 seen again\n"
    assert len(server.asked) == 9


def test_a_day_a_month_and_since_a_day(empty: Path, server: Server, capsys: Capture) -> None:
    assert main(["fetch", "2026-08-03"]) == 0
    assert server.asked == ["2026-08-03"]
    assert main(["fetch", "--since", "2026-08-17"]) == 0
    assert server.asked[1:] == [f"2026-08-{n}" for n in (21, 20, 19, 18, 17)]
    del server.asked[:]
    assert main(["fetch", "--month", "2026-08"]) == 0
    assert len(server.asked) == 21 - len(("03", "17", "18", "19"))
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize(
    "given", [["tomorrow"], ["2026-08-22"], ["--month", "08"], ["2026-08-01", "--since", "2026-08-02"]]
)
def test_what_is_no_day_is_refused(empty: Path, server: Server, capsys: Capture, given: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["fetch", *given])
    assert ended.value.code == 2
    assert "paperreader fetch: error: argument" in capsys.readouterr().err
    assert not server.asked


def test_options_may_come_first(empty: Path, server: Server, tmp_path: Path) -> None:
    assert main(["--library", str(tmp_path / "other"), "--since", "2026-08-20", "fetch"]) == 0
    assert server.asked == ["2026-08-21", "2026-08-20"]


def test_no_network_is_one_line_and_the_library_opens_as_before(
    seeded: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("PAPERREADER_LIBRARY", str(seeded))
    monkeypatch.setenv("HF_ENDPOINT", "http://no-such-host.invalid")
    assert main(["fetch"]) == 1
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert line.startswith("paperreader: no-such-host.invalid cannot be reached (")
    assert not said.out
    assert counts(capsys) == (5, 181, 249)


def test_an_address_that_is_none_is_one_line(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "huggingface")
    assert main(["fetch"]) == 1
    assert capsys.readouterr() == ("", "paperreader: HF_ENDPOINT is no address of a site: 'huggingface'\n")


def test_what_came_before_a_failure_stays(empty: Path, server: Server, capsys: Capture) -> None:
    server.on(TODAY, listing(rows(TODAY)))
    server.on(YESTERDAY, status(404))
    server.on(YESTERDAY - timedelta(1), body(b'[{"paper": 3}]'))
    server.on(YESTERDAY - timedelta(2), reset)
    assert main(["fetch"]) == 1
    said = capsys.readouterr()
    first, second, third = said.err.splitlines()
    assert f"{YESTERDAY}: 127.0.0.1" in first and "answers 404" in first
    assert f"{YESTERDAY - timedelta(1)}: 127.0.0.1" in second and "sent what cannot be read: " in second
    assert "broke the connection" in third
    assert said.out.startswith("1 new day (6 not fetched): 3 papers new")
    assert counts(capsys)[:2] == (1, 3)


def test_a_library_that_cannot_be_written_is_named(tmp_path: Path, server: Server, capsys: Capture) -> None:
    server.on(TODAY, listing(rows(TODAY)))
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "dumps").write_text("not a folder")
    assert main(["fetch", "--library", str(tmp_path / "library")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(tmp_path / "library") in line


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_on_a_terminal_and_an_interruption_at_any_moment(
    empty: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.fetch.site import silent
    from tests.terminal import Terminal, paperreader

    # this one is a process of its own, with the real day
    today = date.today() - timedelta(3)
    server.on(today, silent)
    with Terminal(paperreader("fetch", str(today))) as terminal:
        terminal.wait_for(f"0 of 1 day fetched, now {today}  (Ctrl-C interrupts)")
        terminal.send("\x03")
        assert terminal.wait_for_end() == 130
        assert terminal.left_clean
        assert terminal.text.strip() == "paperreader: interrupted: what was finished stays"
