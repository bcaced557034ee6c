"""The answer to a query: how many papers match, the best at once, the others when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from paperreader.index.base import never

if TYPE_CHECKING:
    from paperreader.index.marks import Marks
    from paperreader.index.profile import Profile


class Ordinals(Sequence[int]):
    """The ordinals of all papers that match, best first."""

    def __init__(
        self,
        count: int,
        first: Sequence[int],
        everyone: Callable[[Callable[[], bool]], Any],
        place: Callable[[int], int | None],
    ) -> None:
        """`first` are the best; `everyone` works out an array of all, `place` where one of them stands.

        `everyone` is called with a function that says when to give up.
        """
        self._count = count
        self._first = first
        self._work_out = everyone
        self._place = place
        self._everyone: Any = None

    def __len__(self) -> int:
        return self._count

    def complete(self, cancelled: Callable[[], bool] = never) -> Any:
        """All of them, as an array. Raises Cancelled soon after `cancelled()` is true."""
        if self._everyone is None:
            self._everyone = self._work_out(cancelled)
        return self._everyone

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if isinstance(at, slice):
            places = range(*at.indices(self._count))
            if not places or max(places[0], places[-1]) < len(self._first):
                return [self._first[n] for n in places]
            return self.complete()[at].tolist()  # type: ignore[no-any-return]
        place = range(self._count)[at]
        return self._first[place] if place < len(self._first) else int(self.complete()[place])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        everyone = self.complete()
        return everyone if dtype is None else everyone.astype(dtype)

    def __contains__(self, ordinal: object) -> bool:
        return isinstance(ordinal, int) and self.place(ordinal) is not None

    def place(self, ordinal: int) -> int | None:
        """Where this one stands; None when it is not among them."""
        if ordinal in self._first:
            return self._first.index(ordinal)
        return self._place(ordinal) if len(self._first) < self._count else None


class Hits(NamedTuple):
    """The answer to a query."""

    ordinals: Ordinals
    """All papers that match, best first."""
    marks: Marks
    """Finds what the query's words match in any text."""
    meant: str = ""
    """What was typed, in the nearest spelling, where nothing matches it as it is: these match that."""
    hidden: int = 0
    """How many more match that are hidden."""


class Alike(NamedTuple):
    """The papers that are like some others."""

    ordinals: Sequence[int]
    """The best first."""
    profile: Profile
    """The words that made them so."""

    def marks(self, words: Iterable[str]) -> Marks:
        """What finds words in texts."""
        from paperreader.index.profile import marks

        return marks(words)
