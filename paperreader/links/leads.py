"""Where a paper leads, and what one finds there."""

from __future__ import annotations

import re
from typing import NamedTuple

from paperreader.latex import unlatex
from paperreader.links.address import web_address
from paperreader.links.text import links
from paperreader.paper import Paper

SITE = "https://huggingface.co/papers"

LONGEST = 40_000
"""Characters of an abstract in which links are looked for."""

_ARXIV = r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/((?:[a-z.-]+/)?[\d.]+\d(?:v\d+)?)"
_KINDS = (
    # the first that fits, after the scheme and "www."; what is not said before the bar is where it is
    (r"(?:export\.)?arxiv\.org/abs/", "Abstract on arXiv"),
    (r"(?:export\.)?arxiv\.org/pdf/", "PDF on arXiv"),
    (r"(?:export\.)?arxiv\.org/html/", "Full text on arXiv"),
    (r"huggingface\.co/papers\?q=", "Search on Daily Papers"),
    (r"huggingface\.co/papers/", "Discussion on Daily Papers"),
    (r"huggingface\.co/datasets/|kaggle\.com/datasets/|zenodo\.org/", "Data"),
    (r"huggingface\.co/spaces/|[^/]*\.hf\.space", "Demo"),
    (r"huggingface\.co/(?!blog|docs)[^/]+", "Model or collection"),
    (r"[^?#]*\.pdf(?:[?#]|$)|openreview\.net/pdf", "PDF"),
    (r"(?:gist\.)?github\.com/|gitlab\.|bitbucket\.org/|codeberg\.org/|anonymous\.4open\.science/", "Code"),
    (r"[^/]*\.(?:github|gitlab)\.io|sites\.google\.com/|[^/]*\.(?:netlify|vercel)\.app", "Project page"),
    (r"(?:dx\.)?doi\.org/", "Publisher"),
    (r"openreview\.net/|aclanthology\.org/|proceedings\.", "Proceedings and reviews"),
    (r"(?:m\.)?youtu(?:be\.com|\.be)/|vimeo\.com/|bilibili\.com/", "Video"),
)


class Lead(NamedTuple):
    """Somewhere a paper leads."""

    url: str
    """What to open; see `web_address`."""
    what: str
    """What is there, for people: "Code", "PDF on arXiv"; as far as the address tells."""


def leads(paper: Paper) -> list[Lead]:
    """Where a paper leads, each place once; never nothing.

    First its page and its PDF on arXiv, where an identifier is known; then what its text links to and
    what dumps say of it. One that leads nowhere is searched for on the Daily Papers site.
    """
    urls = [url for url in (arxiv_url(paper),) if url]
    urls += [url.replace("/abs/", "/pdf/") for url in urls]
    urls += [link.url for link in links(f"{paper.title[:LONGEST]}\n{paper.abstract[:LONGEST]}")]
    urls += paper.details.links
    if paper.details.doi:
        urls.append(f"https://doi.org/{paper.details.doi}")
    if paper.details.arxiv_id and (paper.upvotes or paper.comments or paper.details.listed):
        urls.append(f"{SITE}/{paper.details.arxiv_id}")
    found: dict[str, Lead] = {}
    for url in filter(None, map(web_address, urls)):
        found.setdefault(_place(url), Lead(url, _what(url)))
    return list(found.values()) or [Lead(search_url(paper), "Search on Daily Papers")]


def search_url(paper: Paper) -> str:
    """Where the Daily Papers site looks for a paper: for those that come without a link."""
    from urllib.parse import quote_plus

    return f"{SITE}?q={quote_plus(unlatex(paper.title[:300]), errors='replace')}"


def arxiv_url(paper: Paper) -> str:
    """The page on arXiv: of the identifier that is known, else of the one its text links to; else ""."""
    if paper.details.arxiv_id:
        return f"https://arxiv.org/abs/{paper.details.arxiv_id}"
    for link in links(f"{paper.title[:LONGEST]}\n{paper.abstract[:LONGEST]}"):
        if match := re.match(_ARXIV, link.url):
            return f"https://arxiv.org/abs/{match[1]}"
    return ""


def _place(url: str) -> str:
    """The same for addresses that lead to the same place."""
    place = re.sub(r"^https?://(?:www\.)?|/+$", "", url)
    if place.startswith(("arxiv.org/", "export.arxiv.org/")):
        place = re.sub(r"^export\.|\.pdf$", "", place)
        place = re.sub(r"v\d+$", "", place)
    return place


def _what(url: str) -> str:
    address = re.sub(r"^https?://(?:www\.)?", "", url)
    return next((what for pattern, what in _KINDS if re.match(pattern, address)), "Web page")
