"""What an empty list says: why it is, and what to do about it."""

from __future__ import annotations

from paperreader.library import STARS_NEEDED, Answer, Library, View

_NOTHING = {
    "new": "Nothing is new since your last visit.",
    "starred": "No stars yet: s stars the paper under the cursor.",
    "later": "Nothing kept for later: l keeps the paper under the cursor.",
    "noted": "No notes yet: n writes one under the abstract.",
    "for you": "Nothing unread is like what you starred.",
}

_AMONG = {"all": "", "trending": "", "for you": " among the papers for you"}

_STARS_NEEDED = {5: "five"}.get(STARS_NEEDED, str(STARS_NEEDED))

_EMPTY = """\
No papers yet.

F fetches the Daily Papers of the last seven days.
i opens the sample dumps that come with the program.
Pages that you saved come in with: paperreader import FILE-OR-FOLDER"""


def why_empty(library: Library, view: View, text: str, answer: Answer) -> str:
    """Why a view has nothing to show for the text in the filter."""
    if not len(library):
        return _EMPTY
    if text.strip():
        where = _AMONG.get(view, f" among the {view} papers")
        return f"Nothing matches{where}.\n\nEsc clears the filter."
    if view == "for you" and not answer.alike:
        starred = len(library.states["starred"])
        return f"For you needs {_STARS_NEEDED} stars; you have {starred or 'none'}."
    return _NOTHING.get(view, "")
