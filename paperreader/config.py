"""The reader's own settings: a theme, keys, what comes in by itself; in a file made for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from paperreader import atomic, places
from paperreader.text import one_line

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

LONGEST_NAME = 60
"""Characters of the name of a search."""
_LOCK_SECONDS = 3.0

_KEY = (
    r"(?:(?:ctrl|alt|shift|super)\+)*"
    r"(?:[!-~]|enter|escape|space|tab|backspace|delete|insert|up|down|left|right|home|end|pageup|pagedown"
    r"|backslash|f(?:[1-9]|1[0-9]|2[0-4]))\Z"
)

_A_DAY = 86_400.0


MEASURES = (40, 200)
"""The least and the most cells of a line: fewer break words, more lose the eye."""
LINE_SPACINGS = (1, 1.5, 2)


class ConfigError(ValueError):
    """The file cannot be used. str(error) says what is wrong and where, in one line."""


class Config(NamedTuple):
    """What the config file says; the defaults where it says nothing."""

    theme: str | None = None
    keys: Mapping[str, str] = MappingProxyType({})
    """Command name -> keys, separated by commas."""
    watch: tuple[Path, ...] = ()
    """Folders whose dumps come in by themselves."""
    fetch_at_start: bool = False
    measure: int = 90
    """The cells that a line of an abstract has at most."""
    line_spacing: float = 1
    """1 leaves none, 1.5 an empty line between sentences, 2 one between all lines."""
    read_after: float = 10.0
    """Seconds for which a paper has to be open to be taken for read; 0 for never."""
    searches: Mapping[str, str] = MappingProxyType({})
    """Name -> query, in the order of the file."""


_Told = Callable[[str], None]
"""Called with what is wrong with one setting; the default is used in its place, unless this raises."""


def read(
    file: Path, commands: Mapping[str, str] | None = None, panes: Mapping[str, str] = MappingProxyType({})
) -> Config:
    """The settings in the file; the defaults when there is no file. Raises ConfigError.

    `commands` are the names of all commands with their default keys, and `panes` says of some of them
    that they belong to one pane, where their keys come before those of the others. Without commands
    no keys are read.
    """

    def told(problem: str) -> None:
        raise ConfigError(f"{file}: {problem}")

    return _checked(_parsed(file), commands, panes, told)


def usable(
    file: Path, commands: Mapping[str, str] | None = None, panes: Mapping[str, str] = MappingProxyType({})
) -> tuple[Config, Sequence[str]]:
    """What of the file can be used, and one line about each thing that cannot; see `read`."""
    problems: list[str] = []
    try:
        settings = _parsed(file)
    except ConfigError as error:
        return Config(), [f"{error}"]
    config = _checked(settings, commands, panes, lambda problem: problems.append(f"{file}: {problem}"))
    return config, problems


def _parsed(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 at byte {error.start}") from None
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{file}: nested too deeply") from None


def _checked(
    settings: dict[str, Any], commands: Mapping[str, str] | None, panes: Mapping[str, str], told: _Told
) -> Config:
    for name in sorted(settings.keys() - set(Config._fields)):
        told(f"unknown setting {name!r} (known: {', '.join(Config._fields)})")
    checks: Mapping[str, Callable[[Any], object]] = {
        "theme": _checked_theme,
        "keys": lambda value: _checked_table(value, commands, panes, told),
        "watch": _checked_folders,
        "fetch_at_start": _checked_at_start,
        "measure": _checked_measure,
        "line_spacing": _checked_spacing,
        "read_after": _checked_seconds,
        "searches": lambda value: _checked_searches(value, told),
    }
    checked: dict[str, Any] = {}
    for name, check in checks.items():
        try:
            if name in settings:
                checked[name] = check(settings[name])
        except ConfigError as error:
            told(str(error))
    return Config(**checked)


def _checked_theme(value: object) -> str:
    if not isinstance(value, str):
        raise ConfigError("theme must be a name in quotes")
    return value


def _checked_at_start(value: object) -> bool:
    if not isinstance(value, bool):
        raise ConfigError("fetch_at_start must be true or false")
    return value


def _checked_table(
    value: object, commands: Mapping[str, str] | None, panes: Mapping[str, str], told: _Told
) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ConfigError("keys must be a table: [keys]")
    checked = {}
    for name, keys in value.items() if commands is not None else ():
        try:
            checked[name] = _checked_keys(name, keys, commands or {})
        except ConfigError as error:
            told(str(error))
    _check_clashes({**(commands or {}), **checked}, panes)
    return checked


def _checked_measure(value: object) -> int:
    least, most = MEASURES
    if type(value) is not int or not least <= value <= most:
        raise ConfigError(f"measure must be a number of cells from {least} to {most}")
    return value


def _checked_spacing(value: object) -> float:
    if type(value) not in (int, float) or value not in LINE_SPACINGS:
        raise ConfigError("line_spacing must be 1, 1.5 (sentences apart) or 2 (lines apart)")
    return cast(float, value)


def _checked_seconds(value: object) -> float:
    if isinstance(value, int | float) and value is not True and 0 <= value <= _A_DAY:
        return float(value)
    raise ConfigError("read_after must be a number of seconds such as 10, or false for never")


def _checked_searches(value: object, told: _Told) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ConfigError('searches must be a table: [searches], and in it lines such as name = "query"')
    checked = {}
    for name, query in value.items():
        if problem := name_problem(name):
            told(f"searches: {name!r}: {problem}")
        elif not isinstance(query, str) or not one_line(query):
            told(f"searches: {name!r} must be a query in quotes")
        else:
            checked[name] = one_line(query)
    return checked


def name_problem(name: str) -> str:
    """Why a search cannot be called so; "" when it can."""
    if not name:
        return "a search needs a name"
    if name != one_line(name):
        return "a name is one line of letters and signs that can be seen"
    return f"a name has at most {LONGEST_NAME} letters" if len(name) > LONGEST_NAME else ""


def _checked_folders(value: object) -> tuple[Path, ...]:
    given = value if isinstance(value, list) else [value]
    texts = [text for text in given if isinstance(text, str) and text and "\0" not in text]
    if len(texts) < len(given):
        raise ConfigError('watch must be a list of folders such as ["~/papers"]')
    folders = tuple(places.home(text) for text in texts)
    for folder, text in zip(folders, texts, strict=True):
        # what it would be relative to depends on where one happens to be
        if not folder.is_absolute():
            raise ConfigError(f"watch: {text!r} must begin with ~ or be a whole path")
    return folders


def _checked_keys(name: str, value: object, commands: Mapping[str, str]) -> str:
    if name not in commands:
        import difflib

        near = difflib.get_close_matches(name, commands, 1)
        hint = f"; did you mean {near[0]!r}?" if near else "; docs/keys.md lists them"
        raise ConfigError(f"keys: no command is called {name!r}{hint}")
    keys = [str(key) for key in value] if isinstance(value, list) else [str(value)]
    if (
        not keys
        or not all(re.match(_KEY, key) for key in keys)
        or isinstance(value, bool | int | float | dict)
    ):
        raise ConfigError(f'keys: {name} = {value!r} is not a key or a list of keys such as ["j", "ctrl+n"]')
    return ",".join("comma" if key == "," else key for key in keys)


def _check_clashes(keys: Mapping[str, str], panes: Mapping[str, str]) -> None:
    owner: dict[tuple[str, str | None], str] = {}
    for name, named in keys.items():
        for key in named.split(","):
            other = owner.setdefault((key, panes.get(name)), name)
            if other != name:
                raise ConfigError(
                    f"keys: {key!r} is both {other!r} and {name!r}; give one of them another key"
                )


def remember(file: Path, setting: str, value: str | float) -> None:
    """Write one setting into the file and leave the rest of it as it is, comments included.

    Raises ConfigError when the file cannot be read as TOML or cannot be written.
    """
    with changing(file) as document:
        document[setting] = value


@contextmanager
def changing(file: Path) -> Iterator[TOMLDocument]:
    """The file as a document that can be changed in here; what is not changed stays as it is, comments, too.

    It is written, as a whole, when it was changed and nothing was raised. Raises ConfigError when it
    cannot be read as TOML, cannot be written, or is being written by another program.
    """
    import tomlkit
    from filelock import FileLock, Timeout
    from tomlkit.exceptions import TOMLKitError

    try:
        lock = places.state_folder() / "config.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock).acquire(timeout=_LOCK_SECONDS, poll_interval=0.01):
            text = file.read_bytes().decode("utf-8-sig") if file.exists() else ""
            document = tomlkit.parse(text)
            yield document
            if tomlkit.dumps(document) != text:
                file.parent.mkdir(parents=True, exist_ok=True)
                atomic.replace(file.resolve(), tomlkit.dumps(document).encode())
    except Timeout:
        raise ConfigError(f"{file}: another program is writing it") from None
    except OSError as error:
        raise ConfigError(f"{error.filename or file}: {error.strerror or error}") from None
    except LookupError:
        raise ConfigError(f"{file}: it is written so that only a person can change it; please do") from None
    except (ValueError, RecursionError, TOMLKitError, NotImplementedError) as error:
        if isinstance(error, ConfigError):
            raise
        raise ConfigError(f"{file}: {error or 'nested too deeply'}") from None
