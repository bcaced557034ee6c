"""What is put into libraries to be found there, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paperreader.doctor import Finding, examine
from paperreader.library import Library

PAGE = (
    (
        "Sparse Attention for Long Documents",
        "Long documents cost attention that grows with their square, unless few words look at few others.",
    ),
    (
        "Learning to Rank without Clicks",
        "Rankings are learned from what people read and not what they open. ",
    ),
    ("A Survey of Graph Networks", "Graphs are everywhere, and this survey tells which networks fit them. "),
    (
        "Counting Stars with Small Telescopes",
        "Small telescopes see more than one would think, if one waits. ",
    ),
)

DAMAGED = b'{"format": "paperreader-annotations", "papers": {'


def page(papers: Sequence[tuple[str, str]], day: str = "Sep 9") -> str:
    """A page of the Daily Papers, as text."""
    return "\n\n".join([f"Daily Papers\n\n{day}", *(f"{title}\n\n{text}" for title, text in papers)]) + "\n"


def add(folder: Path, name: str, papers: Sequence[tuple[str, str]]) -> None:
    """Import a page with these papers."""
    file = folder.parent / name
    file.write_text(page(papers), encoding="utf-8")
    library = Library(folder)
    library.open()
    assert library.take_in([str(file)]).dumps == 1


def kinds(folder: Path, *, fix: bool = False) -> list[str]:
    """The kinds of what is found."""
    return [finding.kind for finding in examine(folder, fix=fix)]


def only(folder: Path, *, fix: bool = False) -> Finding:
    """The one thing that is found."""
    (finding,) = examine(folder, fix=fix)
    return finding


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in a folder, to be compared: names, bytes and times of writing."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}
