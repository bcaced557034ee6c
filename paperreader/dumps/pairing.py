"""Which paragraphs are titles and which are abstracts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from paperreader.dumps.paragraphs import Paragraph

# The costs, and what a paragraph looks like, are in hundredths of a factor of two in length. They
# were found by leaving out abstracts, and by putting in furniture, on 91 real pages.
_ORPHAN = 200
"""What it costs to leave out a paragraph that is no furniture."""
_KEPT_TITLE = 200
"""What it costs to take furniture for a title."""
_INSIDE = 350
"""What it costs that furniture stands between a title and its abstract."""
_LOOKS = 300
"""The most that its length can say for or against a paragraph: a factor of eight."""
_LONG = math.log2(300)
"""No title is much longer, whatever else the text holds; a logarithm of characters."""
_NEVER = -(1 << 60)
_is_furniture = attrgetter("furniture")


class Pairing(NamedTuple):
    """How the paragraphs of a page belong together."""

    papers: list[tuple[Paragraph, Paragraph]]
    """Title and abstract."""
    orphans: list[Paragraph]
    """Titles without an abstract and, rarely, the other way round."""


def pair(paragraphs: Sequence[Paragraph]) -> Pairing:
    """Pair titles with their abstracts.

    Titles and abstracts take turns, whatever their lengths, as long as every stretch between lines
    of furniture has an even number of paragraphs. Where one has not, a title looks like furniture
    or has lost its abstract: then the most plausible reading counts, judged by what titles and
    abstracts look like.
    """
    stretches = [list(group) for furniture, group in groupby(paragraphs, _is_furniture) if not furniture]
    if any(len(stretch) % 2 for stretch in stretches):
        return _most_plausible(paragraphs)
    kept = list(chain.from_iterable(stretches))
    return Pairing(list(zip(kept[::2], kept[1::2], strict=True)), [])


def looks_like_abstract(paragraphs: Sequence[Paragraph]) -> list[int]:
    """For each paragraph how much it looks like an abstract: from -350, a title, to 350.

    Abstracts are long and end in a full stop. How long is long is taken from the text itself: the
    geometric mean of all lengths lies between titles and abstracts, unless there are no titles.
    """
    lengths = [math.log2(len(p.text)) for p in paragraphs]
    of_papers = [length for length, p in zip(lengths, paragraphs, strict=True) if not p.furniture]
    mean = min(_LONG, sum(of_papers) / max(1, len(of_papers)))
    by_length = (max(-_LOOKS, min(_LOOKS, round(100 * (length - mean)))) for length in lengths)
    by_end = (50 if p.text.endswith(".") else -50 for p in paragraphs)
    return [length + end for length, end in zip(by_length, by_end, strict=True)]


def _most_plausible(paragraphs: Sequence[Paragraph]) -> Pairing:
    """The reading of highest value, found by dynamic programming from the end.

    There are two states: a title comes next, or the abstract of the last title. On a tie, what is
    left out comes last.
    """
    looks = looks_like_abstract(paragraphs)
    title_next, abstract_next = 0, _NEVER
    takes_title, takes_abstract = bytearray(len(paragraphs)), bytearray(len(paragraphs))
    for i in range(len(paragraphs) - 1, -1, -1):
        furniture = paragraphs[i].furniture
        as_title = abstract_next - (_KEPT_TITLE if furniture else looks[i])
        as_abstract = _NEVER if furniture else title_next + looks[i]
        left_out = title_next - (0 if furniture else _ORPHAN)
        more_of_it = i > 0 and paragraphs[i - 1].furniture
        passed_over = abstract_next - (1 if more_of_it else _INSIDE) if furniture else _NEVER
        takes_title[i] = as_title >= left_out
        takes_abstract[i] = as_abstract >= passed_over
        title_next, abstract_next = max(as_title, left_out), max(as_abstract, passed_over)

    result = Pairing([], [])
    title: Paragraph | None = None
    for i, paragraph in enumerate(paragraphs):
        if title is None:
            if takes_title[i]:
                title = paragraph
            elif not paragraph.furniture:
                result.orphans.append(paragraph)
        elif takes_abstract[i]:
            result.papers.append((title, paragraph))
            title = None
    return result
