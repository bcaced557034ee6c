"""Every command, declared once: its keys, and its words in the footer, the help and the palette."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeVar

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

Pane = Literal["filter", "list", "abstract", "find", "note", "empty", "triage", "triaged"]
"""What has the focus; "empty" is the list of a library without papers, "triaged" the end of a triage."""
BOTH: tuple[Pane, ...] = ("list", "abstract")
EMPTY: tuple[Pane, ...] = ("empty",)
TRIAGE: tuple[Pane, ...] = ("triage",)
TRIAGED: tuple[Pane, ...] = ("triaged",)


class Command(NamedTuple):
    """Something a person can do, and the one place where it is said how."""

    id: str
    """The name in the config file."""
    keys: str
    """The default keys, separated by commas."""
    action: str
    """The action of the main screen."""
    label: str
    """One or two words for the footer."""
    help: str
    """A line for the help and the palette."""
    group: str
    """The heading in the help."""
    footer: tuple[Pane, ...] = ()
    """The panes whose footer shows it, when there is room; the earlier declared, the sooner."""
    pane: Pane | None = None
    """The one pane where its keys do this, whatever they do elsewhere; None for everywhere."""

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return f"action_{self.action.partition('(')[0]}"


MOVE, READ, FIND, VIEW, OTHER = "Move", "Read and remember", "Find", "View", "Program"

COMMANDS = (
    Command("filter", "/", "focus_filter", "filter", "Type words to find", FIND, BOTH),
    Command(
        "accept", "enter", "accept", "to the list", "From the filter to the list", FIND, ("filter",), "filter"
    ),
    Command(
        "complete",
        "right",
        "complete",
        "complete",
        "In the filter, take what is shown dim behind the text",
        FIND,
        (),
        "filter",
    ),
    Command(
        "earlier-search",
        "up",
        "recall(-1)",
        "earlier",
        "In the filter, the search before this one",
        FIND,
        (),
        "filter",
    ),
    Command(
        "later-search",
        "down",
        "recall(1)",
        "later",
        "In the filter, the search after it; from the last, down the list",
        FIND,
        (),
        "filter",
    ),
    Command(
        "back",
        "escape",
        "back",
        "clear, back",
        "Clear the filter, then back to the list",
        FIND,
        ("filter", "find", "note"),
    ),
    Command(
        "save-note",
        "ctrl+s",
        "save_note",
        "save the note",
        "Save the note that is being written",
        READ,
        ("note",),
        "note",
    ),
    Command(
        "save-search",
        "ctrl+s",
        "save_search",
        "save",
        "Save the search in the filter under a name",
        FIND,
        ("filter",),
        "filter",
    ),
    Command("searches", "v", "searches", "searches", "The saved searches, and what is new in each", FIND),
    Command("star", "s", "star", "star", "Star the paper, or take the star away", READ, (*BOTH, *TRIAGE)),
    Command("later", "l", "later", "later", "Keep the paper for later, or no longer", READ, (*BOTH, *TRIAGE)),
    Command("skip", "x", "skip", "skip", "Skip the paper: not for me; or no longer", READ, (*BOTH, *TRIAGE)),
    Command(
        "page-abstract",
        "space",
        "page_abstract",
        "read on",
        "Page down the abstract, then to the next paper",
        READ,
        (*BOTH, *TRIAGE),
    ),
    Command(
        "next-paper",
        "enter",
        "next_paper",
        "next",
        "In a triage: to the next paper",
        READ,
        TRIAGED,
        "triage",
    ),
    Command(
        "triage",
        "T",
        "triage",
        "triage",
        "Go through the list, one paper at a time; or back to the list",
        READ,
        ("list", *TRIAGE, *TRIAGED),
    ),
    Command("note", "n", "note", "note", "Write a note under the abstract", READ, (*BOTH, *TRIAGE)),
    Command("copy", "y", "copy", "copy title", "Copy the title, or the text that is selected", READ, BOTH),
    Command("open", "o", "open", "open", "Open the paper in the browser", READ, BOTH),
    Command("read", "r", "read", "read", "Mark the paper as read, or as unread", READ, ("list",)),
    Command("tags", "t", "tags", "tags", "Give the paper tags, or take them away", READ),
    Command("bulk", "B", "bulk", "bulk", "Mark, star, skip or tag all papers that are listed", READ),
    Command(
        "undo",
        "u",
        "undo",
        "undo",
        "Undo the last change, also one of an earlier visit",
        READ,
        (*BOTH, *TRIAGE, *TRIAGED),
    ),
    Command("redo", "U", "redo", "redo", "Make again what was undone last", READ),
    Command(
        "copy-more", "Y", "copy_more", "copy more", "Copy title + abstract, Markdown, BibTeX or a link", READ
    ),
    Command("edit-note", "e", "edit_note", "edit note", "Write the note in your own editor", READ),
    Command("down", "j,down", "move(1)", "down", "Down", MOVE),
    Command("up", "k,up", "move(-1)", "up", "Up", MOVE),
    Command("page-down", "pagedown,ctrl+f", "page(1)", "page down", "A page down", MOVE),
    Command("page-up", "pageup,ctrl+b", "page(-1)", "page up", "A page up", MOVE),
    Command("first", "g,home", "first", "first", "To the first", MOVE),
    Command("last", "G,end", "last", "last", "To the last", MOVE),
    Command("next-pane", "tab", "pane(1)", "next pane", "To the next pane", MOVE),
    Command("previous-pane", "shift+tab", "pane(-1)", "previous pane", "To the previous pane", MOVE),
    Command("older", "[", "day(-1)", "older", "The dump before this day", FIND),
    Command("newer", "]", "day(1)", "newer", "The dump after this day", FIND),
    Command("find", "f", "find", "find", "Find something on the page", FIND, ("abstract",)),
    Command(
        "keep-finding",
        "enter",
        "keep_finding",
        "keep, go on reading",
        "From the line to find back to the page",
        FIND,
        ("find",),
        "find",
    ),
    Command("next-match", ".", "match(1)", "next match", "To what comes next of what is marked", FIND),
    Command("previous-match", "comma", "match(-1)", "match before", "To what came before of it", FIND),
    Command("view-all", "1", "view('all')", "all", "All papers", VIEW),
    Command("view-new", "2", "view('new')", "new", "Papers that are new since the last visit", VIEW),
    Command("view-starred", "3", "view('starred')", "starred", "Starred papers", VIEW),
    Command("view-noted", "4", "view('noted')", "noted", "Papers with a note", VIEW),
    Command(
        "view-trending",
        "5",
        "view('trending')",
        "trending",
        "Papers by how often they were seen in the last thirty days, and by upvotes",
        VIEW,
    ),
    Command(
        "view-for-you",
        "6",
        "view('for you')",
        "for you",
        "What is unread, by what you starred and skipped",
        VIEW,
    ),
    Command("view-later", "7", "view('later')", "later", "Papers kept for later", VIEW, TRIAGED),
    Command(
        "hide-judged",
        "H",
        "hide_judged",
        "hide judged",
        "Hide what is judged (read, skipped, for later or starred), or show it again",
        VIEW,
    ),
    Command(
        "news", "d", "news", "what is new", "What changed since the last visit: new, seen again, gone", VIEW
    ),
    Command("similar", "m", "similar", "similar", "The papers nearest to this one", VIEW, BOTH),
    Command("notes", "N", "notes", "all notes", "All notes, the newest first", VIEW),
    Command("statistics", "S", "statistics", "statistics", "What was read and starred, in charts", VIEW),
    Command("sort", "O", "sort", "order", "Order by relevance, date, title or trend", VIEW),
    Command("zen", "z", "zen", "zen", "The abstract alone, and back", VIEW, ("abstract",)),
    Command("narrower", "<", "measure(-1)", "narrower", "Shorter lines on the page", VIEW),
    Command("wider", ">", "measure(1)", "wider", "Longer lines on the page", VIEW),
    Command("line-spacing", "=", "line_spacing", "air", "Lines close, sentences apart, lines apart", VIEW),
    Command("raw", "backslash", "raw", "raw text", "Show the text as it came, LaTeX and all, and back", VIEW),
    Command(
        "samples",
        "i",
        "samples",
        "open the samples",
        "Open the sample dumps in an empty library",
        OTHER,
        EMPTY,
    ),
    Command(
        "fetch",
        "F",
        "fetch",
        "fetch the papers",
        "Fetch the Daily Papers that came since the last time; again to stop",
        OTHER,
        EMPTY,
    ),
    Command("help", "?", "help", "help", "Every key", OTHER, (*BOTH, *EMPTY, *TRIAGE, *TRIAGED)),
    Command("palette", "ctrl+p", "palette", "palette", "Every command and theme by name", OTHER),
    Command("quit", "q,ctrl+q", "quit", "quit", "Leave", OTHER, (*BOTH, *EMPTY, *TRIAGED)),
)

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}
DEFAULT_KEYS: Mapping[str, str] = {command.id: command.keys for command in COMMANDS}
PANES: Mapping[str, str] = {command.id: command.pane for command in COMMANDS if command.pane}
"""The panes of those commands that belong to one. There their keys come before those of the others."""


def bindings(
    keys: Mapping[str, str], pane: Pane | None = None, screen: type[Screen[None]] | None = None
) -> list[Binding]:
    """What each key does in a pane and nowhere else; or, without a pane, what all others do.

    `keys` are those of all commands: command id -> keys, separated by commas. With a screen, only what
    can be done there.
    """
    return [
        Binding(key, f"screen.{command.action}", command.label, id=command.id, show=False)
        for command in COMMANDS
        if command.pane == pane and (screen is None or hasattr(screen, command.method))
        for key in keys[command.id].split(",")
    ]


Bound = TypeVar("Bound", bound=Widget)


def bound(widget: type[Bound], pane: Pane, keys: Mapping[str, str]) -> type[Bound]:
    """The same kind of widget, with the keys that belong to this pane alone before those of its own."""
    return type(widget.__name__, (widget,), {"BINDINGS": [*bindings(keys, pane), *widget.BINDINGS]})


_KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "backslash": "\\",
    "comma": ",",
    "full_stop": ".",
    "down": "↓",
    "right": "→",
    "left": "←",
    "up": "↑",
    "enter": "⏎",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}


def key_name(keys: Mapping[str, str], command: str) -> str:
    """The first key of a command as it is mapped, written for people."""
    return key_names(keys[command])[0]


def key_names(keys: str) -> list[str]:
    """Keys as they are written for people: "pagedown,ctrl+f" gives PgDn and ^f."""
    return [_KEY_NAMES.get(key, key).replace("ctrl+", "^") for key in keys.split(",")]


def for_footer(pane: Pane, most: int = 8) -> list[Command]:
    """The commands the footer shows while this pane has the focus, the most important first."""
    commands = [command for command in COMMANDS if pane in command.footer]
    if BY_ID["help"] in commands:
        # help is the way to all the others, so it must not be the one that does not fit
        commands.remove(BY_ID["help"])
        commands.insert(3, BY_ID["help"])
    return commands[:most]
