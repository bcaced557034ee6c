"""A site for tests: a real HTTP server on the loopback address that does as it is told."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

Answering = Callable[["Handler"], None]
"""One way to answer a request."""


class Handler(BaseHTTPRequestHandler):
    """Answers with what the site has planned for the day that is asked for."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query).get("date", [""])[0]
        self.server.asked.append(asked or self.path)
        self.server.heads.append(dict(self.headers))
        plan = self.server.plan.get(asked or self.path, [])
        answer = plan.pop(0) if len(plan) > 1 else plan[0] if plan else listing([])
        answer(self)

    def send(self, body: bytes, code: int = 200, **headers: str) -> None:
        own = {"content-type": "application/json", "content-length": str(len(body))}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(code)
        for name, value in (own | given).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class Server(ThreadingHTTPServer):
    """What happens at the site, and what has happened."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plan: dict[str, list[Answering]] = {}
        """Day, or another path -> the answers to it, one after the other; the last one stays."""
        self.asked: list[str] = []
        self.heads: list[dict[str, str]] = []
        self.closing = Event()
        self.faults: list[BaseException | None] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def on(self, day: date | str, *answers: Answering) -> None:
        """Plan the answers to requests for a day, or another path."""
        self.plan[str(day)] = list(answers)

    def handle_error(self, request: object, client_address: object) -> None:
        error = sys.exception()
        if not isinstance(error, OSError):  # clients hang up on us, and that is what they should do
            self.faults.append(error)


@contextmanager
def serving() -> Iterator[Server]:
    """The site, for as long as it is needed."""
    with Server() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
        assert server.faults == []


def row(number: int, day: date, *, listed: date | None = None, **more: object) -> dict[str, object]:
    """A paper of a day as the API gives it, where it is not `listed` on another."""
    return {
        "paper": {
            "id": f"{day:%y%m}.{day.day:02}{number:03}",
            "authors": [{"_id": "a1", "name": "Ada Lovelace", "hidden": False}],
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{listed or day}T04:00:00.000Z",
            "title": f"Paper {number} of {day}",
            "summary": f"What paper {number} of {day} is about.",
            "upvotes": number,
        },
        "publishedAt": f"{day}T01:00:00.000Z",
        "title": f"Paper {number} of {day}",
        "summary": f"What paper {number} of {day} is about.",
        "numComments": 1,
        **more,
    }


def rows(day: date, count: int = 3) -> list[dict[str, object]]:
    return [row(number, day) for number in range(1, count + 1)]


# -- ways to answer


def body(data: bytes, code: int = 200, **headers: str) -> Answering:
    return lambda handler: handler.send(data, code, **headers)


def listing(of: object, **headers: str) -> Answering:
    return body(json.dumps(of).encode(), **headers)


def status(code: int, **headers: str) -> Answering:
    return body(b'{"error": "no"}', code, **headers)


def packed(data: bytes) -> Answering:
    return body(gzip.compress(data), content_encoding="gzip")


def redirect(to: str) -> Answering:
    return body(b"", 302, location=to)


def reset(handler: Handler) -> None:
    """Break the connection without an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def cut(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send(b'[{"paper": {"id": "1"', content_length="5000")
    handler.close_connection = True


def dripping(start: bytes) -> Answering:
    """Begin, and then send a byte now and then, for ever."""

    def answer(handler: Handler) -> None:
        handler.close_connection = True
        handler.wfile.write(start)
        while not handler.server.closing.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    return answer


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


def silent(handler: Handler) -> None:
    """Say nothing at all."""
    handler.server.closing.wait()
    handler.close_connection = True


def headers_of(server: Server, request: int = -1) -> Mapping[str, str]:
    """The headers of a request that was made, with small letters."""
    return {name.lower(): value for name, value in server.heads[request].items()}
