"""What an empty list says: why it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from paperreader.library import STARS_NEEDED, Answer, Library, View
from paperreader.tui.commands import key_name

_NOTHING = {
    "new": "Nothing is new since your last visit.",
    "starred": "No stars yet: {star} stars the paper under the cursor.",
    "later": "Nothing kept for later: {later} keeps the paper under the cursor.",
    "noted": "No notes yet: {note} writes one under the abstract.",
    "for you": "Nothing unread is like what you starred.",
}

_AMONG = {"all": "", "trending": "", "for you": " among the papers for you"}

_NUMBERS = ("none", "one", "two", "three", "four", "five")

_EMPTY = """\
No papers yet.

{fetch} fetches the Daily Papers of the last seven days.
{samples} opens the sample dumps that come with the program.
Pages that you saved come in with: paperreader import FILE-OR-FOLDER"""


def why_empty(library: Library, view: View, text: str, answer: Answer, keys: Mapping[str, str]) -> str:
    """Why a view has nothing to show for the text in the filter, with the keys as they are mapped."""
    named = {command: key_name(keys, command) for command in ("star", "later", "note", "fetch", "samples")}
    if not len(library):
        return _EMPTY.format(**named)
    if text.strip():
        where = _AMONG.get(view, f" among the {view} papers")
        return nothing_matches(keys, where)
    if view == "for you" and not answer.alike:
        starred = len(library.states["starred"])
        return f"For you needs {_NUMBERS[STARS_NEEDED]} stars; you have {_NUMBERS[min(starred, 5)]}."
    return _NOTHING.get(view, "").format(**named)


def nothing_matches(keys: Mapping[str, str], where: str = "") -> str:
    """That a list has nothing for what is in its filter, and how to have all of it again."""
    return f"Nothing matches{where}.\n\n{key_name(keys, 'back')} clears the filter."
