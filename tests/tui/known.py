"""A library of a few papers of which much is known, for whoever looks at pages."""

from __future__ import annotations

import json
from pathlib import Path

from paperreader.library import Library

ABSTRACT = (
    "We embed trees in the Poincar\\'e ball, which needs $\\mathcal{O}(\\log n)$ dimensions. "
    "The Poincaré model, unlike that of Klein et al. (2017), is conformal! "
    "Does it help? On 84.25\\% of the tasks (e.g. those of WordNet) the ball beats R^d. "
    "Code is at https://github.com/ada/ball{https://github.com/ada/ball}."
)

PAPERS = [
    {
        "title": "Poincar\\'e Balls for 大 Trees",
        "publishedAt": "2026-09-09T00:00:00.000Z",
        "numComments": 3,
        "paper": {
            "id": "2509.01234",
            "title": "Poincar\\'e Balls for 大 Trees",
            "summary": ABSTRACT,
            "authors": [{"name": f"Ada Nr{n} Lovelace"} for n in range(15)],
            "publishedAt": "2025-09-08T00:00:00.000Z",
            "upvotes": 1234,
            "githubRepo": "https://github.com/ada/ball",
            "projectPage": "https://ada.github.io/ball",
            "ai_summary": "Trees fit into balls.",
            "ai_keywords": ["hyperbolic space", "poincaré ball"],
        },
    },
    {
        "title": "A Long Abstract",
        "publishedAt": "2026-09-09T00:00:00.000Z",
        "paper": {
            "id": "2509.04321",
            "title": "A Long Abstract",
            "summary": "The beginning. " + "It goes on, as such texts do, and it goes on. " * 60 + "The end.",
            "publishedAt": "2026-09-08T00:00:00.000Z",
        },
    },
]

NOTE = """\
# What it says

The ball is **conformal**; see *Klein* and `exp_map(x)`, or [the page](https://ada.github.io/ball).

- trees need few dimensions, which is what one would expect of a space that grows as they do
- graphs do not
  1. grids
  2. cliques

> distances grow
> like trees

```python
x = ball(3)
```

[@click=app.quit]not a link[/] &#27;[31m ~~done~~
"""


def known_library(folder: Path) -> Library:
    """A new library in the folder, with these papers."""
    (folder / "2026-09-09.json").write_text(json.dumps(PAPERS), encoding="utf-8")
    library = Library(folder / "library")
    library.take_in([str(folder / "2026-09-09.json")])
    return library
