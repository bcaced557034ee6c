"""Reading line by line: for screen readers, for braille, for terminals that can do nothing else.

Nothing is drawn and nothing moves. One line is asked for; what comes back is said in sentences, what tells
most of it first. The letters are the keys of the program as they are before they are mapped.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Final, get_args

from paperreader.counts import counted
from paperreader.latex import unlatex
from paperreader.library import STARS_NEEDED, Answer, IndexUnusable, Library, Mark, Step, View
from paperreader.links import leads
from paperreader.paper import Paper
from paperreader.text import clean, one_line

Ask = Callable[[str], str]
Tell = Callable[[str], None]

PAGE: Final = 10
"""Papers that are listed at once."""
_DIGITS: Final = 9
"""No list has a number with more."""
_MARKS: Final[dict[str, Mark]] = {"s": "starred", "r": "read", "x": "skipped", "l": "later"}
_SAID: Final[dict[Mark, str]] = {"later": "kept for later"}
HELP: Final = """\
Each is a line, ended with Enter:
  a number      read the paper with that number
  Enter alone   go on: the next paper, or more of the list
  j k           the next paper, the one before
  / and words   find papers; / alone lists all
  v and a name  a view: {views}
  g             the list, from its beginning
  m             papers similar to this one
  s r x l       star, read, skip, keep for later: this paper, or not any more
  n and words   add a line to its note; n alone says the note, n - takes it away
  t and tags    give it these tags, with commas between, and no others; t alone says them, t - takes them away
  o             where this paper can be read
  u U           undo, redo
  ? q           this help, quit"""


class Plain:
    """A reader that asks for a line and tells what it is worth."""

    def __init__(self, library: Library, ask: Ask, tell: Tell) -> None:
        """`ask` gives the next line, or raises EOFError; `tell` says a line or several."""
        self._library, self._ask, self._tell = library, ask, tell
        self._view: View = "all"
        self._answer = Answer((), 0, "date")
        self._listed = 0
        """How many of the papers have been listed."""
        self._at: int | None = None
        """The number of the paper that was read last, from 0."""
        self._problem = ""
        self._for_paper: dict[str, Callable[[Paper, str], None]] = {
            **dict.fromkeys(_MARKS, self._mark),
            "n": self._note,
            "t": self._tags,
            "m": self._similar,
            "o": self._where,
        }
        self._anywhere: dict[str, Callable[[], None]] = {
            "": self._on,
            "j": lambda: self._read(0 if self._at is None else self._at + 1),
            "k": lambda: self._read((self._at or 0) - 1),
            "g": self._begin,
            "u": lambda: tell(_turned(library.annotations.undo(), "Undone", "undo")),
            "U": lambda: tell(_turned(library.annotations.redo(), "Done again", "redo")),
            "?": lambda: tell(HELP.format(views=", ".join(get_args(View)))),
        }

    def run(self) -> None:
        """Read until the reader leaves."""
        self._try(lambda: self._find("", "all"))
        self._tell("Type a number to read, ? for help, q to quit.")
        with suppress(EOFError):
            while (line := one_line(self._ask("> "))) != "q":
                self._try(partial(self._do, line))

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except IndexUnusable as reason:
            self._tell(f"The index is {reason}: it is made again from the dumps.")
            self._library.rebuild(self._tell)
            self._find("", "all")
        annotations = self._library.annotations
        problem = one_line(annotations.problem or annotations.notice)
        if problem != self._problem and problem:
            self._tell(problem)
        self._problem = problem

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if line.startswith("/"):
            self._find(text := line[1:].strip(), self._view if text else "all")
        elif line.isdecimal():
            self._read(int(line[-_DIGITS:]) - 1 if len(line) <= _DIGITS else 10**_DIGITS)
        elif word == "v":
            self._show(rest)
        elif word in self._for_paper:
            self._about(line)
        elif line in self._anywhere:
            self._anywhere[line]()
        else:
            self._tell(f"{line[:40]} means nothing here; ? tells what does.")

    # -- the list

    def _find(self, text: str, view: View) -> None:
        self._view = view
        self._hold(self._library.search(text, view=view))

    def _hold(self, answer: Answer) -> None:
        self._answer, self._at = answer, None
        for remark in answer.remarks:
            self._tell(one_line(remark))
        if answer.meant:
            self._tell(f"Nothing matches. These match {one_line(answer.meant)}:")
        self._begin()

    def _show(self, name: str) -> None:
        if name not in get_args(View):
            self._tell(f"The views are: {', '.join(get_args(View))}.")
            return
        self._find("", name)  # type: ignore[arg-type]
        if name == "for you" and self._answer.alike is None:
            self._tell(f"It takes {STARS_NEEDED} stars to tell what is for you.")

    def _begin(self) -> None:
        self._listed, self._at = 0, None
        count = len(self._answer.ordinals)
        which = "" if self._view == "all" else f", {self._view}"
        self._tell(f"{counted(count, 'paper') if count else 'No papers'}{which}.")
        self._list()

    def _list(self) -> None:
        numbers = range(self._listed, min(self._listed + PAGE, len(self._answer.ordinals)))
        if self._listed and not numbers:
            self._tell("That was the last one; g begins again.")
        for number in numbers:
            paper = self._paper(number)
            self._tell(f"{number + 1}. {_title(paper)}. {self._facts(paper)}")
        self._listed += len(numbers)

    def _paper(self, number: int) -> Paper:
        return self._library.paper(self._answer.ordinals[number])

    def _facts(self, paper: Paper) -> str:
        facts = ", ".join(self._known(paper))
        return f"{facts[:1].upper()}{facts[1:]}."

    def _known(self, paper: Paper) -> Iterator[str]:
        """What is known of a paper besides its text."""
        count = len(paper.days)
        if not paper.sightings:
            yield "in no dump any more"
        elif paper.last_day == date.min:
            yield "seen on an unknown day"
        else:
            last = f"{paper.last_day:%B} {paper.last_day.day}, {paper.last_day.year}"
            yield f"seen on {count} days, last {last}" if count > 1 else f"seen {last}"
        noted = self._library.annotation(paper)
        if self._library.is_new(paper):
            yield "new"
        yield from (_SAID.get(mark, mark) for mark in _MARKS.values() if getattr(noted, mark))
        if noted.tags:
            yield f"tagged {_hashed(noted.tags)}"
        if noted.note:
            yield "with a note"
        if because := self._answer.because(paper):
            yield f"because of {one_line(', '.join(because))}"

    # -- one paper

    def _on(self) -> None:
        if self._at is None:
            self._list()
        else:
            self._read(self._at + 1)

    def _read(self, number: int) -> None:
        count = len(self._answer.ordinals)
        if not 0 <= number < count:
            ends = {-1: "This is the first one.", count: "That was the last one; g begins again."}
            unknown = f"There is no such number: the list has {count:,}."
            self._tell(unknown if self._at is None else ends.get(number, unknown))
            return
        self._at = number
        paper = self._paper(number)
        note = self._library.annotation(paper).note
        self._tell(f"{number + 1}. {_title(paper)}.")
        parts = (", ".join(paper.details.authors), self._facts(paper), unlatex(paper.abstract))
        for text in (*parts, note and f"Note: {note}"):
            if text:
                self._tell(_wrapped(text))

    def _about(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if self._at is None:
            self._tell("No paper is open: type the number of one.")
        elif rest and word not in ("n", "t"):
            self._tell(f"{word} stands alone; ? tells more.")
        else:
            self._for_paper[word](self._paper(self._at), rest if rest else word)

    def _mark(self, paper: Paper, letter: str) -> None:
        mark = _MARKS[letter]
        value = not getattr(self._library.annotation(paper), mark)
        self._library.mark(paper, mark, value)
        said = _SAID.get(mark, mark)
        self._tell(f"{said.capitalize()}." if value else f"Not {said} any more.")

    def _note(self, paper: Paper, text: str) -> None:
        before = self._library.annotation(paper).note
        if text == "n":
            self._tell(_wrapped(f"Note: {before}") if before else "No note; n and words write one.")
        elif text == "-":
            self._library.note(paper, "")
            self._tell("Note taken away." if before else "There was no note.")
        else:
            self._library.note(paper, f"{before}\n{text}".lstrip("\n"))
            self._tell("Added to the note." if before else "Note saved.")

    def _tags(self, paper: Paper, text: str) -> None:
        before = self._library.annotation(paper).tags
        if text == "t":
            self._tell(f"Tagged {_hashed(before)}." if before else "No tags; t and words give some.")
            return
        self._library.tag(paper, [] if text == "-" else text.replace("#", "").split(","))
        now = self._library.annotation(paper).tags
        self._tell(f"Tagged {_hashed(now)}." if now else "No tags.")

    def _similar(self, paper: Paper, _: str) -> None:
        self._tell("The papers nearest to this one; / lists all again.")
        self._view = "all"
        self._hold(self._library.search(near=paper.id))

    def _where(self, paper: Paper, _: str) -> None:
        self._tell("\n".join(one_line(lead.url) for lead in leads(paper)) or "Nothing leads to this paper.")


def read(library: Library, said: str = "") -> None:
    """Read line by line, on standard input and output, until the input ends or Ctrl-C."""
    import sys

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    if said:
        print(one_line(said))

    def ask(prompt: str) -> str:
        return input(prompt if sys.stdin.isatty() else "")

    try:
        with suppress(KeyboardInterrupt):
            Plain(library, ask, lambda text: print(text, flush=True)).run()
    finally:
        library.end_visit()


def _turned(step: Step | None, done: str, verb: str) -> str:
    if step is None:
        return f"Nothing to {verb}."
    what = one_line(step.label or f"{step.changes[0].field} of {unlatex(step.changes[0].title)}")
    if len(step.kept) == len(step.changes):
        return f"Not {done.lower()}, as it has been changed since: {what}."
    return f"{done}: {what}."


def _title(paper: Paper) -> str:
    return one_line(unlatex(paper.title)).rstrip(".") or "No title"


def _hashed(tags: tuple[str, ...]) -> str:
    return one_line(" ".join(f"#{tag}" for tag in tags))


def _wrapped(text: str) -> str:
    width = max(20, shutil.get_terminal_size().columns - 1)
    return "\n".join(
        textwrap.fill(line, width, break_on_hyphens=False, break_long_words=False)
        for line in clean(text).split("\n")
    )
