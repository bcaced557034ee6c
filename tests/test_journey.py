"""What a person does, from the first key to the last, in a real terminal."""

from __future__ import annotations

import base64
import json
import re
import shlex
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.terminal import SEQUENCE, Terminal, paperreader

SEEDS = Path(__file__).parent.parent / "seeds"
FIRST = "Domain-Adversarial Training"
"""How the first paper of the list begins."""
TITLE = "Adding Gradient Noise Improves Learning for Very Deep Networks"
NOTE = "Compare with dropout."

COLOUR = re.compile(r"[34]8;2;(\d+);(\d+);(\d+)")


def pointed_at(terminal: Terminal, title: str, mark: str = ".") -> bool:
    """Whether the cursor of the list is on the paper whose title begins so, with this mark."""
    return bool(re.search(rf"▌{mark} {re.escape(title[:21])}", terminal.text))


def copied(terminal: Terminal) -> list[str]:
    """The texts that were sent to the terminal's clipboard."""
    return [
        base64.b64decode(payload).decode()
        for payload in re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)", terminal.output)
    ]


def filter_by(terminal: Terminal, text: str) -> None:
    """Type into the filter."""
    terminal.send("/")
    terminal.wait_for("⏎ to the list")
    terminal.send(text)


def leave(terminal: Terminal, status: int = 0) -> None:
    """Quit, and find the terminal as it was."""
    terminal.send("q")
    assert terminal.wait_for_end() == status, terminal.text
    assert terminal.left_clean
    assert b"Traceback" not in terminal.output


@pytest.mark.parametrize(
    ("size", "variables"),
    [((120, 40), {}), ((40, 12), {}), ((80, 24), {"NO_COLOR": "1"})],
    ids=["large", "small", "colourless"],
)
def test_a_star_and_a_note_are_there_at_the_next_start(
    seeded: Path, size: tuple[int, int], variables: Mapping[str, str]
) -> None:
    command = paperreader("--library", str(seeded))
    with Terminal(command, columns=size[0], rows=size[1], variables=variables) as terminal:
        terminal.wait_for(FIRST)
        filter_by(terminal, "gradient noise")
        terminal.wait_for(lambda: pointed_at(terminal, TITLE))
        assert re.search(r"\b\d+ of 181\b", terminal.text)
        terminal.send("\r")
        terminal.wait_for("s star")
        terminal.send("s")
        terminal.wait_for(lambda: pointed_at(terminal, TITLE, "★"))
        terminal.send("n")
        terminal.wait_for("Note on")
        terminal.send(f"{NOTE}\rAnd again.\x13")
        terminal.wait_for("Note saved")
        entries = json.loads((seeded / "annotations.json").read_text(encoding="utf-8"))
        assert NOTE in json.dumps(entries), "the screen said so before the disk did"
        terminal.send("y")
        terminal.wait_for(lambda: copied(terminal) == [TITLE])
        leave(terminal)
        assert b"This visit: 1 starred, 1 note." in terminal.output
        shades = [match.groups() for match in COLOUR.finditer(terminal.output.decode())]
        assert shades and all(len(set(shade)) == 1 for shade in shades) == ("NO_COLOR" in variables)

    with Terminal(command, columns=size[0], rows=size[1], variables=variables) as terminal:
        terminal.wait_for("1 starred")
        terminal.send("3")
        terminal.wait_for(lambda: pointed_at(terminal, TITLE, "★"))
        terminal.wait_for("✎")
        terminal.send("zG")
        terminal.wait_for(NOTE)
        leave(terminal)
        assert b"This visit" not in terminal.output


def test_what_is_typed_ahead_goes_where_it_belongs(seeded: Path) -> None:
    with Terminal(paperreader("--library", str(seeded))) as terminal:
        terminal.send("/gradient noise")
        terminal.wait_for(lambda: pointed_at(terminal, TITLE))
        terminal.send(f"x\x7f\rsn{NOTE}\x13G")
        terminal.wait_for("Note saved")
        terminal.wait_for(lambda: not pointed_at(terminal, TITLE))
        assert "/ gradient noise " in terminal.text
        leave(terminal)
    (entry,) = json.loads((seeded / "annotations.json").read_text(encoding="utf-8"))["papers"].values()
    assert (entry["title"], entry["note"], entry["starred"]) == (TITLE, NOTE, True)


def test_one_line_imports_and_opens(home: Path) -> None:
    with Terminal(paperreader(str(SEEDS))) as terminal:
        terminal.wait_for(FIRST)
        terminal.wait_for("5 new dumps: 181 papers new, 68 seen again")
        leave(terminal)


def test_a_piped_dump_leaves_the_keyboard_to_the_reader(home: Path) -> None:
    dump = shlex.quote(str(SEEDS / "000_bb5cc08f9438daba.txt"))
    with Terminal(["sh", "-c", f"cat {dump} | {shlex.join(paperreader('-'))}"]) as terminal:
        terminal.wait_for(FIRST)
        terminal.send("j")
        terminal.wait_for(lambda: not pointed_at(terminal, FIRST))
        leave(terminal)


def test_the_samples_fill_an_empty_library(home: Path) -> None:
    with Terminal(paperreader()) as terminal:
        terminal.wait_for("No papers yet")
        terminal.send("i")
        terminal.wait_for(FIRST)
        terminal.wait_for("181 papers")
        leave(terminal)


