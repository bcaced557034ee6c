"""Fetching: the lists of the Daily Papers API, day by day, from a site that may misbehave."""

from __future__ import annotations

from paperreader.fetch.days import Asked
from paperreader.fetch.problem import Problem
from paperreader.fetch.record import Record
from paperreader.fetch.run import Fetched, fetch
from paperreader.fetch.site import Site

__all__ = ["Asked", "Fetched", "Problem", "Record", "Site", "fetch"]
