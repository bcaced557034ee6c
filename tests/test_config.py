"""The config file: what it can say, and one clear line for what it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader import config

COMMANDS = {"star": "s", "note": "n", "down": "j,down"}


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "config.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert config.read(tmp_path / "config.toml", COMMANDS) == config.Config()


def test_theme_and_keys(tmp_path: Path) -> None:
    file = written(tmp_path, 'theme = "nord"\n[keys]\nstar = "x"\ndown = ["ctrl+n", ","]\n')
    assert config.read(file, COMMANDS) == config.Config("nord", {"star": "x", "down": "ctrl+n,comma"})


def test_a_key_may_do_one_thing_in_a_pane_and_another_elsewhere(tmp_path: Path) -> None:
    commands, panes = {**COMMANDS, "accept": "enter", "keep": "ctrl+s"}, {"accept": "filter", "keep": "note"}
    file = written(tmp_path, '[keys]\nstar = "enter"\nnote = "ctrl+s"\naccept = ["enter", "ctrl+s"]\n')
    assert config.read(file, commands, panes).keys["accept"] == "enter,ctrl+s"
    panes["keep"] = "filter"
    with pytest.raises(config.ConfigError, match=r"'ctrl\+s' is both 'accept' and 'keep'"):
        config.read(file, commands, panes)


def test_what_comes_in_by_itself(tmp_path: Path, home: Path) -> None:
    file = written(tmp_path, f"watch = ['~/papers', '{tmp_path}']\nfetch_at_start = true\n")
    assert config.read(file, COMMANDS) == config.Config(
        watch=(home / "papers", tmp_path), fetch_at_start=True
    )
    assert config.read(written(tmp_path, 'watch = "~"'), COMMANDS).watch == (home,)


def test_how_a_page_is_set(tmp_path: Path) -> None:
    file = written(tmp_path, "measure = 60\nline_spacing = 1.5\n")
    assert config.read(file, COMMANDS) == config.Config(measure=60, line_spacing=1.5)
    config.remember(file, "measure", 100)
    config.remember(file, "line_spacing", 2)
    assert config.read(file, COMMANDS) == config.Config(measure=100, line_spacing=2)


def test_how_long_a_paper_is_open_until_it_is_read(tmp_path: Path) -> None:
    given = {"": 10.0, "read_after = 2.5": 2.5, "read_after = 0": 0.0, "read_after = false": 0.0}
    for text, seconds in given.items():
        assert config.read(written(tmp_path, text), COMMANDS).read_after == seconds


def test_two_commands_can_change_places(tmp_path: Path) -> None:
    file = written(tmp_path, '[keys]\nstar = "n"\nnote = "s"\n')
    assert config.read(file, COMMANDS).keys == {"star": "n", "note": "s"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("theme = \nkeys = 1", "line 1"),
        ("colour = 1", "unknown setting 'colour'"),
        ("theme = 3", "theme must be a name"),
        ("watch = 3", 'watch must be a list of folders such as ["~/papers"]'),
        ('watch = ["~/papers", ""]', "watch must be a list of folders"),
        ('watch = ["papers"]', "watch: 'papers' must begin with ~ or be a whole path"),
        ('watch = ["a\\u0000"]', "watch must be a list of folders"),
        ('fetch_at_start = "yes"', "fetch_at_start must be true or false"),
        ("measure = 39", "measure must be a number of cells from 40 to 200"),
        ("measure = 90.5", "measure must be a number of cells"),
        ("measure = true", "measure must be a number of cells"),
        ('measure = "wide"', "measure must be a number of cells"),
        ("line_spacing = 3", "line_spacing must be 1, 1.5"),
        ("line_spacing = [1]", "line_spacing must be 1, 1.5"),
        ("line_spacing = true", "line_spacing must be 1, 1.5"),
        ('read_after = "10"', "read_after must be a number of seconds such as 10, or false for never"),
        ("read_after = true", "read_after must be a number"),
        ("read_after = -1", "read_after must be a number"),
        ("read_after = nan", "read_after must be a number"),
        ("read_after = inf", "read_after must be a number"),
        ("keys = 3", "keys must be a table"),
        ('[keys]\nstart = "x"', "did you mean 'star'?"),
        ("[keys]\nstar = 3", "is not a key"),
        ("[keys]\nstar = []", "is not a key"),
        ('[keys]\nstar = "not a key"', "is not a key"),
        ('[keys]\nstar = "n"', "'n' is both 'star' and 'note'"),
        (b"theme = '\xff'", "not UTF-8 at byte"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path: Path, text: str | bytes, says: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(config.ConfigError) as error:
        config.read(file, COMMANDS)
    assert says in str(error.value) and str(file) in str(error.value) and "\n" not in str(error.value)


def test_one_bad_word_costs_only_what_it_is_about(tmp_path: Path) -> None:
    tables = '[keys]\nstars = "x"\nnote = "m"\n[searches]\na = 3\nb = "c"\n'
    file = written(tmp_path, f"bogus = 1\nmeasure = 3\nread_after = 2\n{tables}")
    settings, problems = config.usable(file, COMMANDS)
    assert settings == config.Config(read_after=2.0, keys={"note": "m"}, searches={"b": "c"})
    says = ("unknown setting 'bogus'", "measure must be", "did you mean 'star'?", "'a' must be a query")
    assert len(problems) == len(says)
    assert all(any(each in line and line.startswith(str(file)) for line in problems) for each in says)
    unreadable, (problem,) = config.usable(written(tmp_path, "theme = [broken"), COMMANDS)
    assert unreadable == config.Config() and "line 1" in problem


@given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode)))
def test_no_file_makes_it_raise_anything_else(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = written(tmp_path_factory.mktemp("config"), data)
    try:
        config.read(file, COMMANDS)
    except config.ConfigError as error:
        assert str(file) in str(error)


def test_remembering_the_theme_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    file = written(tmp_path, '# mine\ntheme = "nord" # blue\n\n[keys]\nstar = "x"  # closer\n')
    config.remember(file, "theme", "paper")
    assert file.read_text() == '# mine\ntheme = "paper" # blue\n\n[keys]\nstar = "x"  # closer\n'
    new = tmp_path / "deep" / "config.toml"
    config.remember(new, "theme", "paper")
    assert config.read(new, COMMANDS).theme == "paper"


def test_a_file_that_cannot_be_read_is_not_written(tmp_path: Path) -> None:
    file = written(tmp_path, "theme = ")
    with pytest.raises(config.ConfigError):
        config.remember(file, "theme", "paper")
    assert file.read_text() == "theme = "
