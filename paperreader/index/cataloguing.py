"""Writes the catalogue of an index: merges the columns of its segments into orders of all papers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, BinaryIO

import numpy as np

from paperreader.index.arrays import Array, changes
from paperreader.index.catalogue import Part
from paperreader.index.documents import TITLE_WIDTH, Documents
from paperreader.index.sections import SectionWriter
from paperreader.index.words import words
from paperreader.paper import LATELY


def write(
    file: BinaryIO, parts: Sequence[Part], documents: Sequence[Documents], by_title: Array | None = None
) -> int:
    """Write the catalogue of these segments, and return the number of sightings.

    `by_title` are ordinals that are known to be in the order of their titles, which spares reading
    these; all others are put between them.
    """
    deleted = [part.deleted for part in parts]
    firsts = [*(part.first for part in parts), sum(map(len, documents))]
    live = _live(firsts, deleted)
    columns = Columns(documents)
    ids = columns.numbers("ids")
    out = SectionWriter(file)
    out.add_json("segments", parts)

    by_id = live[np.argsort(ids[live], kind="stable")]
    out.add("ids", ids[by_id])
    out.add("by_id", _ordinals(by_id))

    aliases, aliased = columns.numbers("aliases"), columns.owners("aliased", firsts)
    known = np.isin(aliased, live)
    aliases, aliased = aliases[known], aliased[known]
    by_alias = np.lexsort((aliased, aliases))
    out.add("aliases", aliases[by_alias])
    out.add("by_alias", _ordinals(aliased[by_alias]))

    latest, rank = columns.numbers("latest_day")[by_id], columns.numbers("latest_rank")[by_id]
    by_date = by_id[np.lexsort((rank, -latest.astype(np.int64)))]
    out.add("date", _ordinals(by_date))
    out.add("title", _ordinals(_by_title(documents, firsts, columns, by_id, by_title)))

    who = np.repeat(np.arange(firsts[-1]), _lengths(columns.starts("sighting_starts")))
    alive = np.zeros(firsts[-1], bool)
    alive[live] = True
    of_live = alive[who]
    who = who[of_live]
    days = columns.numbers("sighting_days")[of_live]
    seen, lately = _times(firsts[-1], who, days, columns.dumps(lambda _, name: name)[0][of_live])
    out.add("seen", _ordinals(seen))
    heat = (-each[by_date].astype(np.int64) for each in (seen, columns.numbers("upvotes"), lately))
    out.add("trending", _ordinals(by_date[np.lexsort(tuple(heat))]))
    known = days > 1
    _add_lists(out, "day", who[known], days[known])
    dumps, names = columns.dumps(lambda dump, name: (dump, name))
    _add_dumps(out, who, dumps[of_live], names)
    out.finish()
    return len(who)


class Columns:
    """The columns of all segments, one after another."""

    def __init__(self, documents: Sequence[Documents]) -> None:
        self._documents = documents

    def numbers(self, name: str) -> Array:
        return _concatenate([np.asarray(each.sections.sound(name)) for each in self._documents])

    def starts(self, name: str) -> Array:
        """Where the lists of each document begin, and the last one's end."""
        ends = [np.zeros(1, np.int64)]
        for each in self._documents:
            ends.append(np.asarray(each.sections.sound(name))[1:] + ends[-1][-1])
        return np.concatenate(ends)

    def owners(self, name: str, firsts: Sequence[int]) -> Array:
        """A column of document numbers, as ordinals."""
        parts = [
            np.asarray(each.sections.sound(name)) + first
            for each, first in zip(self._documents, firsts, strict=False)
        ]
        return _concatenate(parts).astype(np.int64)

    def dumps(self, known_by: Callable[[str, str], Hashable]) -> tuple[Array, list[Any]]:
        """Which dump each sighting is in, by what dumps are known by, given their ids and names.

        That is as numbers, and in a list that has it for each of these.
        """
        numbers: dict[Hashable, int] = {}
        parts = []
        for each in self._documents:
            dumps = each.sections.json("dumps")
            table = [numbers.setdefault(known_by(dump, name), len(numbers)) for dump, name in dumps]
            parts.append(np.array(table, np.int64)[np.asarray(each.sections.sound("sighting_dumps"))])
        return _concatenate(parts).astype(np.int64), list(numbers)

    def titles(self) -> Array:
        parts = [np.asarray(each.sections.sound("titles")) for each in self._documents]
        return np.ascontiguousarray(_concatenate(parts)).astype(np.uint8).view(f"S{TITLE_WIDTH}")


