"""The program on the screen: themes, keys, palette."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from paperreader import config, places
from paperreader.library import Library
from paperreader.tui import themes
from paperreader.tui.annotating import Annotating
from paperreader.tui.commands import COMMANDS, DEFAULT_KEYS, PANES, key_names
from paperreader.tui.in_order import InOrder
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.reader_screen import LONGEST_WAIT
from paperreader.tui.steady import Steady

_STEADY = Steady()


class ReaderApp(InOrder, inherit_bindings=False):
    """The reader."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "help_quit", show=False, system=True)]

    TITLE = "paperreader"
    CSS_PATH = "reader.tcss"
    ESCAPE_TO_MINIMIZE = False
    COMMAND_PALETTE_BINDING = "f24"
    """A key that no keyboard has: the palette's key is declared, and can be mapped, as all others."""

    def __init__(self, library: Library, *, said: str = "", triage: bool = False) -> None:
        """A reader of this library; `said` is shown in the status line of the first frame.

        With `triage`, one goes through the papers from the start.
        """
        super().__init__()
        self.library = library
        self._no_interrupts_until = 0.0
        self._said = said
        self.begins_with_triage = triage
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.settings, self._problem = self._read_settings()
        self.keys: Mapping[str, str] = {**DEFAULT_KEYS, **self.settings.keys}
        # set so, the first frame is not painted in another theme before
        self.set_reactive(App.theme, self.settings.theme or themes.DEFAULT)
        self.stylesheet.set_variables(self.get_css_variables())
        self.animation_level = "none"

    def _read_settings(self) -> tuple[config.Config, str]:
        file = places.config_file()
        settings, problems = config.usable(file, DEFAULT_KEYS, PANES)
        if settings.theme and settings.theme not in self.available_themes:
            unknown = f"{file}: no theme is called {settings.theme!r}; the palette (ctrl+p) lists them"
            settings, problems = settings._replace(theme=None), [*problems, unknown]
        more = f" ({len(problems) - 1:,} more: see paperreader doctor)" if len(problems) > 1 else ""
        return settings, f"{problems[0]}; using the default{more}" if problems else ""

    def get_css_variables(self) -> dict[str, str]:
        """What the style sheet may ask for: Textual's variables, and this program's own."""
        variables = super().get_css_variables()
        self.theme_variables = variables | themes.tokens(self.current_theme, variables)
        return self.theme_variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to every line before it is sent."""
        return [*super().get_line_filters(), _STEADY]

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        screen = MainScreen.with_keys(self.keys)
        return screen(self.library, self.keys, self._problem or self._said, self.size)

    def on_mount(self) -> None:
        """From now on, remember the theme, and leave in order when asked to by a signal."""
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            if hasattr(signal, name):
                number = getattr(signal, name)
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    asyncio.get_running_loop().add_signal_handler(number, self._signalled, number)
        self.theme_changed_signal.subscribe(self, self._remember_theme)

    async def on_event(self, event: events.Event) -> None:
        """Everything that happens; a key is seen here before it is bound to anything."""
        if isinstance(event, events.Key) and not event.is_forwarded and self.screen is self._main:
            self._main.pressed(event.key, event.character)
        await super().on_event(event)

    def _signalled(self, number: int) -> None:
        if number != signal.SIGINT or time.monotonic() > self._no_interrupts_until:
            self._save_open_notes()
            self._main.leave_at_once(number)

    def ignore_interrupts(self, seconds: float) -> None:
        """Take no Ctrl-C for a request to leave: it was meant for a program that had the terminal."""
        self._no_interrupts_until = time.monotonic() + seconds

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl-C is for copying a selected text."""
        names = key_names(self.keys["quit"])
        here = self.focused
        # a letter would be typed where there is something to type into
        name = next(
            (name for name in names if here is None or not here.check_consume_key(name, name)), names[0]
        )
        self._reader.status.say(f"{name} quits")

    async def action_quit(self) -> None:
        """Leave, in order, from wherever one is."""
        await self._reader.action_quit()

    def _handle_exception(self, error: Exception) -> None:
        # a fault of ours must not cost what is being written
        with suppress(Exception):
            self._save_open_notes()
            self._main.changes.flush(LONGEST_WAIT)
        super()._handle_exception(error)

    @property
    def _main(self) -> MainScreen:
        main = self.screen_stack[0]
        assert isinstance(main, MainScreen)  # noqa: S101
        return main

    @property
    def _reader(self) -> Annotating:
        """The screen on which one reads: the main one, or what is over it."""
        return next(each for each in reversed(self.screen_stack) if isinstance(each, Annotating))

    def _save_open_notes(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Annotating):
                screen.save_open_note()

    def change_config(self, change: Callable[[Path], None], else_: str) -> None:
        """Have the config file changed beside the screen; where that fails, say why, and `else_`."""
        main = self._main
        if self._problem:
            # a config file that could not be read is not ours to write
            main.status.say(f"{else_}: {self._problem}", seconds=20)
            return

        def job() -> None:
            try:
                change(places.config_file())
            except config.ConfigError as error:
                self.call_from_thread(main.status.say, f"{else_}: {error}", 20)

        main.changes.do(job)

    def _remember_theme(self, _theme: object) -> None:
        reader = self._reader
        reader.call_after_refresh(reader.repaint)
        self.remember("theme", self.theme)

    def remember(self, setting: str, value: str | float) -> None:
        """Have a setting be so the next time, too; if that cannot be, say why."""
        what = setting.replace("_", " ")
        self.change_config(
            lambda file: config.remember(file, setting, value), f"The {what} is not remembered"
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: every command, then the themes."""
        reader = self._reader
        for command in COMMANDS:
            if not hasattr(reader, command.method):
                continue
            run = partial(reader.run_action, command.action)
            yield SystemCommand(command.label.capitalize(), command.help, run)
        for name in sorted(self.available_themes):
            yield SystemCommand(
                f"Theme {name}", "Show this theme, now and next time", partial(setattr, self, "theme", name)
            )
