"""The query language: text as it is being typed -> a tree and how it was read. Nothing typed is an error."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from paperreader.index import fields, filters
from paperreader.index.filters import Dates, Facet, Id, Seen, State, Tag, Upvotes
from paperreader.index.words import MOST_JOINED, joined, word_spans
from paperreader.tags import key

_FACETS = ("author", "venue")
_DEEPEST = 50
"""Parentheses nested deeper than this are read as if they were not there."""


@dataclass(frozen=True, slots=True)
class Text:
    """A word, or several words in a row."""

    words: tuple[str, ...]
    """At least one, as `words.parts` has them."""
    field: str = ""
    """"title", "abstract", "note", or "" for any of them."""
    prefix: bool = False
    """Whether the last word stands for all that begin with it."""
    hyphenated: bool = False
    """Whether the words may also be written as one: "multi-modal" is "multi modal" or "multimodal"."""
    fuzzy: int = 0
    """If not 0, the one word stands for all that so many edits, see `spelling`, make of it at most."""

    def forms(self) -> tuple[Text, ...]:
        """The ways in which it may be written, none of them hyphenated."""
        if not self.hyphenated:
            return (self,)
        spellings = (self.words, (joined(self.words),))
        return tuple(Text(words, self.field, self.prefix) for words in spellings)

    def __str__(self) -> str:
        text = ("-" if self.hyphenated else " ").join(self.words) + "*" * self.prefix
        if self.fuzzy:
            text += "~" if self.fuzzy == reach(text) else f"~{self.fuzzy}"
        return (f"{self.field}:" if self.field else "") + (f'"{text}"' if " " in text else text)


def reach(word: str) -> int:
    """How many edits a misspelling of a word is taken to be away from it."""
    return 1 if len(word) <= 4 else 2


@dataclass(frozen=True, slots=True)
class Not:
    """What its child does not match; the child is never a Not."""

    child: Node

    def __str__(self) -> str:
        if self.child == State("read"):
            return "is:unread"
        return f"NOT ({self.child})" if isinstance(self.child, And | Or) else f"NOT {self.child}"


@dataclass(frozen=True, slots=True)
class And:
    """What all of its children match; everything when there are none, which happens at the root only."""

    children: tuple[Node, ...] = ()

    def __str__(self) -> str:
        return " AND ".join(f"({child})" if isinstance(child, Or) else str(child) for child in self.children)


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one of its children, two or more, matches."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.children))


Node = Text | State | Seen | Dates | Id | Upvotes | Facet | Tag | Not | And | Or


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and what became of it."""

    text: str
    today: date
    words: tuple[tuple[Text, tuple[tuple[int, int], ...]], ...]
    """The words and phrases in order, and where in the text each word begins and ends."""
    ignored: tuple[str, ...]
    """The filters that have no meaning, such as `is:foo`; not one that is still being typed."""
    strange: tuple[str, ...] = ()
    """What stands before a colon like a field and is none: a word like others."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was read."""

    node: Node
    understood: str
    """The same in the language's own form; parsing it with a space at its end gives the same tree."""
    texts: tuple[Text, ...]
    """What a match may have of words and phrases, so all but the negated ones, each once."""
    typed: Typed = dataclasses.field(compare=False)
    """What all this was made of."""

    @property
    def scored(self) -> bool:
        """Whether it has words by which its matches can be ranked."""
        return bool(self.texts)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to say of parts that were not read as they look, in a line each."""
        nearest = {name: fields.nearest(name) for name in self.typed.strange}
        return (
            *(f"{filter_} means nothing" for filter_ in self.typed.ignored),
            *(
                f"{name}: is no field, so a word" + (f"; perhaps {near}:" if near else "")
                for name, near in nearest.items()
            ),
        )


_LEXEME = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<group>[()])
    | ["“”„](?P<phrase>[^"“”„]*)(?P<closed>["“”„]?)
    | (?P<minus>-)(?=[^\s)])
    | (?<![^\s()"“”„])(?P<operator>AND|OR|NOT)(?![^\s()"“”„])
    | (?P<field>{"|".join(fields.OF_WORDS)}):(?=[^\s)])
    | (?P<filter>{"|".join(fields.OF_VALUES)}):(?P<value>[^\s()"“”„]+)
    | (?P<unfinished>{"|".join(fields.FIELDS)}):\Z
    | (?P<chunk>[^\s()"“”„:]+)
    | :
    """,
    re.VERBOSE,
)
_LIKE_A_FIELD = re.compile(r"[A-Za-z_]+:(?!//)[^\s):]")
"""A name and a value; not a title such as "BERT: pre-training", and not an address."""


@dataclass(slots=True)
class _Group:
    """What has been read of one pair of parentheses, or of the whole query."""

    field: str = ""
    negated: bool = False
    """Whether a minus or NOT stands before it."""
    within_not: bool = False
    """Whether one stands before it or before a group around it."""
    alternatives: list[list[Node]] = dataclasses.field(default_factory=lambda: [[]])

    def add(self, node: Node | None, negated: bool) -> None:
        if node is None:
            return
        if negated:
            node = node.child if isinstance(node, Not) else Not(node)
        self.alternatives[-1].extend(node.children if isinstance(node, And) else (node,))

    def node(self) -> Node | None:
        nodes: list[Node] = []
        for conjuncts in self.alternatives:
            node = conjuncts[0] if len(conjuncts) == 1 else And(tuple(conjuncts))
            if conjuncts:
                nodes.extend(node.children if isinstance(node, Or) else (node,))
        if not nodes:
            return None
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


