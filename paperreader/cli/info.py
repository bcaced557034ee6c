"""`paperreader info`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from paperreader import places
from paperreader.cli.shared import library_at, opened, parser_for


def run(given: Sequence[str]) -> int:
    """Print the counts and places."""
    parser = parser_for("info", "Count what the library holds, and say where it is.")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    options = parser.parse_args(given)
    library = opened(library_at(options.library))
    news = library.news()
    facts = {
        "dumps": len(library.dumps.names()),
        "papers": len(library.index or ()),
        "sightings": library.sightings,
        "starred": len(library.annotations.ids("starred")),
        "noted": len(library.annotations.ids("note")),
        "later": len(library.annotations.ids("later")),
        "tagged": len(library.annotations.ids("tags")),
        "new": news.new,
        "again": news.again,
        "gone": news.gone,
        "library": str(library.folder),
        "annotations": str(library.folder / "annotations.json"),
        "config": str(places.config_file()),
    }
    if options.json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        from paperreader.text import one_line

        for name, value in facts.items():
            print(f"{name:<12} {one_line(str(value))}")
    return 0
