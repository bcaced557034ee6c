"""One request at a time to the site with the lists, and nothing it does can hold us up for long."""

from __future__ import annotations

import os
import re
import time
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from http import HTTPStatus
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from paperreader import __version__
from paperreader.fetch.patience import in_words, retry_after
from paperreader.fetch.problem import Problem
from paperreader.text import one_line

if TYPE_CHECKING:
    import httpx

USUAL = "https://huggingface.co"
USER_AGENT = f"paperreader/{__version__} (a reader of research papers for the terminal)"
TICK = 0.2
"""Seconds between two looks at whether somebody has lost patience."""
_MOST_REDIRECTS = 5
_PIECE = 65_536
_LONGEST_SAID = 160
_FOR_ALL_DAYS = frozenset({401, 403, 407, 429, 451})
_PASSING = frozenset({408, 425, 429})


class Limits(NamedTuple):
    """What one request may take."""

    whole: float = 30.0
    """Seconds, from the look-up of the site's name to the last byte, however they drip in."""
    connect: float = 10.0
    silence: float = 15.0
    """Seconds without a byte."""
    size: int = 16 * 2**20
    """Bytes of the list, unpacked; a day has fewer than half a million."""


class Answer(NamedTuple):
    """What the site said."""

    body: bytes
    content_type: str


class Site:
    """The site with the lists: that in HF_ENDPOINT, or the usual one."""

    def __init__(self, endpoint: str | None = None, limits: Limits | None = None) -> None:
        """Raises Problem when the endpoint is no address of a site."""
        given = os.environ.get("HF_ENDPOINT", "") if endpoint is None else endpoint
        self.address = (given.strip() or USUAL).rstrip("/")
        self.limits = limits or Limits()
        self._client: httpx.Client | None = None
        try:
            self.name = _checked(self.address)
        except ValueError:
            raise Problem(f"HF_ENDPOINT is no address of a site: {self.address!r}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def ask(self, day: date, waiting: Callable[[], object]) -> Answer:
        """The answer for a day. Raises Problem.

        `waiting` is called several times a second meanwhile; what it raises ends the request.
        """
        client = self._client = self._client or self._called()
        outcome: SimpleQueue[Answer | Exception] = SimpleQueue()
        address = f"{self.address}/api/daily_papers?date={day.isoformat()}"
        end = time.monotonic() + self.limits.whole

        def run() -> None:
            try:
                outcome.put(self._answer(client, address, end))
            except Exception as error:  # whatever it is, it belongs to whoever waits
                outcome.put(error)

        # no time limit of any library covers looking up a name or a head that drips in: a thread can be left
        Thread(target=run, name="request", daemon=True).start()
        try:
            answer = self._awaited(outcome, end, waiting)
        except BaseException:
            self._hang_up()
            raise
        if isinstance(answer, Answer):
            return answer
        self._hang_up()
        raise self._explained(answer) from answer

    def _awaited(
        self, outcome: SimpleQueue[Answer | Exception], end: float, waiting: Callable[[], object]
    ) -> Answer | Exception:
        while True:
            try:
                return outcome.get(timeout=TICK)
            except Empty:
                waiting()
            if time.monotonic() > end:
                return self._too_slow()

    def _called(self) -> httpx.Client:
        import httpx

        limits = self.limits
        try:
            return httpx.Client(
                headers={"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
                timeout=httpx.Timeout(limits.silence, connect=limits.connect),
                limits=httpx.Limits(max_connections=1),
            )
        except ImportError:
            raise Problem(
                "cannot be reached: the SOCKS proxy in the environment needs pip install 'httpx[socks]'",
                everywhere=True,
            ) from None
        except (ValueError, OSError, httpx.InvalidURL) as error:
            raise Problem(
                f"cannot be reached with the proxy or certificates of the environment ({_said(error)})",
                everywhere=True,
            ) from None

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    # -- in the thread of the request

    def _answer(self, client: httpx.Client, address: str, end: float) -> Answer:
        for _ in range(_MOST_REDIRECTS + 1):
            with client.stream("GET", address) as response:
                if response.has_redirect_location:
                    address = _redirected(response)
                    continue
                _check_status(response)
                return Answer(self._body(response, end), response.headers.get("Content-Type", ""))
        raise Problem(f"redirects more than {_MOST_REDIRECTS} times", everywhere=True)

    def _body(self, response: httpx.Response, end: float) -> bytes:
        """The body, unpacked no further than is allowed: a small answer can stand for a huge one."""
        packed = response.headers.get("Content-Encoding", "identity").strip().lower()
        if packed not in ("identity", "gzip", "x-gzip", ""):
            raise Problem(f"packs its answer in a way that was not asked for ({one_line(packed)[:30]})")
        unpacker = zlib.decompressobj(wbits=31) if packed.endswith("gzip") else None
        body = bytearray()
        largest = self.limits.size
        try:
            for piece in response.iter_raw(_PIECE):
                body += unpacker.decompress(piece, largest + 1 - len(body)) if unpacker else piece
                if len(body) > largest:
                    raise Problem(f"sends more than {largest / 2**20:.0f} MB")
                if time.monotonic() > end:
                    raise self._too_slow()
        except zlib.error:
            raise Problem("sent a damaged answer", passing=True) from None
        if unpacker and not unpacker.eof:
            raise Problem("sent an answer that is cut short", passing=True)
        return bytes(body)

    def _too_slow(self) -> Problem:
        return _broken(f"has given no whole answer after {in_words(self.limits.whole)}")

    def _explained(self, error: Exception) -> Problem:
        """What went wrong, for people."""
        import httpx

        match error:
            case Problem():
                return error
            case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.ProxyError():
                return _broken(f"cannot be reached ({_said(error)}); is there a network?", unreached=True)
            case httpx.TimeoutException():
                return _broken(f"says nothing for {in_words(self.limits.silence)}")
            case httpx.TransportError() | OSError():
                return _broken(f"broke the connection ({_said(error)})")
            case httpx.InvalidURL():
                return Problem("redirects to what is no address", everywhere=True)
        return Problem(f"could not be asked ({_said(error)})", everywhere=True)


def _said(error: Exception) -> str:
    return re.sub(r"\[Errno -?\d+\] ", "", one_line(str(error)))[:_LONGEST_SAID] or type(error).__name__


def _broken(reason: str, *, unreached: bool = False) -> Problem:
    return Problem(reason, passing=True, everywhere=True, unreached=unreached)


def _checked(address: str) -> str:
    """The name of the site, for people. Raises ValueError."""
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(address)
    return one_line(parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}")


def _redirected(response: httpx.Response) -> str:
    target = response.url.join(response.headers["Location"])
    if target.scheme not in ("http", "https") or not target.host:
        raise Problem("redirects to what is no address of a site", everywhere=True)
    if (response.url.scheme, target.scheme) == ("https", "http"):
        raise Problem("redirects from https to http, where anybody could answer", everywhere=True)
    return str(target)


def _check_status(response: httpx.Response) -> None:
    """Raise Problem unless there is an answer to be read."""
    code = response.status_code
    if code == HTTPStatus.OK:
        return
    # the site's own words for it may be anything
    name = next((status.phrase for status in HTTPStatus if status == code), "")
    passing = code in _PASSING or code >= 500
    wait = retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC)) if passing else None
    raise Problem(
        f"answers {code} {name}".rstrip(), passing=passing, everywhere=code in _FOR_ALL_DAYS, wait=wait
    )
