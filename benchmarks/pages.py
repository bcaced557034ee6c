"""Any number of papers, made of the sentences of the sample dumps, in the form of saved pages."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
PAPERS_A_PAGE = 50
_FIRST_DAY = date(2020, 1, 1)
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")


def write_pages(folder: Path, papers: int) -> None:
    """Write that many papers, no two with one title, to a page a day; the same ones each time."""
    folder.mkdir(parents=True)
    made = _papers(random.Random(1))
    for page, first in enumerate(range(0, papers, PAPERS_A_PAGE)):
        day = _FIRST_DAY + timedelta(page)
        numbers = range(first, min(first + PAPERS_A_PAGE, papers))
        titled = (
            (f"{title} {number}", abstract) for number, (title, abstract) in zip(numbers, made, strict=False)
        )
        (folder / f"{day.isoformat()}.txt").write_text(page_text(day, titled), encoding="utf-8")


def page_text(day: date, papers: Iterable[tuple[str, str]]) -> str:
    """Titles and abstracts as the text of a page saved on that day."""
    parts = ["new", "Subscribe", "Daily Papers", "byAK and the research community", f"{day:%b} {day.day}"]
    for paper in papers:
        parts += paper
    return "\n\n".join(parts)


def seed_papers() -> list[tuple[str, str]]:
    """The titles and abstracts of the sample dumps, as often as they are there."""
    papers: list[tuple[str, str]] = []
    for seed in sorted(SEEDS.iterdir()):
        blocks = seed.read_text(encoding="utf-8").split("\n\n")
        body = blocks[next(i for i, b in enumerate(blocks) if b.startswith("byAK")) + 2 :]
        papers += zip(body[::2], body[1::2], strict=True)
    return papers


def _papers(chance: random.Random) -> Iterator[tuple[str, str]]:
    seeds = seed_papers()
    titles = [title.split() for title, _ in seeds]
    sentences = [sentence for _, abstract in seeds for sentence in _SENTENCE_END.split(abstract)]
    while True:
        head, tail = chance.sample(titles, 2)
        yield (
            " ".join(head[: len(head) // 2 + 1] + tail[len(tail) // 2 :]),
            " ".join(chance.sample(sentences, 8)),
        )
