"""A site, or what stands between it and us, that misbehaves."""

from __future__ import annotations

import json
import socket
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from paperreader.fetch import Asked, Fetched, Problem, Site
from paperreader.fetch.patience import LONGEST, TRIES
from paperreader.fetch.site import Limits
from tests.fetch.conftest import TODAY
from tests.fetch.fetching import QUICK, USUAL, Fetching
from tests.fetch.site import (
    HEAD,
    Answering,
    Handler,
    Server,
    body,
    cut,
    dripping,
    listing,
    packed,
    redirect,
    reset,
    rows,
    serving,
    silent,
    status,
)

YESTERDAY = TODAY - timedelta(1)
GOOD = listing(rows(TODAY))


@pytest.fixture
def fetching(server: Server, tmp_path: Path) -> Fetching:
    return Fetching(server, tmp_path)


def headless(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n")
    handler.close_connection = True


def cut_in_its_packing(handler: Handler) -> None:
    whole = zlib.compress(b"[" + b"1, " * 5000 + b"1]", wbits=31)
    handler.send(whole[:40], content_encoding="gzip")


PASSING: dict[str, tuple[Answering, str]] = {
    "500": (status(500), "answers 500 Internal Server Error"),
    "503": (status(503), "answers 503 Service Unavailable"),
    "599": (status(599), "answers 599"),
    "429": (status(429), "answers 429 Too Many Requests"),
    "reset": (reset, "broke the connection"),
    "no HTTP": (headless, "broke the connection"),
    "nonsense as an address": (redirect("http://[::1"), "broke the connection"),
    "cut": (cut, "broke the connection"),
    "cut in its packing": (cut_in_its_packing, "cut short"),
    "damaged packing": (body(b"[]", content_encoding="gzip"), "damaged"),
    "silent": (silent, "says nothing"),
    "dripping head": (dripping(HEAD + b"x: "), "no whole answer"),
    "dripping body": (dripping(HEAD + b"content-length: 9000\r\n\r\n["), "no whole answer"),
    "no JSON": (body(b"Service starting"), "no JSON"),
    "half of a list": (body(json.dumps(rows(TODAY)).encode()[:-9]), "not all of it"),
    "empty": (body(b""), "sent nothing"),
    "deep": (body(b"[" * 90_000), "no JSON"),
    "not UTF-8": (body(b'["\xff\xfe"]'), "no JSON"),
}


def limits(name: str) -> Limits:
    return QUICK if name in ("silent", "dripping head", "dripping body") else USUAL


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_outlasted(fetching: Fetching, server: Server, name: str) -> None:
    server.on(TODAY, PASSING[name][0], GOOD)
    fetching.limits, fetching.limits_later = limits(name), USUAL
    assert fetching.day(TODAY) == Fetched(days=1)
    assert len(server.asked) == 2 and sum(fetching.slept) == pytest.approx(1)
    assert fetching.said == []


@pytest.mark.parametrize("name", PASSING)
def test_what_does_not_pass_is_said_in_one_line(fetching: Fetching, server: Server, name: str) -> None:
    server.on(TODAY, PASSING[name][0])
    fetching.limits = limits(name)
    (line,) = fetching.day(TODAY).problems
    assert PASSING[name][1] in line and "127.0.0.1" in line and "\n" not in line
    assert fetching.said == [line]
    assert len(server.asked) == TRIES
    # 1, 2 and 4 seconds
    assert sum(fetching.slept) == pytest.approx(7)
    assert not fetching.stored


FINAL: dict[str, tuple[Answering, str]] = {
    "404": (status(404), "answers 404 Not Found"),
    "204": (status(204), "answers 204"),
    "no list": (body(b'{"papers": []}'), "sent no list"),
    "a number": (body(b"7"), "sent no list"),
    "a complaint": (body(b'{"error": "Invalid\\u001b[31m date\\n"}'), "says: Invalid date"),
    "too large": (body(b"[" + b" " * 200_000 + b"]"), "sends more than 0 MB"),
    "a bomb": (packed(b"[" + b" " * 50_000_000 + b"]"), "sends more than 0 MB"),
    "other packing": (body(b"[]", content_encoding="br"), "was not asked for (br)"),
}


@pytest.mark.parametrize("name", FINAL)
def test_a_day_that_cannot_be_had_does_not_keep_the_others(
    fetching: Fetching, server: Server, name: str
) -> None:
    server.on(TODAY, FINAL[name][0])
    server.on(YESTERDAY, listing(rows(YESTERDAY)))
    done = fetching.fetch(Asked(YESTERDAY, TODAY))
    assert done.days == 1 and set(fetching.stored) == {YESTERDAY}
    (line,) = done.problems
    assert line.startswith(f"{TODAY}: 127.0.0.1") and FINAL[name][1] in line
    assert server.asked == [str(TODAY), str(YESTERDAY)]


ENDING: dict[str, tuple[Answering, str]] = {
    "403": (status(403), "answers 403 Forbidden"),
    "407": (status(407), "answers 407"),
    "a web page": (body(b"<!DOCTYPE html><h1>Sign in</h1>", content_type="text/html"), "web page"),
    "a page that says it is JSON": (body(b" \n<html>"), "web page"),
    "no page, but it says so": (body(b"Sign in", content_type="text/html; charset=utf-8"), "web page"),
    "a circle": (redirect("?date=2026-08-21"), "redirects more than 5 times"),
    "a file": (redirect("file:///etc/passwd"), "redirects to what is no address"),
    "a script": (redirect("javascript:alert(1)"), "redirects to what is no address"),
}


@pytest.mark.parametrize("name", ENDING)
def test_what_other_days_would_meet_ends_the_fetch(fetching: Fetching, server: Server, name: str) -> None:
    server.on(TODAY, ENDING[name][0])
    (line,) = fetching.fetch().problems
    assert line.startswith("127.0.0.1") and ENDING[name][1] in line
    assert set(server.asked) == {str(TODAY)} and not fetching.slept


def test_many_days_in_a_row_end_the_fetch(fetching: Fetching, server: Server) -> None:
    for n in range(30):
        server.on(TODAY - timedelta(n), status(404))
    assert len(fetching.fetch(Asked(TODAY - timedelta(29), TODAY)).problems) == 5
    assert len(server.asked) == 5


def test_a_redirect_is_followed(fetching: Fetching, server: Server) -> None:
    with serving() as other:
        server.on(TODAY, redirect("/moved"))
        server.on("/moved", redirect(f"{other.address}/lists"))
        other.on("/lists", GOOD)
        assert fetching.day(TODAY) == Fetched(days=1)
        assert other.asked == ["/lists"]


def test_the_site_says_when_to_come_back(fetching: Fetching, server: Server) -> None:
    server.on(TODAY, status(429, retry_after="7"), status(503, retry_after=f"{LONGEST:.0f}"), GOOD)
    assert fetching.day(TODAY) == Fetched(days=1)
    assert sum(fetching.slept) == pytest.approx(7 + LONGEST)
    name = f"127.0.0.1:{server.server_port}"
    assert fetching.said == [f"{name} asks to wait for 7 seconds", f"{name} asks to wait for 2 minutes"]
    waits = [what for what, _ in fetching.progress if "trying again" in what]
    assert f"{name} answers 429 Too Many Requests; trying again in 7 s" in waits[0]


@pytest.mark.parametrize("header", ["7200", "Sat, 21 Aug 2100 12:00:00 GMT"])
def test_whoever_asks_for_hours_is_left_alone(fetching: Fetching, server: Server, header: str) -> None:
    server.on(TODAY, status(429, retry_after=header))
    (line,) = fetching.fetch().problems
    assert "asks to be left alone for" in line and "fetch again then" in line
    assert len(server.asked) == 1 and not fetching.slept


def test_a_date_that_is_past_means_now(fetching: Fetching, server: Server) -> None:
    server.on(TODAY, status(503, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"), GOOD)
    assert fetching.day(TODAY) == Fetched(days=1)
    assert not fetching.slept


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}", "http://no-such-host.invalid"])
def test_no_network_is_one_line_at_once(fetching: Fetching, address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    fetching.server = type("Nobody", (), {"address": address.format(port=port)})()
    (line,) = fetching.fetch().problems
    assert "cannot be reached" in line and "is there a network?" in line
    assert "Errno" not in line
    assert not fetching.slept


def test_a_network_that_breaks_down_is_waited_for(fetching: Fetching, server: Server) -> None:
    server.on(TODAY, GOOD)

    def close_down(handler: Handler) -> None:
        server.socket.close()
        reset(handler)

    server.on(YESTERDAY, close_down)
    done = fetching.fetch(Asked(YESTERDAY, TODAY))
    assert done.days == 1 and sum(fetching.slept) > 7
    (line,) = done.problems
    assert "cannot be reached" in line


def test_the_proxy_of_the_environment_is_used(
    fetching: Fetching, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.address)
    server.on(TODAY, GOOD)
    fetching.server = type("Elsewhere", (), {"address": "http://papers.invalid"})()
    assert fetching.day(TODAY) == Fetched(days=1)
    assert server.heads[0]["Host"] == "papers.invalid"
    monkeypatch.setenv("NO_PROXY", "papers.invalid")
    assert "cannot be reached" in fetching.day(TODAY).problems[0]


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:9", "telnet://127.0.0.1:9", "http://127.0.0.1:notaport"]
)
def test_a_proxy_that_cannot_be_used_is_said(
    fetching: Fetching, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    (line,) = fetching.fetch().problems
    assert "cannot be reached" in line and "proxy" in line.lower()


def test_waiting_can_be_ended_at_any_moment(server: Server) -> None:
    server.on(TODAY, silent)

    def enough() -> None:
        raise KeyboardInterrupt

    with Site(server.address) as site, pytest.raises(KeyboardInterrupt):
        site.ask(TODAY, enough)


def test_after_a_failure_the_site_can_be_asked_again(server: Server) -> None:
    server.on(TODAY, silent, GOOD)
    with Site(server.address) as site:
        with pytest.raises(ZeroDivisionError):
            site.ask(TODAY, lambda: 1 / 0)
        assert json.loads(site.ask(TODAY, lambda: None).body) == rows(TODAY)
    with pytest.raises(Problem, match="cannot be reached"):
        Site("http://no-such-host.invalid").ask(TODAY, lambda: None)
