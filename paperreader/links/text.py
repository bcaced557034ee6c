"""The addresses in a text: where they begin, and where they end."""

from __future__ import annotations

import re
from typing import NamedTuple

_REST = r"(?:[!#%-+\--:=?-Z_a-z~]|[,;](?![Hh](?:ttps?|TTPS?)://)|\\[_%#&~])+"
"""How an address goes on: ASCII without space, quote, backslash that escapes nothing, any bracket but ( );
behind a comma or a semicolon another address may begin."""
_PLACE = rf"://[\w-]+(?:\.[\w-]+)+(?:[:/?#]{_REST})?/?"
_LINK = (  # every way to begin starts with a letter, which lets `re` skip to the next such letter
    rf"https?{_PLACE}|H(?:ttps?|TTPS?){_PLACE}"
    rf"|www\.{_REST}|github\.com/{_REST}|huggingface\.co/{_REST}|arxiv\.org/{_REST}|doi\.org/{_REST}"
    rf"|doi:\s?10\.\d{{4,9}}/{_REST}|DOI:\s?10\.\d{{4,9}}/{_REST}"
    r"|ar[xX]iv:\s?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?![\w/])"
)
_GLUED = r"\.(?!(?:Api|Com|Core|Io|Json|Net|Org)$)[A-Z][a-z]+$"
"""The first word of the next sentence, without a space before it: few names end like that, but for these."""
_ENDS = r"(?:\w+://)?(?!(?:dx\.)?doi\b)(?:[^:/?#]*\.[a-z]{2,}$|[^:/?#]+(?::\d+)?[/?#].)"
"""What may have ended before that word: a host, or an address with a path; DOIs may have any form."""


class Link(NamedTuple):
    """An address in a text."""

    start: int
    end: int
    """Where it stands: `text[start:end]`."""
    url: str
    """What to open: http or https, complete, without what the text has escaped."""


def links(text: str) -> list[Link]:
    """The links in a text, in order; linear in its length.

    A link ends before the punctuation of its sentence, also where the next one follows without a space,
    before a bracket that was opened earlier, and before a brace; `https://a.b/c{https://a.b/c}.` is one link.
    """
    found: list[Link] = []
    for match in re.finditer(_LINK, text, re.ASCII):
        start, end = match.start(), _end(text, *match.span())
        if match[0][:4].lower() != "http" and re.match(r"[\w@./:-]", text[start - 1 : start]):
            continue  # the middle of something else
        url = _complete(text[start:end])
        repeated = found and found[-1].url == url and text[found[-1].end : start] in ("{", "}{", "} {")
        if not repeated:
            found.append(Link(start, end, url))
    return found


def _end(text: str, start: int, end: int) -> int:
    if (aside := text.find(".(", start, end)) > 0:
        end = aside  # a sentence in brackets, without a space before it
    end = _trimmed(text, start, end)
    if glued := re.search(_GLUED, text[max(start, end - 30) : end]):
        before = end - len(glued[0])
        if re.match(_ENDS, text[start:before]):
            return _trimmed(text, start, before)
    return end


def _trimmed(text: str, start: int, end: int) -> int:
    unopened = text.count(")", start, end) - text.count("(", start, end)
    while (last := text[end - 1]) in ".,;:!?'*" or (last == ")" and unopened > 0):
        unopened -= last == ")"
        end -= 1
    return end


def _complete(link: str) -> str:
    link = re.sub(r"\\(.)", r"\1", link)
    scheme, _, rest = link.partition(":")
    match scheme.lower():
        case "http" | "https":
            return f"{scheme.lower()}:{rest}"
        case "arxiv":
            return f"https://arxiv.org/abs/{rest.strip()}"
        case "doi":
            return f"https://doi.org/{rest.strip()}"
    return f"https://{link}"
