"""Fifty papers before coffee, in a real terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.terminal import Terminal, paperreader
from tests.test_journey import leave

DUMP = Path(__file__).parent.parent / "seeds" / "000_bb5cc08f9438daba.txt"


@pytest.mark.parametrize("size", [(120, 40), (40, 12)], ids=["large", "small"])
def test_from_the_first_paper_to_the_list_and_the_next_day(seeded: Path, size: tuple[int, int]) -> None:
    library = ("--library", str(seeded))
    with Terminal(paperreader(*library, "--triage"), columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for("1 of 181")
        assert b"type to find" not in terminal.output, "the list was shown before it"
        terminal.send("xls")
        terminal.wait_for("4 of 181")
        terminal.send("u")
        terminal.wait_for("3 of 181")
        terminal.send("njust a thought\x13")
        terminal.wait_for("Note saved")
        terminal.send("\x1b")
        terminal.wait_for("181 papers: 1 for later, 1 skipped")
        terminal.send("H")
        terminal.wait_for("is hidden")
        leave(terminal)
        assert b"This visit: 1 for later, 1 skipped, 1 note." in terminal.output
    papers = json.loads((seeded / "annotations.json").read_text(encoding="utf-8"))["papers"]
    assert len(papers) == 3
    with Terminal(paperreader(*library), columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for("judged hidden: 2")
        terminal.send("T\x1b[F")
        terminal.wait_for("179 of 179")
        terminal.send("x")
        terminal.wait_for("179 papers: 1 skipped, 178 left")
        terminal.send("7")
        terminal.wait_for("1 of 181")
        leave(terminal)
        assert b"This visit: 1 skipped." in terminal.output


def test_dumps_are_imported_and_gone_through(home: Path) -> None:
    with Terminal(paperreader("--triage", str(DUMP))) as terminal:
        terminal.wait_for("1 of 41")
        terminal.wait_for("1 new dump: 41 papers new")
        terminal.send("\r" * 40)
        terminal.wait_for("41 of 41")
        terminal.send("\r")
        terminal.wait_for("41 papers: 41 left")
        leave(terminal)
        assert b"This visit" not in terminal.output