class _Parser:
    """Reads the lexemes from left to right, with a stack of its own instead of recursion."""

    def __init__(self, text: str, today: date) -> None:
        self.today = today
        self.groups = [_Group()]
        self.too_deep = 0
        """Open parentheses that do not count."""
        self.words: list[tuple[Text, tuple[tuple[int, int], ...]]] = []
        self.ignored: list[str] = []
        self.strange: list[str] = []
        self.field = ""
        self.negated = False
        """What stands before the next word, phrase or group."""
        for match in _LEXEME.finditer(text):
            self.read(match, at_end=match.end() == len(text))
        while len(self.groups) > 1:
            self.close()

    def read(self, match: re.Match[str], at_end: bool) -> None:
        match match.lastgroup:
            case "group" if match["group"] == "(":
                self.open()
            case "group":
                self.close()
            case "minus":
                self.negated = not self.negated
            case "operator":
                self.operator(match["operator"])
            case "field":
                self.field = match["field"]
            case "value":
                self.filter(match["filter"], match["value"].casefold(), at_end)
            case "closed":
                self.add(self.text(match["phrase"], match.start("phrase"), at_end and not match["closed"]))
            case "chunk":
                if not self.field and _LIKE_A_FIELD.match(match.string, match.start()):
                    self.strange.append(match["chunk"])
                self.add(
                    self.fuzzy(match["chunk"], match.start())
                    or self.text(match["chunk"], match.start(), at_end)
                )
            case None:  # a colon that belongs to nothing
                self.add(None)

    def add(self, node: Node | None) -> None:
        self.groups[-1].add(node, self.negated)
        self.field, self.negated = "", False

    def text(self, typed: str, start: int, unfinished: bool) -> Text | Facet | Tag | None:
        """The words of a chunk or a phrase, or the tag in it.

        The word still being typed is a prefix, except after a minus: it would take away
        half of the papers, to bring them back with the next letters.
        """
        group = self.groups[-1]
        field = self.field or group.field
        positive = not (self.negated or group.within_not)
        if field == "tag":
            name = key(typed)
            being_typed = unfinished and positive and not typed[-1:].isspace()
            return Tag(name, being_typed or typed.rstrip().endswith("*")) if name else None
        pieces = word_spans(typed)
        spans = [span for piece in pieces for span in piece.words]
        if not spans:
            return None
        at_end = unfinished and positive and spans[-1][2] == len(typed)
        prefix = typed.rstrip().endswith("*") or at_end
        hyphenated = len(pieces) == 1 and 1 < len(spans) <= MOST_JOINED
        words = tuple(word for word, _, _ in spans)
        if field in _FACETS:
            return Facet(field, words, prefix)
        text = Text(words, field, prefix, hyphenated)
        self.words.append((text, tuple((start + first, start + end) for _, first, end in spans)))
        return text

    def fuzzy(self, typed: str, start: int) -> Text | None:
        """The word of a chunk such as `wrod~` or `wrod~1`."""
        before, tilde, edits = typed.rpartition("~")
        field = self.field or self.groups[-1].field
        pieces = word_spans(before) if tilde and edits in ("", "1", "2") and field != "tag" else []
        if len(pieces) != 1 or not (spans := pieces[0].words):
            return None
        word = joined([word for word, _, _ in spans])
        text = Text((word,), field, fuzzy=int(edits or reach(word)))
        self.words.append((text, ((start + spans[0][1], start + spans[-1][2]),)))
        return text

    def filter(self, name: str, value: str, at_end: bool) -> None:
        if unread := (name, value) == ("is", "unread"):
            self.negated = not self.negated
        node = filters.parse(name, "read" if unread else value, self.today)
        if node is None and not (at_end and filters.unfinished(name, value)):
            self.ignored.append(f"{name}:{value}")
        self.add(node)

    def operator(self, name: str) -> None:
        if name == "OR":
            self.groups[-1].alternatives.append([])
        self.negated = name == "NOT" and not self.negated

    def open(self) -> None:
        if len(self.groups) > _DEEPEST:
            self.too_deep += 1
            return
        around = self.groups[-1]
        within_not = around.within_not or self.negated
        self.groups.append(_Group(self.field or around.field, self.negated, within_not))
        self.field, self.negated = "", False

    def close(self) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.groups) > 1:
            group = self.groups.pop()
            self.groups[-1].add(group.node(), group.negated)
        self.field, self.negated = "", False


def parse(text: str, today: date) -> Query:
    """How the text is read while it is being typed; `today` is what `date:7d` counts from.

    Never raises, and takes time in proportion to the text's length.
    """
    parser = _Parser(text, today)
    node = parser.groups[0].node() or And()
    strange = tuple(dict.fromkeys(parser.strange))
    typed = Typed(text, today, tuple(parser.words), tuple(parser.ignored), strange)
    return Query(node, str(node), tuple(dict.fromkeys(_texts(node))), typed)


def _texts(node: Node) -> Iterator[Text]:
    match node:
        case Text():
            yield node
        case And() | Or():
            for child in node.children:
                yield from _texts(child)
