"""What was typed before is had again; its file is trusted with nothing."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.history import MOST, QueryHistory, latest
from paperreader.text import one_line

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda of: st.lists(of, max_size=4) | st.dictionaries(st.text(max_size=5), of, max_size=3),
)


def test_the_latest_is_last_and_each_is_there_once(tmp_path: Path) -> None:
    history = QueryHistory(tmp_path / "state", tmp_path / "library")
    assert history.read() == []
    history.add(["a", "b"])
    history.add(["c", "a"])
    assert history.read() == ["b", "c", "a"]
    assert QueryHistory(tmp_path / "state", tmp_path / "other").read() == []


def test_libraries_and_readers_do_not_take_from_each_other(tmp_path: Path) -> None:
    one, other = (QueryHistory(tmp_path, tmp_path / name) for name in ("one", "other"))
    again = QueryHistory(tmp_path, tmp_path / "one")
    one.add(["a"])
    other.add(["b"])
    again.add(["c"])
    assert (one.read(), other.read()) == (["a", "c"], ["b"])


def test_only_so_many_are_remembered_and_nobody_else_reads_them(tmp_path: Path) -> None:
    history = QueryHistory(tmp_path, tmp_path / "library")
    history.add(str(n) for n in range(1000))
    assert history.read() == [str(n) for n in range(1000 - MOST, 1000)]
    assert stat.S_IMODE((tmp_path / "history.json").stat().st_mode) == 0o600


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_file_is_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("state")
    (folder / "history.json").write_bytes(data)
    history = QueryHistory(folder, folder / "library")
    assert history.read() == []
    history.add(["a"])
    assert history.read() == ["a"]


@given(st.lists(JSON | st.text(max_size=30), max_size=12))
def test_what_it_gives_is_safe_to_show(
    tmp_path_factory: pytest.TempPathFactory, queries: list[object]
) -> None:
    folder = tmp_path_factory.mktemp("state")
    (folder / "history.json").write_text(json.dumps({str(folder / "library"): queries}))
    read = QueryHistory(folder, folder / "library").read()
    assert len(read) == len(set(read)) and not any("\x1b" in query or "\n" in query for query in read)
    assert read == latest(
        [one_line(given) for given in queries if isinstance(given, str) and one_line(given)]
    )


def test_a_file_as_large_as_no_history_is_not_read(tmp_path: Path) -> None:
    history = QueryHistory(tmp_path, tmp_path / "library")
    (tmp_path / "history.json").write_text(json.dumps({str(tmp_path / "library"): ["a" * (5 << 20)]}))
    assert history.read() == []


def test_a_folder_that_cannot_be_written_is_not_worth_a_word(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = QueryHistory(tmp_path / "file" / "state", tmp_path / "library")
    history.add(["a"])
    assert history.read() == []


@given(st.lists(st.text(max_size=2)))
def test_latest(queries: list[str]) -> None:
    kept = latest(queries)
    assert set(kept) == set(queries)
    places = [len(queries) - 1 - queries[::-1].index(query) for query in kept]
    assert places == sorted(places)
