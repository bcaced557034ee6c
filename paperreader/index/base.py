"""The words in which the index speaks to the rest of the program."""

from __future__ import annotations

from typing import Literal

Sort = Literal["relevance", "date", "title", "trending"]
"""The order of matches or of all papers; without anything to rank by, "relevance" is "date"."""


FIELDS = ("title", "abstract", "note")
"""Where words are searched for; the index on the disk has the first two."""

DOCUMENTS, POSTINGS, CATALOGUE = ".documents", ".postings", ".catalogue"
"""How the names of the files end that hold a segment's papers, its words, and what is known of all."""


def never() -> bool:
    """Whether a search that nobody can cancel has been cancelled."""
    return False


class IndexUnusable(Exception):  # noqa: N818 - an outcome rather than an error
    """There is no index to be opened, for the one reason it states; building it again helps."""


class Cancelled(Exception):  # noqa: N818 - likewise
    """A search was given up because its answer is no longer wanted."""
