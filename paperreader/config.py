"""The reader's own settings: a theme, keys, what comes in by itself; in a file made for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from paperreader import atomic, places

_KEY = (
    r"(?:(?:ctrl|alt|shift|super)\+)*"
    r"(?:[!-~]|enter|escape|space|tab|backspace|delete|insert|up|down|left|right|home|end|pageup|pagedown"
    r"|backslash|f(?:[1-9]|1[0-9]|2[0-4]))\Z"
)

_A_DAY = 86_400.0


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
    read_after: float = 10.0
    """Seconds for which a paper has to be open to be taken for read; 0 for never."""


def read(file: Path, commands: Mapping[str, str], panes: Mapping[str, str] = MappingProxyType({})) -> Config:
    """The settings in the file; the defaults when there is no file. Raises ConfigError.

    `commands` are the names of all commands with their default keys, and `panes` says of some of them
    that they belong to one pane, where their keys come before those of the others.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 at byte {error.start}") from None
    import tomllib

    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{file}: nested too deeply") from None
    try:
        return _checked(settings, commands, panes)
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from None


def _checked(settings: dict[str, Any], commands: Mapping[str, str], panes: Mapping[str, str]) -> Config:
    for name in settings.keys() - set(Config._fields):
        raise ConfigError(f"unknown setting {name!r} (known: {', '.join(Config._fields)})")
    theme = settings.get("theme")
    if theme is not None and not isinstance(theme, str):
        raise ConfigError("theme must be a name in quotes")
    keys = settings.get("keys", {})
    if not isinstance(keys, dict):
        raise ConfigError("keys must be a table: [keys]")
    checked = {name: _checked_keys(name, value, commands) for name, value in keys.items()}
    _check_clashes({**commands, **checked}, panes)
    at_start = settings.get("fetch_at_start", False)
    if not isinstance(at_start, bool):
        raise ConfigError("fetch_at_start must be true or false")
    return Config(
        theme,
        checked,
        _checked_folders(settings.get("watch", [])),
        at_start,
        _checked_seconds(settings.get("read_after", Config().read_after)),
    )


def _checked_seconds(value: object) -> float:
    if isinstance(value, int | float) and value is not True and 0 <= value <= _A_DAY:
        return float(value)
    raise ConfigError("read_after must be a number of seconds such as 10, or false for never")


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


def remember_theme(file: Path, theme: str) -> None:
    """Write the theme into the file and leave the rest of it as it is, comments included.

    Raises ConfigError when the file cannot be read as TOML or cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        text = file.read_bytes().decode("utf-8-sig") if file.exists() else ""
        document = tomlkit.parse(text)
        if document.get("theme") == theme:
            return
        document["theme"] = theme
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(file.resolve(), tomlkit.dumps(document).encode())
    except (OSError, ValueError, TOMLKitError) as error:
        raise ConfigError(f"{file}: the theme was not remembered: {error}") from None
