"""Papers come in while one reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from paperreader import places
from paperreader.library import Library
from paperreader.progress import Progress
from paperreader.tui import incoming
from paperreader.watching import watch
from tests.conftest import SEEDS
from tests.tui.driving import Reader, reading
from tests.watching.conftest import SEED

Open = Callable[[], Library]

PAGE = "Daily Papers\n\nNov 20\n\n" + "\n\n".join(f"New paper {n}\n\nWhat it is about." for n in range(30))


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "LOOK", 0.02)
    monkeypatch.setattr(watch, "STILL", 0.05)
    monkeypatch.setattr(watch, "_REST", 0)
    monkeypatch.setattr(watch, "PATIENCE", 0.2)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder that the config says is watched; not there yet."""
    places.config_file().parent.mkdir(parents=True, exist_ok=True)
    places.config_file().write_text('watch = ["~/papers"]\n')
    return Path.home() / "papers"


def where(r: Reader) -> tuple[object, ...]:
    """The paper under the cursor, and where on the screen it is."""
    return r.paper.id, 2 * r.main.papers.cursor - r.main.papers.scroll_offset.y, r.page


async def test_a_file_in_a_watched_folder_appears(open_library: Open, papers: Path) -> None:
    async with reading(open_library()) as r:
        await r.press(*"jjjjj", "tab")
        before = where(r)
        papers.mkdir()
        (papers / "2026-11-20.txt").write_text(PAGE)
        await r.until(lambda: len(r.titles) == 211)
        assert r.said == "30 papers have come in"
        assert where(r) == before and r.main.papers.cursor == 35 and r.main.pane == "abstract"


async def test_what_is_no_dump_is_said_once(open_library: Open, papers: Path) -> None:
    papers.mkdir()
    for n in range(3):
        (papers / f"{n}.pdf").write_bytes(b"%PDF-1.7")
    async with reading(open_library()) as r:
        await r.until(lambda: bool(r.said))
        assert f"{papers}/" in r.said and r.said.endswith("(and 2 more like it)")
        r.main.status.say("")
        (papers / "2026-11-20.txt").write_text(PAGE)
        await r.until(lambda: len(r.titles) == 211)
        assert r.said == "30 papers have come in"


async def test_what_another_program_imports_appears(open_library: Open, tmp_path: Path) -> None:
    library = open_library()
    (tmp_path / "2026-11-20.txt").write_text(PAGE)
    async with reading(library) as r:
        await r.press(*"jjj")
        before = where(r)
        Library(library.folder).take_in([str(tmp_path / "2026-11-20.txt")])
        await r.until(lambda: len(r.titles) == 211)
        assert where(r) == before and r.main.papers.cursor == 33
        await r.press("j", "s")
        assert r.library.annotation(r.paper).starred


async def test_the_first_papers_of_an_empty_library(tmp_path: Path, papers: Path) -> None:
    papers.mkdir()
    (papers / "page.txt").write_bytes(SEED)
    async with reading(Library(tmp_path / "new")) as r:
        await r.until(lambda: len(r.titles) == 41)
        assert r.main.papers.cursor == 0 and r.main.pane == "list"


async def test_a_key_never_meets_another_paper_than_the_one_that_is_seen(
    open_library: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LOOK", 60)
    library = open_library()
    async with reading(library) as r:
        await r.press(*"jjjj")
        paper, titles = r.paper, [r.main.row(n).title for n in r.main.papers.ordinals]
        # a dump less and one more: every ordinal names another paper, and nobody has told the screen
        min(library.dumps.path.iterdir()).unlink()
        (tmp_path / "2026-11-20.txt").write_text(PAGE)
        library.take_in([str(tmp_path / "2026-11-20.txt")])
        assert library.paper(r.main.papers.ordinals[4]) != paper
        assert [r.main.row(n).title for n in r.main.papers.ordinals] == titles
        assert r.paper == paper
        await r.press("s")
        assert library.annotations.ids("starred") == {paper.id}
        await r.until(lambda: r.main.answer.total == len(library))
        assert r.paper.id == paper.id


async def test_a_library_that_cannot_be_written_is_said_once(tmp_path: Path, papers: Path) -> None:
    papers.mkdir()
    (papers / "page.txt").write_bytes(SEED)
    (tmp_path / "new").write_text("in the way")
    async with reading(Library(tmp_path / "new")) as r:
        await r.until(lambda: "cannot be taken in" in r.said)
        r.main.status.say("")
        (tmp_path / "new").unlink()
        await r.until(lambda: len(r.titles) == 41)


async def test_a_star_waits_for_no_index(open_library: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    library = open_library()
    may_go_on = Event()

    def rebuild(progress: Progress) -> None:
        progress("papers read", 4_500)
        may_go_on.wait(60)

    monkeypatch.setattr(library, "rebuild", rebuild)
    async with reading(library) as r:
        r.main.index_is_gone("damaged")
        try:
            await r.press("s")
            await r.until(lambda: bool(library.annotations.ids("starred")))
            await r.until(lambda: r.main.status.doing == "4,500 papers read …")
        finally:
            may_go_on.set()
        await r.until(lambda: r.said == "The index was damaged: it is made again from the dumps")
        assert not r.main.status.doing


async def test_a_folder_of_samples_while_keys_are_pressed(tmp_path: Path, papers: Path) -> None:
    papers.mkdir()
    starred: set[str] = set()
    async with reading(Library(tmp_path / "new")) as r:
        for n, seed in enumerate(sorted(SEEDS.iterdir())):
            (papers / f"{n}.txt").write_bytes(seed.read_bytes())
            await r.until(lambda n=n: len(r.library.dumps.names()) == n + 1)  # type: ignore[misc]
            await r.until(lambda: bool(r.titles))
            for _ in range(3):
                await r.press("j")
                starred ^= {r.paper.id}
                await r.press("s")
        await r.until(lambda: len(r.titles) == 181)
        assert r.library.annotations.ids("starred") == starred and not r.library.annotations.unsaved
