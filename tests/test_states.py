"""States are the same whether they are worked out anew or from what they were before."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.annotations import Annotation, Annotations, Field, Setting
from paperreader.index import Members
from paperreader.states import States
from paperreader.tags import key

IDS = {"p": 3, "another p": 3, "q": 0, "r": 7, "in no library": None}
NEW = Members.of([7])

fields: st.SearchStrategy[Field] = st.sampled_from(["starred", "note", "read", "skipped", "later", "tags"])
setting = st.builds(
    Setting,
    st.sampled_from(sorted(IDS)),
    st.just("T"),
    fields,
    st.sampled_from([(), ("RL", "b"), ("rl",), "n"]),
)
changes = st.lists(st.lists(setting, max_size=3) | st.none(), max_size=8)
"""Several changes at once, or what is undone."""


def holds(state: str, annotation: Annotation) -> bool:
    """Whether a paper with this annotation is in a state."""
    if state.startswith("tag:"):
        return state[4:] in map(key, annotation.tags)
    if state == "judged":
        return annotation.read or annotation.skipped or annotation.later or annotation.starred
    return bool(getattr(annotation, {"noted": "note", "tagged": "tags"}.get(state, state)))


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
def test_several_threads_may_ask_and_go_on(tmp_path: Path) -> None:
    annotations = Annotations(tmp_path / "annotations.json")
    annotations.change_all(
        Setting(f"{key} {n}", "T", "tags", (f"tag {n}",)) for n in range(400) for key in ("one", "another")
    )

    def ask(states: States) -> None:
        for n in range(400):
            assert list(states[f"tag:tag {n}"]) == [n]

    def go_on(states: States) -> None:
        while not asked.is_set():
            states.following(annotations.snapshot)

    for _ in range(5):
        asked = threading.Event()
        states = States(annotations.snapshot, lambda paper_id: int(paper_id.split()[1]), {})
        with ThreadPoolExecutor() as threads:
            asking = [threads.submit(ask, states) for _ in range(2)]
            going = [threads.submit(go_on, states) for _ in range(2)]
            try:
                for each in asking:
                    each.result()
            finally:
                asked.set()
            for each in going:
                each.result()
        changed = Setting("one 7", "T", "tags", ())
        annotations.change_all([changed])
        assert list(states.following(annotations.snapshot)["tag:tag 7"]) == [7], "it has the other key"
        annotations.undo()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes, st.sets(st.integers(0, 8)), st.booleans())
def test_states_follow_every_change(
    tmp_path: Path, made: list[list[Setting] | None], asked: set[int], long: bool
) -> None:
    for old in tmp_path.iterdir():
        old.unlink() if old.is_file() else None
    annotations = Annotations(tmp_path / "annotations.json")
    states = States(annotations.snapshot, IDS.get, {"new": lambda: NEW})
    with (
        mock.patch("os.fsync"),
        mock.patch("paperreader.annotations.snapshot._REMEMBERED", 1 if long else 64),
    ):
        for number, several in enumerate(made):
            annotations.undo() if several is None else annotations.change_all(several)
            states = states.following(annotations.snapshot)
            if number in asked:
                check(states, annotations)
    check(states, annotations)


def check(states: States, annotations: Annotations) -> None:
    entries = annotations.entries()
    tags = {key(tag) for annotation in entries.values() for tag in annotation.tags}
    assert set(states) == {
        *("starred", "noted", "read", "skipped", "later", "tagged", "judged", "new"),
        *(f"tag:{tag}" for tag in tags),
    }
    assert set(states["new"]) == set(NEW)
    for state in set(states) - {"new"}:
        expected = {IDS[i] for i, annotation in entries.items() if holds(state, annotation)} - {None}
        assert set(states[state]) == expected, state
        assert len(states[state]) == len(expected)
    assert states.get("tag:unknown") is None
    assert {key(tag) for tag in states.spellings()} == tags


def test_a_state_that_has_not_changed_is_the_same_object(tmp_path: Path) -> None:
    annotations = Annotations(tmp_path / "annotations.json")
    annotations.change("p", "T", "starred", True)
    annotations.change("p", "T", "tags", ("a",))
    before = States(annotations.snapshot, IDS.get, {"new": lambda: NEW})
    made = {name: before[name] for name in before}
    annotations.change("q", "T", "read", True)
    after = before.following(annotations.snapshot)
    assert {name for name in after if after[name] is not made[name]} == {"read", "judged"}
    assert set(before["read"]) == set()


@given(
    st.sets(st.integers(0, 40)),
    st.lists(st.integers(0, 50)),
    st.dictionaries(st.integers(0, 45), st.booleans()),
)
def test_members_are_a_set(ordinals: set[int], listed: list[int], now: dict[int, bool]) -> None:
    members = Members.of(ordinals)
    assert (set(members), len(members)) == (ordinals, len(ordinals))
    assert [n for n in range(-1, 60) if n in members] == sorted(ordinals)
    assert list(members.among(listed)) == [n for n in listed if n in ordinals]
    changed = members.changed(now)
    assert set(changed) == (ordinals | {n for n in now if now[n]}) - {n for n in now if not now[n]}
    assert set(members) == ordinals
    assert members.changed(dict.fromkeys(ordinals, True)) is members
