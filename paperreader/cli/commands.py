"""Which commands there are."""

from __future__ import annotations

COMMANDS = {
    "import": ("importing", "PATH ...", "import only"),
    "fetch": ("fetch", "[DAY]", "bring in the Daily Papers that came since the last time"),
    "search": ("search", "QUERY", "find papers, one a line"),
    "doctor": ("doctor", "[--fix]", "check the library, and mend it"),
    "info": ("info", "", "count what the library holds"),
}
"""Of each command the module beside this one whose `run` does it, what it is given, and what it does."""

WITH_VALUE = ("--library", "--year", "--limit", "--sort", "--format", "--saved", "--since", "--month")
"""The options of all commands that are followed by a value."""


def _line(usage: str, does: str) -> str:
    return f"  {f'paperreader {usage}':<30}  {does}"


_LINES = [_line(f"{name} {given}", does) for name, (_, given, does) in COMMANDS.items()]
SUMMARY = "\n".join(
    [
        "commands:",
        _line("[PATH ...]", "import the dumps at these paths, if any, and read"),
        *_LINES,
        "\nEach command has a --help of its own. A PATH is a file, a folder, or - for standard input.",
    ]
)
"""The commands, one a line."""