def _concatenate(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint32)


def _times(end: int, who: Array, days: Array, names: Array) -> tuple[Array, Array]:
    """In how many lists each paper was, in all and lately.

    Dumps of one name and day are one list: it was imported again when it had grown.
    """
    order = np.lexsort((names, days, who))
    who, days, names = who[order], days[order], names[order]
    first = changes(who, days, names) if len(who) else order
    who, days = who[first], days[first].astype(np.int64)
    newest = int(days.max(initial=0))
    recent = (days > newest - LATELY) & (days > 1)
    return np.bincount(who, minlength=end), np.bincount(who[recent], minlength=end)


def _live(firsts: Sequence[int], deleted: Sequence[Sequence[int]]) -> Array:
    alive = np.ones(firsts[-1], bool)
    for first, dead in zip(firsts, deleted, strict=False):
        alive[[first + document for document in dead]] = False
    return np.flatnonzero(alive)


def _lengths(starts: Array) -> Array:
    return np.diff(starts).astype(np.int64)


def _ordinals(numbers: Array) -> Array:
    return np.ascontiguousarray(numbers, np.uint32)


def _by_title(
    documents: Sequence[Documents],
    firsts: Sequence[int],
    columns: Columns,
    by_id: Array,
    known: Array | None,
) -> Array:
    """The ordinals in the order of the words of their titles, then of their ids."""
    if known is None:
        known = np.zeros(0, np.int64)
    is_known = np.zeros(firsts[-1], bool)
    is_known[known] = True
    # stable, so that those whose order is known keep it, and equals stay in the order of their ids
    these = np.concatenate([known, by_id[~is_known[by_id]]]).astype(np.int64)
    titles = columns.titles()
    these = these[np.argsort(titles[these], kind="stable")]
    beginnings = titles[these]

    place = np.zeros(firsts[-1], np.int64)
    place[by_id] = np.arange(len(by_id))

    def full(n: int) -> tuple[str, int]:
        segment = int(np.searchsorted(firsts, n, "right")) - 1
        return " ".join(words(documents[segment].paper(n - firsts[segment]).title)), int(place[n])

    for start, end in _runs(beginnings):
        if not is_known[these[start:end]].all():
            these[start:end] = sorted(map(int, these[start:end]), key=full)
    return these


def _runs(values: Array) -> list[tuple[int, int]]:
    """Where equal values stand together."""
    if len(values) < 2:
        return []
    same = values[1:] == values[:-1]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(np.int8)))
    return [(int(start), int(end) + 1) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _add_lists(out: SectionWriter, name: str, papers: Array, keys: Array) -> None:
    """For each key, ascending, its papers without repetition."""
    order = np.lexsort((papers, keys))
    papers, keys = papers[order], keys[order]
    if len(keys):
        new = changes(keys, papers)
        papers, keys = papers[new], keys[new]
    distinct, starts = np.unique(keys, return_index=True)
    out.add(f"{name}s", _ordinals(distinct))
    out.add(f"{name}_papers", _ordinals(papers))
    out.add(f"{name}_starts", _ordinals(np.append(starts, len(papers))))


def _add_dumps(out: SectionWriter, who: Array, dumps: Array, names: Sequence[tuple[str, str]]) -> None:
    """For each dump its papers."""
    order = np.argsort(dumps, kind="stable")
    starts = np.searchsorted(dumps[order], np.arange(len(names) + 1))
    out.add_json("dumps", names)
    out.add("dump_papers", _ordinals(who[order]))
    out.add("dump_starts", _ordinals(starts))
