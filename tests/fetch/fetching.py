"""Fetching in tests, with a store of their own and without waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from paperreader.fetch import Asked, Fetched, Record, Site, fetch
from paperreader.fetch.site import Limits
from tests.fetch.site import Server

USUAL = Limits(size=100_000)
QUICK = USUAL._replace(whole=0.4, silence=0.2)
"""For what never comes."""


@dataclass
class Fetching:
    """One who fetches, and remembers what happened."""

    server: Server
    state: Path
    stored: dict[date, bytes] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    progress: list[tuple[str, int]] = field(default_factory=list)
    limits: Limits = USUAL
    limits_later: Limits | None = None
    """Those after the first wait, if they are others."""

    def fetch(self, asked: Asked | None = None) -> Fetched:
        record = Record(self.state, self.state / "library", self.stored)
        with Site(self.server.address, self.limits) as site:

            def sleep(seconds: float) -> None:
                self.slept.append(seconds)
                # on a busy machine even a good answer may take its time
                site.limits = self.limits_later or self.limits

            return fetch(
                asked,
                site,
                record,
                self.store,
                report=self.said.append,
                progress=lambda what, done: self.progress.append((what, done)),
                sleep=sleep,
                random=lambda: 1.0,
            )

    def store(self, day: date, body: bytes) -> None:
        self.stored[day] = body

    def day(self, day: date) -> Fetched:
        """Fetch one day."""
        return self.fetch(Asked(day, day, again=True))
