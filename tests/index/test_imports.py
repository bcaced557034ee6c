"""Papers are on the screen before the search engine is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .making import make, seeds

LOOK = """
import sys
from pathlib import Path
import paperreader.index
from paperreader.index import Index, query
index = Index.open(Path(sys.argv[1]))
first = index.paper(index.order("date")[0])
assert index.paper(index.find(first.id)) == first
assert index.days() and index.order("title") and index.order("trending")
assert query.parse("model", first.last_day).scored
{more}
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def loaded(folder: Path, more: str) -> set[str]:
    """What is imported when papers have been looked at, and more has been done."""
    command = [sys.executable, "-c", LOOK.format(more=more), str(folder)]
    return set(subprocess.run(command, check=True, timeout=60, capture_output=True, text=True).stdout.split())


def test_only_a_search_imports_the_search_engine(tmp_path: Path) -> None:
    make(tmp_path, seeds())
    assert not loaded(tmp_path, "") & {
        "whoosh",
        "numpy",
        "filelock",
        "asyncio",
        "tempfile",
        "secrets",
        "random",
    }
    assert loaded(tmp_path, "index.warm_up()") & {"whoosh", "numpy"} == {"numpy"}
