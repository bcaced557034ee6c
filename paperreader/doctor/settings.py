"""Whether the settings can be used."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader import config, places
from paperreader.doctor.finding import Case, Finding


def unusable(case: Case) -> Iterator[Finding]:
    """What of the config file cannot be used; of its keys where the case knows the commands."""
    file = places.config_file()
    for line in config.usable(file, case.commands, case.panes)[1]:
        what = line.removeprefix(f"{file}: ")
        advice = "correct it in an editor; until then the default is used in its place"
        yield Finding("config", "problem", str(file), what, advice)
