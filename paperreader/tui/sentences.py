"""Where sentences end, for whoever wants them apart."""

from __future__ import annotations

import re

_END = r"(?P<end>[.!?…]+[\"”’')\]]*)\s+(?=[\"“‘'(\[]*[^\W\d_a-z])|(?P<full>[。！？][”」』）]*)\s*(?=\S)"
"""The end of a sentence with the space behind it: what follows begins with a capital, or with no case."""
_ABBREVIATED = (
    r"(?:\b(?:e\.g|i\.e|al|vs|cf|resp|approx|ca|[Ff]igs?|[Ee]qs?|[Ss]ec|[Tt]ab|[Rr]efs?|[Nn]o|[Vv]ol|pp?"
    r"|Dr|Prof|Mrs?|Ms|St|Jr|Inc|Ltd)|\b[A-Z]|\.\w)\.$"
)
_LOOKED_BACK = 8
"""Characters before a stop that tell whether it shortens a word."""


def sentences_apart(text: str) -> str:
    """The text with an empty line after each sentence, in place of the space there.

    Where a stop may only shorten a word ("et al. We"), nothing is put apart.
    """
    return re.sub(_END, _parted, text)


def _parted(match: re.Match[str]) -> str:
    end = match["end"]
    if end is None:
        return match["full"] + "\n\n"
    before = match.string[max(0, match.start() - _LOOKED_BACK) : match.start() + 1]
    return match[0] if end[0] == "." and re.search(_ABBREVIATED, before) else end + "\n\n"
