"""The lines of a page that are no paper: its header, its buttons, its counts."""

from __future__ import annotations

import re

from paperreader.dumps.day import parse_day

_LONGEST = 80
_NUMBER = r"[0-9][0-9.,]{0,9}\ ?[km]?"
_THING = r"(?:up)?votes?|likes?|comments?|stars?|views?|replies|reply"
_AUTHORS = r"[0-9]{1,4}\+?\ authors?"

_BYLINE = re.compile(r"by ?AK\b.*", re.IGNORECASE)
_NEWSLETTER = re.compile(r"get trending papers in your email inbox\b.*", re.IGNORECASE)
_SUBMITTED = re.compile(r"submitted by:?", re.IGNORECASE)
_COUNT = re.compile(
    rf"""(?xi)
    [+▲△↑·•-]?\ ?{_NUMBER}                          # 12   1.2k   +3   ▲ 12
    | (?:{_NUMBER}\ )?(?:{_THING})(?::?\ {_NUMBER})? # 3 comments   Upvote 12
    | (?:[·•]\ ?)?(?:{_AUTHORS}|published\ on\ .{{4,30}})(?:\ ?[·•].*)?
    | submitted\ by:?\ .+
    | github\ {_NUMBER}
    | arxiv:?\ ?[0-9]{{4}}\.[0-9]{{4,5}}(?:v[0-9]+)?
    | https?://\S+
    | [·•|–—-]
    """
)
_HINTS = frozenset({"new", "subscribe", "daily papers"})
_OTHERS = frozenset(
    line.casefold()
    for line in (
        # around the header
        *("by", "AK", "AK and the research community", "and the research community", "once a day!"),
        *("Daily", "Weekly", "Monthly", "Daily Weekly Monthly"),
        *("Today", "Previous", "Next", "Trending", "Trending Papers", "Search by arXiv ID"),
        # around each paper
        *("GitHub", "arXiv", "arXiv Page", "View arXiv page", "View PDF", "PDF", "Project page"),
        *("Paper author", "Paper submitter", "Show more", "Load more", "Load more papers"),
        # around the site
        *("Hugging Face", "Models", "Datasets", "Spaces", "Community", "Docs", "Enterprise", "Pricing"),
        *("Log In", "Sign Up", "Papers", "Posts", "Collections", "System theme", "Company", "TOS"),
        *("Privacy", "About", "Careers", "Website"),
    )
)


def is_heading(line: str) -> bool:
    """Whether the line is one that only the head of a Daily Papers page has."""
    return len(line) <= _LONGEST and bool(_BYLINE.fullmatch(line) or _NEWSLETTER.fullmatch(line))


def is_hint(line: str) -> bool:
    """Whether the line is one that the head of a Daily Papers page has, among other texts."""
    return line.casefold() in _HINTS


def is_furniture(line: str, before: str = "") -> bool:
    """Whether the line, after the line `before`, may be no part of a paper.

    It may be a title all the same ("1984", "Models"): what stands around it decides.
    """
    if len(line) > _LONGEST:
        return False
    if _SUBMITTED.fullmatch(before) and " " not in line:
        return True  # the user's name
    return (
        line.casefold() in _OTHERS
        or is_hint(line)
        or is_heading(line)
        or parse_day(line) is not None
        or bool(_COUNT.fullmatch(line))
        or bool(_SUBMITTED.fullmatch(line))
    )
