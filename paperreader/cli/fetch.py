"""`paperreader fetch [DAY]`."""

from __future__ import annotations

from collections.abc import Sequence

from paperreader.cli.shared import Failure, above, library_at, opened, parser_for, showing_progress, tidy


def run(given: Sequence[str]) -> int:
    """Fetch; 1 when a day could not be had."""
    from paperreader.fetch import days

    parser = parser_for(
        "fetch",
        "Bring in the lists of the Daily Papers: those since the last fetch; the first time, of 7 days.",
        "They come from https://huggingface.co, or the site in HF_ENDPOINT.",
    )
    days.add_arguments(parser)
    options = parser.parse_args(given)
    library = opened(library_at(options.library, to_fill=True))
    try:
        with showing_progress() as progress:
            done = library.fetch(days.asked(options), above(progress), progress)
    except OSError as error:
        raise Failure(f"cannot write to {library.folder}: {error.strerror or error}") from None
    if done.came or not done.problems:
        print(done.summary, flush=True)
    tidy(library)
    return 1 if done.problems else 0
