"""What the tests of fetching share: a site, a world without proxies, and a day that is today."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

import pytest

from paperreader.fetch import days
from tests.fetch.site import Server, serving

TODAY = date(2026, 8, 21)
"""A Friday."""


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the tester's own."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in ("HF_ENDPOINT", "SSL_CERT_FILE", "SSL_CERT_DIR"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(days, "utc_today", lambda: TODAY)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def lists_are_dumps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of the API's lists, as long as `dumps` does not read it."""