def test_the_window_changes_its_size(seeded: Path) -> None:
    with Terminal(paperreader("--library", str(seeded))) as terminal:
        terminal.wait_for("181 papers · 181 new")
        wide = terminal.text
        terminal.resize(40, 12)
        terminal.wait_for(lambda: pointed_at(terminal, FIRST) and len(terminal.text.splitlines()) == 12)
        terminal.send("j")
        terminal.wait_for(lambda: not pointed_at(terminal, FIRST))
        terminal.send("k")
        terminal.resize(120, 40)
        terminal.wait_for(lambda: terminal.text == wide)
        leave(terminal)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_loses_nothing_and_leaves_the_terminal_clean(seeded: Path, number: signal.Signals) -> None:
    with Terminal(paperreader("--library", str(seeded))) as terminal:
        terminal.wait_for(FIRST)
        terminal.send("s")
        terminal.wait_for(lambda: pointed_at(terminal, FIRST, "★"))
        terminal.process.send_signal(number)
        terminal.wait_for_end()
        assert terminal.left_clean
        assert b"Traceback" not in terminal.output
    assert FIRST in (seeded / "annotations.json").read_text(encoding="utf-8")


def test_control_c_says_how_to_leave(seeded: Path) -> None:
    with Terminal(paperreader("--library", str(seeded))) as terminal:
        terminal.wait_for(FIRST)
        terminal.send("\x03")
        terminal.wait_for("quit")
        terminal.send("j")
        terminal.wait_for(lambda: not pointed_at(terminal, FIRST))
        leave(terminal)


# -- hostile text

PAYLOAD = base64.b64encode(b"rm -rf /").decode()
ATTACKS = (
    f"\x1b]52;c;{PAYLOAD}\x07",
    f"\x9d52;c;{PAYLOAD}\x9c",
    "\x1b[2J\x1b[31m",
    "\x9b31m",
    "\x1bP+q544e\x1b\\",
    "\x1bc",
    "\x07\x08\x00\x7f",
    "\u202egnp.exe\u2066\u200f",
    "[bold]b[/bold][/]",
    "[@click=app.quit]click[/]",
    "[link=file:///etc/passwd]l[/link]",
    "\\[bold]$primary",
)

ALLOWED = re.compile(
    rb"\x1b\[[\d;]*m"  # colours
    rb"|\x1b\[\d+;\d+H"  # moves
    rb"|\x1b\[K"  # the line that says how far an import is, before the screen
    rb"|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # modes of a full screen
    rb"|\x1b\[\?(?:2026|2048)\$p|\x1b\[>\d+u|\x1b\[<u"  # what the terminal can do; its keyboard
    rb"|\x1b\]22;\w+\x07"  # the shape of the pointer
    rb"|\x1b\]8;[^;\x07\x1b]*;(?:https?://[\x21-\x7e]*)?\x1b\\"  # links
)
"""Every control sequence that the reader has a use for, but for the clipboard's."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def hostile_page() -> str:
    """A page in which every attack is in a title and in an abstract."""
    head = "new\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nSep 9\n\n"
    papers = [
        f"Attack {number} {attack} begins\n\nIts abstract {attack} goes on for long enough to be one, word "
        f"after word, {attack} and then it ends with a full stop, as abstracts do.\n"
        for number, attack in enumerate(ATTACKS)
    ]
    return head + "\n".join(papers)


def assert_nothing_but_text(output: bytes) -> None:
    """Text is all there is besides the sequences that the reader has a use for."""
    sequences = [s for s in SEQUENCE.findall(output) if not s.startswith(b"\x1b]52;c;")]
    assert [s for s in sequences if not ALLOWED.fullmatch(s)] == []
    assert FORBIDDEN.findall(SEQUENCE.sub(b"", output).decode()) == []


def test_hostile_dumps_bring_nothing_but_text(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "from outside"
    folder.mkdir()
    name = f"2026-09-09 \x1b]52;c;{PAYLOAD}\x07\x1b[2J[bold]\u202e.txt"
    (folder / name).write_text(hostile_page(), encoding="utf-8")
    (folder / f"no dump {name}").write_bytes(b"\x00\x01")
    with Terminal(paperreader(str(folder))) as terminal:
        terminal.wait_for(lambda: pointed_at(terminal, "Attack 0"))
        for number in range(1, len(ATTACKS)):
            terminal.send("j")
            terminal.wait_for(lambda number=number: pointed_at(terminal, f"Attack {number} "))  # type: ignore[misc]
        filter_by(terminal, f"\x1b[200~{''.join(ATTACKS[:8])}\x1b[201~")
        terminal.wait_for("0 of 12")
        terminal.send("\x1b")
        terminal.wait_for(lambda: pointed_at(terminal, "Attack 0"))
        terminal.send("\r")
        terminal.wait_for("s star")
        terminal.send("?")
        terminal.wait_for("Esc closes")
        terminal.send("\x1b")
        terminal.wait_for(lambda: "Esc closes" not in terminal.text)

        filter_by(terminal, "attack 9\r")
        terminal.wait_for(lambda: pointed_at(terminal, "Attack 9") and "s star" in terminal.text)
        terminal.wait_for(lambda: terminal.text.count("[@click=app.quit]click[/]") >= 3)
        row, column = next(
            (row, line.index("click[/]"))
            for row, line in enumerate(terminal.text.splitlines(), 1)
            if "click[/]" in line
        )
        terminal.send(f"\x1b[<0;{column + 2};{row}M\x1b[<0;{column + 2};{row}m")
        terminal.send("y")
        terminal.wait_for(lambda: copied(terminal) == ["Attack 9 [@click=app.quit]click[/] begins"])
        leave(terminal, status=1)  # for the file that was no dump
        assert copied(terminal) == ["Attack 9 [@click=app.quit]click[/] begins"]
        assert_nothing_but_text(terminal.output)
