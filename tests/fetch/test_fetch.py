"""A fetch from a site that behaves: what is asked for, what is stored, what is remembered."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from paperreader import __version__
from paperreader.fetch import Asked, Fetched, Problem, Site
from tests.fetch.conftest import TODAY
from tests.fetch.fetching import Fetching
from tests.fetch.site import Server, body, headers_of, listing, packed, row, rows

YESTERDAY = TODAY - timedelta(1)
LONG_AGO = date(2026, 8, 3)


@pytest.fixture
def fetching(server: Server, tmp_path: Path) -> Fetching:
    return Fetching(server, tmp_path)


def test_the_last_seven_days_newest_first(fetching: Fetching, server: Server) -> None:
    lists = {TODAY - timedelta(n): rows(TODAY - timedelta(n)) for n in range(7) if n not in (5, 6)}
    for day, papers in lists.items():
        server.on(day, listing(papers))
    done = fetching.fetch()
    assert (done.days, done.empty, done.problems, fetching.said) == (5, 2, [], [])
    assert server.asked == [str(TODAY - timedelta(n)) for n in range(7)]
    assert fetching.stored == {day: json.dumps(papers).encode() for day, papers in lists.items()}


def test_who_asks_is_told(fetching: Fetching, server: Server) -> None:
    fetching.day(TODAY)
    said = headers_of(server)
    assert said["user-agent"].startswith(f"paperreader/{__version__} ")
    assert said["accept"] == "application/json"


def test_what_is_here_is_not_asked_for_again(fetching: Fetching, server: Server) -> None:
    server.on(LONG_AGO, listing(rows(LONG_AGO)))
    week = Asked(LONG_AGO, LONG_AGO + timedelta(6))
    fetching.fetch(week)
    assert len(server.asked) == 7
    assert fetching.fetch(week) == Fetched()
    assert len(server.asked) == 7
    # a person who names a day wants to hear it from the site; its votes alone are no news
    server.on(LONG_AGO, listing([row(n, LONG_AGO, numComments=7) for n in (3, 1, 2)]))
    before = dict(fetching.stored)
    assert fetching.day(LONG_AGO) == Fetched(same=1)
    assert fetching.stored == before


def test_a_list_that_has_grown_is_stored_anew(fetching: Fetching, server: Server) -> None:
    server.on(TODAY, listing([]), listing(rows(TODAY, 1)), listing(rows(TODAY, 2)))
    assert fetching.day(TODAY) == Fetched(empty=1)
    assert fetching.day(TODAY) == Fetched(days=1)
    assert fetching.day(TODAY) == Fetched(days=1)
    assert fetching.day(TODAY) == Fetched(same=1)
    assert len(json.loads(fetching.stored[TODAY])) == 2


@pytest.mark.parametrize("form", ["wrapper", "texts", "packed", "as a file"])
def test_forms_in_which_lists_have_come(fetching: Fetching, server: Server, form: str) -> None:
    papers = rows(TODAY)
    text = json.dumps(papers).encode()
    whole = {
        "wrapper": json.dumps({"status": "ok", "count": 3, "data": papers}).encode(),
        "texts": json.dumps([repr(paper) for paper in papers]).encode(),
    }.get(form, text)
    answers = {"packed": packed(text), "as a file": body(text, content_type="application/octet-stream")}
    server.on(TODAY, answers.get(form, body(whole)))
    assert fetching.day(TODAY) == Fetched(days=1)
    assert fetching.stored[TODAY] == whole


def test_progress_says_how_far_it_is(fetching: Fetching) -> None:
    fetching.fetch(Asked(YESTERDAY, TODAY))
    assert (f"of 2 days fetched, now {YESTERDAY}", 1) in fetching.progress


def test_an_interruption_keeps_what_came(fetching: Fetching, server: Server) -> None:
    for day in (TODAY, YESTERDAY, LONG_AGO):
        server.on(day, listing(rows(day)))

    def store(day: date, data: bytes) -> None:
        if day == LONG_AGO + timedelta(2):
            raise KeyboardInterrupt
        fetching.stored[day] = data

    server.on(LONG_AGO + timedelta(2), listing(rows(LONG_AGO)))
    fetching.store = store  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        fetching.fetch(Asked(LONG_AGO, TODAY))
    assert set(fetching.stored) == {TODAY, YESTERDAY}
    del fetching.store, server.asked[:]
    assert fetching.fetch(Asked(LONG_AGO, TODAY)).days == 2
    # what was settled before the interruption is not asked for again
    assert server.asked == [str(d) for d in (TODAY, YESTERDAY, *(LONG_AGO + timedelta(n) for n in (2, 1, 0)))]


def test_what_cannot_be_stored_is_not_remembered_as_fetched(fetching: Fetching, server: Server) -> None:
    server.on(LONG_AGO, listing(rows(LONG_AGO)))

    def refuse(day: date, data: bytes) -> None:
        raise Problem("sent what cannot be read: no title in row 1")

    fetching.store = refuse  # type: ignore[method-assign]
    (line,) = fetching.fetch(Asked(LONG_AGO, LONG_AGO)).problems
    assert line.startswith(f"{LONG_AGO}: 127.0.0.1:") and line.endswith("no title in row 1")
    del fetching.store
    assert fetching.fetch(Asked(LONG_AGO, LONG_AGO)).days == 1


@pytest.mark.parametrize(
    "given", ["ftp://example.org", "huggingface.co", "https://", "http://[", "https://a?b"]
)
def test_an_endpoint_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", given)
    with pytest.raises(Problem, match="HF_ENDPOINT is no address of a site"):
        Site()


def test_the_endpoint_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Site().address == "https://huggingface.co"
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:8080/mirror/")
    assert Site().address == "http://127.0.0.1:8080/mirror"


@pytest.mark.skipif("PAPERREADER_DATA" not in os.environ, reason="needs the real answers")
def test_the_real_answers_come_in_as_they_are(fetching: Fetching, server: Server) -> None:
    fetching.limits = fetching.limits._replace(size=16 * 2**20)
    files = sorted(Path(os.environ["PAPERREADER_DATA"], "hf-api").glob("*.json"))
    for file in files:
        server.on(file.stem, body(file.read_bytes()))
        assert fetching.day(date.fromisoformat(file.stem)) == Fetched(days=1)
    assert len(files) == 31
    assert fetching.stored == {date.fromisoformat(file.stem): file.read_bytes() for file in files}
