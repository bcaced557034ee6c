"""Why a list cannot be had, and what follows from it."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - an outcome rather than an error
    """There is no list for a day; str(problem) says what the site does, on one line, to follow its name."""

    def __init__(
        self,
        reason: str,
        *,
        passing: bool = False,
        everywhere: bool = False,
        unreached: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.passing = passing
        """Whether it may be over when the day is asked for again."""
        self.everywhere = everywhere
        """Whether other days would meet it, too."""
        self.unreached = unreached
        """Whether the site was not even reached."""
        self.wait = wait
        """Seconds after which the site asks to be asked again."""
