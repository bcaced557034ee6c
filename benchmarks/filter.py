"""How soon a keystroke in the filter has its answer, and how fast the index is built.

Queries are typed letter by letter; each keystroke is a whole search: all matches, ranked. Every
query starts with nothing remembered from those before it.

    python benchmarks/filter.py [--papers N] [--records FILE] [--json]

The papers are made of the sentences of the sample dumps, unless a file of records is named: gzipped
JSON lines with a title, an abstract and days ("2026-08-01").
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.pages import write_pages
from paperreader.dumps import read_dump
from paperreader.index import Index, build
from paperreader.index.query import parse
from paperreader.paper import Paper, Sighting, paper_id

QUERIES = (
    *("attention is all you need", "diffusion models", "large language models reasoning"),
    *("vision transformer", "reinforcement learning from human feedback", "text to image generation"),
    *("gaussian splatting", "3d scene", "retrieval augmented generation", "chain of thought"),
    *("mixture of experts", "state space model", "lora", "multi-modal agents", "robot policy"),
    *("code generation benchmark", "self-supervised", "speech recognition", '"language model"'),
    *('"state of the art" video', '"in the wild"', "title:sparse attention", "title:agent -web"),
    *("quantization OR pruning", "(gan OR diffusion) faces", "alignment safety -red", "tokenizer*"),
    *("of the", "seen:>1 transformer", "date:2025 graph neural network"),
)
PERCENTILES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


def recorded(file: Path, count: int) -> list[Paper]:
    """The first papers of a file of records."""
    by_id = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, count):
            record = json.loads(line)
            days = sorted(date.fromisoformat(day) for day in record["days"])
            seen = tuple(Sighting(day, f"of {day}", 1, str(day)) for day in days)
            found = Paper(paper_id(record["title"]), record["title"], record["abstract"], seen)
            by_id[found.id] = found
    return list(by_id.values())


def made(count: int) -> list[Paper]:
    """Papers made of the sentences of the sample dumps."""
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Path(folder) / "pages", count)
        pages = sorted((Path(folder) / "pages").iterdir())
        dumps = [read_dump(page.read_bytes(), page.name, date.today()) for page in pages]
    return list({paper.id: paper for dump in dumps for paper in dump.papers()}.values())


def keystrokes(index: Index) -> Iterator[float]:
    """Seconds from each keystroke to its answer."""
    for query in QUERIES:
        index.close()  # forgets what it knows
        index.warm_up()
        for end in range(1, len(query) + 1):
            start = time.perf_counter()
            index.search(
                parse(query[:end], date.today()),
                sort="relevance",
                states={},
                notes={},
                notes_version=0,
                cancelled=lambda: False,
            )
            yield time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=10_000, metavar="N")
    parser.add_argument("--records", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    papers = recorded(options.records, options.papers) if options.records else made(options.papers)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PAPERREADER_STATE"] = folder
        start = time.perf_counter()
        build(Path(folder) / "index", papers, [], lambda done: None)
        built = time.perf_counter() - start
        start = time.perf_counter()
        index = Index.open(Path(folder) / "index")
        opened = time.perf_counter() - start
        times = sorted(keystrokes(index))
        index.close()
    figures = {
        "papers": len(papers),
        "papers_a_second": round(len(papers) / built),
        "open_ms": round(1000 * opened, 2),
        "keystrokes": len(times),
    }
    for name, part in PERCENTILES.items():
        figures[f"{name}_ms"] = round(1000 * times[round(part * (len(times) - 1))], 1)
    print(json.dumps(figures) if options.json else "\n".join(f"{k:16}{v:>10,}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
