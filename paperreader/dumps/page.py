"""The text of a Daily Papers page: a header, a day, then titles and abstracts in turn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from paperreader.dumps.day import PageDay, parse_day
from paperreader.dumps.dump import Entry, NotADump
from paperreader.dumps.furniture import is_heading, is_hint
from paperreader.dumps.pairing import Pairing, looks_like_abstract, pair
from paperreader.dumps.paragraphs import Paragraph, paragraphs

_LONGEST_PREAMBLE = 60
"""How many short paragraphs a browser may put before the header: the site's menus."""
_SHORT = 80
_LONG_TITLE = 400


class Page(NamedTuple):
    """What a page says."""

    day: PageDay | None
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


def read_page(text: str, *, dated: bool) -> Page:
    """The papers of a page. `dated`: the file's name holds a date. Raises NotADump."""
    found = _without_preamble(paragraphs(text))
    top = list(takewhile(lambda p: p.furniture, found))
    hints = sum(is_hint(p.text) for p in top)
    known = hints > 1 or any(is_heading(p.text) or parse_day(p.text) for p in top)
    if not (known or hints or dated):
        raise NotADump(
            "not a list of papers in a known form: no header of a Daily Papers page, no day such as "
            '"Sep 9", no date in its name'
        )
    _refuse_second_page(found[len(top) :])
    pairing = pair(found)
    if not pairing.papers:
        raise NotADump("no papers in it: nowhere a title with an abstract after it")
    if not known and not _looks_like_a_list(pairing):
        raise NotADump("not a Daily Papers page: prose, not titles and abstracts in turn")
    titles = {title.line for title, _ in pairing.papers}
    days = (parse_day(p.text) for p in top if p.line not in titles)
    entries = (Entry(title.text, abstract.text, i) for i, (title, abstract) in enumerate(pairing.papers, 1))
    return Page(next(filter(None, days), None), tuple(entries), tuple(_problems(found, pairing)))


def _without_preamble(found: list[Paragraph]) -> list[Paragraph]:
    """The page without the menus that a browser copies before its header."""
    for i, paragraph in enumerate(found[:_LONGEST_PREAMBLE]):
        if is_heading(paragraph.text):
            return found[i:] if any(not p.furniture for p in found[:i]) else found
        if len(paragraph.text) > _SHORT:
            break
    return found


def _refuse_second_page(body: Sequence[Paragraph]) -> None:
    for furniture, group in groupby(body, lambda p: p.furniture):
        lines = list(group) if furniture else []
        if any(is_heading(p.text) for p in lines) and any(parse_day(p.text) for p in lines):
            raise NotADump(f"two pages in one (line {lines[0].line}): save each one in a file of its own")


def _looks_like_a_list(pairing: Pairing) -> bool:
    """Whether, without a header to tell, nearly all pairs look like a paper's title and abstract."""
    like = sum(
        len(title.text) < min(len(abstract.text), _LONG_TITLE)
        and not title.text.endswith((".", ":", ";", ","))
        and title.text[0] not in "#*-=>|`$"
        and (abstract.text.endswith(".") or len(abstract.text) > _LONG_TITLE)
        for title, abstract in pairing.papers
    )
    return like >= 0.9 * len(pairing.papers) and len(pairing.orphans) <= 1


def _problems(found: Sequence[Paragraph], pairing: Pairing) -> list[str]:
    problems = []
    if pairing.orphans:
        looks = dict(zip((p.line for p in found), looks_like_abstract(found), strict=True))
        for orphan in pairing.orphans:
            lacks = "title" if looks[orphan.line] > 0 else "abstract"
            problems.append(f'"{_shortened(orphan.text)}" (line {orphan.line}) has no {lacks}')
    for title, abstract in pairing.papers:
        if len(title.text) > _LONG_TITLE and len(abstract.text) < len(title.text) / 4:
            problems.append(f'"{_shortened(title.text)}" (line {title.line}) is very long for a title')
    return problems


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"
