"""Saved searches live in the config file, and the rest of that file is nobody's business."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import tomlkit
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tomlkit.exceptions import TOMLKitError

from paperreader import atomic, config, searches
from paperreader.library import Library, View
from tests.index.test_query import LEXEMES
from tests.test_config import COMMANDS, written
from tests.test_hiding import judge

MINE = """\
# mine
theme = "nord" # blue

[searches]
# mornings
hebbian = "hebbian is:new"  # first
bert = "-bert"

[keys]
star = "x"
"""

NAMES = st.text(max_size=70)
QUERIES = st.text(max_size=40)
VIEWS: tuple[View, ...] = ("all", "new", "starred", "noted", "later", "trending")
TYPED = st.lists(
    st.sampled_from([*LEXEMES, "model", "learn", " OR ", " ", "is:new", "date:7d"]), max_size=12
).map("".join)


def kept(file: Path) -> dict[str, str]:
    return dict(config.read(file, COMMANDS).searches)


def test_they_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert list(kept(written(tmp_path, MINE)).items()) == [("hebbian", "hebbian is:new"), ("bert", "-bert")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("searches = 3", 'searches must be a table: [searches], and in it lines such as name = "query"'),
        ("[searches]\nx = 3", "searches: 'x' must be a query in quotes"),
        ('[searches]\nx = " "', "searches: 'x' must be a query in quotes"),
        ('[searches.x]\ny = "a"', "searches: 'x' must be a query in quotes"),
        ('[searches]\n"" = "a"', "searches: '': a search needs a name"),
        ('[searches]\n"a\\u001b[2J" = "a"', "is one line of letters and signs that can be seen"),
        (f'[searches]\n{"a" * 61} = "a"', "at most 60 letters"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(config.ConfigError) as error:
        kept(file)
    assert says in str(error.value) and str(file) in str(error.value)
    assert "\n" not in str(error.value) and "\x1b" not in str(error.value)


def test_a_change_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    file = written(tmp_path, MINE)
    searches.save(file, "new ones", 'is:new "a b"')
    searches.save(file, "bert", "bert -deep")
    assert kept(file) == {"hebbian": "hebbian is:new", "bert": "bert -deep", "new ones": 'is:new "a b"'}
    searches.rename(file, "hebbian", "plasticity")
    assert list(kept(file)) == ["plasticity", "bert", "new ones"]
    searches.remove(file, "new ones")
    searches.remove(file, "bert")
    assert kept(file) == {"plasticity": "hebbian is:new"}
    text = file.read_text()
    assert "# mine\n" in text and "# blue" in text and "# mornings" in text and "# first" in text
    assert config.read(file, COMMANDS)[:2] == ("nord", {"star": "x"})


@pytest.mark.parametrize(
    "text",
    [
        '[searches]\n# first\na = "x" # ax\n\n# second\nb = "y"\n# end\n\n[keys]\nstar = "b"\n',
        "searches = {b = 'y', a=\"x\", c = 'z' }  # inline\n",
        'searches.a = "x"\nsearches.b = "y"\n',
        '# dotted\nsearches.b = "y"\ntheme = "nord"\nsearches . a   = "x" # ax\n',
        '["searches"]\r\n  "a"\t=\t"x"\r\nb = "y"',
    ],
)
@pytest.mark.parametrize("new", ["z", "two words", '"q"', "a.b", "深度"])
def test_nothing_but_the_name_changes(tmp_path: Path, text: str, new: str) -> None:
    file = written(tmp_path, text.encode())
    before = kept(file)
    searches.rename(file, "a", new)
    assert list(kept(file).items()) == [(new if name == "a" else name, q) for name, q in before.items()]
    assert len(file.read_bytes().decode().splitlines()) == len(text.splitlines())
    searches.rename(file, new, "a")
    assert file.read_bytes().decode() == text.replace('"a"', "a")
    searches.save(file, "late", "w")
    searches.remove(file, "a")
    assert kept(file) == {name: q for name, q in before.items() if name != "a"} | {"late": "w"}


def test_a_file_that_cannot_be_changed_is_said_in_one_line(tmp_path: Path) -> None:
    file = written(tmp_path, MINE)
    says = r"config\.toml: it is written so that only"
    with pytest.raises(config.ConfigError, match=says), config.changing(file):
        raise IndexError("list index out of range")
    assert file.read_text() == MINE


def test_a_file_is_made_for_the_first_one(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "config.toml"
    searches.save(file, "a", "b")
    assert file.read_text() == '[searches]\na = "b"\n'


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    file = written(tmp_path, MINE)
    for act, says in (
        (lambda: searches.save(file, " ", "a"), "a name is one line"),
        (lambda: searches.rename(file, "bert", ""), "a search needs a name"),
        (lambda: searches.rename(file, "bert", "hebbian"), "'hebbian' already"),
        (lambda: searches.rename(file, "gone", "x"), "'gone' any more"),
    ):
        with pytest.raises(config.ConfigError, match=says):
            act()
    assert file.read_text() == MINE


@pytest.mark.parametrize("text", ["searches = ", "searches = 3", b"theme = '\xff'", "a = " + "[" * 9999])
def test_a_file_that_cannot_be_read_is_not_written(tmp_path: Path, text: str | bytes) -> None:
    file = written(tmp_path, text)
    before = file.read_bytes()
    with pytest.raises(config.ConfigError, match=r"config\.toml"):
        searches.save(file, "a", "b")
    assert file.read_bytes() == before


def test_a_disk_that_fails_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, MINE)

    def full(path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(atomic, "replace", full)
    with pytest.raises(config.ConfigError, match="No space left on device"):
        searches.save(file, "a", "b")
    assert file.read_text() == MINE


def test_two_programs_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, MINE)
    names = [f"search {n}" for n in range(12)]
    threads = [threading.Thread(target=searches.save, args=(file, name, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(names) < set(kept(file))


@given(st.lists(st.tuples(NAMES, QUERIES), max_size=5), st.text(max_size=30))
def test_whatever_is_saved_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], comment: str
) -> None:
    head = "".join(f"# {line}\n" for line in comment.split() if line.isprintable())
    file = written(tmp_path_factory.mktemp("config"), head.encode("utf-8", "replace"))
    expected: dict[str, str] = {}
    for name, query in pairs:
        try:
            searches.save(file, name, query)
        except config.ConfigError:
            assert config.name_problem(name) or not config.one_line(query)
        else:
            expected[name] = config.one_line(query)
        assert kept(file) == expected
    free = "~" * (1 + max(map(len, expected), default=0))
    for name in expected if not config.name_problem(free) else ():
        searches.rename(file, name, free)
        searches.rename(file, free, name)
        assert list(kept(file).items()) == list(expected.items())
    assert file.read_text(encoding="utf-8").startswith(head.encode("utf-8", "replace").decode())


@given(
    st.recursive(
        st.text(max_size=5) | st.integers(), lambda of: st.dictionaries(st.text(max_size=5), of, max_size=3)
    )
)
def test_any_table_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, table: object
) -> None:
    try:
        text = tomlkit.dumps({"searches": table})
    except (TOMLKitError, ValueError):
        return
    file = written(tmp_path_factory.mktemp("config"), text.encode("utf-8", "replace"))
    try:
        assert all(name and query for name, query in kept(file).items())
    except config.ConfigError as error:
        assert str(file) in str(error) and str(error).isprintable()


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("hebbian", "hebbian"),
        ('title:attention -bert is:new "sparse heads"', "attention new sparse heads"),
        ("(a OR b) neuro*", "a b neuro"),
        ("-bert", "-bert"),
        ("注意力 机制", "注意力 机制"),
        ("word " * 20, "word word word word word word word word"),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_name_is_suggested(query: str, name: str) -> None:
    assert searches.suggested_name(query) == name
    assert not config.name_problem(name)


@given(st.text())
def test_any_query_has_a_name_to_suggest(query: str) -> None:
    suggested = searches.suggested_name(query)
    assert not suggested or not config.name_problem(suggested)


def test_what_is_kept_finds_what_was_listed(open_library: Callable[[], Library]) -> None:
    library = open_library()
    judge(library)
    for n in range(0, 60, 5):
        library.note(library.paper(n), "a model to learn")
        library.tag(library.paper(n), ["rl"])

    @settings(max_examples=40)
    @given(TYPED, TYPED)
    @example("model OR is:starred", "is:starred model")
    @example("model OR is:new", "date:2026-08 OR a")
    @example("model OR date:2026-08", "learning OR id:2")
    @example("model OR", "OR learn")
    @example("model OR (learn", 'learn OR "neural net')
    @example("model) OR learn", "neural OR title:")
    @example("model ", "learn ")
    @example("(is:starred OR video", "-is:starred")
    def finds_the_same(one: str, two: str) -> None:
        for view in VIEWS:
            listed = library.search(one, view=view)
            saved = library.search(searches.narrowed(one, view))
            assert listed.meant or saved.meant or set(saved.ordinals) == set(listed.ordinals)
        found = [library.search(each) for each in (one, two, searches.joined(one, two))]
        first, second, both = (set(each.ordinals) for each in found)
        assert any(each.meant for each in found) or both == first & second

    finds_the_same()


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ("graph", "is:new", "graph* is:new"),
        ("a OR b", "c OR d", "(a OR b*) (c OR d*)"),
        ("a OR date:7d", "-c", "(a OR date:7d) -c"),
        ("is:new a", "is:new", "is:new a"),
        ("graph ", "", "(graph)"),
        (" ", "", ""),
    ],
)
def test_two_are_joined_as_plainly_as_can_be(one: str, two: str, both: str) -> None:
    assert searches.joined(one, two) == both
