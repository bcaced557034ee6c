"""A fetch from the first request to the last."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import random as any_number

from paperreader.counts import counted
from paperreader.fetch import days, patience
from paperreader.fetch.answer import Listing, check
from paperreader.fetch.days import Asked
from paperreader.fetch.problem import Problem
from paperreader.fetch.record import Record
from paperreader.fetch.site import TICK, Site
from paperreader.progress import Progress, Report, quiet

Store = Callable[[date, bytes], None]
"""Keeps the answer for a day, as it came, where it will be read. Raises Problem when it cannot be read,
and OSError when it cannot be kept."""

_BETWEEN = 0.2
"""Seconds between two requests, out of courtesy."""
_MOST_IN_A_ROW = 5
"""Days that could not be had: then it is not the days."""


@dataclass(slots=True)
class Fetched:
    """What a fetch did."""

    asked: int = field(default=0, compare=False)
    """Days whose list was to be fetched."""
    days: int = 0
    """Days whose list came in."""
    same: int = 0
    """Days whose list was here already."""
    empty: int = 0
    """Days without papers, such as those of a weekend."""
    new: int = 0
    """Papers that were in no dump before."""
    again: int = 0
    """Sightings, in the new dumps, of papers that had been sighted before."""
    problems: list[str] = field(default_factory=list)
    """A line for people about each day that could not be had, or about why the fetch ended early."""

    @property
    def came(self) -> int:
        """Days of which the site has told anything."""
        return self.days + self.same + self.empty

    @property
    def summary(self) -> str:
        """The one line that says it all."""
        details = [
            f"{self.same} already here" if self.same else "",
            f"{self.empty} empty" if self.empty else "",
            f"{self.asked - self.came} not fetched" if self.asked > self.came else "",
        ]
        more = ", ".join(filter(None, details))
        days = f"{self.days} new day{'' if self.days == 1 else 's'}{f' ({more})' if more else ''}"
        return f"{days}: {counted(self.new, 'paper')} new, {self.again:,} seen again"


def fetch(
    asked: Asked | None,
    site: Site,
    record: Record,
    store: Store,
    *,
    report: Report = quiet,
    progress: Progress = quiet,
    sleep: Callable[[float], object] = time.sleep,
    random: Callable[[], float] = any_number,
) -> Fetched:
    """Bring in the lists that are asked for and not here yet: one request at a time, newest day first.

    Whatever came is kept, also when the fetch is interrupted. `report` is given a line about each
    problem; `progress` is called several times a second, and what it raises ends the fetch. Raises
    OSError when an answer cannot be kept.
    """
    return _Run(site, record, store, report, progress, sleep, random, days.utc_today()).run(asked)


@dataclass(slots=True)
class _Run:
    site: Site
    record: Record
    store: Store
    report: Report
    progress: Progress
    sleep: Callable[[float], object]
    random: Callable[[], float]
    today: date
    reached: bool = False
    """Whether the site has answered at all."""
    what: str = ""
    done: int = 0

    def run(self, asked: Asked | None) -> Fetched:
        in_a_row = 0
        missing = self.record.missing(asked, self.today)
        fetched = Fetched(asked=len(missing))
        for self.done, day in enumerate(missing):
            self.what = f"of {len(missing)} day{'' if len(missing) == 1 else 's'} fetched, now {day}"
            if self.done:
                self.wait(_BETWEEN)
            try:
                self.one(day, fetched)
                in_a_row = 0
            except Problem as problem:
                in_a_row += 1
                ends = problem.everywhere or in_a_row == _MOST_IN_A_ROW
                line = (
                    f"{self.site.name} {problem}"
                    if problem.everywhere
                    else f"{day}: {self.site.name} {problem}"
                )
                fetched.problems.append(line)
                self.report(line)
                if ends:
                    break
        return fetched

    def one(self, day: date, fetched: Fetched) -> None:
        body, listing = self.answer(day)
        if not listing.papers:
            fetched.empty += 1
        elif self.record.same(day, listing):
            fetched.same += 1
        else:
            self.store(day, body)
            fetched.days += 1
        # only now: what is remembered as fetched is in the library
        self.record.add(day, listing, self.today)

    def answer(self, day: date) -> tuple[bytes, Listing]:
        """The list of a day, asked for again as long as that may help. Raises Problem."""
        for attempt in count(1):
            try:
                answer = self.site.ask(day, self.tick)
                self.reached = True
                return answer.body, check(answer.body, answer.content_type)
            except Problem as problem:
                if not problem.unreached:
                    self.reached = True
                elif not self.reached:
                    # without a network there is no use in waiting
                    raise
                if not problem.passing or attempt == patience.TRIES:
                    raise
                self.wait(self.pause(problem, attempt), f": {self.site.name} {problem}; trying again")
        raise AssertionError  # count never ends

    def pause(self, problem: Problem, attempt: int) -> float:
        """Seconds to wait before the next attempt. Raises Problem when that is too long."""
        if problem.wait is None:
            return patience.back_off(attempt, self.random)
        name, length = self.site.name, patience.in_words(problem.wait)
        if problem.wait > patience.LONGEST:
            raise Problem(f"asks to be left alone for {length}; fetch again then", everywhere=True)
        self.report(f"{name} asks to wait for {length}")
        return problem.wait

    def wait(self, seconds: float, why: str = "") -> None:
        while seconds > 0:
            self.progress(f"{self.what}{why} in {seconds:.0f} s" if why else self.what, self.done)
            step = min(TICK, seconds)
            self.sleep(step)
            seconds -= step

    def tick(self) -> None:
        self.progress(self.what, self.done)
